# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every report format by name: the one table that the command and the hub look formats up in."""

import difflib

from paddock.engine.reporter import html, markdown, notice, result_json, sarif, sbom
from paddock.engine.reporter.report import NotReportable, Report

REPORTS: dict[str, Report] = {
    report.name: report for module in (result_json, sbom, sarif, notice, html, markdown) for report in module.REPORTS
}


def find_report(name: str) -> Report:
    """The format called `name`. Raises NotReportable, listing all names, when there is none."""
    if name not in REPORTS:
        near = difflib.get_close_matches(name.lower(), REPORTS, n=1)
        meant = f" Did you mean {near[0]!r}?" if near else ""
        raise NotReportable(f"there is no format {name!r}.{meant} Choose one of {', '.join(REPORTS)}.")
    return REPORTS[name]


def report_for_file(name: str) -> Report | None:
    """The format that a file name promises, by the customary name or the longest suffix; None when it promises none."""
    lower = name.lower()
    for report in REPORTS.values():
        if lower in map(str.lower, report.file_names):
            return report
    matches = [report for report in REPORTS.values() if lower.endswith(report.suffix.lower())]
    if matches:
        return max(matches, key=lambda report: len(report.suffix))  # of equals the first: the most usual version
    return REPORTS["json"] if lower.endswith(".json") else None
