# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The mandatory tests of CSAF: for each a document that fails it, made from one that passes all."""

import pytest

from paddock.engine.formats.csaf.rules.every import RULES
from paddock.engine.formats.csaf.validator import value_faults
from paddock.engine.formats.document import DocumentFormat, Kind
from tests.engine.formats.csaf.advisories import DROP, advisory, changed

HISTORY = "document.tracking.revision_history"
VERSION = "document.tracking.version"
STATUS = "document.tracking.status"
FLAW = "vulnerabilities.0"
VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
CVSS3 = {"version": "3.1", "vectorString": VECTOR, "baseScore": 9.8, "baseSeverity": "CRITICAL"}
CVSS2 = {"version": "2.0", "vectorString": "AV:N/AC:L/Au:N/C:C/I:C/A:C", "baseScore": 1}
CVSS4 = {
    "version": "4.0",
    "vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
    "baseScore": 9.3,
    "baseSeverity": "CRITICAL",
}
SSVC = {
    "schemaVersion": "2.0.0",
    "timestamp": "2026-01-01T00:00:00Z",
    "selections": [{"namespace": "ssvc", "key": "E", "version": "1.1.0", "values": [{"key": "N"}]}],
}
LEAF = "product_tree.branches.0.branches.0"
HELPER = f"{LEAF}.product.product_identification_helper"
MAX = "ffffffff-ffff-ffff-ffff-ffffffffffff"
CLOSED = "5868d6be-b28a-404e-a245-0b5093b31b8b"


def scored(value: dict, version: str, name: str = "cvss_v3") -> dict:
    """The changes that give LEFT a score."""
    if version == "2.0":
        return {f"{FLAW}.scores": [{"products": ["LEFT"], name: value}]}
    return {f"{FLAW}.metrics": [{"products": ["LEFT"], "content": {name: value}}]}


def selected(version: str = "1.1.0", **more) -> dict:
    point = {"namespace": "ssvc", "key": "E", "version": version, "values": [{"key": "N"}, {"key": "A"}], **more}
    return {f"{FLAW}.metrics": [{"products": ["LEFT"], "content": {"ssvc_v2": {**SSVC, "selections": [point]}}}]}


def nested(depth: int) -> dict:
    branch: dict = {"category": "vendor", "name": "x", "product": {"name": "x", "product_id": "DEEP"}}
    for _ in range(depth - 1):
        branch = {"category": "product_family", "name": "x", "branches": [branch]}
    return branch


def branch(*steps: tuple[str, str]) -> dict:
    (category, name), *rest = steps
    inner = {"branches": [branch(*rest)]} if rest else {"product": {"name": "x", "product_id": "X"}}
    return {"category": category, "name": name, **inner}


def told(value: dict, version: str) -> set[str]:
    return {fault.rule.split(" ")[0] for fault in value_faults(value, Kind(DocumentFormat.CSAF, version))}


BOTH = [
    ("6.1.1", {f"{FLAW}.product_status.under_investigation": ["NOBODY"]}),
    ("6.1.1", {"product_tree.product_groups.0.product_ids": ["LEFT", "NOBODY"]}),
    ("6.1.2", {"product_tree.full_product_names.+": {"name": "Again", "product_id": "LEFT"}}),
    ("6.1.4", {f"{FLAW}.threats": [{"category": "impact", "details": "x", "group_ids": ["NONE"]}]}),
    ("6.1.5", {"product_tree.product_groups.+": {"group_id": "ALL", "product_ids": ["OLD", "SHOP"]}}),
    ("6.1.6", {f"{FLAW}.product_status.first_fixed": ["OLD"]}),
    ("6.1.12", {"document.lang": "EZ"}),
    ("6.1.12", {"document.source_lang": "en-AB"}),
    ("6.1.14", {f"{HISTORY}.0.date": "2026-01-03T00:00:00Z"}),
    ("6.1.15", {"document.publisher.category": "translator"}),
    ("6.1.16", {VERSION: "1"}),
    ("6.1.16", {f"{HISTORY}.1.number": "3"}),
    ("6.1.17", {VERSION: "0"}),
    ("6.1.18", {f"{HISTORY}.0.number": "0"}),
    ("6.1.19", {f"{HISTORY}.0.number": "1.0.0-rc.1"}),
    ("6.1.20", {VERSION: "2.0.0-rc.1"}),
    ("6.1.21", {f"{HISTORY}.1.number": "4", VERSION: "4"}),
    ("6.1.21", {f"{HISTORY}.0.number": "2", f"{HISTORY}.1.number": "3", VERSION: "3"}),
    ("6.1.22", {f"{HISTORY}.1.number": "1", VERSION: "1"}),
    ("6.1.23", {"vulnerabilities.+": {"cve": "CVE-2025-0001"}}),
    (
        "6.1.24",
        {
            f"{FLAW}.involvements": [
                {"party": "vendor", "status": "open", "date": "2026-01-01T00:00:00Z"},
                {"party": "vendor", "status": "completed", "date": "2026-01-01T01:00:00+01:00"},
            ]
        },
    ),
    (
        "6.1.25",
        {
            f"{HELPER}.hashes": [
                {"filename": "a", "file_hashes": [{"algorithm": "md5", "value": char * 32} for char in "ab"]}
            ]
        },
    ),
    ("6.1.26", {"document.category": "Security_Incident Response"}),
    ("6.1.26", {"document.category": "VEX"}),
    ("6.1.26", {"document.category": "csaf_own"}),
    ("6.1.27.4", {"product_tree": DROP}),
    ("6.1.27.5", {f"{FLAW}.notes": DROP}),
    ("6.1.27.7", {f"{FLAW}.product_status": {"recommended": ["LEFT"]}}),
    ("6.1.27.8", {f"{FLAW}.cve": DROP}),
    ("6.1.27.9", {f"{FLAW}.flags": DROP}),
    ("6.1.27.10", {f"{FLAW}.remediations": DROP}),
    ("6.1.27.11", {"vulnerabilities": DROP}),
    ("6.1.28", {"document.lang": "en-US", "document.source_lang": "en-us"}),
    ("6.1.29", {f"{FLAW}.remediations.+": {"category": "workaround", "details": "x"}}),
    ("6.1.30", {f"{HISTORY}.1.number": "2.0.0", VERSION: "2.0.0"}),
    ("6.1.31", {f"{LEAF}.name": "prior to 2"}),
    ("6.1.31", {f"{LEAF}.name": "<2"}),
    ("6.1.32", {f"{FLAW}.flags.+": {"label": "component_not_present"}}),
    ("6.1.33", {f"{FLAW}.flags.+": {"label": "component_not_present", "group_ids": ["ALL"]}}),
]
OLDER = [
    ("6.1.3", {"product_tree.relationships": [
        {
            "category": "installed_on",
            "full_product_name": {"name": "x", "product_id": "X"},
            "product_reference": "LEFT",
            "relates_to_product_reference": "X",
        }
    ]}),
    ("6.1.7", {f"{FLAW}.scores": [{"products": ["LEFT"], "cvss_v3": CVSS3}] * 2}),
    ("6.1.8", scored({**CVSS3, "baseScore": 11}, "2.0")),
    ("6.1.8", scored({"vectorString": VECTOR}, "2.0")),
    ("6.1.9", scored({**CVSS3, "baseScore": 5.0}, "2.0")),
    ("6.1.9", scored({**CVSS3, "baseSeverity": "LOW"}, "2.0")),
    ("6.1.9", scored(CVSS2, "2.0", "cvss_v2")),
    ("6.1.10", scored({**CVSS3, "attackVector": "LOCAL"}, "2.0")),
    ("6.1.11", {f"{FLAW}.cwe": {"id": "CWE-79", "name": "Improper Input Validation"}}),
    ("6.1.11", {f"{FLAW}.cwe": {"id": "CWE-16", "name": "Configuration"}}),
    ("6.1.13", {f"{HELPER}.purl": "pkg:maven/@1.3.4"}),
]  # fmt: skip
LATER = [
    ("6.1.3", {"product_tree.product_paths": [
        {
            "beginning_product_reference": "X",
            "full_product_name": {"name": "x", "product_id": "X"},
            "subpaths": [{"category": "installed_on", "next_product_reference": "LEFT"}],
        }
    ]}),
    ("6.1.7", {f"{FLAW}.metrics": [
        {"products": ["LEFT"], "content": {"cvss_v4": CVSS4, "cvss_v3": CVSS3}},
        {"products": ["LEFT", "OLD"], "content": {"cvss_v4": CVSS4}},
    ]}),
    ("6.1.8", scored({**CVSS4, "threatScore": 1.0}, "2.1", "cvss_v4")),
    ("6.1.9", scored({**CVSS4, "baseScore": 1.0}, "2.1", "cvss_v4")),
    ("6.1.10", scored({**CVSS4, "attackVector": "LOCAL"}, "2.1", "cvss_v4")),
    ("6.1.11", {f"{FLAW}.cwes": [{"id": "CWE-79", "name": "Improper Input Validation", "version": "4.14"}]}),
    ("6.1.11", {f"{FLAW}.cwes": [{"id": "CWE-1419", "name": "x", "version": "4.12"}]}),
    ("6.1.13", {f"{HELPER}.purls": ["pkg://npm/left"]}),
    ("6.1.27.8", {f"{FLAW}.cve": DROP, f"{FLAW}.ids": [{"system_name": "x", "text": "1", "product_ids": ["LEFT"]}]}),
    ("6.1.34", {"product_tree.branches.+": nested(31)}),
    ("6.1.35", {f"{FLAW}.remediations.+": {"category": "no_fix_planned", "details": "x", "product_ids": ["OLD"]}}),
    ("6.1.36", {f"{FLAW}.remediations.+": {"category": "vendor_fix", "details": "x", "group_ids": ["ALL"]}}),
    ("6.1.37", {"document.tracking.current_release_date": "2026-01-02 00:00:00Z"}),
    ("6.1.37", {f"{FLAW}.discovery_date": "2016-12-31T23:59:60Z"}),
    ("6.1.38", {"document.distribution": {"tlp": {"label": "RED"}, "sharing_group": {"id": MAX, "name": "Public"}}}),
    ("6.1.39", {"document.distribution.sharing_group": {"id": CLOSED}}),
    ("6.1.40", {"document.distribution.sharing_group": {"id": CLOSED, "name": "Public"}}),
    ("6.1.41", {"document.distribution.sharing_group": {"id": MAX}}),
    ("6.1.42", {f"{HELPER}.purls": ["pkg:npm/left@1.0.0", "pkg:npm/right@1.0.0"]}),
    ("6.1.43", {f"{HELPER}.model_numbers": ["*A*"]}),
    ("6.1.44", {f"{HELPER}.serial_numbers": [r"*\**"]}),
    ("6.1.45", {f"{FLAW}.disclosure_date": "2026-01-02T00:00:00-01:00"}),
    ("6.1.46", {f"{FLAW}.metrics": [{"products": ["LEFT"], "content": {"ssvc_v2": {"schemaVersion": "2.0.0"}}}]}),
    ("6.1.47", {f"{FLAW}.metrics": [
        {"products": ["LEFT"], "content": {"ssvc_v2": {**SSVC, "target_ids": ["CVE-2025-9999"]}}}
    ]}),
    ("6.1.48", selected("9.9.9")),
    ("6.1.48", selected(values=[{"key": "A"}, {"key": "N"}])),
    ("6.1.48", selected(values=[{"key": "Z"}])),
    ("6.1.48", selected(name="Exploits")),
    ("6.1.48", selected(namespace="invalid")),
    ("6.1.49", {f"{FLAW}.metrics": [
        {"products": ["LEFT"], "content": {"ssvc_v2": {**SSVC, "timestamp": "2026-02-01T00:00:00Z"}}}
    ]}),
    ("6.1.50", {f"{LEAF}.category": "product_version_range", f"{LEAF}.name": "before 2"}),
    ("6.1.50", {f"{LEAF}.category": "product_version_range", f"{LEAF}.name": "vers:npm/<2.0.0|>=1.0.0"}),
    ("6.1.51", {f"{FLAW}.metrics": [{"products": ["LEFT"], "content": {
        "epss": {"percentile": "0.9", "probability": "0.1", "timestamp": "2026-02-01T00:00:00Z"}
    }}]}),
    ("6.1.52", {f"{FLAW}.first_known_exploitation_dates": [
        {"date": "2026-02-01T00:00:00Z", "exploitation_date": "2026-01-01T00:00:00Z", "product_ids": ["OLD"]}
    ]}),
    ("6.1.53", {f"{FLAW}.first_known_exploitation_dates": [
        {"date": "2025-12-01T00:00:00Z", "exploitation_date": "2026-01-01T00:00:00Z", "product_ids": ["OLD"]}
    ]}),
    ("6.1.54", {"document.license_expression": "Do what you want."}),
    ("6.1.54", {"document.license_expression": "MIT OR (Apache-2.0"}),
    ("6.1.54", {"document.license_expression": "DocumentRef-x:LicenseRef-y"}),
    ("6.1.55", {"document.license_expression": "LicenseRef-example.com-own"}),
    ("6.1.56", {f"{FLAW}.metrics": [
        {"products": ["LEFT"], "content": {"cvss_v3": CVSS3}},
        {"products": ["LEFT"], "content": {"qualitative_severity_rating": "low"}},
    ]}),
    ("6.1.57", {"product_tree.branches.+": branch(("vendor", "a"), ("vendor", "b"))}),
    ("6.1.58", {"product_tree.branches.+": branch(("product_version", "1"), ("product_version_range", "<2"))}),
    ("6.1.59", {f"{LEAF}.category": "product_version_range", f"{LEAF}.name": "vers:npm/1.0.0"}),
    ("6.1.60.1", {"x_extensions": [{"$schema": "https://example.com/x_1.0.0.json", "category": "own"}]}),
    ("6.1.61", {f"{HELPER}.skus": ["**"]}),
]  # fmt: skip
PROFILES = [
    ("2.0", "csaf_informational_advisory", "6.1.27.1", {"document.notes": DROP}),
    ("2.0", "csaf_security_incident_response", "6.1.27.2", {"document.references": DROP}),
    ("2.0", "csaf_informational_advisory", "6.1.27.3", {}),
    ("2.0", "csaf_security_advisory", "6.1.27.6", {f"{FLAW}.product_status": DROP}),
    ("2.1", "csaf_security_advisory", "6.1.27.12", {f"{FLAW}.product_status": {"fixed": ["LEFT"]}}),
    ("2.1", "csaf_security_advisory", "6.1.27.13", {f"{FLAW}.product_status": {"fixed": ["LEFT"]}}),
    ("2.1", "csaf_withdrawn", "6.1.27.14", {"document.notes": DROP}),
    ("2.1", "csaf_withdrawn", "6.1.27.15", {}),
    ("2.1", "csaf_superseded", "6.1.27.16", {f"{HISTORY}": [
        {"date": "2026-01-02T00:00:00Z", "number": "1", "summary": "x"}
    ]}),
    ("2.1", "csaf_withdrawn", "6.1.27.17", {}),
    ("2.1", "csaf_superseded", "6.1.27.18", {}),
    ("2.1", "csaf_superseded", "6.1.27.19", {}),
]  # fmt: skip
ALL = [(version, "csaf_vex", test, changes) for version in ("2.0", "2.1") for test, changes in BOTH]
ALL += [("2.0", "csaf_vex", *row) for row in OLDER] + [("2.1", "csaf_vex", *row) for row in LATER] + PROFILES


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_the_documents_that_are_changed_are_valid(version: str) -> None:
    assert told(advisory(version), version) == set()


@pytest.mark.parametrize(("version", "category", "test", "changes"), ALL)
def test_a_document_that_breaks_a_rule(version: str, category: str, test: str, changes: dict) -> None:
    assert test in told(changed(advisory(version, category), changes), version)


def test_every_rule_is_broken_by_some_document() -> None:
    assert {rule.id for rule in RULES} == {test for _, _, test, _ in ALL}
    assert len({rule.id for rule in RULES}) == len(RULES)


GOOD = [
    ("2.0", scored(CVSS3, "2.0")),
    ("2.0", scored({**CVSS3, "attackVector": "NETWORK", "modifiedScope": "CHANGED"}, "2.0")),
    ("2.0", {f"{FLAW}.cwe": {"id": "CWE-20", "name": "Improper Input Validation"}}),
    ("2.0", {f"{FLAW}.cwe": {"id": "CWE-99999", "name": "Of another time"}}),
    ("2.0", {"document.lang": "de-DE", "document.source_lang": "en"}),
    ("2.0", {"document.lang": "tlh", "document.source_lang": "x-own"}),
    ("2.0", {"document.category": "Example Ltd Security Advisory"}),
    ("2.0", {f"{FLAW}.flags": DROP, f"{FLAW}.threats": [
        {"category": "impact", "details": "x", "group_ids": ["ALL"]}
    ]}),
    ("2.0", {VERSION: "2.0.0+build", f"{HISTORY}.0.number": "1.0.0", f"{HISTORY}.1.number": "2.0.0"}),
    ("2.0", {STATUS: "draft", VERSION: "2.0.0-rc", f"{HISTORY}.0.number": "1.0.0", f"{HISTORY}.1.number": "2.0.0"}),
    ("2.1", scored(CVSS4, "2.1", "cvss_v4")),
    ("2.1", {f"{FLAW}.metrics": [
        {"products": ["LEFT"], "content": {"cvss_v3": CVSS3}},
        {"products": ["LEFT"], "content": {"cvss_v3": CVSS3}, "source": "https://other.example"},
    ]}),
    ("2.1", selected()),
    ("2.1", selected(namespace="ssvc//.example.test$en-GB", name="Exploits")),
    ("2.1", selected(namespace="x_example.test#own", version="9.9.9")),
    ("2.1", selected(namespace="test", version="9.9.9")),
    ("2.1", {f"{FLAW}.cwes": [{"id": "CWE-79", "name": "What it was called", "version": "1.0"}]}),
    ("2.1", {"document.license_expression": "CC-BY-4.0 OR (MIT AND LicenseRef-scancode-public-domain)"}),
    ("2.1", {"document.license_expression": "GPL-2.0-or-later WITH Classpath-exception-2.0"}),
    ("2.1", {"document.license_expression": "LicenseRef-example.com-own", "document.notes.+": {
        "category": "legal_disclaimer", "text": "All rights reserved.", "title": "License"
    }}),
    ("2.1", {f"{LEAF}.category": "product_version_range", f"{LEAF}.name": "vers:npm/>=1.0.0|!=1.5.0|<2.0.0"}),
    ("2.1", {f"{LEAF}.category": "product_version_range", f"{LEAF}.name": "vers:all/*"}),
    ("2.1", {f"{LEAF}.category": "product_version_range", f"{LEAF}.name": ">10.9a|!=10.9c|<=10.9k"}),
    ("2.1", {"product_tree.branches.+": nested(30)}),
    ("2.1", {f"{HELPER}.purls": ["pkg:npm/left@1.0.0", "pkg:npm/left@1.0.0?vcs_url=https://example.com"]}),
    ("2.1", {f"{HELPER}.serial_numbers": [r"*\*\*"]}),
    ("2.1", {"document.distribution.sharing_group": {"id": MAX, "name": "Public"}}),
]  # fmt: skip


@pytest.mark.parametrize(("version", "changes"), GOOD)
def test_a_document_that_keeps_all_rules(version: str, changes: dict) -> None:
    assert told(changed(advisory(version), changes), version) == set()


def test_faults_say_where() -> None:
    value = changed(advisory(), {f"{FLAW}.product_status.first_fixed": ["OLD"], "document.title": 3})
    found = {fault.place: fault for fault in value_faults(value, Kind(DocumentFormat.CSAF, "2.0"))}
    assert found["vulnerabilities[0].product_status"].rule == "6.1.6 contradicting product status"
    assert "'OLD' is both affected and fixed" in found["vulnerabilities[0].product_status"].message
    assert found["document.title"].rule == "csaf-2.0 type"


def test_what_a_hotfix_is_installed_with_corresponds_to_it() -> None:
    value = advisory("2.1", "csaf_security_advisory")
    path = {
        "beginning_product_reference": "OLD",
        "full_product_name": {"name": "Left with hotfix", "product_id": "BOTH"},
        "subpaths": [{"category": "installed_with", "next_product_reference": "SHOP"}],
    }
    status = {f"{FLAW}.product_status": {"first_fixed": ["SHOP"], "known_affected": ["OLD"]}, f"{FLAW}.flags": DROP}
    assert told(changed(value, {"product_tree.product_paths": [path], **status}), "2.1") == set()
    other = changed(value, {f"{FLAW}.product_status": {"fixed": ["BOTH"], "known_affected": ["LEFT"]}})
    assert "6.1.27.13" in told(changed(other, {"product_tree.product_paths": [path]}), "2.1")
