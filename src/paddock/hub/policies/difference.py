# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What changed between two texts of a policy, as data: line by line, and rule by rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from paddock.engine.policy.types import Policy, Rule

CONTEXT = 3
"""Unchanged lines shown around a change."""


class Change(StrEnum):
    """SAME: on both sides. REMOVED: only in the old text. ADDED: only in the new one. CHANGED: lines that took each
    other's place."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of two texts side by side; a number counts from 1 and is None where that side has no line."""

    change: Change
    old_number: int | None
    old: str
    new_number: int | None
    new: str


@dataclass(frozen=True, slots=True)
class Hunk:
    """Rows that belong together. skipped: unchanged lines between the hunk before (or the beginning) and this one."""

    skipped: int
    lines: tuple[Line, ...]

    def unified(self) -> tuple[Line, ...]:
        """The same with a row for each line: what went before what came."""
        rows: list[Line] = []
        came: list[Line] = []
        for line in self.lines:
            if line.change is not Change.CHANGED:
                rows += [*came, line]
                came = []
                continue
            rows.append(Line(Change.REMOVED, line.old_number, line.old, None, ""))
            came.append(Line(Change.ADDED, None, "", line.new_number, line.new))
        return (*rows, *came)


@dataclass(frozen=True, slots=True)
class TextDifference:
    """All hunks in order, and how many lines were added and removed in all (a changed line counts as both)."""

    hunks: tuple[Hunk, ...]
    added: int
    removed: int


def compare_texts(old: str, new: str) -> TextDifference:
    """The difference of two texts by lines."""
    before, after = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(None, before, after)
    hunks: list[Hunk] = []
    end = added = removed = 0
    for group in matcher.get_grouped_opcodes(CONTEXT):
        rows = tuple(row for step in group for row in _rows(step, before, after))
        hunks.append(Hunk(skipped=group[0][1] - end, lines=rows))
        end = group[-1][2]
        added += sum(row.new_number is not None and row.change is not Change.SAME for row in rows)
        removed += sum(row.old_number is not None and row.change is not Change.SAME for row in rows)
    return TextDifference(tuple(hunks), added, removed)


def _rows(step: tuple[str, int, int, int, int], before: list[str], after: list[str]) -> Iterator[Line]:
    tag, old_start, old_end, new_start, new_end = step
    for offset in range(max(old_end - old_start, new_end - new_start)):
        old, new = old_start + offset, new_start + offset
        has_old, has_new = old < old_end, new < new_end
        change = Change.CHANGED if has_old and has_new else Change.REMOVED if has_old else Change.ADDED
        yield Line(
            Change.SAME if tag == "equal" else change,
            old + 1 if has_old else None,
            before[old] if has_old else "",
            new + 1 if has_new else None,
            after[new] if has_new else "",
        )


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that came, went or says something else. fields: the names of what differs, for a changed one."""

    change: Change
    rule: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What two policies decide differently, whatever their layout. licenses: those with other categories, sorted.
    settings: other parts that differ, by their names in the file."""

    rules: tuple[RuleChange, ...]
    licenses: tuple[str, ...]
    settings: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both decide alike: only comments, layout, name or description differ."""
        return not (self.rules or self.licenses or self.settings)


def compare_policies(old: Policy, new: Policy) -> Meaning:
    """What the new policy decides differently."""
    return Meaning(tuple(_rule_changes(old, new)), _licenses(old, new), _settings(old, new))


def _rule_changes(old: Policy, new: Policy) -> Iterator[RuleChange]:
    before, after = ({rule.id: rule for rule in policy.rules} for policy in (old, new))
    for name in (*before, *(name for name in after if name not in before)):
        if name not in after:
            yield RuleChange(Change.REMOVED, name)
        elif name not in before:
            yield RuleChange(Change.ADDED, name)
        elif before[name] != after[name]:
            fields = Rule.__struct_fields__
            differing = (field for field in fields if getattr(before[name], field) != getattr(after[name], field))
            yield RuleChange(Change.CHANGED, name, tuple(differing))


def _licenses(old: Policy, new: Policy) -> tuple[str, ...]:
    before, after = old.classification.licenses, new.classification.licenses
    return tuple(sorted(one for one in {*before, *after} if before.get(one) != after.get(one)))


def _settings(old: Policy, new: Policy) -> tuple[str, ...]:
    names = ["distribution", "preferences", "assumptions"]
    found = [name for name in names if getattr(old, name) != getattr(new, name)]
    if (old.classification.base, old.classification.unlisted) != (new.classification.base, new.classification.unlisted):
        found.append("licenses")
    return tuple(found)
