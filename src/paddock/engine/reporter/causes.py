# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Groups the reasons of a verdict by cause: what people act on, the weightiest first."""

import msgspec

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import SCOPE_ORDER, Scope
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Reason, ReasonKind

_SEVERITY_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """Reasons that share a cause, a rule and a severity; `reasons` holds at least one, the most consequential first."""

    title: str
    kind: ReasonKind
    severity: Severity
    rule: str
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> str:
        """The rule's rationale."""
        return self.reasons[0].why

    @property
    def how_to_fix(self) -> str:
        """The next step, from the first reason that has one."""
        return next((reason.how_to_fix for reason in self.reasons if reason.how_to_fix), "")

    @property
    def waivable_by(self) -> str:
        """The role that may waive, or an empty text."""
        return self.reasons[0].waivable_by

    @property
    def label(self) -> str:
        """What it means for shipping, in two or three words."""
        if self.kind is ReasonKind.QUESTION:
            return "needs an answer"
        return "must not ship" if self.severity is Severity.ERROR else "take note"


class CauseGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Causes of one rule that have the same rationale and the same remedy, so that these need saying only once."""

    causes: tuple[Cause, ...]

    @property
    def title(self) -> str:
        """What the causes have in common: "Licence statement not understood: …"; of a single cause, its title."""
        return _in_common([cause.title for cause in self.causes])

    @property
    def label(self) -> str:
        """What it means for shipping."""
        return self.causes[0].label

    @property
    def why(self) -> str:
        """The rule's rationale."""
        return self.causes[0].why

    @property
    def how_to_fix(self) -> str:
        """The next step."""
        return self.causes[0].how_to_fix

    @property
    def waivable_by(self) -> str:
        """The role that may waive, or an empty text."""
        return self.causes[0].waivable_by

    @property
    def packages(self) -> int:
        """How many components (or projects) are concerned; 0 when it is about the scan as a whole."""
        return len({reason.ref for cause in self.causes for reason in cause.reasons if reason.ref})


def group_by_cause(reasons: tuple[Reason, ...]) -> tuple[Cause, ...]:
    """Causes by weight: what forbids shipping, what is open, what is only noted; then by number of reasons."""
    groups: dict[tuple[str, ReasonKind, Severity, str], list[Reason]] = {}
    for reason in reasons:
        groups.setdefault((reason.cause, reason.kind, reason.severity, reason.rule), []).append(reason)
    causes = [
        Cause(title=title, kind=kind, severity=severity, rule=rule, reasons=tuple(sorted(found, key=_consequence)))
        for (title, kind, severity, rule), found in groups.items()
    ]
    return tuple(sorted(causes, key=lambda cause: (_weight(cause), -len(cause.reasons), cause.title)))


def group_by_remedy(causes: tuple[Cause, ...]) -> tuple[CauseGroup, ...]:
    """Causes that say the same about why and how to fix, together; in the order of their first."""
    groups: dict[tuple[str, ...], list[Cause]] = {}
    for cause in causes:
        key = (cause.label, cause.rule, cause.why, cause.how_to_fix, cause.waivable_by)
        groups.setdefault(key, []).append(cause)
    return tuple(CauseGroup(causes=tuple(found)) for found in groups.values())


def _in_common(titles: list[str]) -> str:
    """The words that all titles begin and end with, around a "…"; the first title when that says nothing."""
    if len(titles) == 1:
        return titles[0]
    words = [title.split() for title in titles]
    start = _alike(words)
    end = _alike([rest[start:][::-1] for rest in words])
    if start + end < 2:
        return f"{titles[0]}, …"
    return " ".join([*words[0][:start], "…", *(words[0][len(words[0]) - end :] if end else ())])


def _alike(rows: list[list[str]]) -> int:
    """How many words all rows begin with."""
    count = 0
    for column in zip(*rows, strict=False):
        if len(set(column)) > 1:
            break
        count += 1
    return count


def open_causes(result: Result) -> tuple[Cause, ...]:
    """The causes that count; empty without a verdict."""
    return group_by_cause(result.verdict.open_reasons) if result.verdict else ()


def waived_causes(result: Result) -> tuple[Cause, ...]:
    """The causes that waivers lift."""
    if result.verdict is None:
        return ()
    return group_by_cause(tuple(reason for reason in result.verdict.reasons if reason.waiver is not None))


def _weight(cause: Cause) -> int:
    if cause.kind is ReasonKind.VIOLATION and cause.severity is Severity.ERROR:
        return 0
    return 1 + (cause.kind is not ReasonKind.QUESTION) * 2 + _SEVERITY_ORDER[cause.severity]


def _consequence(reason: Reason) -> tuple[int, int, str, str]:
    """What is delivered before what only helps to build, what the project itself asks for before what others bring."""
    rank = SCOPE_ORDER[Scope(reason.scope)] if reason.scope in list(Scope) else 0
    return rank, min(map(len, reason.paths), default=0), reason.ref, reason.license


def names_by_ref(result: Result) -> dict[str, str]:
    """What to call each component ("lodash 4.17.21") and project ("web/package.json") in a text for people."""
    names = {component.ref: named(component) for component in result.inventory.components}
    return names | {project.id: project.name or project.id for project in result.inventory.projects}


def named(component: Component) -> str:
    """Name and version as people write them."""
    return f"{component.name} {component.version}".strip()
