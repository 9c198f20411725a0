# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Finds out what a document is from what it says, not from its name."""

from collections.abc import Callable
from typing import Any

import msgspec

from paddock.engine.formats.cyclonedx import detect as cyclonedx
from paddock.engine.formats.document import Fault, InvalidDocument, Kind
from paddock.engine.formats.json_text import json_fault
from paddock.engine.formats.spdx2 import detect as spdx2
from paddock.engine.formats.spdx3 import detect as spdx3
from paddock.engine.formats.unpack import unpack

_DETECTORS: tuple[Callable[[str, object | None], Kind | None], ...] = (cyclonedx.detect, spdx3.detect, spdx2.detect)
_COMPLAINTS: tuple[Callable[[str, object | None], Fault | None], ...] = (cyclonedx.complaint,)
_HEAD = 64 * 1024
_SMALL = 4096
_TOP = msgspec.json.Decoder(dict[str, msgspec.Raw])
_NOTHING_KNOWN = Fault(
    "document", "format", "this is neither a CycloneDX nor an SPDX document (in JSON, XML, YAML, tag-value or RDF)"
)


def detect(data: bytes) -> Kind | None:
    """The format and version that the bytes (packed with gzip or not) claim to be in; None: none that is known.

    A claim is no proof: `validate` says whether the document keeps to it.
    """
    try:
        return detect_plain(unpack(data))
    except InvalidDocument:
        return None


def detect_plain(data: bytes) -> Kind | None:
    """As `detect`, for bytes that `unpack` gave."""
    head, value = _head(data), _outermost(data)
    return next((kind for kind in (find(head, value) for find in _DETECTORS) if kind is not None), None)


def unknown(data: bytes) -> Fault:
    """Why bytes that `unpack` gave are of no known kind: the nearest miss."""
    head, value = _head(data), _outermost(data)
    if value is None and head.lstrip()[:1] in ("{", "["):
        return json_fault(data) or _NOTHING_KNOWN
    return next((fault for fault in (find(head, value) for find in _COMPLAINTS) if fault is not None), _NOTHING_KNOWN)


def near_miss(data: bytes) -> Fault | None:
    """What keeps bytes (packed or not) that look like a document from being read as one; None when they do not."""
    try:
        fault = unknown(unpack(data))
    except InvalidDocument as error:
        return error.faults[0]
    return None if fault == _NOTHING_KNOWN else fault


def _head(data: bytes) -> str:
    return data[:_HEAD].decode("utf-8", "replace")


def _outermost(data: bytes) -> dict[str, Any] | None:
    """The outermost object of a JSON document, with None in the place of values over 4 KiB; None for all else."""
    if data.lstrip()[:1] != b"{":
        return None
    try:
        return {key: _value(raw) for key, raw in _TOP.decode(data).items()}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _value(raw: msgspec.Raw) -> Any:
    return msgspec.json.decode(raw) if len(memoryview(raw)) < _SMALL else None
