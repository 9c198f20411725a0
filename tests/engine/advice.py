# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Known vulnerabilities made by hand."""

from datetime import UTC, date, datetime

from paddock.engine.model.result import Result
from paddock.engine.model.vulnerability import (
    AdvisoryData,
    AdvisoryKind,
    AdvisorySource,
    Epss,
    Finding,
    KnownExploitation,
    Rating,
    SeverityLevel,
    Upgrade,
    Vulnerability,
    VulnerabilityFindings,
)

UPDATED = datetime(2026, 2, 27, tzinfo=UTC)
EVERY_SOURCE = tuple(AdvisorySource(name=kind.upper(), kind=kind, records=10) for kind in ("osv", "kev", "epss"))


def vulnerability(id: str, level: str = "", *, score: float | None = None, **more) -> Vulnerability:
    """A vulnerability of a level, rated by its own record."""
    ratings = (Rating(level=SeverityLevel(level), score=score, method="CVSS 3.1", source=id),) if level else ()
    facts = {"summary": f"What {id} is", "published": datetime(2026, 2, 1, tzinfo=UTC), **more}
    return Vulnerability(id=id, ratings=ratings, **facts)


def finding(id: str, ref: str, fixed: str = "", **more) -> Finding:
    """A finding; fixed: the version that clears it."""
    upgrade = Upgrade(version=fixed, clears_all=fixed) if fixed else None
    return Finding(
        vulnerability=id, ref=ref, records=(id,), fixed_versions=(fixed,) if fixed else (), upgrade=upgrade, **more
    )


def advice(*findings: Finding, known: tuple[Vulnerability, ...], sources=EVERY_SOURCE) -> VulnerabilityFindings:
    """The advisor's slot of a result."""
    data = AdvisoryData(updated=UPDATED, records=30, sources=sources)
    return VulnerabilityFindings(vulnerabilities=known, findings=findings, data=data)


def shop_advice(result: Result) -> VulnerabilityFindings:
    """For the web shop of `results`: one exploited and one lesser vulnerability, and one that could not be told."""
    left, right, tester = (component.ref for component in result.inventory.components)
    bad = vulnerability(
        "CVE-2026-0001",
        "critical",
        score=9.8,
        aliases=("GHSA-aaaa-bbbb-cccc",),
        summary="Remote <script> | code",
        kev=KnownExploitation(added=date(2026, 2, 2)),
        epss=Epss(probability=0.91, percentile=0.99),
        weaknesses=("CWE-79",),
        references=("https://example.org/one", "javascript:alert(1)"),
    )
    lesser = vulnerability("GHSA-dddd-eeee-ffff", "low")
    stray = vulnerability("RUSTSEC-2026-0001", kind=AdvisoryKind.UNMAINTAINED)
    upgrade = Upgrade(version="2.1.0", clears_all="2.1.0", direct=False, through=(left,))
    return advice(
        Finding(
            vulnerability=bad.id,
            ref=right,
            records=("GHSA-aaaa-bbbb-cccc",),
            fixed_versions=("2.1.0",),
            upgrade=upgrade,
            paths=(("package.json", left, right),),
        ),
        finding(lesser.id, right),
        finding(stray.id, left),
        finding(lesser.id, tester, certain=False, reason="no version is told"),
        known=(bad, lesser, stray),
    )
