# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The known vulnerabilities of a release: looked up by a scan, by the hub, or by nobody."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from paddock.engine.advisor.advise import NO_DATABASE
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.vulnerability import (
    AdvisoryData,
    AdvisoryKind,
    AdvisorySource,
    Assessment,
    Epss,
    Finding,
    KnownExploitation,
    Rating,
    SeverityLevel,
    Status,
    Upgrade,
    Vulnerability,
    VulnerabilityFindings,
)
from paddock.hub.products.models import Release
from paddock.hub.scans.services import deciding
from paddock.hub.scans.vulnerable import WIDTH, level_shares
from tests.hub.company import MOMENT, Company
from tests.hub.scans.releases import exported, graph_bom, new_release, page_of, plain, result_with, take

pytestmark = pytest.mark.django_db
BOM = graph_bom({"shop": ["left", "right", "old"], "left": ["deep"]})


def purl(name: str) -> str:
    return f"pkg:npm/{name}@1.0.0"


ADVICE = VulnerabilityFindings(
    vulnerabilities=(
        Vulnerability(
            id="CVE-2026-0001", aliases=("GHSA-aaaa-bbbb-cccc",), summary="Runs what it is given",
            ratings=(Rating(level=SeverityLevel.CRITICAL, score=9.8, method="CVSS 3.1"),),
            kev=KnownExploitation(added=date(2026, 9, 1)), epss=Epss(probability=0.91),
        ),
        Vulnerability(
            id="CVE-2026-0002", ratings=(Rating(level=SeverityLevel.LOW),), epss=Epss(probability=0.02)
        ),
        Vulnerability(id="RETIRE-x", summary="Nobody rated this"),
        Vulnerability(id="RUSTSEC-1", kind=AdvisoryKind.UNMAINTAINED),
    ),
    findings=(
        Finding(
            vulnerability="CVE-2026-0001", ref=purl("deep"), fixed_versions=("1.0.1",),
            upgrade=Upgrade(version="1.0.1", through=(purl("left"),)),
        ),
        Finding(vulnerability="CVE-2026-0001", ref=purl("right")),
        Finding(
            vulnerability="CVE-2026-0002", ref=purl("right"),
            assessment=Assessment(
                status=Status.NOT_AFFECTED, justification="vulnerable_code_not_present", author="Sanna"
            ),
        ),
        Finding(vulnerability="RETIRE-x", ref=purl("left"), certain=False, reason="the advisory names no versions"),
        Finding(vulnerability="RUSTSEC-1", ref=purl("old")),
    ),
    issues=(
        Issue(Severity.WARNING, "advisor", "2 packages were not looked up: pkg:generic 2"),
        Issue(Severity.HINT, "vex", "no statement is about any finding"),
    ),
    data=AdvisoryData(
        updated=MOMENT - timedelta(days=40), records=17_044,
        sources=(AdvisorySource(name="npm", records=17_044, modified=MOMENT - timedelta(days=90)),),
    ),
)  # fmt: skip


@pytest.fixture
def release(company: Company) -> Release:
    made = new_release(company)
    take(company, made, result_with(BOM, advice=ADVICE))
    return made


def test_what_a_scan_has_found_is_one_sentence_with_its_age(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    text = plain(page_of(signed_in(company.owner), "release-vulnerabilities", release))
    assert "1 known vulnerability in 2 packages, 1 of them known to be exploited." in text
    assert "17,044 advisories · as of 23 Sep 2026" in text
    assert "the newest of 4 Aug 2026" in text
    assert "These advisories are old" in text
    assert "2 packages were not looked up" in text
    assert "no statement is about any finding" not in text
    assert "For 1 more it could not be told." in text
    assert "1 is settled." in text
    assert "the hub has no advisories of its own" in text


def test_rows_say_level_exploitation_remedy_and_why(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    rows = {(row[0], row[2]): row for row in exported(client, "release-vulnerabilities", release)}
    assert rows["deep", "CVE-2026-0001"][1:] == [
        "1.0.0", "CVE-2026-0001", "Critical", "Exploited since 2026-09-01", "1.0.1", "Open", ""
    ]  # fmt: skip
    assert "VEX: not affected; vulnerable code not present" in rows["right", "CVE-2026-0002"][7]
    assert rows["left", "RETIRE-x"][6:] == ["Could not tell", "the advisory names no versions"]
    page = page_of(client, "release-vulnerabilities", release)
    assert 'href="https://nvd.nist.gov/vuln/detail/CVE-2026-0001"' in page
    assert "comes in through left 1.0.0" in page
    assert "9.8 CVSS 3.1" in page
    assert "EPSS 91.0%" in page


def test_rows_are_sorted_by_weight_and_narrowed(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)

    def ids(**query: str) -> list[str]:
        return [row[2] for row in exported(client, "release-vulnerabilities", release, **query)]

    assert ids() == ["CVE-2026-0001", "CVE-2026-0001", "RUSTSEC-1", "RETIRE-x", "CVE-2026-0002"]
    assert ids(sort="level")[:3] == ["CVE-2026-0001", "CVE-2026-0001", "RETIRE-x"]
    assert ids(sort="-exploitation")[2:3] == ["CVE-2026-0002"]
    assert ids(level="critical") == ["CVE-2026-0001", "CVE-2026-0001"]
    assert ids(state="settled") == ["CVE-2026-0002"]
    assert ids(exploited="yes", q="deep") == ["CVE-2026-0001"]
    assert ids(q="ghsa-aaaa") == ["CVE-2026-0001", "CVE-2026-0001"]


def test_the_numbers_of_the_bar_are_the_lists_that_they_lead_to(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    page = page_of(client, "release-vulnerabilities", release)
    assert "Open findings by level: Critical 2, Unmaintained 1" in page
    assert 'href="?level=critical&amp;state=open"' in page
    assert len(exported(client, "release-vulnerabilities", release, level="critical", state="open")) == 2
    shares = level_shares(["low", "critical", "low", "malware"])
    assert [(one.level, one.count) for one in shares] == [("malware", 1), ("critical", 1), ("low", 2)]
    assert sum(one.width for one in shares) == WIDTH


@pytest.mark.parametrize("advice", [None, NO_DATABASE])
def test_not_looked_up_is_not_the_same_as_none(
    advice: VulnerabilityFindings | None, company: Company, signed_in: Callable[..., Client]
) -> None:
    made = new_release(company)
    take(company, made, result_with(BOM, advice=advice))
    page = page_of(signed_in(company.owner), "release-vulnerabilities", made)
    assert "Nobody looked them up" in page
    assert "ask the administrator" in page
    assert "No vulnerability is known" not in page


def test_none_found_is_told_with_the_data_that_was_asked(company: Company, signed_in: Callable[..., Client]) -> None:
    made = new_release(company)
    take(company, made, result_with(BOM, advice=VulnerabilityFindings(data=ADVICE.data)))
    text = plain(page_of(signed_in(company.owner), "release-vulnerabilities", made))
    assert "No vulnerability is known. 17,044 advisories" in text


def test_a_hub_with_advisories_says_that_it_looks_up_by_itself(
    company: Company, release: Release, signed_in: Callable[..., Client], settings: Any, tmp_path: Path
) -> None:
    place = tmp_path / "advisories.db"
    place.touch()
    settings.ADVISORY_DATABASE = place
    assert deciding.advisory_database() == place
    text = plain(page_of(signed_in(company.owner), "release-vulnerabilities", release))
    assert "the hub looks up every release again when its advisories change" in text


def test_the_stored_result_is_read_once(
    company: Company, release: Release, signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = signed_in(company.owner)
    for name in ("release-vulnerabilities", "release-obligations", "release-graph"):
        page_of(client, name, release)
        with django_assert_max_num_queries(9) as captured:
            page_of(client, name, release)
        assert len([one for one in captured if '"components_inventory"."result"' in one["sql"]]) == 1, name
