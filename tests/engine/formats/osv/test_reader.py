# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Advisories in the OSV form: what is right is read, what is wrong is told, and nothing breaks the reading."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.osv.reader import MAX_BYTES, MAX_REFERENCES, read_advisory
from paddock.engine.formats.osv.record import Affected, Event, Package, Range, Score
from paddock.engine.model.errors import Unreadable

WHOLE: dict[str, Any] = {
    "schema_version": "1.7.0",
    "id": "X-1",
    "modified": "2026-01-02T03:04:05Z",
    "published": "2026-01-01T00:00:00+01:00",
    "aliases": ["CVE-2026-0001", "CVE-2026-0001"],
    "upstream": ["CVE-2026-0002"],
    "related": None,
    "summary": "Short",
    "details": "Long",
    "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N"}],
    "affected": [
        {
            "package": {"ecosystem": "npm", "name": "n", "purl": "pkg:npm/n"},
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.0.0"}]}],
            "versions": ["0.1.0"],
            "ecosystem_specific": {"severity": "high"},
            "database_specific": {"severity": "low", "source": "x"},
        }
    ],
    "references": [{"type": "WEB", "url": "https://example.org"}],
    "database_specific": {"cwe_ids": ["CWE-79"]},
}


def read(**changes: Any):
    return read_advisory(json.dumps({**WHOLE, **changes}).encode())


def test_a_record_that_follows_the_schema() -> None:
    advisory, faults = read()

    assert faults == ()
    assert (advisory.id, advisory.aliases, advisory.upstream, advisory.related) == (
        "X-1", ("CVE-2026-0001",), ("CVE-2026-0002",), (),
    )  # fmt: skip
    assert advisory.published == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert advisory.severity == (Score("CVSS_V3", "CVSS:3.1/AV:N"),)
    assert advisory.affected == (
        Affected(
            package=Package("npm", "n", "pkg:npm/n"),
            ranges=(Range("SEMVER", (Event(introduced="0"), Event(fixed="1.0.0"))),),
            versions=("0.1.0",),
            details={"severity": "high", "source": "x"},
        ),
    )
    assert advisory.details == {"cwe_ids": ["CWE-79"]}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"aliases": "CVE-2026-0001"}, "aliases: it is no list"),
        ({"aliases": [["CVE-2026-0001"]]}, "aliases[0]: Expected `str`"),
        ({"summary": 7}, "summary: Expected"),
        ({"modified": "yesterday"}, "modified: Invalid RFC3339"),
        ({"severity": [{"score": "9"}]}, "severity[0]: Object missing required field `type`"),
        ({"affected": {}}, "affected: it is no list"),
        ({"affected": [[]]}, "affected[0]: it is no object"),
        ({"references": 5, "id": "X-1"}, "references: it is no list"),
        ({"database_specific": []}, "database_specific: Expected"),
    ],
)
def test_a_wrong_part_is_told_and_the_rest_is_read(changes: dict[str, Any], fault: str) -> None:
    advisory, faults = read(**changes)

    assert [one[: len(fault)] for one in faults] == [fault]
    assert advisory.id == "X-1"
    assert advisory.details == WHOLE["database_specific"] or "database_specific" in changes
    assert advisory.affected or "affected" in changes


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"ranges": [{"type": "SEMVER", "events": []}]}, "affected[0].ranges[0]: it has no events"),
        ({"ranges": [{"type": "SEMVER"}]}, "affected[0].ranges[0]: it has no events"),
        ({"ranges": [{"type": "SEMVER", "events": [{"fixed": "1"}]}]}, "no event says where it was introduced"),
        ({"ranges": [{"type": "SEMVER", "events": [{"introduced": "0", "fixed": "1"}]}]}, "exactly one version"),
        ({"ranges": [{"type": "SEMVER", "events": [{"introduced": ["0"]}]}]}, "affected[0].ranges[0].events[0]"),
        ({"ranges": [{"type": 7, "events": [{"introduced": "0"}]}]}, "affected[0].ranges[0]: it is no range"),
        ({"ranges": "all"}, "affected[0].ranges: it is no list"),
        ({"versions": [{"a": 1}]}, "affected[0].versions[0]"),
        ({"versions": ["x" * 1_000]}, "affected[0].versions: one of them is no version"),
        ({}, "affected[0]: it names no versions"),
    ],
)
def test_a_package_whose_versions_are_not_understood_is_marked(entry: dict[str, Any], fault: str) -> None:
    advisory, faults = read(affected=[{"package": {"ecosystem": "npm", "name": "n"}, **entry}])

    assert fault in faults[0]
    assert advisory.affected[0].unreadable
    assert advisory.affected[0].package == Package("npm", "n")


def test_numbers_where_texts_belong_are_read() -> None:
    entry = {
        "package": {"ecosystem": "npm", "name": "n"},
        "ranges": [{"type": "SEMVER", "events": [{"introduced": 0}, {"fixed": 1.5, "limit": None}]}],
    }
    advisory, faults = read(affected=[entry])

    assert faults == ()
    assert advisory.affected[0].ranges[0].events == (Event(introduced="0"), Event(fixed="1.5"))


def test_a_package_without_name_is_no_package() -> None:
    advisory, faults = read(affected=[{"package": {"ecosystem": "npm", "name": ""}, "versions": ["1"]}])

    assert faults == ("affected[0].package: it has no usable name and ecosystem",)
    assert advisory.affected[0].package is None


def test_withdrawn_is_withdrawn_whenever_that_was() -> None:
    assert read(withdrawn="2026-01-03T00:00:00Z")[0].withdrawn == datetime(2026, 1, 3, tzinfo=UTC)
    assert read(withdrawn="some day")[0].withdrawn is not None
    assert read(withdrawn=None)[0].withdrawn is None


def test_the_beginning_of_the_calendar_is_no_time() -> None:
    advisory, _ = read(modified="0001-01-01T00:00:00Z", published="1970-01-01T00:00:00Z")

    assert (advisory.modified, advisory.published) == (None, None)


def test_megabytes_of_references_are_cut_and_told() -> None:
    advisory, faults = read(references=[{"url": f"https://example.org/{number}"} for number in range(200_000)])

    assert len(advisory.references) == MAX_REFERENCES
    assert faults == (f"references: 200,000 of them; the first {MAX_REFERENCES} were kept",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it ends too early"),
        (b"{", "it ends too early"),
        (b"\xff{}", "UTF-8"),
        (b"[]", "no advisory in the OSV format"),
        (b"{}", "no object with an id"),
        (b'{"id": 7}', "no object with an id"),
        (b'{"id": " "}', "no usable id"),
        (json.dumps({"id": "x" * 999}).encode(), "no usable id"),
        (b"[" * 100_000, "nested too deeply"),
        (b" " * (MAX_BYTES + 1), "are not read"),
    ],
)
def test_what_cannot_be_used_at_all(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_advisory(data)
    assert reason in caught.value.reason or "not valid JSON" in caught.value.reason


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def replaced(value: Any, path: list[int], new: Any) -> Any:
    """The value with one of its parts, found by turns at each level, replaced."""
    if not path or not isinstance(value, dict | list) or not value:
        return new
    if isinstance(value, dict):
        key = sorted(value)[path[0] % len(value)]
        return {**value, key: replaced(value[key], path[1:], new)}
    place = path[0] % len(value)
    return [replaced(part, path[1:], new) if number == place else part for number, part in enumerate(value)]


@given(path=st.lists(st.integers(0, 20), min_size=1, max_size=6), new=VALUES)
def test_whatever_stands_anywhere_is_read_or_told(path: list[int], new: Any) -> None:
    data = json.dumps(replaced(WHOLE, path, new)).encode()
    try:
        advisory, faults = read_advisory(data)
    except Unreadable as error:
        assert error.reason  # noqa: PT017
        return
    assert all(isinstance(fault, str) and fault for fault in faults)
    for entry in advisory.affected:
        assert entry.unreadable or entry.package is None or entry.ranges or entry.versions


@given(st.binary(max_size=300), st.integers(0, 600), st.integers(0, 40))
def test_no_bytes_break_the_reader(noise: bytes, place: int, length: int) -> None:
    data = json.dumps(WHOLE).encode()
    for damaged in (noise, data[:place] + noise + data[place + length :]):
        try:
            read_advisory(damaged)
        except Unreadable as error:
            assert error.reason  # noqa: PT017


def test_every_record_of_large_databases_is_read(shared_data: Path) -> None:
    count = told = 0
    for archive in sorted((shared_data / "osv").glob("*/all.zip")):
        with zipfile.ZipFile(archive) as found:
            for name in found.namelist():
                advisory, faults = read_advisory(found.read(name))
                count += 1
                told += bool(faults)
                assert advisory.id
    assert count > 17_000
    assert told < 20
