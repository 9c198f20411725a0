# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The weeks before are counted back from what is known today."""

import itertools
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from paddock.hub.portal.trend import HEIGHT, SHOWN, WEEKS, beginning, trend_of
from paddock.hub.products.types import Outcome

FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)
BAD, OPEN, GOOD = SHOWN


def test_a_week_ends_on_sunday_and_the_running_one_today() -> None:
    days = [week.ends_on.isoformat() for week in trend_of({GOOD: 1}, [], FRIDAY).weeks]
    assert len(days) == WEEKS
    assert days[-3:] == ["2026-11-15", "2026-11-22", "2026-11-27"]
    sunday = FRIDAY + timedelta(days=2)
    assert [week.ends_on.isoformat() for week in trend_of({}, [], sunday).weeks][-2:] == ["2026-11-22", "2026-11-29"]


def test_what_turned_after_a_week_is_taken_back_in_it() -> None:
    turns = [
        (FRIDAY.date() - timedelta(days=1), "compliant", "not compliant", 1),
        (FRIDAY.date() - timedelta(days=8), "unknown", "compliant", 2),
    ]
    weeks = trend_of({BAD: 1, GOOD: 2}, turns, FRIDAY).weeks
    assert [week.counts for week in weeks[-3:]] == [(0, 0, 1), (0, 0, 3), (1, 0, 2)]


def test_nothing_at_all_is_told_from_nothing_now() -> None:
    assert trend_of({Outcome.UNKNOWN: 4}, [], FRIDAY).is_empty
    assert not trend_of({}, [(FRIDAY.date(), "compliant", "unknown", 1)], FRIDAY).is_empty


@given(
    now=st.dictionaries(st.sampled_from(SHOWN), st.integers(0, 10_000)),
    turns=st.lists(
        st.tuples(
            st.integers(0, 100).map(lambda days: FRIDAY.date() - timedelta(days=days)),
            st.sampled_from(Outcome.values), st.sampled_from(Outcome.values), st.integers(1, 50),
        ),
        max_size=60,
    ),
)  # fmt: skip
def test_columns_stand_on_the_ground_and_fit_the_picture(
    now: dict[Outcome, int], turns: list[tuple[date, str, str, int]]
) -> None:
    trend = trend_of(now, turns, FRIDAY)
    assert trend.weeks[-1].counts == tuple(now.get(outcome, 0) for outcome in SHOWN)
    assert beginning(FRIDAY).date() <= trend.weeks[0].ends_on
    for week in trend.weeks:
        assert all(count >= 0 for count in week.counts)
        edges = [(block.y, block.y + block.height) for block in week.blocks]
        assert not edges or edges[-1][1] == HEIGHT
        assert all(above[1] == below[0] for above, below in itertools.pairwise(edges))
        assert all(0 <= top <= foot <= HEIGHT for top, foot in edges)
