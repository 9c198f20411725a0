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
from paddock.engine.reporter.vulnerable import (
    Item,
    VulnerablePackage,
    dated,
    exploitation_of,
    summary_of,
    vulnerable_packages,
)

MAX_BYTES = 60_000
"""Code hosts cut comments at 65,536 characters."""

_ICONS = {Outcome.COMPLIANT: "✅", Outcome.NOT_COMPLIANT: "❌", Outcome.UNDECIDED: "❓"}
_SHOWN = 10
_CAUSES = 20
_ISSUES = 50
_PACKAGES = 60


def render(result: Result) -> bytes:
    """The summary; long lists end in "and N more like this"."""
    names = names_by_ref(result)
    lines = [f"# {_headline(result)}", "", _subject(result), ""]
    for group in group_by_remedy(open_causes(result)):
        lines += _group(group, names)
    lines += _vulnerabilities(result)
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


def _vulnerabilities(result: Result) -> list[str]:
    packages = vulnerable_packages(result)
    if result.advice is None or (not packages and result.verdict is not None):
        return []
    if result.advice.data is None:
        return [*(_safe(issue.message) for issue in result.advice.issues), ""]
    text = summary_of(packages)
    title = f"## {_safe(text[0].upper() + text[1:])}" if result.verdict is None else f"<summary>{_safe(text)}</summary>"
    table = ["| package | what to do | vulnerabilities |", "|---|---|---|"]
    vulnerable = [package for package in packages if package.certain]
    names = names_by_ref(result)
    table += [_row(package, names) for package in vulnerable[:_PACKAGES]]
    if len(vulnerable) > _PACKAGES:
        table += ["", f"and {len(vulnerable) - _PACKAGES:,} more packages"]
    untold = [package.name for package in packages if package.uncertain]
    if untold:
        listed = ", ".join(map(_code, untold[:_SHOWN]))
        more = f" and {len(untold) - _SHOWN:,} more" if len(untold) > _SHOWN else ""
        table += ["", f"Could not be told for {listed}{more}."]
    data = result.advice.data
    table += ["", f"Looked up in {dated(data)}.", ""]
    if result.verdict is None:
        return [title, "", *table]
    return [f"<details>{title}", "", *table, "</details>", ""]


def _row(package: VulnerablePackage, names: dict[str, str]) -> str:
    shown = ", ".join(map(_flaw, package.certain[:_SHOWN]))
    more = f" and {len(package.certain) - _SHOWN:,} more" if len(package.certain) > _SHOWN else ""
    path = next((item.finding.paths[0] for item in package.certain if item.finding.paths), ())
    way = f"<br>by {_cell(' → '.join(names.get(ref, ref) for ref in path[1:-1]))}" if len(path) > 2 else ""
    return f"| {_cell(package.name)}{way} | {_cell(package.remedy or 'no fixed version is known')} | {shown}{more} |"


def _flaw(item: Item) -> str:
    """As in: CVE-2021-44228 (critical 10.0 by GHSA-jfh8-c2jp-5v3q, **exploited**, EPSS 94%, fixed in 2.15.0)."""
    vulnerability, rating = item.vulnerability, item.vulnerability.rating
    score = f" {rating.score:.1f}" if rating and rating.score is not None else ""
    by = f" by {_cell(rating.source)}" if rating and rating.source not in {"", vulnerability.id} else ""
    known = ["**exploited**" if one == "exploited" else _cell(one) for one in exploitation_of(vulnerability)]
    fixed = [f"fixed in {_cell(item.finding.upgrade.version)}"] if item.finding.upgrade else ["no fix known"]
    return f"{_cell(vulnerability.id)} ({', '.join([f'{item.level}{score}{by}', *known, *fixed])})"


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
