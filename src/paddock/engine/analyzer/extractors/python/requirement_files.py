# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Requirements files with everything they include, as declarations; shared by their own extractor and by manifests
that refer to them.

Format: https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

import posixpath
import re

import msgspec

from paddock.engine.analyzer.extractors.python.declaration import Need
from paddock.engine.analyzer.extractors.python.groups import scope_of_file
from paddock.engine.analyzer.extractors.python.pip_lines import Line, read_lines, text_of_file, words
from paddock.engine.analyzer.extractors.python.requirement import (
    Requirement,
    file_name_parts,
    parse_requirement,
    without_credentials,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope

MAX_FILES = 200
"""How many files one requirements file may include, directly or not."""

_OPTION = re.compile(r"(--?[A-Za-z][A-Za-z-]*)(?:\s*=\s*|\s+|(?=[^A-Za-z\s=-]))?(.*)", re.DOTALL)
_SHORT = re.compile(r"-([rce])(?=[^-\s=])(.+)", re.DOTALL)
_EGG = re.compile(r"[#&]egg=([^&\[]+)(?:\[([^\]]*)\])?")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_VARIABLE = re.compile(r"\$\{[A-Z0-9_]+\}")
_ARCHIVE = (".whl", ".egg", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar")


class Entry(msgspec.Struct):
    """One requirement of a requirements file: the need, hash options, and `via` (see Line)."""

    need: Need
    hashes: list[str] = msgspec.field(default_factory=list)
    via: list[str] | None = None


class Problem(msgspec.Struct, frozen=True):
    """What could not be told, and in which file and line."""

    path: str
    line: int
    sentence: str


class RequirementSet(msgspec.Struct):
    """Everything one file asks for, with the files it includes (`-r`) and the constraints on it (`-c`)."""

    entries: list[Entry] = msgspec.field(default_factory=list)
    constraints: dict[str, str] = msgspec.field(default_factory=dict)
    problems: list[Problem] = msgspec.field(default_factory=list)
    generated: bool = False
    options: int = 0


class _Reading(msgspec.Struct, frozen=True):
    """How a file is read: as constraints or not, in which scope; which files were met, which are still to be read."""

    constrains: bool
    scope: Scope
    seen: set[tuple[str, bool]]
    pending: list[tuple[SourceFile, bool]]


def read_requirements(file: SourceFile) -> RequirementSet:
    """Read a file and what it includes; each included file once. Raises Unreadable only for the file itself."""
    return read_entries(file, text_of_file(file), scope_of_file(file.path))


def read_entries(file: SourceFile, text: str, scope: Scope) -> RequirementSet:
    """The same for requirement lines that stand in a file of another format; scope: of those lines."""
    lines = read_lines(text)
    found = RequirementSet(generated=lines.generated)
    seen = {(file.path, False)}
    pending: list[tuple[SourceFile, bool]] = []
    _read_all(found, file, lines.lines, _Reading(False, scope, seen, pending))
    while pending:
        current, constrains = pending.pop()
        try:
            lines = read_lines(text_of_file(current))
        except Unreadable as error:
            found.problems.append(Problem(current.path, error.line or 1, error.reason))
            continue
        _read_all(found, current, lines.lines, _Reading(constrains, scope_of_file(current.path), seen, pending))
    return found


def _read_all(found: RequirementSet, file: SourceFile, lines: list[Line], reading: _Reading) -> None:
    for line in lines:
        included = _read_line(found, file, line, reading)
        if included is None:
            continue
        key = (included[0].path, included[1])
        if len(reading.seen) >= MAX_FILES:
            found.problems.append(Problem(file.path, line.number, f"more than {MAX_FILES} files are included"))
        elif key not in reading.seen:
            reading.seen.add(key)
            reading.pending.append(included)


def _read_line(
    found: RequirementSet, file: SourceFile, line: Line, reading: _Reading
) -> tuple[SourceFile, bool] | None:
    """Note one line; an include is returned: the file, and whether it only constrains."""
    if not line.text.startswith("-"):
        _note(found, file, line, line.text, reading)
        return None
    short = _SHORT.fullmatch(line.text)
    option = short or _OPTION.fullmatch(line.text)
    name, value = (f"-{option.group(1)}" if short else option.group(1), option.group(2)) if option else ("", "")
    if name in {"-e", "--editable"}:
        parts = words(value)
        _note(found, file, line, " ".join(parts[:1]) if _is_place(" ".join(parts[:1])) else value, reading)
    elif name in {"-r", "--requirement", "-c", "--constraint"}:
        return _include(
            found, file, line, value.strip().strip("'\""), reading.constrains or name in {"-c", "--constraint"}
        )
    else:
        found.options += 1
    return None


def _include(
    found: RequirementSet, file: SourceFile, line: Line, name: str, constrains: bool
) -> tuple[SourceFile, bool] | None:
    included = None if not name or _URL.match(name) else file.neighbour(name)
    if included is None:
        kind = "constraints" if constrains else "requirements"
        sentence = f"includes the {kind} file {without_credentials(name)!r}, which is not in the tree"
        found.problems.append(Problem(file.path, line.number, sentence))
        return None
    return included, constrains


def _note(found: RequirementSet, file: SourceFile, line: Line, text: str, reading: _Reading) -> None:
    need = _need(text, reading.scope, line.number, file.path)
    if need is None:
        shown = without_credentials(text)[:120]
        sentence = f"{shown!r} is not a requirement that names a package and was left out"
        found.problems.append(Problem(file.path, line.number, sentence))
    elif reading.constrains:
        if need.requirement.pinned:
            found.constraints.setdefault(need.requirement.key, need.requirement.pinned)
    else:
        hashes = [option[7:] for option in line.options if option.startswith("--hash=")]
        hashes += [value for key, value in zip(line.options, line.options[1:], strict=False) if key == "--hash"]
        found.entries.append(Entry(need, hashes, line.via))


def _need(text: str, scope: Scope, line: int, path: str) -> Need | None:
    """A requirement in any of pip's notations: a specifier, a URL, an archive or a folder."""
    text = _VARIABLE.sub("", text) if "://" in text else text
    # pip wants white space before a comment; people forget it, and mean the package all the same.
    requirement = parse_requirement(text) or parse_requirement(text.partition("#")[0])
    if requirement is not None and not _is_place(text):
        return Need(requirement, scope, requirement.text, line=line, file=path)
    place, _, marker = text.partition(" ;") if " ;" in text else text.partition("; ")
    place, marker = place.strip(), marker.strip()
    if _URL.match(place):
        return _from_url(place, marker, scope, line, path)
    stated = file_name_parts(posixpath.basename(place.split("[")[0]))
    if stated and place.endswith(_ARCHIVE):
        archive = Requirement(stated[0], (), f"=={stated[1]}", "", marker)
        return Need(archive, scope, f"@ {place}", line=line, file=path)
    folder, _, extras = place.partition("#")[0].partition("[")
    egg = _egg(place)
    if folder and not folder.endswith(_ARCHIVE) and (folder.startswith((".", "/")) or "/" in folder):
        named = tuple(extra.strip() for extra in extras.rstrip("]").split(",") if extra.strip())
        return Need(
            Requirement(egg.group(1) if egg else "", named, "", "", marker), scope, f"@ {place}", folder, line, path
        )
    return None


def _from_url(url: str, marker: str, scope: Scope, line: int, path: str) -> Need | None:
    """A requirement that is only a URL: the name stands behind `#egg=` or in the archive's file name."""
    clean = without_credentials(url)
    egg = _egg(clean)
    stated = file_name_parts(posixpath.basename(clean.split("#")[0].split("?")[0]))
    if egg:
        # `egg=name-1.0` is an old habit; what follows the last dash is a version only when it begins with a digit.
        name = re.sub(r"-\d[^-]*$", "", egg.group(1))
        extras = tuple(extra.strip() for extra in (egg.group(2) or "").split(",") if extra.strip())
        return Need(Requirement(name, extras, "", clean, marker), scope, f"@ {clean}", line=line, file=path)
    if stated is None:
        return None
    return Need(Requirement(stated[0], (), "", clean, marker), scope, f"@ {clean}", line=line, file=path)


def _egg(url: str) -> re.Match[str] | None:
    """The name and the extras in a URL's fragment."""
    return _EGG.search(url, url.find("#")) if "#" in url else None


def _is_place(text: str) -> bool:
    """Whether pip takes the text for a URL, a file or a folder."""
    return bool(_URL.match(text)) or text.startswith((".", "/")) or ("/" in text and "@" not in text)


def read_referred(
    file: SourceFile, names: list[str], scope: Scope, where: str
) -> tuple[list[Need], list[tuple[str, int | None]]]:
    """The needs in requirements files that a manifest refers to, all with the manifest's scope."""
    needs: list[Need] = []
    problems: list[tuple[str, int | None]] = []
    for name in names:
        found = file.neighbour(name) if name else None
        if found is None:
            problems.append((f"{where} is read from {name!r}, which is not in the tree", None))
            continue
        try:
            read = read_requirements(found)
        except Unreadable as error:
            problems.append((f"{where} is read from {name!r}: {error.reason}", None))
            continue
        needs.extend(msgspec.structs.replace(entry.need, scope=scope) for entry in read.entries)
        problems.extend((f"{where}: {problem.path}: {problem.sentence}", None) for problem in read.problems)
    return needs, problems
