# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Leaves out what the manifests inside installed packages ask for.

A package in `node_modules` or `vendor` often comes with its developers' lock files, workflows and submodules. What is
installed is told by its metadata; what its developers need besides is no part of the tree that is scanned.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from paddock.engine.analyzer.extractor import Extraction, Extractor
from paddock.engine.model.issue import Issue, Severity

SOURCE = "analyzer"
_SHOWN = 3


class Found(NamedTuple):
    """What one extractor said about one file."""

    path: str
    extractor: Extractor
    extraction: Extraction


def leave_out_foreign(found: Sequence[Found]) -> tuple[list[Found], list[Issue]]:
    """Everything but what manifests and lock files in the folders of installed packages say, and a hint about those.

    Installed packages, archives, programs and documents about them count wherever they lie. Linear in the paths'
    length.
    """
    folders = {folder for one in found for folder in one.extraction.owns}
    kept = [one for one in found if not _is_foreign(one, folders)]
    left_out = sorted({one.path for one in found if _is_foreign(one, folders) and _says_anything(one.extraction)})
    return kept, [_hint(left_out)] if left_out else []


def _is_foreign(one: Found, folders: set[str]) -> bool:
    if not folders or one.extractor.delivered or one.extraction.owns:
        return False
    return any(folder in folders for folder in _folders_of(one.path))


def _folders_of(path: str) -> Iterable[str]:
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _says_anything(extraction: Extraction) -> bool:
    return bool(extraction.components or extraction.issues)


def _hint(paths: Sequence[str]) -> Issue:
    more = f" and {len(paths) - _SHOWN:,} more" if len(paths) > _SHOWN else ""
    what = f"{len(paths):,} manifests and lock files" if len(paths) > 1 else "a manifest or lock file"
    return Issue(
        Severity.HINT,
        SOURCE,
        f"left out: {what} inside installed or vendored packages, which say what the developers of those packages "
        f"need: {', '.join(paths[:_SHOWN])}{more}",
    )
