# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the documents of a release are made from. Whoever may see a release may have them; the caller looked it up."""

import msgspec

from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Outcome, Reason
from paddock.hub.accounts.queries.units import units_above
from paddock.hub.components.services import content_of
from paddock.hub.core.errors import NotFound
from paddock.hub.documents.types import Source
from paddock.hub.products.models import Release
from paddock.hub.scans.models import Evaluation
from paddock.hub.scans.queries import latest_evaluation, result_of


def source_of(release: Release) -> Source:
    """The result of a release with the verdict that counts now. Raises NotFound where nothing was handed in yet."""
    result = result_of(release)
    if result is None:
        raise NotFound("Nothing was handed in for this release yet, so there are no documents of it.")
    evaluation = latest_evaluation(release)
    unit = release.product.unit
    policy = result.policy.name if result.policy else ""
    if evaluation is not None and evaluation.policy_version is not None:
        version = evaluation.policy_version
        policy = f"{version.policy.name}, version {version.number}"
    return Source(
        company=(units_above(unit) or [unit])[0].name,
        product=release.product.name,
        release=release.name,
        unit=unit.name,
        legal_entity=unit.legal_entity.name,
        distribution=str(release.product.get_distribution_display()),
        policy=policy,
        evaluated_at=evaluation.created_at if evaluation else None,
        identity=f"{release.inventory_id} {evaluation.pk if evaluation else ''}",
        result=_decided(result, evaluation, release),
    )


def _decided(result: Result, evaluation: Evaluation | None, release: Release) -> Result:
    """The result with the newest verdict in the place of the one that it was stored with."""
    if evaluation is None or result.verdict is None or evaluation.inventory_id != release.inventory_id:
        return result
    verdict = msgspec.structs.replace(
        result.verdict,
        outcome=Outcome(evaluation.outcome),
        sentence=evaluation.sentence,
        reasons=msgspec.convert(evaluation.reasons, tuple[Reason, ...]),
    )
    return msgspec.structs.replace(result, verdict=verdict)


def original_of(release: Release) -> bytes:
    """The bytes that were handed in for what the release contains now. Raises NotFound where none are kept."""
    document = release.inventory.document if release.inventory is not None else None
    if document is None:
        raise NotFound("No file is kept for this release: nothing was handed in yet, or a repository was scanned.")
    return content_of(document)
