# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Recognises CycloneDX documents by what they say about themselves."""

import re

from paddock.engine.formats.cyclonedx.schemas import JSON_VERSIONS, XML_VERSIONS
from paddock.engine.formats.document import DocumentFormat, Fault, Kind

NAMESPACE = "http://cyclonedx.org/schema/bom/"
_ROOT = re.compile(
    r"""<(?:[\w.\-]+:)?bom(?=[\s>/])[^>]*?\bxmlns(?::[\w.\-]+)?\s*=\s*["']http://cyclonedx\.org/schema/bom/([^"']*)["']"""
)
_BEFORE_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL)
_IN_BROKEN_JSON = re.compile(r'"bomFormat"\s*:\s*"CycloneDX"')
_VERSION_IN_BROKEN_JSON = re.compile(r'"specVersion"\s*:\s*"([^"\\]*)"')


def detect(head: str, value: object | None) -> Kind | None:
    """The kind that a document claims; None when it is none we know.

    head: the beginning of the document as text (64 KiB do). value: the outermost object where it is JSON, else None.
    """
    claimed = _claimed(head, value)
    if claimed is None:
        return None
    notation, version = claimed
    return Kind(notation, version) if version in _versions(notation) else None


def complaint(head: str, value: object | None) -> Fault | None:
    """What keeps a document that resembles CycloneDX from being one; None when it resembles nothing of the kind."""
    claimed = _claimed(head, value)
    if claimed is not None:
        notation, version = claimed
        return Fault(
            "specVersion" if notation is DocumentFormat.CYCLONEDX_JSON else "line 1",
            "version",
            f"CycloneDX {version[:40] or '(no version)'} is not known; known are {', '.join(_versions(notation))}",
        )
    if isinstance(value, dict) and ("bomFormat" in value or "specVersion" in value):
        if "bomFormat" not in value:
            return Fault("document", "required", "'bomFormat' is missing")
        return Fault("bomFormat", "enum", f"{str(value['bomFormat'])[:40]!r} is not 'CycloneDX'")
    return None


def _versions(notation: DocumentFormat) -> tuple[str, ...]:
    return JSON_VERSIONS if notation is DocumentFormat.CYCLONEDX_JSON else XML_VERSIONS


def _claimed(head: str, value: object | None) -> tuple[DocumentFormat, str] | None:
    if value is not None:
        if not isinstance(value, dict) or value.get("bomFormat") != "CycloneDX":
            return None
        version = value.get("specVersion")
        return DocumentFormat.CYCLONEDX_JSON, version if isinstance(version, str) else ""
    first = head.lstrip()[:1]
    if first == "<":
        start = _BEFORE_ROOT.match(head)
        root = _ROOT.match(head, start.end() if start else 0)
        return (DocumentFormat.CYCLONEDX_XML, root.group(1)) if root else None
    if first == "{" and _IN_BROKEN_JSON.search(head):
        found = _VERSION_IN_BROKEN_JSON.search(head)
        return DocumentFormat.CYCLONEDX_JSON, found.group(1) if found else ""
    return None
