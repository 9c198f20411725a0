# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What extractor tests need: an extraction from a few files in memory, and short views on it."""

from pathlib import Path

from paddock.engine.analyzer.analyze import analyze
from paddock.engine.analyzer.extractor import Extraction, Extractor
from paddock.engine.downloader.tree import MemoryTree, SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Inventory, Usage


def extract(extractor: Extractor, files: dict[str, str | bytes], path: str | None = None) -> Extraction:
    """Run one extractor on `path` (default: the first file) of a tree in memory."""
    tree = MemoryTree({name: text.encode() if isinstance(text, str) else text for name, text in files.items()})
    path = path or next(iter(files))
    size = tree.size(path)
    assert size is not None
    return extractor.extract(SourceFile(tree, path, size))


def survives(extractor: Extractor, files: dict[str, str | bytes], path: str | None = None) -> Extraction | None:
    """For fuzzing: whatever the bytes, the extractor answers or says Unreadable; anything else fails the test."""
    try:
        return extract(extractor, files, path)
    except Unreadable:
        return None


def inventory(extractors: tuple[Extractor, ...], files: dict[str, str | bytes]) -> Inventory:
    """The inventory of a whole tree in memory: claims, covers, merging and scopes included."""
    tree = MemoryTree({name: text.encode() if isinstance(text, str) else text for name, text in files.items()})
    return analyze(tree.files(), extractors)


def folder(path: Path) -> dict[str, str | bytes]:
    """The files below a folder of test data, by relative path."""
    return {
        found.relative_to(path).as_posix(): found.read_bytes() for found in sorted(path.rglob("*")) if found.is_file()
    }


def refs(result: Extraction | Inventory) -> list[str]:
    """The purls of the components, sorted."""
    return [component.ref for component in result.components]


def usages(result: Extraction | Inventory, project: str) -> dict[str, Usage]:
    """The usages of one project by ref."""
    return {usage.ref: usage for found in result.projects if found.id == project for usage in found.usages}


def edges(result: Extraction | Inventory) -> set[tuple[str, str]]:
    """The edges as pairs."""
    return {(edge.source, edge.target) for edge in result.edges}
