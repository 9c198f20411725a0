# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Recognises CSAF documents by the version that they state."""

from paddock.engine.formats import fields
from paddock.engine.formats.document import DocumentFormat, Fault, Kind

VERSIONS = ("2.0", "2.1")


def detect(value: object) -> Kind | None:
    """The kind that the outermost object of a document claims; None when it is none we know."""
    version = fields.text(fields.record(value, "document"), "csaf_version")
    return Kind(DocumentFormat.CSAF, version) if version in VERSIONS else None


def complaint(value: object) -> Fault | None:
    """What keeps a document that resembles CSAF from being one; None when it resembles nothing of the kind."""
    document = fields.record(value, "document")
    if "csaf_version" in document:
        known = " and ".join(VERSIONS)
        message = f"{str(document['csaf_version'])[:40]!r} is not known; known are {known}"
        return Fault("document.csaf_version", "version", message)
    if "tracking" in document and "publisher" in document:
        return Fault("document.csaf_version", "required", "'csaf_version' is missing")
    return None
