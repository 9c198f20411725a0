# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licence elements of SPDX 3 as expressions: simple and expanded licensing, individuals and listed licences.

https://spdx.github.io/spdx-spec/v3.0.1/model/ExpandedLicensing/ExpandedLicensing/
"""

import re
from typing import Any

from paddock.engine.formats.bill.expressions import NO_ANSWER, NONE
from paddock.engine.formats.spdx3.graph import Graph, Thing, text_of, type_of, values_of

_DEEPEST = 60
_LONGEST = 20_000
_NOT_NAME = re.compile(r"[^A-Za-z0-9.\-]+")
_LISTED = re.compile(r"https?://spdx\.org/licenses/(.+)")


class Licenses:
    """Expressions of licence elements, each worked out once.

    texts: by LicenseRef name, name and text of the licence that the document defines under it.
    problems: elements that give no expression, in words.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[str, str] = {}
        self.texts: dict[str, tuple[str, str]] = {}
        self.problems: dict[str, None] = {}

    def expression(self, value: Any, depth: int = 0) -> str:
        """The expression for a licence element or a reference to one; NOASSERTION where there is none."""
        key = self._graph.id_of(value)
        if key in self._known:
            return self._known[key]
        if depth > _DEEPEST:
            self.problems.setdefault(f"the licence {key[:80]!r} is nested too deeply or contains itself")
            return NO_ANSWER
        thing = self._graph.find(value)
        text = self._outside(key) if thing is None else self._inside(thing, depth + 1)
        if len(text) > _LONGEST:
            self.problems.setdefault(f"the licence {key[:80]!r} is longer than any real one")
            text = NO_ANSWER
        self._known[key] = text
        return text

    def _outside(self, key: str) -> str:
        """A licence that the document names without defining it."""
        name = key.rpartition("/")[2].rpartition("_")[2]
        if name in ("NoneLicense", "NoneElement"):
            return NONE
        if name in ("NoAssertionLicense", "NoAssertionElement"):
            return NO_ANSWER
        listed = _LISTED.fullmatch(key)
        if listed:
            return listed.group(1)
        self.problems.setdefault(f"the licence {key[:80]!r} is not defined in the document")
        return NO_ANSWER

    def _inside(self, thing: Thing, depth: int) -> str:
        kind = type_of(thing)
        if kind == "simplelicensing_LicenseExpression":
            self._define_custom(thing)
            return text_of(thing, "simplelicensing_licenseExpression") or NO_ANSWER
        if kind in ("expandedlicensing_ConjunctiveLicenseSet", "expandedlicensing_DisjunctiveLicenseSet"):
            joint = " AND " if "Conjunctive" in kind else " OR "
            members = [self.expression(item, depth) for item in values_of(thing, "expandedlicensing_member")]
            return joint.join(_grouped(text) for text in members) or NO_ANSWER
        if kind == "expandedlicensing_OrLaterOperator":
            return f"{self.expression(thing.get('expandedlicensing_subjectLicense'), depth)}+"
        if kind == "expandedlicensing_WithAdditionOperator":
            license = self.expression(thing.get("expandedlicensing_subjectExtendableLicense"), depth)
            return f"{license} WITH {self._addition(thing.get('expandedlicensing_subjectAddition'))}"
        if kind == "expandedlicensing_ListedLicense":
            return self._graph.id_of(thing).rstrip("/").rpartition("/")[2] or NO_ANSWER
        if kind in ("expandedlicensing_CustomLicense", "simplelicensing_SimpleLicensingText"):
            return self._define(thing, "")
        if kind == "expandedlicensing_IndividualLicensingInfo":
            return NONE if "None" in f"{self._graph.id_of(thing)} {text_of(thing, 'name')}" else NO_ANSWER
        self.problems.setdefault(f"{self._graph.id_of(thing)[:80]!r} is used as a licence and is none")
        return NO_ANSWER

    def _addition(self, value: Any) -> str:
        key = self._graph.id_of(value)
        thing = self._graph.find(value)
        name = key.rstrip("/").rpartition("/")[2].rpartition("#")[2]
        if thing is not None and type_of(thing) == "expandedlicensing_CustomLicenseAddition":
            return f"AdditionRef-{_NOT_NAME.sub('-', name.removeprefix('AdditionRef-')).strip('-')}"
        return _NOT_NAME.sub("-", name) or "unknown"

    def _define_custom(self, thing: Thing) -> None:
        for entry in self._graph.follow(thing, "simplelicensing_customIdToUri"):
            target = self._graph.find(text_of(entry, "value"))
            if target is not None:
                self._define(target, text_of(entry, "key"))

    def _define(self, thing: Thing, name: str) -> str:
        """Note a licence of the document's own under its LicenseRef name."""
        if not name.startswith("LicenseRef-"):
            tail = re.split(r"[#/]", self._graph.id_of(thing))[-1].removeprefix("LicenseRef-")
            name = f"LicenseRef-{_NOT_NAME.sub('-', tail).strip('-') or 'unnamed'}"
        self.texts.setdefault(name, (text_of(thing, "name"), text_of(thing, "simplelicensing_licenseText")))
        return name


def _grouped(text: str) -> str:
    return f"({text})" if " AND " in text or " OR " in text else text
