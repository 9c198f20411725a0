# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How `paddock license` shows findings and licences to people."""

from collections import Counter

from rich.console import Console

from paddock.cli.characters import printable
from paddock.cli.page import Page
from paddock.engine.model.issue import Severity
from paddock.engine.model.licensing import LicenseMatch
from paddock.engine.pipeline.detection import DetectedFile, Detection
from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.rules import LicenseName

_MAX_TEXT_LINES = 40


def show_detected(console: Console, found: Detection) -> None:
    """The sum first, then each file with findings."""
    page = Page(console)
    counts = Counter(
        expression
        for file in found.files
        for expression in dict.fromkeys(match.license_expression_spdx for match in file.licenses)
    )
    with_findings = [file for file in found.files if file.licenses or file.copyrights or file.clues]
    number = len(found.files)
    looked = f"{number:,} file{'s' * (number != 1)}"
    if counts:
        listed = " · ".join(f"{expression} {count:,}" for expression, count in counts.most_common())
        page.say((f"{listed}", "title"), hang=2)
    else:
        page.say((f"No licence found in {looked}.", "title"))
    page.say((f"  {looked} looked at", "quiet"))
    for file in with_findings:
        _show_file(page, file)
    for issue in found.issues:
        if issue.severity is not Severity.HINT:
            page.say(f"! {issue.path}: {issue.message}" if issue.path else f"! {issue.message}", hang=2)
    for issue in found.issues:
        if issue.severity is Severity.HINT:
            page.say((f"  {issue.message}", "quiet"), hang=2)


def _show_file(page: Page, file: DetectedFile) -> None:
    page.say("")
    page.say((printable(file.path), "title"), hang=2)
    for position, match in enumerate(file.licenses):
        page.say(f"  {_lines(match)}  {match.license_expression_spdx}  ", (_evidence(match), "quiet"), hang=4)
        if file.texts:
            for line in file.texts[position].splitlines()[:_MAX_TEXT_LINES]:
                page.say((f"      {printable(line)}", "quiet"), hang=6)
    for clue in file.clues:
        page.say((f"  {_lines(clue)}  perhaps {clue.license_expression_spdx}  {_evidence(clue)}", "quiet"), hang=4)
    for statement in file.copyrights:
        page.say(f"  {_range(statement.start_line, statement.end_line)}  {printable(statement.statement)}", hang=4)


def _lines(match: LicenseMatch) -> str:
    return _range(match.start_line, match.end_line)


def _range(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _evidence(match: LicenseMatch) -> str:
    return f"{match.score:g} % by {match.rule}"


def show_license(console: Console, index: Index, id: str, *, with_text: bool) -> bool:
    """One licence; whether it is known."""
    page = Page(console)
    license = find_license_name(index, id)
    if license is None:
        page.say((f"✗ {printable(id)}: no licence with this id or key is known.", "bad"), hang=2)
        return False
    page.say((f"{license.spdx_id}", "title"), f"  {license.name}")
    page.say(f"  key       {license.key}")
    page.say(f"  category  {license.category}")
    if license.is_exception:
        page.say("  kind      exception, for use behind WITH")
    if license.is_deprecated:
        page.say("  state     out of use; the data keeps it for old documents")
    others = [other for other in license.other_spdx_ids if not other.startswith("LicenseRef-")]
    if others:
        page.say(f"  also      {', '.join(others)}", hang=12)
    if with_text:
        page.say("")
        page.say(index.license_text(license.key) or "The data has no text for it.")
    return True


def find_license_name(index: Index, id: str) -> LicenseName | None:
    """A licence by SPDX id, former id or key, in any case."""
    wanted = id.lower()
    for license in index.header.licenses:
        if wanted in (license.key, license.spdx_id.lower()):
            return license
    return next(
        (one for one in index.header.licenses if wanted in (other.lower() for other in one.other_spdx_ids)), None
    )
