# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The issues of a result as reports show them: those that say the same together, the weightiest first."""

from itertools import groupby

from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Result

_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def alike_issues(result: Result, *, hints: bool = False) -> list[list[Issue]]:
    """Issues of every stage, in groups of equal severity and text; each group sorted by place."""
    issues = sorted(
        (issue for issue in result.all_issues() if hints or issue.severity is not Severity.HINT),
        key=lambda issue: (_ORDER[issue.severity], issue.message, issue.path, issue.line or 0),
    )
    return [list(alike) for _, alike in groupby(issues, key=lambda issue: (issue.severity, issue.message))]


def place_of(issue: Issue) -> str:
    """Where the issue is: "pom.xml:5", or who says it where it has no file."""
    place = issue.path or issue.source
    return f"{place}:{issue.line}" if issue.line else place
