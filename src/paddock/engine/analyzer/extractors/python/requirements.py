# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Requirements files of pip, with their includes and constraints; compiled ones (pip-compile, uv) are lock files.

Format: https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

import posixpath
import re

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.declaration import (
    INCOMPLETE,
    add_needed,
    unpinned_sentence,
    use_local,
)
from paddock.engine.analyzer.extractors.python.groups import scope_of_file
from paddock.engine.analyzer.extractors.python.owner import declare_project, read_manifest
from paddock.engine.analyzer.extractors.python.requirement import digests, normalised
from paddock.engine.analyzer.extractors.python.requirement_files import Entry, RequirementSet, read_requirements
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.issue import Severity

NAME = "python/requirements"

_PYPROJECT = re.compile(r"\(pyproject\.toml(?::[\w.-]+)?\)$")
_MANIFEST_MARKS = ("(pyproject.toml)", "(setup.py)", "(setup.cfg)")


def extract(file: SourceFile) -> Extraction:
    """A file of constraints alone installs nothing: it says so and names no components."""
    draft = Draft(file, NAME)
    found = read_requirements(file)
    for problem in found.problems:
        draft.issue(problem.sentence, path=problem.path, line=problem.line)
    if _is_constraints(file) and found.entries:
        count = len(found.entries)
        draft.issue(f"{count} constraints; they choose versions of what other files require", Severity.HINT)
        return draft.finish()
    if not found.entries and not found.problems and not found.options and not _is_requirements(file):
        return draft.finish()
    locked = is_lock(found)
    project = _owner(draft, file, found) if locked else draft.project(origin=Origin.DECLARED)
    inputs = _read_inputs(draft, file, found) if locked else {}
    refs = _use(draft, file, project, found, inputs, locked=locked)
    _connect(draft, found, refs)
    _report(draft, file, found, locked=locked)
    return draft.finish()


def is_lock(found: RequirementSet) -> bool:
    """Whether everything is pinned, and by the hand of a resolver: each with hashes, or in a file that a tool wrote."""
    packages = [entry for entry in found.entries if not entry.need.path]
    if not packages or not all(entry.need.requirement.pinned or entry.need.requirement.url for entry in packages):
        return False
    hashed = all(entry.hashes or entry.need.requirement.url for entry in packages)
    return hashed or found.generated or any(entry.via is not None for entry in packages)


def _owner(draft: Draft, file: SourceFile, found: RequirementSet) -> ProjectDraft:
    """The project that a compiled file was made for, where its comments name a pyproject.toml; else the file itself."""
    if any(_PYPROJECT.search(parent) for entry in found.entries for parent in entry.via or ()):
        for path in ("pyproject.toml", "../pyproject.toml"):
            manifest = file.neighbour(path)
            declaration = read_manifest(draft, manifest) if manifest else None
            if manifest is not None and declaration is not None:
                return declare_project(draft, manifest, declaration)
    return draft.project(origin=Origin.LOCKED)


def _use(
    draft: Draft,
    file: SourceFile,
    project: ProjectDraft,
    found: RequirementSet,
    inputs: dict[str, str],
    *,
    locked: bool,
) -> dict[str, list[str]]:
    """Note each requirement; returns the refs by normalised name. inputs: what compiled files were made of."""
    refs: dict[str, list[str]] = {}
    for entry in found.entries:
        need = entry.need
        if need.path:
            use_local(draft, file, project, need)
            continue
        ref = add_needed(draft, need, found.constraints.get(need.requirement.key, ""), digests(entry.hashes))
        if ref is None:
            draft.issue(f"{need.requirement.name!r} is no package name", path=need.file, line=need.line)
            continue
        direct = _direct(entry) if locked else True
        # In a compiled file stands the pin; what the project asked for stands in the input.
        requirement = inputs.get(need.requirement.key, "") if locked else need.text
        project.use(ref, need.scope, direct=direct, requirement=requirement)
        refs.setdefault(need.requirement.key, []).append(ref)
    return refs


def _read_inputs(draft: Draft, file: SourceFile, found: RequirementSet) -> dict[str, str]:
    """Normalised name: requirement, of the input files that `# via -r requirements.in` names.

    An input is covered unless its name says that it serves another purpose: what `dev.txt` was made of besides
    `dev.in` is not for development.

    pip-compile notes paths as they were on its command line, so the bare name is tried as well.
    """
    names = {parent[2:].strip() for entry in found.entries for parent in entry.via or () if parent.startswith("-r ")}
    texts: dict[str, str] = {}
    for name in sorted(names):
        options = (file.neighbour(option) for option in (name, posixpath.basename(name)) if option)
        source = next((option for option in options if option is not None and option.path != file.path), None)
        if source is None:
            continue
        try:
            read = read_requirements(source)
        except Unreadable:
            continue  # its own extractor says so
        if is_lock(read):
            continue  # compiled itself, for a project of its own
        texts.update((entry.need.requirement.key, entry.need.text) for entry in read.entries if not entry.need.path)
        if scope_of_file(source.path) is scope_of_file(file.path):
            draft.cover(source.path)
    return texts


def _direct(entry: Entry) -> bool | None:
    """By pip-compile's comments: needed by an input file or the project itself, or only by other packages."""
    parents = [parent for parent in entry.via or () if not parent.startswith("-c")]
    if not parents:
        return None
    return any(_is_input(parent) for parent in parents)


def _is_input(parent: str) -> bool:
    return parent.startswith("-r") or parent.endswith(_MANIFEST_MARKS) or ":" in parent or " (" in parent


def _connect(draft: Draft, found: RequirementSet, refs: dict[str, list[str]]) -> None:
    for entry in found.entries:
        for parent in entry.via or ():
            if parent.startswith("-") or _is_input(parent):
                continue
            for source in refs.get(normalised(parent), ()):
                for target in refs.get(entry.need.requirement.key, ()):
                    draft.depend(source, target)


def _report(draft: Draft, file: SourceFile, found: RequirementSet, *, locked: bool) -> None:
    """One issue for the file's own lines; what it includes has its own."""
    own = [entry.need for entry in found.entries if entry.need.file == file.path and not entry.need.path]
    unpinned = [
        need
        for need in own
        if not (need.requirement.pinned or need.requirement.url or found.constraints.get(need.requirement.key))
    ]
    if unpinned:
        draft.issue(unpinned_sentence(len(unpinned), len(own)))
    elif own and not locked:
        draft.issue(INCOMPLETE, Severity.HINT)


def _is_constraints(file: SourceFile) -> bool:
    return "constraint" in file.name.lower() and "requirement" not in file.name.lower()


def _is_requirements(file: SourceFile) -> bool:
    return "requirement" in file.name.lower() or posixpath.basename(file.directory) == "requirements"


EXTRACTOR = Extractor(
    name=NAME,
    title="requirements files (pip, pip-tools, uv)",
    claims=Claims(
        patterns=(
            "requirements*.txt",
            "*requirements.txt",
            "*requirements*.txt",
            "requirements*.in",
            "*requirements.in",
            "requirements/*.txt",
            "requirements/*.in",
            "requirements*.lock",
            "requirements/*.lock",
            "constraints*.txt",
            "*constraints.txt",
        )
    ),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.HASHES, Fact.LINES}),
    cannot_tell=(
        "What requirements without a lock file bring in.",
        "Direct or transitive in `pip freeze` output: it looks like pins written by hand, and counts as direct.",
        "Which markers hold: requirements for other platforms are listed too.",
        "Edges and direct or transitive, unless pip-compile or uv wrote `# via` comments.",
        "Names of packages that only a version control or folder URL without `#egg=` refers to.",
        "Values of environment variables in URLs.",
    ),
    extract=extract,
)
