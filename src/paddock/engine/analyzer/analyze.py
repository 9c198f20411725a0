# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Offers every file of a tree to the extractors that claim it, and puts together what they say."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from paddock.engine.analyzer.assemble import assemble
from paddock.engine.analyzer.claims import ClaimIndex
from paddock.engine.analyzer.extractor import Extraction, Extractor
from paddock.engine.analyzer.foreign import Found, leave_out_foreign
from paddock.engine.analyzer.soundness import make_sound
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue, Severity


def analyze(
    files: Iterable[SourceFile],
    extractors: Sequence[Extractor],
    *,
    name: str = "",
    issues: Iterable[Issue] = (),
    progress: Callable[[str], None] = lambda _path: None,
) -> Inventory:
    """The inventory of a tree.

    files: every regular file, in any order; only claimed ones are opened. issues: what walking the tree found.
    progress: called with the path of each claimed file before it is read. Never raises for what files contain.
    """
    index = ClaimIndex(extractor.claims for extractor in extractors)
    found: list[Found] = []
    seen = read = 0
    for file in files:
        seen += 1
        numbers = index.claimants(file.path, executable=file.executable)
        if not numbers:
            continue
        progress(file.path)
        read += 1
        for number in numbers:
            found.append(Found(file.path, extractors[number], extract_safely(extractors[number], file)))
    kept, hints = leave_out_foreign(found)
    inventory = assemble(((one.path, one.extraction) for one in kept), name=name, issues=(*issues, *hints))
    return msgspec.structs.replace(make_sound(inventory), files_seen=seen, files_read=read)


def extract_safely(extractor: Extractor, file: SourceFile) -> Extraction:
    """One extractor on one file; whatever goes wrong becomes an ERROR issue, so that the rest is still scanned."""
    try:
        return extractor.extract(file)
    except Unreadable as error:
        problem = Issue(Severity.ERROR, extractor.name, error.reason, file.path, error.line)
    except Exception as error:  # noqa: BLE001  # the border of a plug-in: one bad file must not end the scan
        problem = Issue(
            Severity.ERROR, extractor.name, f"not understood ({type(error).__name__}: {error})", file.path, None
        )
    return Extraction(issues=(problem,))
