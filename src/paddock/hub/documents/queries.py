# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the documents of a release are made from. Whoever may see a release may have them; the caller looked it up."""

import hashlib

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paddock import __version__
from paddock.hub.accounts.models import Unit
from paddock.hub.accounts.queries.units import units_above
from paddock.hub.components.services import content_of
from paddock.hub.core.errors import NotFound
from paddock.hub.documents.types import Source
from paddock.hub.products.models import Release
from paddock.hub.scans.queries import latest_evaluation, result_of


def source_of(release: Release) -> Source:
    """The result of a release with the verdict that counts now. Raises NotFound where nothing was handed in yet."""
    result = result_of(release)
    if result is None:
        raise NotFound(_("Nothing was handed in for this release yet, so there are no documents of it."))
    evaluation = latest_evaluation(release)
    unit = release.product.unit
    policy = result.policy.name if result.policy else ""
    if evaluation is not None and evaluation.policy_version is not None:
        version = evaluation.policy_version
        policy = f"{version.policy.name}, version {version.number}"
    return Source(
        company=_company(unit),
        product=release.product.name,
        release=release.name,
        unit=unit.name,
        legal_entity=unit.legal_entity.name,
        distribution=str(release.product.get_distribution_display()),
        policy=policy,
        evaluated_at=evaluation.created_at if evaluation else None,
        result=result,
    )


def entity_tag(release: Release, name: str) -> str:
    """A strong entity tag (RFC 9110, 8.8.3) of a document: another one whenever its bytes might be others."""
    inventory = release.inventory
    moments = (inventory.pk, inventory.renewed_at) if inventory is not None else ()
    product, unit = release.product, release.product.unit
    names = (product.name, release.name, product.distribution, unit.name, unit.legal_entity.name, _company(unit))
    made_from = repr((name, __version__, get_language(), moments, release.evaluated_at, names))
    return f'"{hashlib.sha256(made_from.encode()).hexdigest()[:32]}"'


def original_of(release: Release) -> bytes:
    """The bytes that were handed in for what the release contains now. Raises NotFound where none are kept."""
    document = release.inventory.document if release.inventory is not None else None
    if document is None:
        raise NotFound(_("No file is kept for this release: nothing was handed in yet, or a repository was scanned."))
    return content_of(document)


def _company(unit: Unit) -> str:
    return (units_above(unit) or [unit])[0].name
