# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Scans the files of a tree for licences and copyrights, and says what every component is licensed under."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from paddock.engine.downloader.tree import SourceFile, decode
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import ComponentLicense, FileFindings, LicenseText, ScanFindings
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.licensing import component_license, curations_by_purl, project_license
from paddock.engine.scanner.copyrights.collect import copyrights_by_owner
from paddock.engine.scanner.correct import correct
from paddock.engine.scanner.detect import DETECTORS, SOURCE, Detector
from paddock.engine.scanner.licenses.tag_lines import UNKNOWN_EXPRESSION
from paddock.engine.scanner.look import LookAll, look_one_by_one
from paddock.engine.scanner.ownership import OTHERS, Ownership
from paddock.engine.scanner.search import Progress, scan_files
from paddock.engine.scanner.tags import NOT_AN_EXPRESSION
from paddock.engine.scanner.weigh import weigh

MAX_TEXT_BYTES = 512 * 1024
"""The largest licence file that is kept for the notice."""

_UNREADABLE = {NOT_AN_EXPRESSION, f"LicenseRef-scancode-{UNKNOWN_EXPRESSION}"}
NOTHING_CONFIGURED = Configuration()


def scan(
    files: Sequence[SourceFile],
    inventory: Inventory,
    *,
    configuration: Configuration = NOTHING_CONFIGURED,
    detectors: Sequence[Detector] = DETECTORS,
    progress: Progress = lambda _path: None,
    look_all: LookAll = look_one_by_one,
) -> ScanFindings:
    """The findings of a tree (or, with no files, of an inventory alone).

    look_all: how the files are gone through (one by one, by several processes, with a memory of earlier scans).
    Files that hold no text are counted in a hint. Folders called LICENSES hold texts, not findings. Never raises for
    what files contain.
    """
    found, issues = scan_files(files, detectors, progress, look_all)
    found = [correct(file, configuration.finding_curations) for file in found]
    issues.extend(issue for file in found for issue in _unreadable_tags(file))
    ownership = Ownership(inventory, files)
    components, doubts = _license_all(inventory, _files_by_owner(found, ownership), configuration)
    copyrights = copyrights_by_owner(found, ownership.owner)
    components = [msgspec.structs.replace(fact, copyrights=copyrights.get(fact.ref, ())) for fact in components]
    texts, text_issues = collect_texts(files, inventory)
    return ScanFindings(
        files=tuple(found),
        components=tuple(sorted(components, key=lambda fact: fact.ref)),
        issues=(*issues, *doubts, *text_issues),
        texts=texts,
        files_scanned=len(files),
    )


def _license_all(
    inventory: Inventory, files: Mapping[str, list[FileFindings]], configuration: Configuration
) -> tuple[list[ComponentLicense], list[Issue]]:
    curations = curations_by_purl(configuration)
    facts: list[ComponentLicense] = []
    issues: list[Issue] = []
    for component in inventory.components:
        fact, doubts = component_license(component, curations)
        if detected := weigh(files.get(component.ref, ()), stated=fact.declared):
            fact, doubts = component_license(component, curations, detected)
        facts.append(fact)
        issues.extend(doubts)
    for project in inventory.projects:
        stated = project_license(project.id, project.declared_licenses)
        detected = weigh(files.get(project.id, ()), stated=stated.declared)
        facts.append(project_license(project.id, project.declared_licenses, detected) if detected else stated)
    if others := weigh(files.get(OTHERS, ())):
        facts.append(project_license(OTHERS, (), others))
    return facts, issues


def _unreadable_tags(file: FileFindings) -> list[Issue]:
    return [
        Issue(
            Severity.WARNING,
            SOURCE,
            _unreadable(match.license_expression),
            file.path,
            match.start_line,
        )
        for match in file.findings.licenses
        if not _UNREADABLE.isdisjoint(re.findall(r"[^\s()]+", match.license_expression_spdx))
    ]


def _unreadable(expression: str) -> str:
    if expression == UNKNOWN_EXPRESSION:
        return "the licence tag is not an SPDX licence expression"
    return f"{expression!r} is not an SPDX licence expression"


def _files_by_owner(found: list[FileFindings], ownership: Ownership) -> dict[str, list[FileFindings]]:
    """The findings of each owner, paths relative to the owner's own folder."""
    files: dict[str, list[FileFindings]] = defaultdict(list)
    for file in found:
        owner, path = ownership.place(file.path) if file.findings.licenses else (None, "")
        if owner is not None:
            files[owner].append(FileFindings(path=path, findings=file.findings))
    return files


def collect_texts(files: Sequence[SourceFile], inventory: Inventory) -> tuple[tuple[LicenseText, ...], list[Issue]]:
    """The licence and notice files that components point to, as text; what is too large or unreadable is an issue."""
    by_path = {file.path: file for file in files}
    wanted = sorted({path for component in inventory.components for path in component.license_files})
    texts, issues = [], []
    for path in wanted:
        if path in by_path:
            try:
                texts.append(LicenseText(path=path, text=decode(by_path[path].read(MAX_TEXT_BYTES), strict=False)))
            except Unreadable as error:
                issues.append(Issue(Severity.WARNING, SOURCE, error.reason, path))
    return tuple(texts), issues
