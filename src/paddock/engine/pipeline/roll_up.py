# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Puts what was found in published sources into a result: licences, copyrights and texts of the components."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from paddock.engine.model.component import Component
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import ComponentLicense, LicenseText, PackageSource, ScanFindings
from paddock.engine.model.result import Result
from paddock.engine.pipeline.examine import SOURCE
from paddock.engine.pipeline.obtain import Obtained
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.licensing import Curations, component_license, curations_by_purl
from paddock.engine.scanner.artifact import ArtifactFindings, summarise
from paddock.engine.scanner.weigh import weigh
from paddock.engine.spdx.parse import join_all


class Scanned(NamedTuple):
    """A published source and what was found in it."""

    obtained: Obtained
    findings: ArtifactFindings


def roll_up(
    result: Result, scanned: Mapping[str, Scanned], issues: list[Issue], configuration: Configuration
) -> Result:
    """The result with its components described by their sources too; `scanned` by ref.

    What metadata said before stays. What the source itself declares counts where nothing was declared before.
    """
    scan = result.scan or ScanFindings()
    curations = curations_by_purl(configuration)
    facts = {fact.ref: fact for fact in scan.components}
    components: list[Component] = []
    more = list(issues)
    texts: list[LicenseText] = []
    for component in result.inventory.components:
        known = scanned.get(component.ref)
        if known is not None:
            own = _texts(component, known.findings)
            texts += own
            component = _described(component, known, own)
            facts[component.ref] = _licensed(component, known, facts.get(component.ref), curations)
            more += _issues(component, known)
        components.append(component)
    more += _unverified(scanned)
    inventory = msgspec.structs.replace(result.inventory, components=tuple(components))
    deeper = msgspec.structs.replace(
        scan,
        components=tuple(sorted(facts.values(), key=lambda fact: fact.ref)),
        issues=(*scan.issues, *more),
        texts=(*scan.texts, *texts),
        packages=tuple(_package(ref, scanned[ref]) for ref in sorted(scanned)),
    )
    return msgspec.structs.replace(result, inventory=inventory, scan=deeper)


def _texts(component: Component, findings: ArtifactFindings) -> list[LicenseText]:
    return [LicenseText(path=f"{component.ref}!/{text.path}", text=text.text) for text in findings.texts]


def _described(component: Component, known: Scanned, texts: list[LicenseText]) -> Component:
    """The component with what its source declares, its copyrights and its licence files."""
    declared = component.declared_licenses or known.findings.declared or known.obtained.declared
    return msgspec.structs.replace(
        component,
        declared_licenses=declared,
        copyrights=tuple(dict.fromkeys((*component.copyrights, *known.findings.copyrights))),
        license_files=tuple(dict.fromkeys((*component.license_files, *(text.path for text in texts)))),
    )


def _licensed(
    component: Component, known: Scanned, before: ComponentLicense | None, curations: Curations
) -> ComponentLicense:
    stated, _ = component_license(component, curations)
    detected = weigh(known.findings.files, stated=stated.declared)
    everything = join_all((before.detected if before else "", detected))
    return component_license(component, curations, everything)[0]


def _issues(component: Component, known: Scanned) -> list[Issue]:
    """What was refused or not understood in the source, told with the package it is about."""
    found = [
        Issue(
            Severity.HINT if issue.severity is Severity.HINT else Severity.WARNING,
            issue.source,
            issue.message,
            f"{component.ref}!/{issue.path}" if issue.path else component.ref,
            issue.line,
        )
        for issue in known.findings.issues
    ]
    if known.obtained.remark:
        found.append(Issue(Severity.HINT, SOURCE, known.obtained.remark, component.ref))
    return found


def _unverified(scanned: Mapping[str, Scanned]) -> list[Issue]:
    """One hint about all sources that nobody stated a digest of."""
    refs = sorted(
        ref for ref, known in scanned.items() if any(not part.origin.verified for part in known.obtained.parts)
    )
    if not refs:
        return []
    shown = ", ".join(refs[:3]) + (f" and {len(refs) - 3:,} more" if len(refs) > 3 else "")
    return [Issue(Severity.HINT, SOURCE, f"no lock file or registry states a digest to check the source with: {shown}")]


def _package(ref: str, known: Scanned) -> PackageSource:
    return PackageSource(
        ref=ref,
        origins=tuple(part.origin for part in known.obtained.parts),
        files_scanned=known.findings.files_scanned,
        found=summarise(known.findings.files),
        copyrights=known.findings.copyrights,
    )
