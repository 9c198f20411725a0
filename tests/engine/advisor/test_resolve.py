# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Resolutions of the configuration settle findings, as long as they hold, and say when they do nothing."""

from datetime import date

from paddock.engine.advisor.resolve import resolve
from paddock.engine.model.inventory import Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.vulnerability import Finding, Vulnerability, VulnerabilityFindings
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.ort import read_ort_yml
from paddock.engine.policy.read_configuration import read_configuration
from tests.engine.advisor.records import inventory

ADVICE = VulnerabilityFindings(
    vulnerabilities=(Vulnerability(id="CVE-1", aliases=("GHSA-1",)), Vulnerability(id="CVE-2")),
    findings=(
        Finding(vulnerability="CVE-1", ref="pkg:npm/a@1.0.0"),
        Finding(vulnerability="CVE-1", ref="pkg:npm/b@1.0.0"),
        Finding(vulnerability="CVE-2", ref="pkg:npm/a@1.0.0"),
    ),
)
INVENTORY = inventory("pkg:npm/a@1.0.0", "pkg:npm/b@1.0.0")
TODAY = date(2026, 3, 1)


def configured(text: str) -> Configuration:
    return read_configuration(text.encode())


def settled(
    configuration: Configuration, used: Inventory = INVENTORY
) -> tuple[list[tuple[str, str]], tuple[Issue, ...]]:
    """Which findings no longer count, and the issues."""
    advice = resolve(ADVICE, configuration, used, TODAY)
    return [(one.vulnerability, one.ref) for one in advice.findings if not one.counts], advice.issues


def test_a_resolution_by_any_name_for_some_packages() -> None:
    resolutions = configured(
        "resolutions:\n- {vulnerability: ghsa-1, purl: pkg:npm/a, reason: INEFFECTIVE_VULNERABILITY,"
        " comment: not called, approved_by: security office, until: 2026-03-01}\n"
    )
    assert settled(resolutions) == ([("CVE-1", "pkg:npm/a@1.0.0")], ())
    advice = resolve(ADVICE, resolutions, INVENTORY, TODAY)
    resolution = advice.findings[0].resolution
    assert resolution is not None
    assert (resolution.reason, resolution.comment, resolution.approved_by, resolution.place) == (
        "INEFFECTIVE_VULNERABILITY",
        "not called",
        "security office",
        ".paddock.yml:2",
    )


def test_one_that_is_out_of_date_settles_nothing_and_says_so() -> None:
    findings, issues = settled(
        configured("resolutions:\n- {vulnerability: CVE-1, reason: CANT_FIX_VULNERABILITY, until: 2026-02-28}\n")
    )
    assert findings == []
    assert [(issue.severity, issue.message, issue.path, issue.line) for issue in issues] == [
        (Severity.WARNING, "the resolution of CVE-1 expired on 2026-02-28: renew or delete it", ".paddock.yml", 2)
    ]


def test_one_that_matches_nothing_is_a_hint() -> None:
    findings, issues = settled(
        configured("resolutions:\n- {vulnerability: CVE-3, reason: WILL_NOT_FIX_VULNERABILITY, until: 2027-01-01}\n")
    )
    assert findings == []
    assert [(issue.severity, issue.message) for issue in issues] == [
        (Severity.HINT, "the resolution of CVE-3 has no effect: no finding matches it")
    ]


def test_one_for_a_range_that_cannot_be_compared_is_not_used() -> None:
    advice = VulnerabilityFindings(
        vulnerabilities=ADVICE.vulnerabilities, findings=(Finding(vulnerability="CVE-1", ref="pkg:npm/a@main"),)
    )
    resolutions = configured(
        "resolutions:\n- {vulnerability: CVE-1, purl: pkg:npm/a, versions: '<2', reason: X, until: 2027-01-01}\n"
    )
    resolved = resolve(advice, resolutions, inventory("pkg:npm/a@main"), TODAY)
    assert resolved.findings[0].counts
    assert "cannot be compared" in resolved.issues[0].message


def test_resolutions_of_ort_are_regular_expressions_without_an_end() -> None:
    found = read_ort_yml(
        b"resolutions:\n  vulnerabilities:\n  - {id: 'CVE-[0-9]+', reason: INEFFECTIVE_VULNERABILITY, comment: no}\n"
        b"  - {id: '(', reason: X}\n"
    )
    assert settled(found)[0] == [
        ("CVE-1", "pkg:npm/a@1.0.0"),
        ("CVE-1", "pkg:npm/b@1.0.0"),
        ("CVE-2", "pkg:npm/a@1.0.0"),
    ]
    assert ["resolutions.vulnerabilities" in issue.message for issue in found.issues] == [True]


def test_earlier_resolutions_do_not_count() -> None:
    resolutions = configured("resolutions:\n- {vulnerability: CVE-1, reason: X, until: 2027-01-01}\n")
    resolved = resolve(ADVICE, resolutions, INVENTORY, TODAY)

    assert resolve(resolved, Configuration(), INVENTORY, TODAY).findings == ADVICE.findings
    assert resolve(ADVICE, Configuration(), INVENTORY, TODAY) is ADVICE


def test_what_is_left_out_of_the_product_does_not_count() -> None:
    a, b = (component.ref for component in INVENTORY.components)
    projects = (
        Project(id="app/package.json", origin=Origin.LOCKED, usages=(Usage(a, Scope.DEV), Usage(b, Scope.RUNTIME))),
        Project(id="docs/package.json", origin=Origin.LOCKED, usages=(Usage(a), Usage(b))),
    )
    used = Inventory(components=INVENTORY.components, projects=projects)
    excludes = configured(
        "excludes:\n  paths: [{pattern: 'docs/**', reason: DOCUMENTATION_OF}]\n"
        "  scopes: [{scope: dev, reason: DEV_DEPENDENCY_OF, comment: Tools.}]\n"
    )

    assert settled(excludes, used)[0] == [("CVE-1", a), ("CVE-2", a)]
    resolution = resolve(ADVICE, excludes, used, TODAY).findings[0].resolution
    assert resolution is not None
    assert resolution.reason in {"DEV_DEPENDENCY_OF", "DOCUMENTATION_OF"}
