# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Scores and words on one scale."""

import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.advisor.names import by_preference, covers, ties
from paddock.engine.advisor.ratings import level_of, rate_advisory, rate_vector, rate_word
from paddock.engine.formats.osv.reader import read_advisory
from paddock.engine.model.vulnerability import SeverityLevel
from tests.engine.advisor.records import CRITICAL, affected, record


def advisory(**fields):
    return read_advisory(json.dumps(record("X-1", **fields)).encode())[0]


@pytest.mark.parametrize(
    ("vector", "score", "method", "level"),
    [
        (CRITICAL, 9.8, "CVSS 3.1", "critical"),
        ("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1, "CVSS 3.0", "medium"),
        ("AV:N/AC:L/Au:N/C:N/I:P/A:N", 5.0, "CVSS 2.0", "medium"),
        ("(AV:N/AC:L/Au:N/C:C/I:C/A:C)", 10.0, "CVSS 2.0", "critical"),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3, "CVSS 4.0", "critical"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0, "CVSS 3.1", "none"),
        (f"{CRITICAL}/E:U/RL:O/RC:U", 9.8, "CVSS 3.1", "critical"),
    ],
)
def test_vectors(vector, score, method, level) -> None:
    rating = rate_vector(vector, "NVD")

    assert rating is not None
    assert (rating.score, rating.method, rating.level.value, rating.source) == (score, method, level, "NVD")


@pytest.mark.parametrize(
    "vector", ["", "9.8", "CVSS:3.1/AV:N", "CVSS:5.0/AV:N", "x" * 10_000, "CVSS:4.0/", "AV:N/AV:N"]
)
def test_what_is_no_vector_rates_nothing(vector) -> None:
    assert rate_vector(vector) is None


@given(st.text(alphabet="CVSS:3.14.0/AVNLPHU()", max_size=60))
def test_no_text_breaks_the_rating(text) -> None:
    rate_vector(text)


def test_the_vectors_of_a_large_suite(shared_data: Path) -> None:
    with tarfile.open(shared_data / "conformance" / "cvss-vectors-redhat.tar.xz") as archive:
        lines = [
            line.decode().strip()
            for member in archive.getmembers()
            if "vectors_" in member.name and (stream := archive.extractfile(member))
            for line in stream
        ]
    expected = {
        vector: float(scores.strip("()").split(",")[0])
        for vector, _, scores in (line.partition(" - ") for line in lines)
    }

    assert len(expected) > 1_000
    assert {vector: rating.score for vector in expected if (rating := rate_vector(vector))} == expected


def test_levels_follow_the_published_scale() -> None:
    assert [level_of(score).value for score in (0.0, 0.1, 3.9, 4.0, 6.9, 7.0, 8.9, 9.0, 10.0)] == [
        "none", "low", "low", "medium", "medium", "high", "high", "critical", "critical",
    ]  # fmt: skip


def test_words_of_several_databases() -> None:
    assert rate_word("MODERATE", "GHSA-1").level is SeverityLevel.MEDIUM
    assert rate_word("important").level is SeverityLevel.HIGH
    assert rate_word("untriaged") is None
    assert rate_word(None) is None


def test_the_worst_rating_comes_first_and_words_count_only_without_vectors() -> None:
    low = {"type": "CVSS_V3", "score": "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"}
    entry = affected("npm", "n", severity=[{"type": "CVSS_V3", "score": CRITICAL}])
    both = rate_advisory(advisory(affected=[entry], severity=[low], database_specific={"severity": "LOW"}))

    assert [rating.level.value for rating in both] == ["critical", "low"]
    assert all(rating.vector for rating in both)
    assert rate_advisory(advisory(database_specific={"severity": "HIGH"}))[0].level is SeverityLevel.HIGH
    assert rate_advisory(advisory(severity=[{"type": "Ubuntu", "score": "low"}]))[0].level is SeverityLevel.LOW
    assert rate_advisory(advisory(database_specific={"cvss_v3": 9.1}))[0].score == 9.1
    assert rate_advisory(advisory()) == ()


def test_the_name_that_people_use() -> None:
    names = ["PYSEC-2020-1", "GHSA-aaaa", "CVE-2021-2000", "CVE-2021-10000", "X-1", "GO-2020-0001"]

    assert by_preference(names) == (
        "CVE-2021-2000",
        "CVE-2021-10000",
        "GHSA-aaaa",
        "GO-2020-0001",
        "PYSEC-2020-1",
        "X-1",
    )


def test_an_announcement_of_several_is_none_of_them() -> None:
    one = advisory(upstream=["CVE-2021-1000", "EUVD-2021-1"])
    several = advisory(upstream=["CVE-2021-1000", "CVE-2021-1001"])
    erratum = read_advisory(json.dumps(record("ALSA-2021:1", related=["CVE-2021-1000", "RHSA-1"])).encode())[0]

    assert (ties(one), covers(one)) == (("X-1", "CVE-2021-1000", "EUVD-2021-1"), ())
    assert (ties(several), covers(several)) == (("X-1",), ("CVE-2021-1000", "CVE-2021-1001"))
    assert (ties(erratum), covers(erratum)) == (("ALSA-2021:1",), ("CVE-2021-1000",))
