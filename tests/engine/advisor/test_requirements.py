# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Components that no version is told of: what projects ask for rules some vulnerabilities out, and others in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.advisor.advise import advise
from paddock.engine.advisor.cover import Cover
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.entries import Entry, Interval
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory, Origin, Project, Usage
from paddock.engine.model.purl import parse_purl
from tests.engine.advisor.records import affected, put, record

RANGE = affected("npm", "n", ("introduced", "1.0.0"), ("fixed", "2.0.0"))


def answer(path: Path, *requirements: str) -> tuple[bool, str] | None:
    """Whether it is certain and why not; None for not affected. One project for each requirement."""
    component = Component(purl=parse_purl("pkg:npm/n"))
    projects = tuple(
        Project(id=f"p{number}", origin=Origin.DECLARED, usages=(Usage(component.ref, requirement=text),))
        for number, text in enumerate(requirements)
    )
    with AdvisoryDatabase(path) as database:
        findings = advise(Inventory(components=(component,), projects=projects), database).findings
    return (findings[0].certain, findings[0].reason) if findings else None


SOME = (False, "some of the versions that are asked for are affected")
UNTOLD = (False, "no version is told")


@pytest.mark.parametrize(
    ("requirements", "expected"),
    [
        (["^2.1.0"], None),
        (["<1.0.0"], None),
        ([">=2.0.0"], None),
        (["~1.2.0"], (True, "")),
        (["^1.0.0"], (True, "")),
        ([">=1.5.0"], SOME),
        (["^0.9.0 || ^3.0.0"], None),
        (["^2.1.0", "~1.2.0"], SOME),
        (["^2.1.0", ""], UNTOLD),
        (["latest"], UNTOLD),
        (["git+https://example.org/n"], UNTOLD),
        ([], UNTOLD),
    ],
)
def test_what_is_asked_for(tmp_path: Path, requirements: list[str], expected: tuple[bool, str] | None) -> None:
    put(tmp_path / "db", record("X-1", RANGE))

    assert answer(tmp_path / "db", *requirements) == expected


def test_an_advisory_that_could_not_be_read_rules_nothing_out(tmp_path: Path) -> None:
    put(tmp_path / "db", record("X-1", affected("npm", "n")))

    assert answer(tmp_path / "db", "^2.1.0") == SOME


def key(number: int) -> bytes:
    return bytes([number + 1])


POINTS = st.integers(0, 12)
INTERVALS = st.lists(st.tuples(POINTS, POINTS | st.none(), st.booleans()), max_size=4)
SPANS = st.lists(st.tuples(POINTS, POINTS).filter(lambda pair: pair[0] < pair[1]), min_size=1, max_size=3)


@given(intervals=INTERVALS, listed=st.lists(POINTS, max_size=2), spans=SPANS)
def test_covers_hold_what_any_of_their_parts_holds(intervals: list, listed: list[int], spans: list) -> None:
    entry = Entry(
        "",
        tuple(
            Interval(key(low), None if high is None else key(high), inclusive, "", "", False)
            for low, high, inclusive in intervals
            if high is None or low < high or (inclusive and low == high)
        ),
        tuple(sorted({key(number) for number in listed})),
    )
    cover = Cover([entry])
    held = {number for number in range(13) if entry.holds(key(number), "")}

    assert {number for number in range(13) if cover.end(key(number)) is not None} == held
    wanted = {number for low, high in spans for number in range(low, high)}
    keys = [(key(low), key(high)) for low, high in spans]
    assert not (wanted & held) or cover.holds_any(keys)
    if cover.holds_all(keys):
        assert wanted <= held
    versions = [(key(number), str(number)) for number in range(13)]
    free = cover.first_free(versions, key(3))
    expected = next((number for number in range(3, 13) if number not in held), None)
    assert free == (None if expected is None else (key(expected), str(expected)))
