# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether a component is affected by what records say about its package: yes, no, or could not tell and why.

Entries about the component's own release of a distribution count before those for which the release cannot be told;
where there are only such, an answer needs all of them to agree. In a family one definite answer settles what another
record leaves open, and one "affected" outweighs any "not affected": each database knows something that others do not.
"""

from collections.abc import Iterable

import msgspec

from paddock.engine.advisor.cover import Cover, Span
from paddock.engine.advisor.database import Row
from paddock.engine.advisor.entries import Entry
from paddock.engine.advisor.identity import GIT
from paddock.engine.advisor.places import Place, is_about

NAME_ONLY = frozenset({"OSS-Fuzz", GIT})
"""Ecosystems in which a package is only a name or a place: what cannot be told may well be about something else."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a family says about a component: affected for certain, or perhaps (then why).

    entries: those of the family about the package and release, from all its records. records: the ids of those that
    hold the version (or might). affected: their ranges that hold it, as texts. fixed_versions: texts, in order. key: of
    the component's version; None where there is none or where it is no version.
    """

    certain: bool
    reason: str
    records: tuple[str, ...]
    affected: tuple[str, ...]
    fixed_versions: tuple[str, ...]
    entries: tuple[Entry, ...]
    key: bytes | None


class _Answer(msgspec.Struct, gc=False):
    row: Row
    entries: tuple[Entry, ...]
    value: bool | None
    reason: str


def judge(place: Place, rows: Iterable[Row], required: tuple[Span, ...] = ()) -> dict[int, Judgement]:
    """The families that affect a component, or might; those that do not are absent. By number of the family.

    required: for a component without a version, the versions that projects ask for; () when that is not known.
    """
    families: dict[int, list[_Answer]] = {}
    affecting: list[int] = []  # those in which not every answer is "no"
    key = place.sort_key
    for row in rows:
        answer = _answer(place, key, row, required)
        if answer is not None:
            families.setdefault(row.family, []).append(answer)
            if answer.value is not False:
                affecting.append(row.family)
    found = {family: _together(place, key, families[family]) for family in dict.fromkeys(affecting)}
    return {family: judgement for family, judgement in found.items() if judgement is not None}


def entries_about(place: Place, entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], bool]:
    """The entries that are about the component's release, and whether that is certain; see the module's text."""
    entries = tuple(entries)
    if not any(entry.release for entry in entries):
        return entries, bool(entries)
    sure: list[Entry] = []
    vague: list[Entry] = []
    for entry in entries:
        about = is_about(place.ecosystem, place.release, entry.release) if entry.release else True
        if about is not False:
            (sure if about else vague).append(entry)
    return (tuple(sure), True) if sure else (tuple(vague), False)


def _answer(place: Place, key: bytes | None, row: Row, required: tuple[Span, ...]) -> _Answer | None:
    entries, certain = entries_about(place, row.entries)
    if not entries:
        return None
    if required and not place.version:
        answers = [_holds(entry, required) for entry in entries]
    else:
        answers = [entry.holds(key, place.version) for entry in entries]
    if not certain and len(set(answers)) > 1:
        return _Answer(row, entries, None, "the component does not tell its distribution's release")
    value = True if True in answers else None if None in answers else False
    return _Answer(row, entries, value, _reason(place, key, entries, required) if value is None else "")


def _holds(entry: Entry, required: tuple[Span, ...]) -> bool | None:
    """Whether all (True) or none (False) of the versions that are asked for are affected; None: some, or not told."""
    cover = Cover([entry])
    if cover.holds_all(required):
        return True
    return None if cover.holds_any(required) or entry.unsure or entry.texts else False


def _reason(place: Place, key: bytes | None, entries: Iterable[Entry], required: tuple[Span, ...]) -> str:
    if not place.version:
        return "some of the versions that are asked for are affected" if required else "no version is told"
    if key is None:
        return f"{place.version!r} is no version that can be compared"
    return next((entry.unsure for entry in entries if entry.unsure), "")


def _together(place: Place, key: bytes | None, answers: list[_Answer]) -> Judgement | None:
    values = {answer.value for answer in answers}
    if True not in values and (False in values or place.ecosystem in NAME_ONLY):
        return None
    counted = [answer for answer in answers if answer.value is True or True not in values]
    entries = tuple(entry for answer in answers for entry in answer.entries)
    holding = [
        str(interval)
        for answer in counted
        for entry in answer.entries
        for interval in entry.intervals
        if key is not None and interval.holds(key)
    ]
    fixed = {interval.high: interval.high_text for entry in entries for interval in entry.intervals if interval.fixed}
    return Judgement(
        certain=True in values,
        reason="" if True in values else next((answer.reason for answer in answers if answer.reason), ""),
        records=tuple(sorted({answer.row.name for answer in counted})),
        affected=tuple(dict.fromkeys(holding)),
        fixed_versions=tuple(text for _, text in sorted(fixed.items(), key=lambda pair: pair[0] or b"")),
        entries=entries,
        key=key,
    )
