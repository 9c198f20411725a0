# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""VEX documents applied to the findings of a result."""

import msgspec

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.vulnerability import Finding, Vulnerability, VulnerabilityFindings
from paddock.engine.pipeline.assess import assess, exploitability_of, keep_assessments
from paddock.engine.vex.apply import NamedDocument
from paddock.engine.vex.statement import Status
from tests.engine.vex.documents import CVE, document, product, statement

APP, LEFT, RIGHT = "pkg:npm/app@1.0.0", "pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"
NAME = "cpe:2.3:a:example:right:2.0.0:*:*:*:*:*:*:*"


def inventory(*, projects: int = 1, direct: bool = False) -> Inventory:
    usages = (Usage(LEFT, direct=True), Usage(RIGHT, direct=direct))
    return Inventory(
        projects=tuple(
            Project(
                id=f"{number}/package.json",
                origin=Origin.LOCKED,
                purl=parse_purl(APP if number == 0 else "pkg:npm/tool@1.0.0"),
                usages=usages,
            )
            for number in range(projects)
        ),
        components=(
            Component(purl=parse_purl(LEFT)),
            Component(purl=parse_purl(RIGHT), properties=(("cpe", NAME),)),
        ),
        edges=(Edge(LEFT, RIGHT),),
    )


ADVICE = VulnerabilityFindings(
    vulnerabilities=(Vulnerability(id="GHSA-1", aliases=(CVE,)),),
    findings=(Finding(vulnerability="GHSA-1", ref=RIGHT),),
)


def assessed(*documents: NamedDocument, given: tuple[str, ...] = (), **more) -> Finding:
    return assess(ADVICE, inventory(**more), exploitability_of(documents, given)).findings[0]


def test_without_documents_nothing_changes() -> None:
    assert assess(ADVICE, inventory(), None) is ADVICE
    assert assess(ADVICE, inventory(), exploitability_of([])) is ADVICE


def test_a_finding_that_is_not_affected_does_not_count() -> None:
    finding = assessed(document(statement(product(RIGHT))))
    assert not finding.counts
    assert finding.assessment is not None
    assert finding.assessment.source == "a.json: statements[0]"


def test_a_finding_that_is_affected_or_looked_into_counts() -> None:
    for status in (Status.AFFECTED, Status.UNDER_INVESTIGATION):
        finding = assessed(document(statement(product(RIGHT), status=status)))
        assert finding.counts
        assert finding.assessment is not None
        assert finding.assessment.status is status


def test_a_component_may_be_named_by_platform_enumeration() -> None:
    assert not assessed(document(statement(product("cpe:/a:example:right")))).counts


def test_the_project_is_the_product() -> None:
    said = document(statement(product(APP, RIGHT)))
    assert not assessed(said).counts
    assert not assessed(document(statement(product(APP)))).counts
    assert assessed(document(statement(product("pkg:npm/other@1.0.0", RIGHT)))).counts
    assert assessed(said, projects=2).counts, "the other project uses it as well"


def test_what_is_looked_at_may_be_said() -> None:
    said = document(statement(product("pkg:oci/shop", RIGHT)))
    assert assessed(said).counts
    assert not assessed(said, given=("pkg:oci/shop@sha256:aa",)).counts
    named = document(statement(product("cpe:/o:example:system:9", RIGHT)))
    assert not assessed(named, given=("cpe:/o:example:system:9",)).counts


def test_a_library_speaks_for_what_only_it_brings_in() -> None:
    said = document(statement(product(LEFT, RIGHT)))
    assert not assessed(said).counts
    assert assessed(said, direct=True).counts


def test_what_is_wrong_with_documents_is_told_and_never_an_error() -> None:
    broken = document(statement(product(RIGHT)), issues=(Issue(Severity.ERROR, "formats/csaf", "left out"),))
    idle = document(statement(product("pkg:npm/nobody")), name="idle.json")
    issues = assess(ADVICE, inventory(), exploitability_of([broken, idle])).issues

    assert Issue(Severity.WARNING, "formats/csaf", "left out", "a.json") in issues
    assert [issue.path for issue in issues if "about any finding" in issue.message] == ["idle.json"]
    assert all(issue.severity is not Severity.ERROR for issue in issues)


def test_an_earlier_assessment_stays_where_documents_say_nothing() -> None:
    before = assess(ADVICE, inventory(), exploitability_of([document(statement(product(RIGHT)))]))
    again = assess(before, inventory(), exploitability_of([document(statement(product("pkg:npm/nobody")))]))
    assert again.findings == before.findings
    newer = assess(
        before, inventory(), exploitability_of([document(statement(product(RIGHT), status=Status.AFFECTED))])
    )
    assert newer.findings[0].counts


def test_applying_the_same_documents_again_changes_nothing() -> None:
    said = exploitability_of([document(statement(product(RIGHT))), document(statement(product("pkg:npm/x")), name="b")])
    once = assess(ADVICE, inventory(), said)
    assert assess(once, inventory(), said) == once


def test_findings_of_results_of_other_making() -> None:
    strange = msgspec.structs.replace(ADVICE, vulnerabilities=())
    said = document(statement(product(RIGHT), vulnerability="GHSA-1"))
    assert not assess(strange, inventory(), exploitability_of([said])).findings[0].counts
    lost = msgspec.structs.replace(ADVICE, findings=(Finding(vulnerability="GHSA-1", ref="pkg:npm/lost@1"),))
    assert assess(lost, inventory(), exploitability_of([said])).findings == lost.findings


def test_a_newer_look_up_keeps_what_was_decided_about_the_same_finding() -> None:
    decided = assess(ADVICE, inventory(), exploitability_of([document(statement(product(RIGHT)))]))
    newer = VulnerabilityFindings(
        vulnerabilities=(Vulnerability(id=CVE, aliases=("GHSA-1",)), Vulnerability(id="GHSA-2")),
        findings=(
            Finding(vulnerability=CVE, ref=RIGHT),
            Finding(vulnerability=CVE, ref=LEFT),
            Finding(vulnerability="GHSA-2", ref=RIGHT),
        ),
    )
    assert [finding.counts for finding in keep_assessments(decided, newer).findings] == [False, True, True]
    assert keep_assessments(None, newer) is newer
    assert keep_assessments(ADVICE, newer) is newer
