# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A Markdown summary for merge requests and CI pages: the verdict, the causes, how to fix them; under 60 kB."""

import re

from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Outcome
from paddock.engine.reporter.causes import Cause, names_by_ref, open_causes, waived_causes
from paddock.engine.reporter.licensed import license_counts
from paddock.engine.reporter.report import Report

MAX_BYTES = 60_000
"""Code hosts cut comments at 65,536 characters."""

_ICONS = {Outcome.COMPLIANT: "✅", Outcome.NOT_COMPLIANT: "❌", Outcome.UNDECIDED: "❓"}
_SHOWN = 10


def render(result: Result) -> bytes:
    """The summary; long lists end in "and N more like this"."""
    names = names_by_ref(result)
    lines = [f"# {_headline(result)}", "", _subject(result), ""]
    for cause in open_causes(result):
        lines += _cause(cause, names)
    waived = waived_causes(result)
    if waived:
        count = sum(len(cause.reasons) for cause in waived)
        lines += [f"<details><summary>Waived: {count}</summary>", ""]
        lines += [f"- {_safe(cause.title)}: {_names(cause, names)}" for cause in waived]
        lines += ["", "</details>", ""]
    lines += _licenses(result) + _issues(result)
    return _bounded(lines).encode()


def _headline(result: Result) -> str:
    if result.verdict is None:
        return f"Inventory of {_safe(result.subject.name)}"
    return f"{_ICONS[result.verdict.outcome]} {_safe(result.verdict.sentence)}"


def _subject(result: Result) -> str:
    inventory = result.inventory
    text = (
        f"{_safe(result.subject.name)}: {len(inventory.components):,} packages in {len(inventory.projects):,} projects"
    )
    policy = f", policy “{_safe(result.policy.name)}” ({result.policy.sha256[:12]})" if result.policy else ""
    return f"{text}{policy}. {result.tool.name} {result.tool.version}, {result.created:%Y-%m-%d %H:%M %Z}."


def _cause(cause: Cause, names: dict[str, str]) -> list[str]:
    lines = [f"## {_safe(cause.title)} ({cause.label})", "", _names(cause, names), ""]
    if cause.why:
        lines += [f"**Why:** {_safe(cause.why)}", ""]
    if cause.how_to_fix:
        lines += [f"**How to fix:** {_safe(cause.how_to_fix)}", ""]
    if cause.waivable_by:
        lines += [f"**May be waived by:** {_safe(cause.waivable_by)}", ""]
    return lines


def _names(cause: Cause, names: dict[str, str]) -> str:
    found = sorted({names.get(reason.ref, reason.ref) or reason.message for reason in cause.reasons})
    shown = ", ".join(f"`{name.replace('`', '')}`" for name in found[:_SHOWN])
    more = len(found) - _SHOWN
    return f"{shown} and {more:,} more like this" if more > 0 else shown


def _licenses(result: Result) -> list[str]:
    counts = license_counts(result)
    if not counts or result.scan is None:
        return []
    lines = ["<details><summary>Licences</summary>", "", "| licence | packages |", "|---|---:|"]
    lines += [f"| {_cell(license)} | {count:,} |" for license, count in counts[:40]]
    return [*lines, "", "</details>", ""]


def _issues(result: Result) -> list[str]:
    issues = [issue for issue in result.all_issues() if issue.severity is not Severity.HINT]
    if not issues:
        return []
    lines = [f"<details><summary>Could not tell: {len(issues):,}</summary>", ""]
    lines += [f"- `{issue.path or issue.source}`: {_safe(issue.message)}" for issue in issues[:50]]
    if len(issues) > 50:
        lines.append(f"- and {len(issues) - 50:,} more")
    return [*lines, "", "</details>", ""]


def _safe(text: str) -> str:
    """Text from the scanned tree, so that it is shown and not interpreted."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", " ".join(text.split()))


def _cell(text: str) -> str:
    return _safe(text).replace("|", "\\|")


def _bounded(lines: list[str]) -> str:
    text = "\n".join(lines)
    if len(text.encode()) <= MAX_BYTES:
        return text
    cut = text.encode()[:MAX_BYTES].decode("utf-8", "ignore")
    return cut[: cut.rfind("\n")] + "\n\nCut here: the whole list is in the HTML and JSON reports.\n"


REPORTS = (Report(name="markdown", title="Markdown summary", suffix=".md", render=render),)
