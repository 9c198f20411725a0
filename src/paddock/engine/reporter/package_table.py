# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The packages of a result as compact plain values, for the script of the HTML report.

Texts and sets of projects that many packages share stand once and are named by number, so that 5,000 packages stay
below one megabyte.
"""

from collections.abc import Hashable
from typing import Any

from paddock.engine.model.component import Component, display_name
from paddock.engine.model.inventory import SCOPE_ORDER, Inventory, Scope
from paddock.engine.model.licensing import ComponentLicense
from paddock.engine.model.result import Result
from paddock.engine.reporter.causes import Cause, open_causes
from paddock.engine.reporter.licensed import NO_LICENSE, licenses_by_ref

STATUSES = ("must_not_ship", "needs_an_answer", "take_note", "waived", "fine", "not_judged")
"""What can be said of a package, by urgency; keys of the report's words."""

COLUMNS = (
    "name", "version", "type", "purl", "license", "declared", "detected", "concluded", "scope", "direct", "status",
    "places", "users", "directUsers", "causes", "homepage", "choice",
)  # fmt: skip
"""The values of a row, in order. license, scope, status: numbers into the lists beside the rows; direct: true, false or
null (not told); users, directUsers: numbers of sets of projects; causes: numbers of causes; choice: [given, by] when an
alternative was decided, else null.
"""

_PLACES = 5


def package_data(result: Result) -> dict[str, Any]:
    """Columns, rows, and what the rows name by number; `edges` are pairs of row numbers (needs, is needed)."""
    inventory = result.inventory
    table = _Table(result)
    numbers = {component.ref: number for number, component in enumerate(inventory.components)}
    return {
        "columns": COLUMNS,
        "statuses": STATUSES,
        "scopes": [str(scope) for scope in Scope],
        "projects": [project.name or project.id for project in inventory.projects],
        "rows": [table.row(component) for component in inventory.components],
        "licenses": table.licenses.values,
        "groups": table.groups.values,
        "causes": [_cause(cause) for cause in table.causes],
        "edges": [
            (numbers[edge.source], numbers[edge.target])
            for edge in inventory.edges
            if edge.source in numbers and edge.target in numbers
        ],
    }


class _Interned:
    """Numbers for values: equal values share one."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Hashable, int] = {}

    def number(self, value: Hashable) -> int:
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
        return found


class _Table:
    def __init__(self, result: Result) -> None:
        self.causes = open_causes(result)
        self.licenses = _Interned()
        self.groups = _Interned()
        self._facts = licenses_by_ref(result)
        self._usages = _usages(result.inventory)
        self._verdict = result.verdict
        self._causes_of: dict[str, list[int]] = {}
        for number, cause in enumerate(self.causes):
            for ref in dict.fromkeys(reason.ref for reason in cause.reasons):
                self._causes_of.setdefault(ref, []).append(number)
        reasons = result.verdict.reasons if result.verdict else ()
        self._waived = {reason.ref for reason in reasons if reason.waiver is not None}
        choices = result.verdict.choices if result.verdict else ()
        self._choices = {choice.ref: (choice.given, choice.decided_by) for choice in choices}

    def row(self, component: Component) -> tuple[Any, ...]:
        """The values of COLUMNS for one component."""
        fact = self._facts.get(component.ref, ComponentLicense(ref=component.ref))
        usages = self._usages.get(component.ref, [])
        told = [direct for _, _, direct in usages if direct is not None]
        causes = self._causes_of.get(component.ref, [])
        return (
            display_name(component.purl),
            component.version,
            component.purl.type,
            component.ref,
            self.licenses.number(fact.effective or NO_LICENSE),
            fact.declared or ", ".join(component.declared_licenses)[:300],
            fact.detected,
            fact.concluded,
            min((SCOPE_ORDER[scope] for _, scope, _ in usages), default=SCOPE_ORDER[Scope.UNKNOWN]),
            any(told) if told else None,
            STATUSES.index(self._status(component.ref, causes)),
            [f"{place.path}:{place.line}" if place.line else place.path for place in component.locations[:_PLACES]],
            self.groups.number(tuple(number for number, _, _ in usages)),
            self.groups.number(tuple(number for number, _, direct in usages if direct)),
            causes,
            component.homepage if component.homepage.startswith(("https://", "http://")) else "",
            self._choices.get(component.ref),
        )

    def _status(self, ref: str, causes: list[int]) -> str:
        if self._verdict is None:
            return "not_judged"
        if causes:
            return self.causes[causes[0]].label.replace(" ", "_")
        return "waived" if ref in self._waived else "fine"


def _usages(inventory: Inventory) -> dict[str, list[tuple[int, Scope, bool | None]]]:
    found: dict[str, list[tuple[int, Scope, bool | None]]] = {}
    for number, project in enumerate(inventory.projects):
        for usage in project.usages:
            found.setdefault(usage.ref, []).append((number, usage.scope, usage.direct))
    return found


def _cause(cause: Cause) -> dict[str, str]:
    return {
        "title": cause.title,
        "label": cause.label.replace(" ", "_"),
        "why": cause.why,
        "fix": cause.how_to_fix,
        "waive": cause.waivable_by,
    }
