# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The JSON form of a document, whatever its notation, with where each part of it stands in the bytes."""

import re
from typing import Any

import msgspec

from paddock.engine.formats.document import Fault, InvalidDocument, Kind

_LAST = re.compile(r"(?:\.[^.\[\]]+|\[\d+\])$")


class Breach(msgspec.Struct, frozen=True):
    """One broken rule. path: JSON path ("packages[3].name", "" for the document).

    fatal: the document cannot be trusted to say what it seems to say, so it is refused; otherwise reading goes on and
    tells.
    """

    path: str
    rule: str
    message: str
    fatal: bool = False


class Raw(msgspec.Struct, kw_only=True):
    """A document as JSON-like values.

    lines: line numbers of paths, for notations in which a line says more than a path; a part that is not listed stands
    where the nearest listed part around it does. texts_only: scalars are all text (YAML, tag-value, RDF), so "true" is
    a truth value and "12" a number. breaches: what the notation itself already got wrong.
    """

    value: dict[str, Any]
    lines: dict[str, int] = {}
    texts_only: bool = False
    breaches: list[Breach] = []

    def fault(self, breach: Breach) -> Fault:
        """The breach with its place as people find it."""
        if not self.lines:
            return Fault(breach.path or "document", breach.rule, breach.message)
        path = breach.path
        while path and path not in self.lines:
            shorter = _LAST.sub("", path)
            path = shorter if shorter != path else ""
        line = self.lines.get(path, 1)
        subject = f"{breach.path}: " if breach.path else ""
        return Fault(f"line {line}", breach.rule, f"{subject}{breach.message}")


def refused(kind: Kind, place: str, rule: str, message: str) -> InvalidDocument:
    """The error for bytes that cannot even be taken apart."""
    return InvalidDocument(kind, (Fault(place, rule, message),))


def text_of(data: bytes, kind: Kind) -> str:
    """Bytes as text, by byte order mark, else UTF-8. Raises InvalidDocument naming the line."""
    encoding = "utf-8"
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            encoding = name
            break
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} is not {encoding.upper()}"
        raise refused(kind, f"line {line}", "text encoding", message) from error
