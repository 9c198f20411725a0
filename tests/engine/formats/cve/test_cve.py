# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CVE records: scores, decision points, affected versions."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.cve.reader import MAX_BYTES, looks_like_cve_record, read_cve_record
from paddock.engine.formats.cve.record import AffectedVersion, Cvss
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.vulnerability import Ssvc
from tests.engine.formats.damage import damaged_bytes, damaged_values

RECORD = {
    "dataType": "CVE_RECORD",
    "dataVersion": "5.1",
    "cveMetadata": {
        "cveId": "CVE-2025-0001",
        "state": "PUBLISHED",
        "assignerShortName": "example",
        "datePublished": "2025-01-02T03:04:05.000Z",
        "dateUpdated": "2025-02-02T03:04:05",
    },
    "containers": {
        "cna": {
            "providerMetadata": {"shortName": "example"},
            "title": "A flaw",
            "descriptions": [{"lang": "de", "value": "Ein Fehler"}, {"lang": "en-US", "value": "A flaw in left."}],
            "problemTypes": [{"descriptions": [{"cweId": "CWE-79"}, {"description": "no id"}]}],
            "references": [{"url": "https://example.com/a"}, {"url": "https://example.com/a"}],
            "datePublic": "2025-01-01T00:00:00",
            "metrics": [{"cvssV3_1": {"vectorString": "CVSS:3.1/x", "baseScore": 9.8, "baseSeverity": "CRITICAL"}}],
            "affected": [
                {
                    "vendor": "Left Ltd",
                    "product": "left",
                    "collectionURL": "https://npm.example",
                    "packageName": "left",
                    "packageURL": "pkg:npm/left",
                    "repo": "https://example.com/left.git",
                    "cpes": ["cpe:2.3:a:left:left:*:*:*:*:*:*:*:*"],
                    "defaultStatus": "unaffected",
                    "versions": [
                        {
                            "version": "1.0",
                            "lessThan": "2.0",
                            "status": "affected",
                            "versionType": "semver",
                            "changes": [{"at": "1.5", "status": "unaffected"}, {"at": "1.6"}],
                        },
                        {"version": "3.0", "lessThanOrEqual": "3.1", "status": "strange"},
                    ],
                }
            ],
        },
        "adp": [
            {
                "providerMetadata": {"shortName": "CISA-ADP"},
                "metrics": [
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
                    {"other": {"type": "kev", "content": {"dateAdded": "2025-01-05"}}},
                ],
            }
        ],
    },
}


def test_everything_that_a_record_says() -> None:
    data = json.dumps(RECORD).encode()
    record = read_cve_record(data)
    own = record.containers[0]
    left = own.affected[0]

    assert looks_like_cve_record(data)
    assert (record.id, record.assigner, record.rejected, record.title) == ("CVE-2025-0001", "example", False, "A flaw")
    assert str(record.published) == "2025-01-02 03:04:05+00:00"
    assert str(record.updated) == "2025-02-02 03:04:05+00:00"
    assert own.description == "A flaw in left."
    assert own.scores == (Cvss(version="3.1", vector="CVSS:3.1/x", score=9.8, severity="critical"),)
    assert (own.weaknesses, own.references, own.public) == (("CWE-79",), ("https://example.com/a",), date(2025, 1, 1))
    assert (left.vendor, left.package, str(left.purl), left.default) == (
        "Left Ltd",
        "left",
        "pkg:npm/left",
        "unaffected",
    )
    assert left.versions == (
        AffectedVersion(version="1.0", status="affected", below="2.0", type="semver", changes=(("1.5", "unaffected"),)),
        AffectedVersion(version="3.0", status="unknown", last="3.1"),
    )
    assert record.ssvc == Ssvc(
        exploitation="active", automatable="yes", technical_impact="total", source="CISA Coordinator"
    )
    assert record.exploitation is not None
    assert record.exploitation.added == date(2025, 1, 5)


def test_rejected_records() -> None:
    value = {
        "cveMetadata": {"cveId": "CVE-2025-0002", "state": "REJECTED"},
        "containers": {"cna": {"rejectedReasons": [{"lang": "en", "value": "A duplicate"}]}},
    }
    record = read_cve_record(json.dumps(value).encode())
    assert record.rejected
    assert record.containers[0].description == "A duplicate"
    assert (record.title, record.ssvc, record.exploitation) == ("", None, None)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b'{"cveMetadata": {"cveId": 3}}', b"\xff", b"[" * 99_999])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_cve_record(data)


def test_records_of_any_size_are_not_read() -> None:
    with pytest.raises(Unreadable, match="are not read"):
        read_cve_record(b" " * (MAX_BYTES + 1))


@given(st.data())
def test_damaged_records_are_read_or_refused(data: st.DataObject) -> None:
    damaged = data.draw(
        damaged_values(RECORD).map(json.dumps).map(str.encode) | damaged_bytes(json.dumps(RECORD).encode())
    )
    try:
        record = read_cve_record(damaged)
    except Unreadable:
        return
    assert record.id.startswith("CVE-")
    assert record.containers


def test_every_published_record_is_read(shared_data: Path) -> None:
    archive = shared_data / "enrich" / "cve-records-vulnrichment.zip"
    if not archive.is_file():
        pytest.skip(f"the records are not present at {archive}")
    with zipfile.ZipFile(archive) as records:
        read = [read_cve_record(records.read(name)) for name in records.namelist() if name.endswith(".json")]
    assert len(read) > 1_000
    assert all(record.ssvc or record.rejected for record in read)
