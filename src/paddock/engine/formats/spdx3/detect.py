# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Recognises SPDX 3 documents."""

import re

from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.spdx3.graph import context_version

_CONTEXT = re.compile(r"https?://spdx\.org/rdf/(\d+\.\d+(?:\.\d+)?)/spdx-context\.jsonld")


def detect(_head: str, value: object | None) -> Kind | None:
    """The kind of a document, None when it is no SPDX 3.

    value: the document where it is JSON, else None; only `@context` is looked at. Any version whose context has the
    usual address is recognised; that it is one that can be read is the reader's matter.
    """
    if not isinstance(value, dict):
        return None
    context = value.get("@context")
    version = context_version(context)
    if version is not None:
        return Kind(DocumentFormat.SPDX3_JSON, version)
    for item in context if isinstance(context, list) else [context]:
        found = _CONTEXT.fullmatch(item) if isinstance(item, str) else None
        if found:
            return Kind(DocumentFormat.SPDX3_JSON, found.group(1))
    return None
