# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Finds out what a document is from what it says, not from its name."""

from collections.abc import Callable
from typing import Any

import msgspec

from paddock.engine.formats.cyclonedx import detect as cyclonedx
from paddock.engine.formats.document import Fault, InvalidDocument, Kind
from paddock.engine.formats.json_text import json_fault
from paddock.engine.formats.unpack import unpack

_DETECTORS: tuple[Callable[[Any], Kind | None], ...] = (cyclonedx.detect,)
_COMPLAINTS: tuple[Callable[[Any], Fault | None], ...] = (cyclonedx.complaint,)
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
    claim = claim_of(data)
    return next((kind for kind in (find(claim) for find in _DETECTORS) if kind is not None), None)


def unknown(data: bytes) -> Fault:
    """Why bytes that `unpack` gave are of no known kind: the nearest miss."""
    claim = claim_of(data)
    if isinstance(claim, str) and claim.lstrip()[:1] in ("{", "["):
        return json_fault(data) or _NOTHING_KNOWN
    return next((fault for fault in (find(claim) for find in _COMPLAINTS) if fault is not None), _NOTHING_KNOWN)


def claim_of(data: bytes) -> dict[str, Any] | str:
    """What detectors look at: the outermost object of a JSON document, else the whole text.

    Of the object only values under 4 KiB are there, others are None. Broken JSON comes as text.
    """
    if data.lstrip()[:1] == b"{":
        try:
            return {key: _value(raw) for key, raw in _TOP.decode(data).items()}
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            pass
    return data.decode("utf-8", "replace")


def _value(raw: msgspec.Raw) -> Any:
    return msgspec.json.decode(raw) if len(bytes(raw)) < _SMALL else None
