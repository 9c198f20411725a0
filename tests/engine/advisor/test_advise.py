# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From an inventory to findings: one a vulnerability, with everything that is known, the way in and the way out."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory, Origin, Project, Usage
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.vulnerability import AdvisoryKind, Epss, KnownExploitation, SeverityLevel, Ssvc, Upgrade
from tests.engine.advisor.records import CRITICAL, affected, before, look_up, only, put, record

CVE = "CVE-2025-0001"
KEV = {
    "catalogVersion": "2026.01.01",
    "dateReleased": "2026-01-01T00:00:00Z",
    "vulnerabilities": [
        {"cveID": CVE, "dateAdded": "2025-12-24", "dueDate": "2026-01-14", "knownRansomwareCampaignUse": "Known"}
    ],
}
EPSS = b"#model_version:v2026.01.01,score_date:2026-02-28T00:00:00+0000\ncve,epss,percentile\nCVE-2025-0001,0.91,0.99\n"
CVE_RECORD = {
    "dataType": "CVE_RECORD",
    "cveMetadata": {"cveId": CVE, "state": "PUBLISHED"},
    "containers": {
        "cna": {"providerMetadata": {"shortName": "mitre"}, "title": "From the CVE record"},
        "adp": [
            {
                "providerMetadata": {"shortName": "CISA-ADP"},
                "metrics": [
                    {"cvssV3_1": {"vectorString": CRITICAL}},
                    {
                        "other": {
                            "type": "ssvc",
                            "content": {
                                "role": "CISA Coordinator",
                                "options": [
                                    {"Exploitation": "active"},
                                    {"Automatable": "yes"},
                                    {"Technical Impact": "total"},
                                ],
                            },
                        }
                    },
                ],
                "problemTypes": [{"descriptions": [{"cweId": "CWE-79"}]}],
            }
        ],
    },
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "advisories.db"


def test_all_names_of_a_vulnerability_are_one_finding(path: Path) -> None:
    put(
        path,
        record("GHSA-1", before("PyPI", "n", "2.1"), aliases=[CVE], database_specific={"severity": "LOW"}),
        record("PYSEC-1", before("PyPI", "n", "2.0"), aliases=["GHSA-1"], summary="", details="Bad. Really."),
        record("PYSEC-2", before("PyPI", "n", "1.0"), aliases=[CVE], withdrawn="2026-01-03T00:00:00Z"),
    )

    findings = look_up(path, "pkg:pypi/n@1.5")

    (vulnerability,) = findings.vulnerabilities
    assert (vulnerability.id, vulnerability.aliases) == (CVE, ("GHSA-1", "PYSEC-1", "PYSEC-2"))
    assert [one.id for one in vulnerability.records] == ["GHSA-1", "PYSEC-1"]
    assert vulnerability.summary == "What GHSA-1 is about"
    assert vulnerability.level is SeverityLevel.LOW
    finding = only(findings)
    assert (finding.vulnerability, finding.records) == (CVE, ("GHSA-1", "PYSEC-1"))
    assert finding.fixed_versions == ("2.0", "2.1")
    assert finding.affected == ("< 2.1", "< 2.0")


def test_what_catalogues_know_is_added(path: Path) -> None:
    put(path, record("GHSA-1", before("npm", "n", "2.0.0"), aliases=[CVE], summary=""), KEV, EPSS, CVE_RECORD)

    findings = look_up(path, "pkg:npm/n@1.0.0")

    (vulnerability,) = findings.vulnerabilities
    assert vulnerability.kev == KnownExploitation(added=date(2025, 12, 24), due=date(2026, 1, 14), ransomware=True)
    assert vulnerability.epss == Epss(probability=0.91, percentile=0.99, scored=date(2026, 2, 28))
    assert vulnerability.ssvc == Ssvc(
        exploitation="active", automatable="yes", technical_impact="total", source="CISA Coordinator"
    )
    assert (vulnerability.level, vulnerability.ratings[0].source) == (SeverityLevel.CRITICAL, "CISA-ADP")
    assert (vulnerability.weaknesses, vulnerability.summary) == (("CWE-79",), "From the CVE record")
    assert findings.data is not None
    assert [(one.name, one.kind, one.records) for one in findings.data.sources] == [
        ("EPSS", "epss", 1),
        ("KEV", "kev", 1),
        ("test", "osv", 2),
    ]


def test_an_announcement_has_the_exploitation_of_what_it_covers(path: Path) -> None:
    erratum = record("ALSA-2025:1", before("AlmaLinux:9", "n", "2.0-1.el9"), related=[CVE, "CVE-2025-0002"])
    put(path, erratum, KEV, EPSS)

    (vulnerability,) = look_up(path, "pkg:rpm/almalinux/n@1.0-1.el9?distro=almalinux-9").vulnerabilities

    assert (vulnerability.id, vulnerability.related) == ("ALSA-2025:1", (CVE, "CVE-2025-0002"))
    assert vulnerability.kev is not None
    assert vulnerability.epss is not None


@pytest.mark.parametrize(
    ("id", "entry", "kind"),
    [
        ("X-1", before("npm", "n", "2"), AdvisoryKind.VULNERABILITY),
        ("MAL-2025-1", affected("npm", "n", ("introduced", "0")), AdvisoryKind.MALWARE),
        (
            "RUSTSEC-1",
            before("npm", "n", "2", database_specific={"informational": "unmaintained"}),
            AdvisoryKind.UNMAINTAINED,
        ),
        ("RUSTSEC-1", before("npm", "n", "2", database_specific={"informational": "unsound"}), AdvisoryKind.NOTICE),
        ("ALBA-2025:1", before("npm", "n", "2"), AdvisoryKind.NOTICE),
    ],
)
def test_kinds_of_advisories(path: Path, id: str, entry: dict, kind: AdvisoryKind) -> None:
    put(path, record(id, entry))

    assert look_up(path, "pkg:npm/n@1.0.0").vulnerabilities[0].kind is kind


def test_what_has_a_cve_is_a_vulnerability_whatever_else_is_said(path: Path) -> None:
    entry = before("npm", "n", "2", database_specific={"informational": "unsound"})
    put(path, record("RUSTSEC-1", entry, aliases=[CVE]))

    assert look_up(path, "pkg:npm/n@1.0.0").vulnerabilities[0].kind is AdvisoryKind.VULNERABILITY


def test_the_way_in_and_the_smallest_way_out(path: Path) -> None:
    put(path, record("X-1", before("npm", "low", "1.2.0")), record("X-2", before("npm", "low", "2.0.0")))

    findings = look_up(
        path, "pkg:npm/top@1.0.0", "pkg:npm/low@1.0.0", through={"pkg:npm/low@1.0.0": "pkg:npm/top@1.0.0"}
    )

    first, second = findings.findings
    assert first.paths == (("package.json", "pkg:npm/top@1.0.0", "pkg:npm/low@1.0.0"),)
    assert first.upgrade == Upgrade(version="1.2.0", clears_all="2.0.0", direct=False, through=("pkg:npm/top@1.0.0",))
    assert second.upgrade == Upgrade(
        version="2.0.0", clears_all="2.0.0", major=True, direct=False, through=("pkg:npm/top@1.0.0",)
    )


def test_what_clears_all_leads_into_no_other_range(path: Path) -> None:
    entry = affected("npm", "n", ("introduced", "0"), ("fixed", "1.5.0"), ("introduced", "2.0.0"), ("fixed", "2.3.0"))
    put(path, record("X-1", entry), record("X-2", before("npm", "n", "2.1.0")))

    upgrades = [finding.upgrade for finding in look_up(path, "pkg:npm/n@1.0.0").findings]

    assert [upgrade.version for upgrade in upgrades if upgrade] == ["1.5.0", "2.1.0"]
    assert {upgrade.clears_all for upgrade in upgrades if upgrade} == {"2.3.0"}


@pytest.mark.parametrize(
    ("ecosystem", "used", "fixed", "expected"),
    [
        ("PyPI", "1.10.10", ("1.10.11rc1", "1.10.11", "2.0.0"), "1.10.11"),
        ("PyPI", "1.10.11rc0", ("1.10.11rc1", "1.10.11"), "1.10.11rc1"),
        ("PyPI", "1.10.10", ("1.10.11rc1",), "1.10.11rc1"),
        ("PyPI", "1.10.10", ("1.10.11rc1", "2.0.0"), "1.10.11rc1"),
        ("npm", "1.0.0", ("1.1.0-rc.1", "1.1.2"), "1.1.2"),
        ("Go", "1.0.0", ("1.0.1-0.20240101000000-abcdefabcdef", "1.5.0"), "1.0.1-0.20240101000000-abcdefabcdef"),
    ],
)
def test_who_uses_releases_is_led_to_releases(
    path: Path, ecosystem: str, used: str, fixed: tuple[str, ...], expected: str
) -> None:
    put(path, *(record(f"X-{number}", before(ecosystem, "n", version)) for number, version in enumerate(fixed)))
    kind = {"PyPI": "pypi", "npm": "npm", "Go": "golang"}[ecosystem]

    upgrade = look_up(path, f"pkg:{kind}/n@{used}").findings[0].upgrade

    assert upgrade is not None
    assert upgrade.version == expected


def test_where_nothing_is_fixed_no_upgrade_is_made_up(path: Path) -> None:
    put(path, record("X-1", affected("npm", "n", ("introduced", "0"), ("last_affected", "3.0.0"))))

    finding = only(look_up(path, "pkg:npm/n@1.0.0"))

    assert (finding.upgrade, finding.fixed_versions, finding.fixable) == (None, (), False)


def test_go_versions_are_proposed_as_go_writes_them(path: Path) -> None:
    put(path, record("GO-1", before("Go", "example.org/m", "1.2.0")))

    assert only(look_up(path, "pkg:golang/example.org/m@v1.0.0")).upgrade == Upgrade(
        version="v1.2.0", clears_all="v1.2.0", direct=True
    )
    assert only(look_up(path, "pkg:golang/example.org/m@1.0.0")).upgrade == Upgrade(
        version="1.2.0", clears_all="1.2.0", direct=True
    )


def test_what_could_not_be_told_says_why(path: Path) -> None:
    put(path, record("X-1", before("npm", "n", "2.0.0")), record("X-2", affected("npm", "m")))

    reasons = {
        finding.ref: finding.reason for finding in look_up(path, "pkg:npm/n", "pkg:npm/n@main", "pkg:npm/m@1").findings
    }

    assert reasons == {
        "pkg:npm/n": "no version is told",
        "pkg:npm/n@main": "'main' is no version that can be compared",
        "pkg:npm/m@1": "the advisory could not be read in full",
    }


def test_questions_to_the_database_do_not_grow_with_the_inventory(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One question for all packages, one for all vulnerabilities: whatever the number of components."""
    from paddock.engine.advisor.advise import advise

    put(path, *(record(f"X-{number}", before("npm", f"n{number}", "2.0.0")) for number in range(40)))

    def steps(count: int) -> int:
        asked: list[str] = []
        components = tuple(Component(purl=parse_purl(f"pkg:npm/n{number}@1.0.0")) for number in range(count))
        with AdvisoryDatabase(path) as database:
            database.watch(asked.append)
            assert len(advise(Inventory(components=components), database).findings) == min(count, 40)
        return len(asked)

    assert steps(400) == steps(4)


def test_a_component_of_several_projects_has_one_finding_with_the_ways_into_all(path: Path) -> None:
    from paddock.engine.advisor.advise import advise

    put(path, record("X-1", before("npm", "n", "2.0.0")))
    component = Component(purl=parse_purl("pkg:npm/n@1.0.0"))
    projects = tuple(
        Project(id=name, origin=Origin.LOCKED, usages=(Usage(component.ref, direct=True),)) for name in ("a", "b")
    )
    with AdvisoryDatabase(path) as database:
        finding = only(advise(Inventory(components=(component,), projects=projects), database))

    assert finding.paths == (("a", component.ref), ("b", component.ref))


def test_vulnerabilities_are_found_by_any_name(path: Path) -> None:
    put(path, record("GHSA-1", before("PyPI", "Foo", "2.0"), aliases=[CVE], details="All of it"))
    with AdvisoryDatabase(path) as database:
        vulnerability = database.named("cve-2025-0001")
        assert vulnerability is not None
        assert vulnerability.id == CVE
        assert vulnerability.published == datetime(2025, 12, 1, tzinfo=UTC)
        assert database.named("CVE-2025-9999") is None
        assert b"All of it" in (database.published("GHSA-1") or b"")
        assert database.published("GHSA-2") is None
        ((key, (entry,)),) = database.packages_of("GHSA-1")
        assert (key, [str(interval) for interval in entry.intervals]) == ("pypi:foo", ["< 2.0"])
        assert database.fault() == ""
