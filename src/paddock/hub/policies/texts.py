# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Texts of policies as pages show them: line by line with what is wrong, and two of them side by side."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from paddock.engine.policy.nodes import Fault
from paddock.hub.core.errors import NotFound
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.queries import shipped_text, version_in_force, version_of

SHIPPED = "paddock"
"""What addresses call the policy that ships with Paddock."""


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of a text, counted from 1, and the faults that it has."""

    number: int
    text: str
    faults: tuple[Fault, ...] = ()


def numbered(content: str, faults: tuple[Fault, ...] = ()) -> list[NumberedLine]:
    """The lines of a text, each with its faults; faults of the whole text, or behind its end, are nobody's here."""
    wrong: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        wrong[fault.line].append(fault)
    return [NumberedLine(at, text, tuple(wrong[at])) for at, text in enumerate(content.split("\n"), 1)]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts that are compared. key: what the address calls it. label: what people call it."""

    key: str
    label: str
    content: str


def holding(unit_path: str) -> Side:
    """The text whose rules hold in a unit now. One query."""
    version = version_in_force(unit_path)
    if version is None:
        return Side("", _("the policy that ships with Paddock"), shipped_text())
    return Side("", called(version), version.content)


def side_of(policy: Policy, key: str) -> Side:
    """The text that the address means by key: a number of a version, the one that ships with Paddock, or "" for what
    holds in the policy's unit now. Raises NotFound."""
    if key == "":
        return holding(policy.unit.path)
    if key == SHIPPED:
        return Side(key, _("the policy that ships with Paddock"), shipped_text())
    if not key.isascii() or not key.isdigit() or len(key) > 6:
        raise NotFound(_("%(policy)s has no such version.") % {"policy": policy.name})
    version = version_of(policy, int(key))
    return Side(key, called(version), version.content)


def called(version: PolicyVersion) -> str:
    """A version in a sentence: "version 2 of Rules for cars"."""
    return _("version %(number)s of %(name)s") % {"number": version.number, "name": version.policy.name}
