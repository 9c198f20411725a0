# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every report format by name: the one table that the command and the hub look formats up in."""

from paddock.engine.reporter import html, markdown, notice, result_json, sarif, sbom
from paddock.engine.reporter.report import NotReportable, Report

REPORTS: dict[str, Report] = {
    report.name: report for module in (result_json, sbom, sarif, notice, html, markdown) for report in module.REPORTS
}


def find_report(name: str) -> Report:
    """The format called `name`. Raises NotReportable, listing all names, when there is none."""
    if name not in REPORTS:
        raise NotReportable(f"there is no format {name!r}; choose one of {', '.join(REPORTS)}")
    return REPORTS[name]
