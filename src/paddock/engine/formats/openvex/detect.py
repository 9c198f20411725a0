# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Recognises OpenVEX documents by their context."""

import re

from paddock.engine.formats.document import DocumentFormat, Fault, Kind

VERSIONS = ("0.0.1", "0.2.0")
CURRENT = "0.2.0"
_CONTEXT = re.compile(r"https?://openvex\.dev/ns(?:/v?([0-9][0-9A-Za-z.\-+]*))?/?#?")


def detect(value: object) -> Kind | None:
    """The kind that the outermost object of a document claims; None when it is none we know."""
    version = _claimed(value)
    return Kind(DocumentFormat.OPENVEX, version) if version in VERSIONS else None


def complaint(value: object) -> Fault | None:
    """What keeps a document that resembles OpenVEX from being one; None when it resembles nothing of the kind."""
    version = _claimed(value)
    if version is not None:
        known = ", ".join(VERSIONS)
        return Fault("@context", "version", f"OpenVEX {version[:40]} is not known; known are {known}")
    if isinstance(value, dict) and "statements" in value and ("author" in value or "@id" in value):
        return Fault("@context", "required", "'@context' is missing or not that of OpenVEX")
    return None


def _claimed(value: object) -> str | None:
    """The version in the context; without one it is 0.0.1 (specification, "Document Struct Fields")."""
    if not isinstance(value, dict):
        return None
    contexts = value.get("@context")
    for context in contexts if isinstance(contexts, list) else [contexts]:
        found = _CONTEXT.fullmatch(context) if isinstance(context, str) else None
        if found:
            return found[1] or "0.0.1"
    return None
