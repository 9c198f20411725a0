# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How many releases had which verdict at the end of each of the last weeks: pure, counted back from today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from paddock.hub.core.clock import today
from paddock.hub.products.types import Outcome

WEEKS = 12
SHOWN = (Outcome.NOT_COMPLIANT, Outcome.UNDECIDED, Outcome.COMPLIANT)
"""From the top of a column to its foot: what must not ship first."""
TONES = {Outcome.NOT_COMPLIANT: "bad", Outcome.UNDECIDED: "warn", Outcome.COMPLIANT: "good"}
HEIGHT = 200
"""Units of the highest column; one column is STEP wide, of which GAP are free."""
STEP, GAP = 50, 12

Turn = tuple[date, str, str, int]
"""The day on which verdicts turned, from what, to what, how many."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a column: where it lies in the picture, how many releases it stands for."""

    tone: str
    count: int
    x: int
    y: int
    height: int
    width: int = STEP - GAP


@dataclass(frozen=True, slots=True)
class Week:
    """ends_on: its last day, for the running week today. counts: in the order of SHOWN."""

    ends_on: date
    counts: tuple[int, ...]
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """The weeks, the oldest first; width and height: of the picture."""

    weeks: tuple[Week, ...]
    width: int
    height: int = HEIGHT

    @property
    def labels(self) -> list[tuple[str, str]]:
        """(tone, word) of each row of the table, in the order of SHOWN."""
        return [(TONES[outcome], str(outcome.label)) for outcome in SHOWN]

    @property
    def is_empty(self) -> bool:
        """Whether no release had a verdict in all the time."""
        return not any(any(week.counts) for week in self.weeks)


def beginning(moment: datetime) -> datetime:
    """From when on turns are needed: the end of the oldest week that is shown."""
    return moment - timedelta(weeks=WEEKS - 1, days=moment.isoweekday() % 7)


def trend_of(now: Mapping[str, int], turns: Iterable[Turn], moment: datetime) -> Trend:
    """The weeks up to the running one. now: releases by verdict. turns: those since `beginning`, in any order.

    A release that had no verdict before a turn did not count then.
    """
    counts = {outcome: now.get(outcome, 0) for outcome in SHOWN}
    waiting = sorted(turns, key=lambda turn: turn[0])
    day = today(moment)
    weeks: list[Week] = []
    for _ in range(WEEKS):
        while waiting and waiting[-1][0] > day:
            _, before, after, count = waiting.pop()
            for outcome, change in ((before, count), (after, -count)):
                if outcome in counts:
                    counts[Outcome(outcome)] += change
        weeks.append(Week(day, tuple(max(0, counts[outcome]) for outcome in SHOWN)))
        day -= timedelta(days=day.isoweekday() % 7 or 7)
    weeks.reverse()
    return _drawn(weeks)


def _drawn(weeks: list[Week]) -> Trend:
    highest = max(1, *(sum(week.counts) for week in weeks))
    drawn = []
    for number, week in enumerate(weeks):
        blocks, above = [], sum(week.counts)
        for outcome, count in zip(SHOWN, week.counts, strict=True):
            top, foot = HEIGHT * above // highest, HEIGHT * (above - count) // highest
            above -= count
            if count:
                blocks.append(Block(TONES[outcome], count, number * STEP, HEIGHT - top, top - foot))
        drawn.append(Week(week.ends_on, week.counts, tuple(blocks)))
    return Trend(tuple(drawn), len(weeks) * STEP - GAP)
