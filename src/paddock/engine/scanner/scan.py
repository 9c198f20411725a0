# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Scans the files of a tree for what needs no text matching, and says what every component is licensed under."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import msgspec

from paddock.engine.downloader.tree import SourceFile, decode
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import ComponentLicense, FileFindings, LicenseFindings, LicenseText, ScanFindings
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.licensing import component_license, curations_by_purl, project_license
from paddock.engine.scanner.copyrights.collect import copyrights_by_owner
from paddock.engine.scanner.correct import correct
from paddock.engine.scanner.detect import DETECTORS, Detector, detect_licenses
from paddock.engine.scanner.ownership import OTHERS, Ownership
from paddock.engine.scanner.reuse import TOML_NAME, ReuseInformation, combine
from paddock.engine.scanner.tags import NOT_AN_EXPRESSION
from paddock.engine.spdx.parse import join_all

SOURCE = "scanner"
HEAD_BYTES = 256 * 1024
"""How much of a file is looked at: tags stand at the top, and a file of data must not cost more than one of code."""
MAX_TEXT_BYTES = 512 * 1024
"""The largest licence file that is kept for the notice."""

NOTHING_CONFIGURED = Configuration()

Progress = Callable[[str], None]


def scan(
    files: Sequence[SourceFile],
    inventory: Inventory,
    *,
    configuration: Configuration = NOTHING_CONFIGURED,
    detectors: Sequence[Detector] = DETECTORS,
    progress: Progress = lambda _path: None,
) -> ScanFindings:
    """The findings of a tree (or, with no files, of an inventory alone).

    Reads at most HEAD_BYTES of each file; files with a NUL byte at the start are not texts and are passed over. Folders
    called LICENSES hold texts, not findings. Never raises for what files contain.
    """
    found, issues = scan_files(files, detectors, progress)
    found = [correct(file, configuration.finding_curations) for file in found]
    issues.extend(issue for file in found for issue in _unreadable_tags(file))
    ownership = Ownership(inventory, files)
    components, doubts = _license_all(inventory, _detected_by_owner(found, ownership), configuration)
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
    inventory: Inventory, detected: Mapping[str, str], configuration: Configuration
) -> tuple[list[ComponentLicense], list[Issue]]:
    curations = curations_by_purl(configuration)
    facts: list[ComponentLicense] = []
    issues: list[Issue] = []
    for component in inventory.components:
        fact, doubts = component_license(component, curations, detected.get(component.ref, ""))
        facts.append(fact)
        issues.extend(doubts)
    facts.extend(
        project_license(project.id, project.declared_licenses, detected.get(project.id, ""))
        for project in inventory.projects
    )
    if others := detected.get(OTHERS, ""):
        facts.append(project_license(OTHERS, (), others))
    return facts, issues


def scan_files(
    files: Sequence[SourceFile], detectors: Sequence[Detector], progress: Progress
) -> tuple[list[FileFindings], list[Issue]]:
    """Findings of every file that has any, in order of path, REUSE information included."""
    paths = {file.path for file in files}
    reuse = ReuseInformation(files)
    found: list[FileFindings] = []
    issues = list(reuse.issues)
    for file in files:
        progress(file.path)
        if _holds_no_findings(file, paths):
            continue
        sidecar = file.neighbour(f"{file.name}.license") if f"{file.path}.license" in paths else None
        try:
            findings = _look_into(sidecar or file, detectors)
        except Unreadable as error:
            issues.append(Issue(Severity.WARNING, SOURCE, error.reason, file.path, error.line))
            continue
        if reuse:
            findings = combine(findings, reuse.annotations(file.path))
        if findings.licenses or findings.copyrights:
            found.append(FileFindings(path=file.path, findings=findings))
    return found, issues


def _holds_no_findings(file: SourceFile, paths: set[str]) -> bool:
    """Licence texts and REUSE.toml, kept by REUSE's rules, and sidecars, which speak of the file beside them."""
    if posixpath.basename(file.directory) == "LICENSES" or file.name == TOML_NAME:
        return True
    return file.path.endswith(".license") and file.path.removesuffix(".license") in paths


def _look_into(file: SourceFile, detectors: Sequence[Detector]) -> LicenseFindings:
    data = file.head(HEAD_BYTES) if file.size else b""
    if b"\0" in data[:1024] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return LicenseFindings()
    return detect_licenses(data, file.path, detectors)


def _unreadable_tags(file: FileFindings) -> list[Issue]:
    return [
        Issue(
            Severity.WARNING,
            SOURCE,
            f"{match.license_expression!r} is not an SPDX licence expression",
            file.path,
            match.start_line,
        )
        for match in file.findings.licenses
        if match.license_expression_spdx == NOT_AN_EXPRESSION
    ]


def _detected_by_owner(found: list[FileFindings], ownership: Ownership) -> dict[str, str]:
    detected: dict[str, dict[str, None]] = defaultdict(dict)
    for file in found:
        owner = ownership.owner(file.path) if file.findings.licenses else None
        if owner is not None:
            detected[owner].update((match.license_expression_spdx, None) for match in file.findings.licenses)
    return {owner: join_all(tuple(sorted(expressions))) for owner, expressions in detected.items()}


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
