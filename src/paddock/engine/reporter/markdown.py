# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A Markdown summary for merge requests and CI pages: the verdict, the causes, how to fix them; under 60 kB."""

import re

from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Outcome
from paddock.engine.reporter.causes import Cause, CauseGroup, group_by_remedy, names_by_ref, open_causes, waived_causes
from paddock.engine.reporter.licensed import license_counts
from paddock.engine.reporter.remarks import alike_issues, place_of
from paddock.engine.reporter.report import Report

MAX_BYTES = 60_000
"""Code hosts cut comments at 65,536 characters."""

_ICONS = {Outcome.COMPLIANT: "✅", Outcome.NOT_COMPLIANT: "❌", Outcome.UNDECIDED: "❓"}
_SHOWN = 10
_CAUSES = 20
_ISSUES = 50


def render(result: Result) -> bytes:
    """The summary; long lists end in "and N more like this"."""
    names = names_by_ref(result)
    lines = [f"# {_headline(result)}", "", _subject(result), ""]
    for group in group_by_remedy(open_causes(result)):
        lines += _group(group, names)
    waived = waived_causes(result)
    if waived:
        count = sum(len(cause.reasons) for cause in waived)
        lines += [f"<details><summary>Waived: {count}</summary>", ""]
        lines += [f"- {_safe(cause.title)}: {_names(cause, names)}" for cause in waived]
        lines += ["", "</details>", ""]
    lines += _licenses(result) + _issues(result) + _left_out(result)
    return _bounded(lines).encode()


def _headline(result: Result) -> str:
    if result.verdict is None:
        return f"Inventory of {_safe(result.subject.name)}"
    return f"{_ICONS[result.verdict.outcome]} {_safe(result.verdict.sentence)}"


def _subject(result: Result) -> str:
    inventory = result.inventory
    text = (
        f"{_safe(result.subject.name)}: {_number(len(inventory.components), 'package')} in "
        f"{_number(len(inventory.projects), 'project')}"
    )
    policy = f", policy “{_safe(result.policy.name)}” ({result.policy.sha256[:12]})" if result.policy else ""
    return f"{text}{policy}. {result.tool.name} {result.tool.version}, {result.created:%Y-%m-%d %H:%M %Z}."


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _group(group: CauseGroup, names: dict[str, str]) -> list[str]:
    lines = [f"## {_safe(group.title)} ({group.label})", ""]
    if len(group.causes) == 1:
        lines += [_names(group.causes[0], names), ""]
    else:
        lines += [f"- {_safe(cause.title)}: {_names(cause, names)}" for cause in group.causes[:_CAUSES]]
        more = len(group.causes) - _CAUSES
        lines += [f"- and {more:,} more causes like this", ""] if more > 0 else [""]
    for label, text in (("Why", group.why), ("How to fix", group.how_to_fix), ("May be waived by", group.waivable_by)):
        if text:
            lines += [f"**{label}:** {_safe(text)}", ""]
    return lines


def _names(cause: Cause, names: dict[str, str]) -> str:
    refs = list(dict.fromkeys(reason.ref for reason in cause.reasons if reason.ref))
    if not refs:
        return _safe(" ".join(reason.message for reason in cause.reasons))
    shown = ", ".join(_code(names.get(ref, ref)) for ref in refs[:_SHOWN])
    more = len(refs) - _SHOWN
    return f"{shown} and {more:,} more like this" if more > 0 else shown


def _licenses(result: Result) -> list[str]:
    counts = license_counts(result)
    if not counts or result.scan is None:
        return []
    lines = ["<details><summary>Licences</summary>", "", "| licence | packages |", "|---|---:|"]
    lines += [f"| {_cell(license)} | {count:,} |" for license, count in counts[:40]]
    return [*lines, "", "</details>", ""]


def _issues(result: Result) -> list[str]:
    groups = alike_issues(result)
    if not groups:
        return []
    lines = [f"<details><summary>Could not tell: {sum(map(len, groups)):,}</summary>", ""]
    for alike in groups[:_ISSUES]:
        more = f" (and {len(alike) - 1:,} more like this)" if len(alike) > 1 else ""
        lines.append(f"- {_code(place_of(alike[0]))}: {_safe(alike[0].message)}{more}")
    if len(groups) > _ISSUES:
        lines.append(f"- and {sum(map(len, groups[_ISSUES:])):,} more")
    return [*lines, "", "</details>", ""]


def _left_out(result: Result) -> list[str]:
    if not result.exclusions:
        return []
    lines = ["<details><summary>Left out by the configuration</summary>", ""]
    for exclusion in result.exclusions:
        comment = f": {_safe(exclusion.comment)}" if exclusion.comment else ""
        lines.append(f"- {_code(exclusion.pattern)} {_safe(exclusion.reason)}{comment}")
    return [*lines, "", "</details>", ""]


def _code(text: str) -> str:
    """Text from the scanned tree as code; a run of backticks cannot end it."""
    return f"`{' '.join(text.replace('`', '').split())}`"


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
    cut = cut[: cut.rfind("\n")]
    end = "\n\n</details>" * (cut.count("<details>") - cut.count("</details>"))
    return f"{cut}{end}\n\nCut here: the whole list is in the HTML and JSON reports.\n"


REPORTS = (Report(name="markdown", title="Markdown summary", suffix=".md", render=render),)
