# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A result on the terminal: the answer first, then the causes, how to fix them, and where the files are."""

import msgspec
from rich.console import Console

from paddock.cli.page import Page, Span, steps
from paddock.cli.suppressed import show_suppressed
from paddock.cli.vulnerabilities import show_packages, show_summary
from paddock.engine.model.inventory import Scope
from paddock.engine.model.issue import Issue
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Outcome, Reason
from paddock.engine.reporter.causes import Cause, CauseGroup, group_by_remedy, names_by_ref, open_causes, waived_causes
from paddock.engine.reporter.licensed import NO_LICENSE, license_counts
from paddock.engine.reporter.remarks import alike_issues, place_of
from paddock.engine.reporter.vulnerable import clearing_version

_STYLES = {Outcome.COMPLIANT: "good", Outcome.NOT_COMPLIANT: "bad", Outcome.UNDECIDED: "open"}
_SIGNS = {Outcome.COMPLIANT: "✓", Outcome.NOT_COMPLIANT: "✗", Outcome.UNDECIDED: "?"}
_LABEL_STYLES = {"must not ship": "bad", "needs an answer": "open", "take note": "note"}
_LABEL_WIDTH = max(map(len, _LABEL_STYLES)) + 2
_TITLE_LENGTH = 160


class _Known(msgspec.Struct, frozen=True):
    """The result, and the names of components and projects by ref."""

    result: Result
    names: dict[str, str]


class _Limits(msgspec.Struct, frozen=True):
    """How much of each kind is shown; None: all."""

    groups: int | None = 8
    causes: int | None = 5
    packages: int | None = 3
    issues: int | None = 5
    licenses: int | None = 6


def show_result(
    console: Console,
    result: Result,
    *,
    verbose: bool = False,
    suppressed: bool = False,
    seconds: float | None = None,
    written: tuple[tuple[str, str], ...] = (),
) -> None:
    """Print a result. `verbose` shows every package and issue instead of the first few of each cause, and findings that
    do not count, as `suppressed` alone does; `written` are the files that carry the rest, each with its format's title.
    """
    page = Page(console)
    limits = _Limits(None, None, None, None, None) if verbose else _Limits()
    _headline(page, result, seconds)
    _causes(page, result, limits)
    if verbose:
        show_packages(page, result, everything=True)
    _issues(page, result, limits)
    page.gap()
    _licenses(page, result, limits)
    show_summary(page, result)
    show_suppressed(page, result, every=verbose or suppressed)
    _left_out(page, result)
    for title, path in written:
        page.labelled("wrote", path, ("  " + title, "quiet"))
    if page.cut and not written:
        page.labelled("all of it", "--verbose lists everything, -o report.html writes a report")


def _headline(page: Page, result: Result, seconds: float | None) -> None:
    if result.verdict is None:
        page.say((f"{_counts(result)}.", "title"))
    else:
        outcome = result.verdict.outcome
        page.say((f"{_SIGNS[outcome]} {result.verdict.sentence}", _STYLES[outcome]), hang=2)
    parts = [result.subject.name or "."]
    if result.subject.document_format:
        parts.append(result.subject.document_format)
    if result.verdict is not None:
        parts.append(_counts(result))
    if result.policy is not None and result.verdict is not None:
        parts.append(f"policy “{result.policy.name}”")
    if seconds is not None:
        parts.append(f"{seconds:.1f} s" if seconds >= 0.1 else "under 0.1 s")
    page.listed(parts, indent=2, style="quiet")


def _counts(result: Result) -> str:
    inventory = result.inventory
    if not inventory.projects and not inventory.components and result.subject.kind == "tree":
        return f"{_number(inventory.files_seen, 'file')} looked at, none of a kind that names packages"
    return f"{_number(len(inventory.components), 'package')} in {_number(len(inventory.projects), 'project')}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _causes(page: Page, result: Result, limits: _Limits) -> None:
    names = names_by_ref(result)
    if len(result.inventory.projects) == 1:
        names = {ref: name for ref, name in names.items() if ref != result.inventory.projects[0].id}
    known = _Known(result, names)
    groups = group_by_remedy(open_causes(result))
    shown = groups[: limits.groups]
    for group in shown:
        page.gap()
        _group(page, group, known, limits)
    if len(shown) < len(groups):
        page.gap()
        page.more(sum(len(group.causes) for group in groups[len(shown) :]), indent=0, what="more causes")


def _group(page: Page, group: CauseGroup, known: _Known, limits: _Limits) -> None:
    alone = len(group.causes) == 1
    shown = group.causes[: limits.causes]
    for cause in shown:
        packages = {reason.ref for reason in cause.reasons if reason.ref}
        count: Span = (f"  {_number(len(packages), 'package')}", "quiet") if packages else ""
        label = f"{cause.label:<{_LABEL_WIDTH}}"
        page.say((label, _LABEL_STYLES[cause.label]), (_short(cause.title), "title"), count, hang=_LABEL_WIDTH)
        limit = limits.packages if alone or limits.packages is None else 1
        alike = _of_one_package(cause)
        few = alike if limit is None or len(alike) <= limit + 1 else alike[:limit]
        for reasons in few:
            _reason(page, reasons, known, cause)
        page.more(len(alike) - len(few), indent=4)
    page.more(len(group.causes) - len(shown), indent=4, what="more causes like this")
    for name, text in (("why", group.why), ("fix", group.how_to_fix), ("waive", group.waivable_by)):
        if text:
            page.labelled(name, text)


def _of_one_package(cause: Cause) -> list[list[Reason]]:
    """The reasons of a cause, those about vulnerabilities of one package together."""
    found: dict[tuple[str, ...], list[Reason]] = {}
    for number, reason in enumerate(cause.reasons):
        key = (reason.ref,) if reason.vulnerability else (reason.ref, str(number))
        found.setdefault(key, []).append(reason)
    return list(found.values())


def _reason(page: Page, reasons: list[Reason], known: _Known, cause: Cause) -> None:
    reason, names = reasons[0], known.names
    name = names.get(reason.ref)
    if not name:
        page.say(reason.message, indent=4)
        return
    scope = "scope not told" if reason.scope == Scope.UNKNOWN else reason.scope
    details = [part for part in (reason.license, _flaws(reasons, known), scope) if part and part not in cause.title]
    path = [names[ref] for ref in (reason.paths[0] if reason.paths else ()) if ref != reason.ref and ref in names]
    via = [steps(path)] if path and len(reason.paths[0]) > 2 else []
    rest = ", ".join([*map(_short, details), *via])
    page.say(name, (f"  {rest}" if rest else "", "quiet"), indent=4, hang=6)


def _flaws(reasons: list[Reason], known: _Known) -> str:
    """The vulnerabilities that reasons about one package are about, and the version that clears all of them."""
    flaws = [reason.vulnerability for reason in reasons if reason.vulnerability]
    if not flaws:
        return ""
    more = f" and {len(flaws) - 3} more" if len(flaws) > 3 else ""
    fixed = clearing_version(known.result, reasons[0].ref, flaws)
    return f"{', '.join(flaws[:3])}{more}{f' → {fixed}' if fixed else ''}"


def _short(text: str) -> str:
    return text if len(text) <= _TITLE_LENGTH else f"{text[: _TITLE_LENGTH - 1]}…"


def _issues(page: Page, result: Result, limits: _Limits) -> None:
    everything = limits.issues is None
    groups = alike_issues(result, hints=everything)
    if not groups:
        return
    count = sum(map(len, groups))
    page.gap()
    page.say((f"{'could not tell':<{_LABEL_WIDTH}}", "open"), (_number(count, "remark"), "title"))
    for alike in groups[: limits.issues]:
        _issue(page, alike[0], len(alike) - 1, alike[1:] if everything else [])
    if limits.issues is not None:
        page.more(sum(map(len, groups[limits.issues :])), indent=4, what="more remarks")


def _issue(page: Page, issue: Issue, others: int, also: list[Issue]) -> None:
    page.say((place_of(issue), "title"), f": {issue.message}", indent=4, hang=6)
    if also:
        page.listed([place_of(other) for other in also], indent=6, style="quiet")
    elif others:
        page.more(others, indent=6, what=f"more {'file' if others == 1 else 'files'} like this")


def _licenses(page: Page, result: Result, limits: _Limits) -> None:
    counts = license_counts(result)
    if result.scan is None or not counts or [license for license, _ in counts] == [NO_LICENSE]:
        return
    parts = [f"{license} {count:,}" for license, count in counts[: limits.licenses]]
    if len(counts) > len(parts):
        parts.append(f"{len(counts) - len(parts):,} others")
    page.listed(parts, indent=2, label="licences")


def _left_out(page: Page, result: Result) -> None:
    waived = [reason for cause in waived_causes(result) for reason in cause.reasons]
    if waived:
        page.labelled("waived", f"{_number(len(waived), 'finding')}; the reports say by whom and until when")
    if result.exclusions:
        patterns = [f"{one.pattern} ({one.reason})" for one in result.exclusions]
        page.listed(patterns, indent=2, label="left out")
