# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What two policies decide differently, in words and values that people can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from paddock.engine.policy.nodes import InvalidFile
from paddock.engine.policy.types import Assumptions, Policy, Rule
from paddock.hub.policies.difference import Change, compare_policies
from paddock.hub.policies.queries import rules_from

MOST_LICENSES = 200
"""Licences that a page names; a policy that lists none against one that lists all would name thousands."""
PARTS: dict[str, Promise] = {
    "when": gettext_lazy("Condition"),
    "kind": gettext_lazy("Kind"),
    "severity": gettext_lazy("Severity"),
    "message": gettext_lazy("What it says"),
    "why": gettext_lazy("Why"),
    "how_to_fix": gettext_lazy("How to fix"),
    "waivable_by": gettext_lazy("May be waived by"),
    "cause": gettext_lazy("Cause"),
    "about": gettext_lazy("Is about"),
}
SETTINGS: dict[str, Promise] = {
    "distribution": gettext_lazy("How products are distributed where they do not say"),
    "preferences": gettext_lazy("Licences and categories that are preferred"),
    "assumptions": gettext_lazy("What is assumed where nothing is known"),
    "licenses": gettext_lazy("Licences that no category lists"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Something that differs: what it is called, what it was and what it is; "" where there is nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule that came, went or says something else. title: what it finds, in its own words."""

    change: Change
    rule: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that differs. licenses: at most MOST_LICENSES, each with its categories; more: how many are left
    out."""

    rules: tuple[RuleRow, ...]
    licenses: tuple[Part, ...]
    more: int
    settings: tuple[Part, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both decide alike."""
        return not (self.rules or self.licenses or self.settings)

    @property
    def sentence(self) -> str:
        """How much differs: "2 rules added, 1 rule changed, 3 licences in another category"."""
        counts = [sum(row.change is change for row in self.rules) for change in _ORDER]
        licenses = len(self.licenses) + self.more
        parts = (
            (counts[0], ngettext("%(n)s rule added", "%(n)s rules added", counts[0])),
            (counts[1], ngettext("%(n)s rule removed", "%(n)s rules removed", counts[1])),
            (counts[2], ngettext("%(n)s rule changed", "%(n)s rules changed", counts[2])),
            (
                licenses,
                ngettext(
                    "%(n)s licence in other categories", "%(n)s licences in other categories", licenses
                ),
            ),
            (
                len(self.settings),
                ngettext("%(n)s general setting changed", "%(n)s general settings changed", len(self.settings)),
            ),
        )  # fmt: skip
        return ", ".join(words % {"n": count} for count, words in parts if count)


_ORDER = (Change.ADDED, Change.REMOVED, Change.CHANGED)


def meaning_of(old: str, new: str) -> Told | None:
    """What the new text decides differently; None when one of the two has faults, so that nobody can tell."""
    try:
        before, after = rules_from(old), rules_from(new)
    except InvalidFile:
        return None
    found = compare_policies(before, after)
    were, are = ({rule.id: rule for rule in policy.rules} for policy in (before, after))
    rules = tuple(_row(one.change, one.rule, were.get(one.rule), are.get(one.rule)) for one in found.rules)
    licenses = tuple(_license(name, before, after) for name in found.licenses[:MOST_LICENSES])
    settings = tuple(
        Part(str(SETTINGS[name]), _setting(before, name), _setting(after, name)) for name in found.settings
    )
    return Told(rules, licenses, max(0, len(found.licenses) - MOST_LICENSES), settings)


def _row(change: Change, name: str, old: Rule | None, new: Rule | None) -> RuleRow:
    shown = new or old
    parts = (
        Part(str(label), _field(old, field), _field(new, field))
        for field, label in PARTS.items()
        if _field(old, field) != _field(new, field)
    )
    return RuleRow(change, name, (shown.cause or shown.message) if shown else "", tuple(parts))


def _field(rule: Rule | None, name: str) -> str:
    return "" if rule is None else plain(getattr(rule, name))


def _license(name: str, old: Policy, new: Policy) -> Part:
    before, after = (policy.classification.licenses.get(name, ()) for policy in (old, new))
    return Part(name, plain(before), plain(after))


def _setting(policy: Policy, name: str) -> str:
    if name != "licenses":
        return plain(getattr(policy, name))
    base = _("as in the list of licences") if policy.classification.base else ""
    return plain([one for one in (base, policy.classification.unlisted) if one])


def plain(value: Any) -> str:
    """A value of a policy as people write it."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Assumptions):
        return plain([f"linkage {kind}: {plain(one)}" for kind, one in value.linkage.items()] + [
            f"modified {kind}: {plain(one)}" for kind, one in value.modified.items()
        ])  # fmt: skip
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(map(plain, value))
    return str(value)
