# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Looks into one file of a tree: a plain function of the file and the detectors, so that it can run anywhere."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.licensing import LicenseFindings
from paddock.engine.scanner.detect import Detector, detect_licenses
from paddock.engine.scanner.licenses.text import MAX_TEXT_BYTES, binary_kind

_HEAD = 8 * 1024
_SMALL = 256 * 1024
"""Bytes of a file that is read at once, whatever it turns out to be."""
NOTHING = LicenseFindings()


class Looked(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of looking into a file.

    not_looked_at: the kind of file, in the plural, that holds no text. problem: why it could not be read, or what was
    left out.
    """

    findings: LicenseFindings = NOTHING
    not_looked_at: str = ""
    problem: str = ""


LookAll = Callable[[Sequence[SourceFile], Sequence[Detector]], Iterable[Looked]]
"""Looks into many files; the answers come in the order of the files."""


def look_into(file: SourceFile, detectors: Sequence[Detector]) -> Looked:
    """Licences and copyrights in a file. Never raises for what it contains; reads MAX_TEXT_BYTES at most."""
    if not file.size:
        return Looked()
    try:
        with file.open() as stream:
            data = stream.read(_SMALL if file.size <= _SMALL else _HEAD)
            if kind := binary_kind(data):
                return Looked(not_looked_at=kind)
            if file.size > len(data):
                data += stream.read(MAX_TEXT_BYTES - len(data))
    except (OSError, Unreadable) as error:
        return Looked(problem=error.reason if isinstance(error, Unreadable) else f"cannot be read: {error.strerror}")
    problem = ""
    if file.size > MAX_TEXT_BYTES:
        problem = f"only the first {MAX_TEXT_BYTES:,} of {file.size:,} bytes were searched for licences"
    return Looked(detect_licenses(data, file.path, detectors), problem=problem)


def look_one_by_one(files: Sequence[SourceFile], detectors: Sequence[Detector]) -> Iterable[Looked]:
    """See LookAll: in this process, one after the other."""
    return (look_into(file, detectors) for file in files)
