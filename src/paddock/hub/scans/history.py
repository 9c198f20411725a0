# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The verdicts about a release one after the other: what came, what went, and a line of the open causes. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

MUST_NOT_SHIP, NEEDS_AN_ANSWER = "must not ship", "needs an answer"
WIDTH, HEIGHT, MARGIN, NOW = 1000, 120, 8, 30
"""Units of the picture, what is left free above and below the lines, and the part of the width for what holds now."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict in short. policy: name and version, "" for that which comes with Paddock; policy_url: its page.

    causes: the open ones, as (what it means for shipping, cause).
    """

    at: datetime
    outcome: str
    sentence: str
    policy: str
    policy_url: str
    causes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A verdict with what changed against the one before; of the first of all, nothing came and nothing went."""

    verdict: Verdict
    came: tuple[str, ...]
    went: tuple[str, ...]
    first: bool

    @property
    def forbidding(self) -> int:
        """How many causes forbade to ship."""
        return self.number(MUST_NOT_SHIP)

    @property
    def asking(self) -> int:
        """How many causes needed an answer."""
        return self.number(NEEDS_AN_ANSWER)

    def number(self, label: str) -> int:
        """How many open causes meant this for shipping."""
        return sum(meaning == label for meaning, _ in self.verdict.causes)


def steps(verdicts: Sequence[Verdict], *, complete: bool) -> list[Step]:
    """The verdicts, given and returned with the newest first. complete: whether the last one is the first of all;
    else it is only compared with, and left out."""
    found = []
    for verdict, before in pairwise(verdicts):
        now, then = dict.fromkeys(verdict.causes), dict.fromkeys(before.causes)
        came = tuple(title for label, title in now if (label, title) not in then)
        went = tuple(title for label, title in then if (label, title) not in now)
        found.append(Step(verdict, came, went, first=False))
    if complete and verdicts:
        found.append(Step(verdicts[-1], (), (), first=True))
    return found


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture of WIDTH times HEIGHT: a line that goes in steps for each meaning. most: open causes at the top."""

    forbidding: str
    asking: str
    most: int
    start: datetime
    end: datetime


def timeline(found: Sequence[Step], now: datetime) -> Timeline | None:
    """The line of the open causes from the first verdict until now; None for fewer than two verdicts."""
    if len(found) < 2:
        return None
    ordered = sorted(found, key=lambda step: step.verdict.at)
    start, end = ordered[0].verdict.at, max(now, ordered[-1].verdict.at)
    most = max(1, *(max(step.forbidding, step.asking) for step in ordered))
    moments = [_across(step.verdict.at, start, end) for step in ordered]
    return Timeline(
        forbidding=_line(zip(moments, (_up(step.forbidding, most) for step in ordered), strict=True)),
        asking=_line(zip(moments, (_up(step.asking, most) for step in ordered), strict=True)),
        most=most,
        start=start,
        end=end,
    )


def _across(moment: datetime, start: datetime, end: datetime) -> int:
    whole = (end - start).total_seconds()
    return round((WIDTH - NOW) * (moment - start).total_seconds() / whole) if whole else 0


def _up(number: int, most: int) -> int:
    return round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * number / most)


def _line(points: Iterable[tuple[int, int]]) -> str:
    """Flat until the next verdict, then up or down to it; the last verdict holds until the right edge."""
    (x, y), *rest = points
    parts = [f"M{x} {y}", *(f"H{x}V{y}" for x, y in rest), f"H{WIDTH}"]
    return "".join(parts)
