# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How the benchmark of advisories reads others' answers, and how its service for peers judges versions."""

import json
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from benchmarks.advisory_agreement.answers import Reasons
from benchmarks.advisory_agreement.grype import commas
from benchmarks.advisory_agreement.osv_recordings import Line, table_rows
from benchmarks.advisory_agreement.pip_audit import above, alike, in_range, serving, written

TABLE = """
[Test/one - 1]
+---------------------+------+-----------+---------+---------+-------+-------------+
| OSV URL             | CVSS | ECOSYSTEM | PACKAGE | VERSION | FIXED | SOURCE      |
+---------------------+------+-----------+---------+---------+-------+-------------+
| https://osv.dev/A-1 | 9.8  | npm (dev) | right   | 1.0.0   | 1.0.1 | a/lock.json |
| https://osv.dev/B-1 |      |           |         |         |       |             |
| https://osv.dev/A-2 | 9.8  | PyPI      | left    | 2.0     | --    | b.txt       |
+---------------------+------+-----------+---------+---------+-------+-------------+
"""
RECORD = {
    "id": "PYSEC-1",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "Left_Pad"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"fixed": "1.5"}]}],
            "versions": ["0.1"],
        }
    ],
}


def test_tables_are_read_with_all_names_of_a_vulnerability(tmp_path: Path) -> None:
    (tmp_path / "x.snap").write_text(TABLE)
    assert table_rows(tmp_path) == {
        Line("a/lock.json", "npm", "right", "1.0.0"): {"A-1", "B-1"},
        Line("b.txt", "PyPI", "left", "2.0"): {"A-2"},
    }


def test_differences_are_told_with_their_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    Reasons("recorded").tell("missing", [('{"commit": "ab"}', "X-1"), ("other", "X-2")], names=False)
    text = capsys.readouterr().out
    assert "missing 1: asked by a bare commit" in text
    assert "missing 1: NOT EXPLAINED\n    X-2 for other\n" in text


@pytest.mark.parametrize(
    ("events", "version", "expected"),
    [
        ([{"introduced": "0"}, {"fixed": "2.0"}], "2.0.dev1", True),
        ([{"introduced": "0"}, {"fixed": "2.0"}], "2.0", False),
        ([{"introduced": "1.0"}, {"last_affected": "1.4"}], "1.4.0", True),
        ([{"introduced": "1.0"}, {"last_affected": "1.4"}], "1.4.1", False),
        ([{"fixed": "1.5"}, {"introduced": "1.0"}, {"introduced": "2.0"}], "2.1", True),
        ([{"introduced": "0"}], "no version", False),
    ],
)
def test_the_service_judges_as_the_specification_says(
    events: list[dict[str, str]], version: str, expected: bool
) -> None:
    assert in_range(events, version) is expected


@pytest.mark.parametrize(("version", "expected"), [("1.2", ["PYSEC-1"]), ("0.1", ["PYSEC-1"]), ("1.5", [])])
def test_the_service_answers_as_that_of_osv(version: str, expected: list[str]) -> None:
    query = {"package": {"ecosystem": "PyPI", "name": "left.pad"}, "version": version}
    with serving({"pypi:left-pad": [RECORD]}) as address:
        request = Request(address, json.dumps(query).encode())  # noqa: S310 # loopback
        with urlopen(request) as answer:  # noqa: S310 # loopback
            assert [one["id"] for one in json.load(answer).get("vulns", ())] == expected


def test_small_things(tmp_path: Path) -> None:
    assert commas(">= 1.0 < 2.0") == ">=1.0,<2.0"
    assert above("1.0", ["0.9", "1.1.0", "2.0rc1"]) == {"1.1.0", "2.0rc1"}
    path = written(["pkg:pypi/b@2", "pkg:pypi/a@1", "pkg:pypi/b@3"], tmp_path / "x.txt")
    assert path.read_text() == "a==1\nb==2\n"
    one = ("a", "1", frozenset({"CVE-1"}), frozenset[str]())
    assert alike(one, ("a", "1", frozenset({"PYSEC-1", "CVE-1"}), frozenset()))
    assert not alike(one, ("a", "2", frozenset({"CVE-1"}), frozenset()))
