# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A result on the terminal: the answer first, then the causes, how to fix them, and where the files are."""

import textwrap

from rich.console import Console
from rich.text import Text

from paddock.engine.model.inventory import SCOPE_ORDER, Scope
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Outcome, Reason
from paddock.engine.reporter.causes import Cause, names_by_ref, open_causes, waived_causes
from paddock.engine.reporter.licensed import license_counts

_STYLES = {Outcome.COMPLIANT: "good", Outcome.NOT_COMPLIANT: "bad", Outcome.UNDECIDED: "open"}
_SIGNS = {Outcome.COMPLIANT: "✓", Outcome.NOT_COMPLIANT: "✗", Outcome.UNDECIDED: "?"}
_LABEL_STYLES = {"must not ship": "bad", "needs an answer": "open", "take note": "note"}
_SHOWN = 3
_ISSUES_SHOWN = 5


def show_result(console: Console, result: Result, *, verbose: bool = False, seconds: float | None = None) -> None:
    """Print a result; `verbose` shows every package and issue instead of the first few of each cause."""
    _headline(console, result)
    _context(console, result, seconds)
    names = names_by_ref(result)
    for cause in open_causes(result):
        _cause(console, cause, names, limit=None if verbose else _SHOWN)
    waived = sum(len(cause.reasons) for cause in waived_causes(result))
    if waived:
        console.print()
        console.print(Text(f"Waived: {waived}, see the HTML or JSON report for who, why and until when.", "quiet"))
    _issues(
        console, [issue for issue in result.all_issues() if verbose or issue.severity is not Severity.HINT], verbose
    )
    _licenses(console, result, verbose=verbose)


def _headline(console: Console, result: Result) -> None:
    if result.verdict is None:
        console.print(Text(_counts(result) + ".", "title"))
        return
    outcome = result.verdict.outcome
    sign = _SIGNS[outcome] if _can_show(console, _SIGNS[outcome]) else "*"
    console.print(Text(f"{sign} {result.verdict.sentence}", _STYLES[outcome]))


def _counts(result: Result) -> str:
    packages, projects = len(result.inventory.components), len(result.inventory.projects)
    return f"{packages:,} package{'s' * (packages != 1)} in {projects:,} project{'s' * (projects != 1)}"


def _context(console: Console, result: Result, seconds: float | None) -> None:
    parts = [result.subject.name or "."]
    if result.subject.document_format:
        parts.append(result.subject.document_format)
    if result.verdict is not None:
        parts.append(_counts(result))
    if result.policy is not None:
        parts.append(f"policy “{result.policy.name}”" if _can_show(console, "“") else f"policy {result.policy.name}")
    if seconds is not None:
        parts.append(f"{seconds:.1f} s")
    separator = " · " if _can_show(console, "·") else ", "
    console.print(Text(separator.join(parts), "quiet"))


def _cause(console: Console, cause: Cause, names: dict[str, str], *, limit: int | None) -> None:
    console.print()
    count = len({reason.ref for reason in cause.reasons})
    heading = Text.assemble((cause.label, _LABEL_STYLES[cause.label]), "  ", (cause.title, "title"))
    if cause.reasons[0].ref:
        heading.append(f"  ({count:,} package{'s' * (count != 1)})", "quiet")
    console.print(heading)
    shown = cause.reasons if limit is None or len(cause.reasons) <= limit + 1 else cause.reasons[:limit]
    for reason in shown:
        _reason(console, reason, names)
    more = len(cause.reasons) - len(shown)
    if more:
        console.print(Text(f"    and {more:,} more like this", "quiet"))
    for label, text in (("why", cause.why), ("fix", cause.how_to_fix), ("waive", cause.waivable_by)):
        if text:
            _labelled(console, label, text)


def _reason(console: Console, reason: Reason, names: dict[str, str]) -> None:
    name = names.get(reason.ref)
    if not name:
        _wrapped(console, reason.message, indent=4)
        return
    line = Text.assemble("    ", (name, ""))
    details = [part for part in (reason.license, reason.scope) if part]
    if details:
        line.append(f"  {', '.join(details)}", "quiet")
    console.print(line, overflow="fold")
    if reason.paths and len(reason.paths[0]) > 2:
        arrow = " → " if _can_show(console, "→") else " > "
        path = arrow.join(names.get(ref, ref) for ref in reason.paths[0])
        _wrapped(console, f"by {path}", indent=6, style="quiet")


def _labelled(console: Console, label: str, text: str) -> None:
    body = textwrap.wrap(text, max(20, console.width - 12)) or [""]
    console.print(Text.assemble("  ", (f"{label:<8}", "note"), " ", body[0]))
    for line in body[1:]:
        console.print(Text(f"           {line}"))


def _wrapped(console: Console, text: str, *, indent: int, style: str = "") -> None:
    for line in textwrap.wrap(text, max(20, console.width - indent)):
        console.print(Text(" " * indent + line, style))


def _issues(console: Console, issues: list[Issue], verbose: bool) -> None:
    if not issues:
        return
    console.print()
    console.print(Text.assemble(("could not tell", "open"), (f"  {len(issues):,}", "quiet")))
    groups: dict[str, list[Issue]] = {}
    for issue in sorted(issues, key=lambda one: list(Severity).index(one.severity)):
        groups.setdefault(issue.message, []).append(issue)
    shown = list(groups.items())[: None if verbose else _ISSUES_SHOWN]
    for message, alike in shown:
        place = alike[0].path or alike[0].source
        line = f":{alike[0].line}" if alike[0].line else ""
        more = f" (and {len(alike) - 1:,} more like this)" if len(alike) > 1 else ""
        _wrapped(console, f"{place}{line}: {message}{more}", indent=4)
    if len(groups) > len(shown):
        console.print(Text(f"    and {len(groups) - len(shown):,} more; --verbose shows all", "quiet"))


def _licenses(console: Console, result: Result, *, verbose: bool) -> None:
    if result.scan is None or not result.inventory.components:
        return
    counts = license_counts(result)
    limit = len(counts) if verbose else 6
    parts = [f"{license} {count:,}" for license, count in counts[:limit]]
    if len(counts) > limit:
        parts.append(f"{len(counts) - limit:,} others")
    console.print()
    _labelled(console, "licences", " · ".join(parts) if _can_show(console, "·") else ", ".join(parts))


def scope_of(scopes: set[Scope]) -> Scope:
    """The weightiest of several scopes."""
    return min(scopes, key=SCOPE_ORDER.__getitem__, default=Scope.UNKNOWN)


def _can_show(console: Console, text: str) -> bool:
    try:
        text.encode(console.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
