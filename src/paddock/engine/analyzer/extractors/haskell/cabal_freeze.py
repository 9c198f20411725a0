# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""cabal.project.freeze: the exact versions that `cabal freeze` wrote; the packages' descriptions tell what is direct.

Format: https://cabal.readthedocs.io/en/stable/cabal-project-description-file.html (field `constraints`) and
https://cabal.readthedocs.io/en/stable/cabal-commands.html#cabal-freeze
"""

import posixpath
import re
from collections.abc import Iterator

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import written_text
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.haskell.cabal_package import NAME as PACKAGE_NAME
from paddock.engine.analyzer.extractors.haskell.cabal_package import read_packages, use_all
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from paddock.engine.model.purl import make_purl

NAME = "haskell/cabal_freeze"

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]*)[ \t]*:")
_CONSTRAINT = re.compile(rf"(?:({PACKAGE_NAME}:setup|setup|any)\.)?({PACKAGE_NAME})\s*(.*)", re.DOTALL)
_EXACT = re.compile(r"==\s*(\d+(?:\.\d+)*)")
_FLAGS = re.compile(r"(?:[+-][A-Za-z0-9_][A-Za-z0-9_-]*+\s*+)++")


def extract(file: SourceFile) -> Extraction:
    """Each constraint with a version as a component; constraints on flags say nothing about versions."""
    draft = Draft(file, NAME)
    locked: dict[str, tuple[str, Scope]] = {}
    content = written_text(file)
    if not any(map(_FIELD.match, content.splitlines())):
        raise Unreadable("no field of a cabal project (`constraints:`) is in it")
    for line, text in _constraints(content):
        found = _CONSTRAINT.fullmatch(text)
        if not found:
            draft.issue(f"{text[:60]!r} is not a constraint on a package", line=line)
            continue
        qualifier, name, requirement = found.groups()
        if _FLAGS.fullmatch(requirement) or not requirement:
            continue
        exact = _EXACT.fullmatch(requirement)
        if not exact:
            draft.issue(f"{name}: {requirement[:60]!r} names no exact version", line=line)
        ref = draft.add(make_purl("hackage", name, exact.group(1) if exact else ""), line=line)
        scope = Scope.BUILD if qualifier and qualifier.endswith("setup") else Scope.UNKNOWN
        # A package may be locked twice, for use and for a Setup script; its use counts.
        if name not in locked or scope is Scope.UNKNOWN:
            locked[name] = (ref, scope)
    packages = read_packages(file, _package_folders(file))
    use_all(draft, packages, locked)
    return draft.finish()


def _constraints(text: str) -> Iterator[tuple[int, str]]:
    """The parts of the field `constraints`, with their lines; the field goes on over indented lines."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("--"):
            continue
        found = _FIELD.match(line)
        if found:
            inside = found.group(1).lower() == "constraints"
            line = line[found.end() :]
        elif not line[0].isspace():
            inside = False
        if inside:
            yield from ((number, part.strip()) for part in line.split(",") if part.strip())


def _package_folders(file: SourceFile) -> list[str]:
    """The folders that `packages:` of cabal.project names, relative; this folder where it names none."""
    project = file.neighbour("cabal.project")
    try:
        text = project.text(strict=False) if project else ""
    except Unreadable:
        text = ""
    folders: list[str] = []
    inside = False
    for line in text.splitlines():
        line = line.partition("--")[0].rstrip()
        found = _FIELD.match(line)
        if found:
            inside = found.group(1).lower() == "packages"
            line = line[found.end() :]
        elif line and not line[0].isspace():
            inside = False
        if inside:
            for part in line.replace(",", " ").split():
                folders.append((posixpath.dirname(part) or ".") if part.endswith(".cabal") else part)
    return folders or ["."]


EXTRACTOR = Extractor(
    name=NAME,
    title="cabal.project.freeze",
    claims=Claims(names=("cabal.project.freeze",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.LINES}),
    cannot_tell=(
        "Which package brought in which: the file lists versions only.",
        "What is direct, where no package description (`*.cabal`) lies in the tree, as with hpack's package.yaml.",
        "Hashes and licences; they stand in the packages.",
    ),
    extract=extract,
)
