# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CVE records, CSAF documents, the KEV catalogue, EPSS scores: what they know, and that nothing breaks the reading."""

import gzip
import json
import lzma
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.catalogues.csaf import looks_like_csaf, read_csaf_facts
from paddock.engine.formats.catalogues.cve_record import looks_like_cve_record, read_cve_record
from paddock.engine.formats.catalogues.epss import looks_like_epss, read_epss
from paddock.engine.formats.catalogues.facts import Facts
from paddock.engine.formats.catalogues.kev import looks_like_kev, read_kev
from paddock.engine.formats.osv.record import Score
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.vulnerability import KnownExploitation, Ssvc
from tests.engine.advisor.records import CRITICAL
from tests.engine.advisor.test_advise import CVE_RECORD, EPSS, KEV

CSAF = {
    "document": {"csaf_version": "2.0", "publisher": {"name": "Example"}},
    "vulnerabilities": [
        {
            "cve": "CVE-2026-0001",
            "title": "Title",
            "cwe": {"id": "CWE-79"},
            "scores": [{"products": ["P"], "cvss_v3": {"vectorString": CRITICAL}}],
        },
        {"cve": "CVE-2026-0002", "metrics": [{"content": {"cvss_v4": {"vectorString": "CVSS:4.0/AV:N"}}}]},
        {"ids": [{"text": "X-1"}]},
    ],
}


def test_a_cve_record() -> None:
    data = json.dumps(CVE_RECORD).encode()

    assert looks_like_cve_record(data)
    assert read_cve_record(data) == Facts(
        id="CVE-2025-0001",
        title="From the CVE record",
        severity=(Score("CVSS_V3", CRITICAL, "CISA-ADP"),),
        weaknesses=("CWE-79",),
        ssvc=Ssvc(exploitation="active", automatable="yes", technical_impact="total", source="CISA Coordinator"),
    )


def test_a_csaf_document() -> None:
    data = json.dumps(CSAF).encode()

    assert looks_like_csaf(data)
    first, second = read_csaf_facts(data)
    assert first == Facts(
        id="CVE-2026-0001",
        title="Title",
        severity=(Score("CVSS_V3", CRITICAL, "Example"),),
        weaknesses=("CWE-79",),
    )
    assert second.severity == (Score("CVSS_V4", "CVSS:4.0/AV:N", "Example"),)


def test_the_kev_catalogue() -> None:
    data = json.dumps(KEV).encode()
    found = read_kev(data)

    assert looks_like_kev(data)
    assert found.released == datetime(2026, 1, 1, tzinfo=UTC)
    assert found.entries == {
        "CVE-2025-0001": KnownExploitation(added=date(2025, 12, 24), due=date(2026, 1, 14), ransomware=True)
    }


def test_epss_scores_plain_packed_and_in_other_tables() -> None:
    assert looks_like_epss(EPSS)
    for data in (EPSS, gzip.compress(EPSS, mtime=0)):
        found = read_epss(data)
        assert (found.by_cve, found.scored, found.skipped) == ({"CVE-2025-0001": (0.91, 0.99)}, date(2026, 2, 28), 0)
    other = read_epss(b'CVE,CVSS3,EPSS,Description\nCVE-1,8.8,0.5,"a, b"\nCVE-2,,x,\nnothing,1,0.2,\n')
    assert (other.by_cve, other.skipped) == ({"CVE-1": (0.5, None)}, 2)


@pytest.mark.parametrize("read", [read_cve_record, read_csaf_facts, read_kev, read_epss])
@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"{}", b"null", b'"x"', b"\xff\xfe", gzip.compress(b"x", mtime=0)[:-4]]
)
def test_what_is_something_else_says_so(read, data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)


DOCUMENTS = {read_cve_record: CVE_RECORD, read_csaf_facts: CSAF, read_kev: KEV}


@pytest.mark.parametrize("read", list(DOCUMENTS))
@given(
    place=st.integers(0, 2_000),
    length=st.integers(0, 40),
    noise=st.sampled_from([b"", b"[]", b"null", b'"', b"7", b"{}"]),
)
def test_damage_is_read_or_told(read, place: int, length: int, noise: bytes) -> None:
    data = json.dumps(DOCUMENTS[read]).encode()
    try:
        read(data[:place] + noise + data[place + length :])
    except Unreadable as error:
        assert error.reason  # noqa: PT017


@given(st.binary(max_size=200))
def test_no_bytes_break_the_scores(data: bytes) -> None:
    try:
        read_epss(b"cve,epss,percentile\n" + data)
    except Unreadable as error:
        assert error.reason  # noqa: PT017


def test_real_documents(shared_data: Path) -> None:
    catalogue = read_kev(
        lzma.decompress((shared_data / "enrich" / "known_exploited_vulnerabilities.json.xz").read_bytes())
    )
    assert len(catalogue.entries) == 1_404
    with zipfile.ZipFile(shared_data / "enrich" / "cve-records-vulnrichment.zip") as archive:
        records = [read_cve_record(archive.read(name)) for name in archive.namelist() if name.endswith(".json")]
    assert len(records) == sum(bool(record.ssvc) or record.rejected for record in records) == 1_148
    assert len(read_epss((shared_data / "enrich" / "epss_kev_nvd.csv").read_bytes()).by_cve) == 794
