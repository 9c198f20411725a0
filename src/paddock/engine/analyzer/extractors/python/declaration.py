# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a project says of itself and needs: the one shape that pyproject.toml, setup.cfg and setup.py are read into."""

import posixpath

import msgspec

from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractors.python.requirement import (
    Requirement,
    file_name_parts,
    parse_requirement,
    pypi_purl,
    vcs_parts,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity

INCOMPLETE = (
    "all requirements are pinned, but what they bring in is not in this file; "
    "lock it with `pip-compile --generate-hashes`, `uv lock` or `poetry lock`"
)

MANIFESTS = ("pyproject.toml", "setup.py", "setup.cfg")
"""The files that define a Python project; the first that is there gives the project its id."""


class Need(msgspec.Struct, frozen=True):
    """Something a project asks for: by name, or, where `path` is set, a folder or file beside it.

    text: the requirement as the manifest has it. line: from 1, where known. file: path of the file that says it, where
    that is another than the one being read.
    """

    requirement: Requirement
    scope: Scope
    text: str = ""
    path: str = ""
    line: int | None = None
    file: str = ""


class Declaration(msgspec.Struct):
    """A project: identity, licences as stated, needs; `problems` are (sentence, line) of what could not be told."""

    name: str = ""
    version: str = ""
    licenses: tuple[str, ...] = ()
    needs: list[Need] = msgspec.field(default_factory=list)
    problems: list[tuple[str, int | None]] = msgspec.field(default_factory=list)

    def require(self, text: object, scope: Scope, where: str, line: int | None = None) -> None:
        """Note a requirement written as a dependency specifier; what is none becomes a problem."""
        parsed = parse_requirement(text) if isinstance(text, str) else None
        if parsed is None:
            self.problems.append((f"{where}: {str(text)[:120]!r} is not a dependency specifier and was left out", line))
            return
        self.needs.append(Need(parsed, scope, parsed.text, line=line))

    def name_and_version(self) -> str:
        """For sentences."""
        return f"{self.name} {self.version}".strip()


def first_line(text: str) -> str:
    """The first line of a licence field, which may hold a whole licence text."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def license_classifiers(classifiers: list[str]) -> tuple[str, ...]:
    """The trove classifiers that name a licence, verbatim (https://packaging.python.org/en/latest/specifications/
    core-metadata/#classifier-multiple-use); the bare "OSI Approved" names none.
    """
    found = (text.strip() for text in classifiers if isinstance(text, str))
    return tuple(text for text in found if text.startswith("License ::") and text != "License :: OSI Approved")


def project_path(file: SourceFile, folder: str = ".") -> str | None:
    """The id of the Python project in a folder relative to the file's own; None when no manifest lies there."""
    for name in MANIFESTS:
        found = file.neighbour(posixpath.join(folder, name))
        if found is not None:
            return found.path
    return None


def open_project(draft: Draft, file: SourceFile, declaration: Declaration, origin: Origin) -> ProjectDraft:
    """The draft of the project that a manifest belongs to: one a folder, whichever of its manifests is read."""
    return draft.project(
        project_path(file) or file.path,
        origin=origin,
        name=declaration.name,
        version=declaration.version,
        purl=pypi_purl(declaration.name, declaration.version),
        licenses=declaration.licenses,
    )


def add_needed(draft: Draft, need: Need, version: str = "", hashes: tuple[Hash, ...] = ()) -> str | None:
    """Note the component that a need asks for and return its ref; None when its name is none that a package can have.

    version: when something else than the requirement pins it; the requirement's own pin goes first.
    """
    found = need.requirement
    vcs = vcs_parts(found.url) if found.url else None
    vcs_url = vcs[0] if vcs else ""
    download_url = "" if vcs else found.url
    if found.url:
        stated = file_name_parts(posixpath.basename(download_url.split("#")[0].split("?")[0]))
        purl = pypi_purl(found.name, stated[1] if stated else "", vcs_url=vcs_url, download_url=download_url)
    else:
        purl = pypi_purl(found.name, found.pinned or version)
    if purl is None:
        return None
    path = need.file or None
    return draft.add(purl, line=need.line, path=path, hashes=hashes, vcs_url=vcs_url, download_url=download_url)


def unpinned_sentence(count: int, total: int) -> str:
    """How many requirements may be met by several versions, and what to do about it."""
    return (
        f"{count} of {total} requirements do not pin a version, so neither the versions used nor what they bring in "
        "can be told; lock them with `uv lock`, `poetry lock` or `pip-compile --generate-hashes` and scan the lock file"
    )


def report(draft: Draft, declaration: Declaration, path: str | None = None) -> None:
    """Turn the problems into issues."""
    for sentence, line in declaration.problems:
        draft.issue(sentence, path=path, line=line)


def use_declared(draft: Draft, file: SourceFile, project: ProjectDraft, declaration: Declaration) -> None:
    """For a project without a lock file: each need becomes a component; one issue tells how many are not pinned."""
    unpinned = total = 0
    for need in declaration.needs:
        if need.path:
            use_local(draft, file, project, need)
            continue
        ref = add_needed(draft, need)
        if ref is not None:
            project.use(ref, need.scope, direct=True, requirement=need.text)
            total += 1
            unpinned += not need.requirement.pinned and not need.requirement.url
    if unpinned:
        draft.issue(unpinned_sentence(unpinned, total))
    elif total:
        draft.issue(INCOMPLETE, severity=Severity.HINT)


def use_local(draft: Draft, file: SourceFile, project: ProjectDraft, need: Need) -> None:
    """A need met by a folder of the tree is a project; anything else outside is an issue."""
    path = project_path(file, need.path)
    if path is None:
        draft.issue(f"needs {need.path!r}, where no Python project lies in the tree", line=need.line)
        return
    if path != project.id:
        draft.project(path, origin=Origin.DECLARED)
        project.use(path, need.scope, direct=True, requirement=need.text)
