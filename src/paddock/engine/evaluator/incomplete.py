# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What was not read is a question: a verdict of "compliant" needs a complete inventory."""

from paddock.engine.evaluator.waive import Waivers
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import ScanFindings
from paddock.engine.model.verdict import AppliedWaiver, Reason, ReasonKind
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.types import ANALYSIS_INCOMPLETE

WAIVABLE_BY = "open source office"
_SHOWN = 3


def incomplete_reasons(
    inventory: Inventory, scan: ScanFindings | None, configuration: Configuration, waivers: Waivers
) -> list[Reason]:
    """One question for each source (extractor, scanner) that reported errors, and for each waiver among them.

    Errors about excluded paths do not count. An inventory with nothing in it is a question as well: that nothing was
    found does not mean that there is nothing.
    """
    groups: dict[tuple[str, AppliedWaiver | None], list[Issue]] = {}
    for issue in (*inventory.issues, *(scan.issues if scan else ())):
        if issue.severity is Severity.ERROR and not (issue.path and configuration.exclude_of(issue.path)):
            waiver = waivers.waiver_of_issue(ANALYSIS_INCOMPLETE, WAIVABLE_BY, issue)
            groups.setdefault((issue.source, waiver), []).append(issue)
    reasons = [_reason(source, waiver, issues) for (source, waiver), issues in groups.items()]
    if not inventory.projects and not inventory.components and not reasons and not (scan and scan.files):
        reasons.append(_nothing_found())
    return reasons


def _reason(source: str, waiver: AppliedWaiver | None, issues: list[Issue]) -> Reason:
    paths = sorted({issue.path or issue.message for issue in issues})
    shown = ", ".join(paths[:_SHOWN])
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    noun = "file" if len(paths) == 1 else "files"
    return Reason(
        kind=ReasonKind.QUESTION,
        rule=ANALYSIS_INCOMPLETE,
        severity=Severity.ERROR,
        cause=f"{len(paths)} {noun} not understood by {source}",
        message=f"{source} could not read {shown}{more}; components may be missing.",
        why="Components that were not seen were not judged.",
        how_to_fix="Look at the issues, repair the files, or exclude them with a reason in .paddock.yml.",
        waivable_by=WAIVABLE_BY,
        waiver=waiver,
    )


def _nothing_found() -> Reason:
    return Reason(
        kind=ReasonKind.QUESTION,
        rule=ANALYSIS_INCOMPLETE,
        severity=Severity.ERROR,
        cause="nothing was found",
        message="No manifest, lock file, installed package or licence tag was found, so there is nothing to judge.",
        why="That nothing was found does not mean that nothing is there.",
        how_to_fix="Scan the folder that holds the manifests, or describe the components in an SBOM in the tree.",
        waivable_by=WAIVABLE_BY,
    )
