# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a path is: a source tree, a bill of materials, an earlier result or a single manifest; and its files."""

import os
from pathlib import Path

import msgspec

from paddock.engine.downloader.revision import read_revision
from paddock.engine.downloader.tree import DirectoryTree, SourceFile
from paddock.engine.downloader.walk import walk
from paddock.engine.formats.detect import detect, near_miss
from paddock.engine.formats.document import Fault
from paddock.engine.formats.read import read_leniently
from paddock.engine.formats.result import looks_like_result, read_result
from paddock.engine.formats.unpack import MAX_SIZE
from paddock.engine.model.errors import EngineError
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue
from paddock.engine.model.result import Exclusion, Result, Subject
from paddock.engine.policy.configuration import Configuration


class UnknownInput(EngineError):
    """The path is nothing that can be scanned; the message says what can."""


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """A path, opened. One of these leads on: files (of a tree), inventory (of a document), result (an earlier one).

    near_miss: what keeps a single file from being a document, should it turn out to be no manifest either.
    """

    subject: Subject
    files: tuple[SourceFile, ...] = ()
    issues: tuple[Issue, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    inventory: Inventory | None = None
    result: Result | None = None
    near_miss: Fault | None = None


def take_in(path: Path, configuration: Configuration) -> Intake:
    """Open a path. Raises UnknownInput, or InvalidDocument for a bill of materials that breaks its format."""
    if path.is_dir():
        return _take_tree(path, configuration)
    if not path.is_file():
        raise UnknownInput(f"{path} does not exist or is neither a folder nor a file")
    if path.stat().st_size > MAX_SIZE:
        raise UnknownInput(f"{path} has {path.stat().st_size:,} bytes; documents over {MAX_SIZE:,} bytes are not read")
    data = path.read_bytes()
    if looks_like_result(data):
        found = read_result(data)
        return Intake(subject=found.subject, result=found)
    if detect(data) is not None:
        document = read_leniently(data)
        name = document.inventory.name or _name_of(path)
        subject = Subject(kind="document", name=name, document_format=str(document.kind))
        return Intake(subject=subject, inventory=document.inventory)
    return _take_one_file(path, near_miss(data))


def _take_tree(path: Path, configuration: Configuration) -> Intake:
    def exclusion(relative: str) -> str | None:
        exclude = configuration.exclude_of(relative)
        return None if exclude is None else exclude.pattern

    found = walk(path, exclusion)
    return Intake(
        subject=Subject(kind="tree", name=_name_of(path), revision=read_revision(path)),
        files=tuple(found.files),
        issues=tuple(found.issues),
        exclusions=tuple(
            Exclusion(
                pattern=exclude.pattern,
                reason=exclude.reason,
                comment=exclude.comment,
                files=found.excluded[exclude.pattern],
            )
            for exclude in configuration.path_excludes
        ),
    )


def _take_one_file(path: Path, fault: Fault | None) -> Intake:
    """A single manifest or lock file, with its neighbours to look things up in, but nothing else of its folder."""
    tree = DirectoryTree(path.parent)
    file = SourceFile(tree, path.name, path.stat().st_size)
    return Intake(subject=Subject(kind="tree", name=_name_of(path)), files=(file,), near_miss=fault)


def _name_of(path: Path) -> str:
    """The last part of the path, as text that every document can carry: bytes that are not UTF-8 become "�"."""
    return os.fsencode(path.resolve().name or str(path)).decode("utf-8", "replace")
