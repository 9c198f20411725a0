# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Recognises CycloneDX documents by what they say about themselves."""

import re
from typing import Any

from paddock.engine.formats.cyclonedx.schemas import JSON_VERSIONS, XML_VERSIONS
from paddock.engine.formats.document import DocumentFormat, Fault, Kind

NAMESPACE = "http://cyclonedx.org/schema/bom/"
_ROOT = re.compile(r"""<(?:[\w.\-]+:)?bom(?=[\s>/])[^>]*?\bxmlns(?::[\w.\-]+)?\s*=\s*["']http://cyclonedx\.org/schema/bom/([^"']*)["']""")
_BEFORE_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL)
_IN_BROKEN_JSON = re.compile(r'"bomFormat"\s*:\s*"CycloneDX"')
_VERSION_IN_BROKEN_JSON = re.compile(r'"specVersion"\s*:\s*"([^"\\]*)"')


def detect(claim: dict[str, Any] | str) -> Kind | None:
    """The kind that the outermost JSON object, or a text (XML, broken JSON), claims; None when it is none we know."""
    format_and_version = _claimed(claim)
    if format_and_version is None:
        return None
    format, version = format_and_version
    known = JSON_VERSIONS if format is DocumentFormat.CYCLONEDX_JSON else XML_VERSIONS
    return Kind(format, version) if version in known else None


def complaint(claim: dict[str, Any] | str) -> Fault | None:
    """What keeps a document that resembles CycloneDX from being one; None when it resembles nothing of the kind."""
    claimed = _claimed(claim)
    if claimed is not None:
        json = claimed[0] is DocumentFormat.CYCLONEDX_JSON
        versions = JSON_VERSIONS if json else XML_VERSIONS
        return Fault(
            "specVersion" if json else "line 1",
            "version",
            f"CycloneDX {claimed[1][:40] or '(no version)'} is not known; known are {', '.join(versions)}",
        )
    if isinstance(claim, dict) and ("bomFormat" in claim or "specVersion" in claim):
        if "bomFormat" not in claim:
            return Fault("document", "required", "'bomFormat' is missing")
        return Fault("bomFormat", "enum", f"{str(claim['bomFormat'])[:40]!r} is not 'CycloneDX'")
    return None


def _claimed(claim: dict[str, Any] | str) -> tuple[DocumentFormat, str] | None:
    if isinstance(claim, dict):
        if claim.get("bomFormat") != "CycloneDX":
            return None
        version = claim.get("specVersion")
        return DocumentFormat.CYCLONEDX_JSON, version if isinstance(version, str) else ""
    if claim.lstrip()[:1] == "<":
        start = _BEFORE_ROOT.match(claim)
        root = _ROOT.match(claim, start.end() if start else 0)
        return (DocumentFormat.CYCLONEDX_XML, root.group(1)) if root else None
    if claim.lstrip()[:1] == "{" and _IN_BROKEN_JSON.search(claim):
        version_found = _VERSION_IN_BROKEN_JSON.search(claim)
        return DocumentFormat.CYCLONEDX_JSON, version_found.group(1) if version_found else ""
    return None
