# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Advisories of GitHub's interface say the same in the OSV form."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.osv.github import looks_like_github, read_github, split_github
from paddock.engine.formats.osv.record import Event, Package, Score
from paddock.engine.model.errors import Unreadable

ADVISORY: dict[str, Any] = {
    "ghsa_id": "GHSA-aaaa-bbbb-cccc",
    "cve_id": "CVE-2026-0001",
    "summary": "Short",
    "description": "Long",
    "severity": "high",
    "updated_at": "2026-01-02T00:00:00Z",
    "published_at": "2026-01-01T00:00:00Z",
    "withdrawn_at": None,
    "references": ["https://example.org"],
    "cvss": {"vector_string": "CVSS:3.1/AV:N", "score": 9.8},
    "cwes": [{"cwe_id": "CWE-79"}],
    "vulnerabilities": [
        {"package": {"ecosystem": "pip", "name": "n"}, "vulnerable_version_range": ">= 1.0, < 1.4"},
    ],
}


def read(text: str):
    package = {"ecosystem": "pip", "name": "n"}
    data = {**ADVISORY, "vulnerabilities": [{"package": package, "vulnerable_version_range": text}]}
    return read_github(json.dumps(data).encode())


def test_an_advisory() -> None:
    data = json.dumps(ADVISORY).encode()
    advisory, faults = read_github(data)

    assert looks_like_github(data)
    assert faults == ()
    assert (advisory.id, advisory.aliases, advisory.summary) == ("GHSA-aaaa-bbbb-cccc", ("CVE-2026-0001",), "Short")
    assert advisory.severity == (Score("CVSS_V3", "CVSS:3.1/AV:N"),)
    assert advisory.affected[0].package == Package("PyPI", "n")
    assert advisory.details == {"severity": "high", "cwe_ids": ["CWE-79"]}


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (">= 1.0, < 1.4", (Event(introduced="1.0"), Event(fixed="1.4"))),
        ("< 1.4", (Event(introduced="0"), Event(fixed="1.4"))),
        ("<= 1.4", (Event(introduced="0"), Event(last_affected="1.4"))),
        ("= 1.4", (Event(introduced="1.4"), Event(last_affected="1.4"))),
        (">= 0", (Event(introduced="0"),)),
        ("> 1.0, < 2", (Event(introduced="1.0"), Event(fixed="2"))),
    ],
)
def test_ranges(text: str, events: tuple[Event, ...]) -> None:
    assert read(text)[0].affected[0].ranges[0].events == events


@pytest.mark.parametrize("text", ["", "everything", "< ", "1.0"])
def test_a_range_that_is_not_understood_is_told(text: str) -> None:
    advisory, faults = read(text)

    assert advisory.affected[0].unreadable
    assert faults == ("affected[0].ranges[0]: it has no events",)


def test_lists_hold_several() -> None:
    assert len(list(split_github(json.dumps([ADVISORY, {"no": "advisory"}, ADVISORY]).encode()))) == 2
    with pytest.raises(Unreadable, match="no ghsa_id"):
        read_github(b"{}")


@given(st.dictionaries(st.sampled_from(sorted(ADVISORY)), st.none() | st.integers() | st.lists(st.none()) | st.text()))
def test_nothing_breaks_the_reader(changes: dict[str, Any]) -> None:
    try:
        read_github(json.dumps({**ADVISORY, **changes}).encode())
    except Unreadable as error:
        assert error.reason  # noqa: PT017
