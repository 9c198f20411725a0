# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Recognises SPDX 2 documents."""

import re

from paddock.engine.formats.document import DocumentFormat, Kind

_TAG = re.compile(r"^SPDXVersion:[ \t]*SPDX-(\d+\.\d+)[ \t]*\r?$", re.MULTILINE)
_YAML = re.compile(r"^[\"']?spdxVersion[\"']?[ \t]*:[ \t]*[\"']?SPDX-(\d+\.\d+)", re.MULTILINE)
_YAML_ID = re.compile(r"^[\"']?SPDXID[\"']?[ \t]*:[ \t]*[\"']?SPDXRef-DOCUMENT\b", re.MULTILINE)
_RDF_VERSION = re.compile(r"specVersion(?:[ \t\r\n]*=[ \t\r\n]*[\"']|[^<>]*>)\s*SPDX-(\d+\.\d+)")
_RDF_TERMS = "http://spdx.org/rdf/terms#"


def detect(head: str, value: object | None) -> Kind | None:
    """The kind of a document, None when it is no SPDX 2.

    head: the beginning of the document as text (64 kB do). value: the whole document where it is JSON, else None.
    Any version is recognised; that it is one that can be read is the reader's matter. An RDF or YAML document whose
    version stands behind the head counts as 2.3, and the reader looks again.
    """
    if value is not None:
        if not isinstance(value, dict) or "@graph" in value or not isinstance(value.get("spdxVersion"), str):
            return None
        version = value["spdxVersion"].removeprefix("SPDX-")
        return Kind(DocumentFormat.SPDX_JSON, version[:20])
    if found := _TAG.search(head):
        return Kind(DocumentFormat.SPDX_TAG_VALUE, found.group(1))
    if _RDF_TERMS in head and "RDF" in head and head.lstrip("\ufeff \t\r\n").startswith("<"):
        stated = _RDF_VERSION.search(head)
        return Kind(DocumentFormat.SPDX_RDF, stated.group(1) if stated else "2.3")
    if found := _YAML.search(head):
        return Kind(DocumentFormat.SPDX_YAML, found.group(1))
    if _YAML_ID.search(head):
        return Kind(DocumentFormat.SPDX_YAML, "2.3")
    return None
