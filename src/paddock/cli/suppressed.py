# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Findings that do not count, on the terminal: how many, and by whose word; each of them when asked for."""

from collections import Counter
from collections.abc import Iterator

from paddock.cli.page import Page
from paddock.engine.model.result import Result
from paddock.engine.model.vulnerability import Finding, Vulnerability
from paddock.engine.reporter.causes import names_by_ref

LABEL = "settled"


def show_suppressed(page: Page, result: Result, *, every: bool) -> None:
    """One line with the numbers by document; with `every`, one paragraph for each finding. Nothing when all count."""
    found = list(_suppressed(result))
    if not found:
        return
    counts = Counter(_origin(finding) for finding, _ in found)
    said = ", ".join(f"{count:,} by {origin}" for origin, count in sorted(counts.items()))
    noun = "finding does" if len(found) == 1 else "findings do"
    page.labelled(LABEL, f"{len(found):,} {noun} not count: {said}", "" if every else ("  --show-suppressed", "quiet"))
    names = names_by_ref(result)
    for finding, vulnerability in found if every else ():
        name = names.get(finding.ref, finding.ref)
        page.say((vulnerability.id, "title"), f" in {name}: {_word(finding)}", indent=4, hang=6)
        page.say((_by(finding), "quiet"), indent=6)


def _suppressed(result: Result) -> Iterator[tuple[Finding, Vulnerability]]:
    if result.advice is None:
        return
    known = result.advice.by_id()
    for finding in result.advice.findings:
        if not finding.counts and finding.vulnerability in known:
            yield finding, known[finding.vulnerability]


def _origin(finding: Finding) -> str:
    """The file that settles a finding."""
    if finding.resolution is not None:
        return finding.resolution.place.rpartition(":")[0] or finding.resolution.place or "the configuration"
    source = finding.assessment.source if finding.assessment else ""
    return source.rpartition(": ")[0] or source or "an earlier assessment"


def _word(finding: Finding) -> str:
    if finding.resolution is not None:
        return ": ".join(filter(None, (finding.resolution.reason, finding.resolution.comment)))
    if finding.assessment is None:
        return ""
    status = finding.assessment.status.value.replace("_", " ")
    why = finding.assessment.justification.replace("_", " ")
    return ". ".join(filter(None, (", ".join(filter(None, (status, why))), finding.assessment.statement)))


def _by(finding: Finding) -> str:
    if finding.resolution is not None:
        by = f" approved by {finding.resolution.approved_by}" if finding.resolution.approved_by else ""
        return f"{finding.resolution.place}{by}"
    if finding.assessment is None:
        return ""
    author = f", {finding.assessment.author}" if finding.assessment.author else ""
    stated = f", {finding.assessment.stated:%Y-%m-%d}" if finding.assessment.stated else ""
    return f"{finding.assessment.source}{author}{stated}"
