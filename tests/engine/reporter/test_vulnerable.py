# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Known vulnerabilities in every report: by package, what to do first, nothing hidden, nothing interpreted."""

import json
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from paddock.engine.formats.read import read
from paddock.engine.formats.result import read_result, write_result
from paddock.engine.formats.validate import validate
from paddock.engine.model.inventory import Scope
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Outcome, Reason, ReasonKind, Verdict
from paddock.engine.model.vulnerability import (
    AdvisoryData,
    AdvisorySource,
    Assessment,
    Epss,
    Rating,
    Resolution,
    SeverityLevel,
    Ssvc,
    Status,
    Upgrade,
    Vulnerability,
    VulnerabilityFindings,
)
from paddock.engine.reporter import html, markdown, sarif
from paddock.engine.reporter.reports import find_report
from paddock.engine.reporter.vulnerable import (
    age_of_data,
    clearing_version,
    dated,
    exploitation_of,
    level_counts,
    rated,
    summary_of,
    vulnerable_packages,
)
from tests.engine.advice import advice, finding, shop_advice, vulnerability
from tests.engine.results import result


def shop(*, verdict: bool = True) -> Result:
    """The web shop with its vulnerabilities, with a verdict or as `paddock audit` makes it."""
    found = result()
    found = msgspec.structs.replace(found, advice=shop_advice(found))
    return found if verdict else msgspec.structs.replace(found, verdict=None, scan=None, policy=None)


def replaced(found: Result, number: int, **changes: Any) -> Result:
    """The result with one of its findings changed."""
    assert found.advice is not None
    findings = list(found.advice.findings)
    findings[number] = msgspec.structs.replace(findings[number], **changes)
    return msgspec.structs.replace(found, advice=msgspec.structs.replace(found.advice, findings=tuple(findings)))


def test_packages_come_the_worst_first_with_what_to_do() -> None:
    right, left, tester = vulnerable_packages(shop())

    assert (right.name, right.scope, right.remedy) == (
        "right 2.0.0",
        Scope.RUNTIME,
        "have @shop/left 1.0.0 bring 2.1.0 (clears 1 of 2)",
    )
    assert [item.level for item in right.certain] == ["critical", "low"]
    assert ([item.level for item in left.certain], left.remedy) == (["unmaintained"], "")
    assert (tester.certain, [item.vulnerability.id for item in tester.uncertain]) == ((), ["GHSA-dddd-eeee-ffff"])


def test_the_figures_in_a_sentence() -> None:
    packages = vulnerable_packages(shop())

    assert level_counts(packages) == [("critical", 1), ("low", 1), ("unmaintained", 1)]
    assert summary_of(packages) == (
        "2 known vulnerabilities in 1 package: 1 known to be exploited, 1 critical, 1 low, and 1 unmaintained"
    )
    assert summary_of(()) == "no known vulnerabilities"
    assert age_of_data(shop()) == 2


def test_variants_of_one_version_are_one_package() -> None:
    found = result()
    refs = [f"pkg:gem/n@1.0?platform={name}" for name in ("java", "ruby")]
    same = advice(*(finding("CVE-1", ref, "2.0") for ref in refs), known=(vulnerability("CVE-1", "high"),))
    found = msgspec.structs.replace(found, advice=same)
    from paddock.engine.model.component import Component
    from paddock.engine.model.purl import parse_purl

    components = tuple(Component(purl=parse_purl(ref)) for ref in refs)
    found = msgspec.structs.replace(found, inventory=msgspec.structs.replace(found.inventory, components=components))

    (package,) = vulnerable_packages(found)

    assert (package.refs, package.name, len(package.certain)) == (tuple(refs), "n 1.0", 1)


def test_the_version_that_clears_several() -> None:
    found = result()
    ref = found.inventory.components[0].ref
    known = (vulnerability("CVE-1"), vulnerability("CVE-2"), vulnerability("CVE-3"))
    findings = (
        finding("CVE-1", ref),
        msgspec.structs.replace(finding("CVE-2", ref), upgrade=Upgrade(version="1.1", clears_all="3")),
        msgspec.structs.replace(finding("CVE-3", ref), upgrade=Upgrade(version="1.2", clears_all="3")),
    )
    found = msgspec.structs.replace(found, advice=advice(*findings, known=known))

    assert clearing_version(found, ref, ["CVE-2"]) == "1.1"
    assert clearing_version(found, ref, ["CVE-2", "CVE-3"]) == "3"
    assert clearing_version(found, ref, ["CVE-1", "CVE-2"]) == ""


def test_results_keep_everything() -> None:
    found = replaced(
        shop(), 1, assessment=Assessment(status=Status.NOT_AFFECTED, justification="x", until=date(2027, 1, 1))
    )

    assert read_result(write_result(found)) == found


def sarif_run(found: Result) -> dict[str, Any]:
    run = json.loads(sarif.render(found))["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    return dict(run)


def sarif_findings(found: Result) -> list[dict[str, Any]]:
    return [one for one in sarif_run(found)["results"] if "finding/v1" in one["partialFingerprints"]]


def test_sarif_has_a_rule_a_vulnerability_and_a_result_a_finding() -> None:
    found = shop(verdict=False)
    rules = {rule["id"]: rule for rule in sarif_run(found)["tool"]["driver"]["rules"]}
    results = sarif_findings(found)

    assert rules["CVE-2026-0001"]["properties"] == {
        "tags": ["security", "external/cwe/cwe-79"],
        "security-severity": "9.8",
        "epss": 0.91,
        "knownExploited": True,
        "aliases": ["GHSA-aaaa-bbbb-cccc"],
        "rating": "critical 9.8 (CVSS 3.1, CVE-2026-0001)",
    }
    assert results[0]["properties"]["upgrade"] == "2.1.0"
    assert results[0]["properties"]["paths"][0][-1] == results[0]["properties"]["component"]
    assert rules["GHSA-dddd-eeee-ffff"]["properties"]["security-severity"] == "2.0"
    assert rules["GHSA-dddd-eeee-ffff"]["helpUri"] == "https://github.com/advisories/GHSA-dddd-eeee-ffff"
    assert [(one["ruleId"], one["level"]) for one in results] == [
        ("CVE-2026-0001", "error"),
        ("GHSA-dddd-eeee-ffff", "note"),
        ("RUSTSEC-2026-0001", "warning"),
        ("GHSA-dddd-eeee-ffff", "note"),
    ]
    assert results[0]["message"]["text"] == (
        "right 2.0.0 has CVE-2026-0001: Remote <script> | code. It is known to be exploited. Upgrade to 2.1.0. "
        "It comes in through @shop/left 1.0.0."
    )
    assert results[3]["properties"]["undecided"] is True
    assert len({one["partialFingerprints"]["finding/v1"] for one in results}) == 4


def test_in_sarif_a_reason_about_a_finding_is_the_finding() -> None:
    found = shop()
    assert found.verdict is not None
    right = found.inventory.components[1].ref
    reason = Reason(
        kind=ReasonKind.VIOLATION,
        rule="known-exploited",
        severity=Severity.ERROR,
        cause="c",
        message="m",
        ref=right,
        vulnerability="CVE-2026-0001",
    )
    verdict = Verdict(outcome=Outcome.NOT_COMPLIANT, sentence="s", reasons=(reason,))
    run = sarif_run(msgspec.structs.replace(found, verdict=verdict))

    assert "known-exploited" not in [one["ruleId"] for one in run["results"]]
    levels = {
        one["properties"]["component"]: one["level"] for one in run["results"] if one["ruleId"] == "CVE-2026-0001"
    }
    assert levels == {right: "error"}
    # What the policy does not forbid is no error, however severe.
    free = sarif_findings(msgspec.structs.replace(found, verdict=msgspec.structs.replace(verdict, reasons=())))
    assert free[0]["level"] == "warning"


def test_what_is_settled_is_suppressed_in_sarif() -> None:
    found = replaced(shop(), 0, resolution=Resolution(reason="INEFFECTIVE", comment="not called"))
    found = replaced(found, 1, assessment=Assessment(status=Status.FIXED, statement="patched"))

    suppressions = [one["suppressions"][0]["justification"] for one in sarif_findings(found) if "suppressions" in one]

    assert suppressions == ["INEFFECTIVE: not called", "fixed: patched"]


@pytest.mark.parametrize("name", ["cyclonedx", "cyclonedx-1.7", "cyclonedx-xml", "cyclonedx-xml-1.7"])
def test_cyclonedx_carries_vulnerabilities_and_stays_valid(name: str) -> None:
    found = replaced(
        shop(), 1, assessment=Assessment(status=Status.NOT_AFFECTED, justification="component_not_present")
    )
    found = replaced(
        found, 2, resolution=Resolution(reason="WILL_NOT_FIX_VULNERABILITY", approved_by="we", until=date(2027, 1, 1))
    )
    data = find_report(name).write(found)

    assert validate(data)[1] == ()
    plain = find_report(name).write(result())
    assert read(data).inventory == read(plain).inventory
    assert b"CVE-2026-0001" in data
    assert b"CVE-2026-0001" not in plain


def test_cyclonedx_in_its_own_words() -> None:
    found = replaced(
        shop(), 1, assessment=Assessment(status=Status.NOT_AFFECTED, justification="component_not_present")
    )
    entries = json.loads(find_report("cyclonedx").write(found))["vulnerabilities"]
    first = entries[0]
    refs = {one["bom-ref"]: [target["ref"] for target in one["affects"]] for one in entries}

    assert first["id"] == "CVE-2026-0001"
    assert first["references"] == [
        {
            "id": "GHSA-aaaa-bbbb-cccc",
            "source": {"name": "GitHub", "url": "https://github.com/advisories/GHSA-aaaa-bbbb-cccc"},
        }
    ]
    assert [(one["method"], one.get("severity"), one["score"]) for one in first["ratings"]] == [
        ("CVSSv31", "critical", 9.8),
        ("other", None, 0.91),
    ]
    assert (first["cwes"], first["advisories"]) == ([79], [{"url": "https://example.org/one"}])
    assert first["recommendation"] == "Upgrade to 2.1.0."
    assert {"name": "paddock:known-exploited", "value": "2026-02-02"} in first["properties"]
    assert len(refs["vulnerability:GHSA-dddd-eeee-ffff"]) == len(refs["vulnerability:GHSA-dddd-eeee-ffff#2"]) == 1
    assert {one["bom-ref"]: one["analysis"] for one in entries if "analysis" in one} == {
        "vulnerability:GHSA-dddd-eeee-ffff": {"state": "not_affected", "justification": "code_not_present"}
    }
    statuses = [
        version["status"] for one in entries for target in one["affects"] for version in target.get("versions", ())
    ]
    assert sorted(statuses) == ["affected", "affected", "affected", "unknown"]


def test_markdown_shows_packages_and_interprets_nothing() -> None:
    text = markdown.render(shop(verdict=False)).decode()

    assert "## 2 known vulnerabilities in 1 package" in text
    row = "| right 2.0.0<br>by @shop/left 1.0.0 | have @shop/left 1.0.0 bring 2.1.0 (clears 1 of 2) | "
    assert f"{row}CVE-2026-0001 (critical 9.8, **exploited**, EPSS 91%, fixed in 2.1.0)" in text
    assert "Could not be told for `tester 3.0.0`." in text
    assert "<details><summary>2 known vulnerabilities" in markdown.render(shop()).decode()


def test_what_is_known_of_exploitation_and_who_rates() -> None:
    rating = Rating(level=SeverityLevel.HIGH, score=7.5, method="CVSS 3.1", source="NVD")
    ssvc = Ssvc(exploitation="poc", automatable="yes", technical_impact="total", source="CISA")
    known = Vulnerability(id="CVE-2026-7", ratings=(rating,), ssvc=ssvc, epss=Epss(probability=0.02))
    assert rated(known) == "high 7.5 (CVSS 3.1, NVD)"
    assert exploitation_of(known) == ["EPSS 2%", "SSVC poc/automatable/total"]
    assert (rated(Vulnerability(id="X-1")), exploitation_of(Vulnerability(id="X-1"))) == ("", [])


def test_old_advisories_brought_in_today_are_told_to_be_old() -> None:
    old = AdvisorySource(name="npm", kind="osv", records=2, modified=datetime(2025, 1, 2, tzinfo=UTC))
    epss = AdvisorySource(name="EPSS", kind="epss", records=2, modified=datetime(2026, 3, 1, tzinfo=UTC))
    data = AdvisoryData(updated=datetime(2026, 3, 1, tzinfo=UTC), records=2, sources=(old, epss))
    assert dated(data) == "2 advisories of 2026-03-01 (newest 2025-01-02)"
    fresh = msgspec.structs.replace(
        data, sources=(msgspec.structs.replace(old, modified=datetime(2026, 2, 20, tzinfo=UTC)),)
    )
    assert dated(fresh) == "2 advisories of 2026-03-01"


def test_documents_say_which_advisories_were_asked() -> None:
    found = shop(verdict=False)
    assert found.advice is not None
    data = found.advice.data
    assert data is not None
    stated = sarif_run(found)["properties"]["advisories"]
    assert (stated["records"], stated["updated"]) == (data.records, data.updated.isoformat())
    bom = json.loads(find_report("cyclonedx").write(found))
    properties = {one["name"]: one["value"] for one in bom["metadata"]["properties"]}
    assert properties["paddock:advisories-records"] == str(data.records)
    assert properties["paddock:advisories-updated"] == data.updated.isoformat()


def test_the_html_report_shows_packages_and_interprets_nothing() -> None:
    for language in ("en", "de"):
        page = html.render(shop(), language).decode()
        assert "CVE-2026-0001" in page
        assert "<script> |" not in page
        assert "Remote &lt;script&gt; | code" in page
    assert "kommt herein durch" in page


def test_where_nothing_was_looked_up_reports_say_so_and_nothing_else() -> None:
    from paddock.engine.advisor.advise import NO_DATABASE

    found = msgspec.structs.replace(result(), advice=NO_DATABASE)

    assert "They were not looked up" in html.render(found, "en").decode()
    assert "vulnerabilities" not in json.loads(find_report("cyclonedx").write(found))
    assert sarif_findings(found) == []
    assert vulnerable_packages(msgspec.structs.replace(found, advice=VulnerabilityFindings())) == ()
