# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes an inventory as a bill of materials."""

from datetime import datetime
from typing import Protocol

from paddock.engine.formats.cyclonedx.writer import write_document as write_cyclonedx
from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.spdx2.writer import write_document as write_spdx2
from paddock.engine.formats.spdx3.writer import write_document as write_spdx3
from paddock.engine.model.errors import EngineError
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.result import Tool
from paddock.engine.model.vulnerability import VulnerabilityFindings


class UnsupportedKind(EngineError):
    """A format or version that is read but not written."""


class _Writer(Protocol):
    def __call__(self, inventory: Inventory, kind: Kind, *, created: datetime, serial: str, tool: Tool) -> bytes: ...


_WRITERS: dict[Kind, _Writer] = {
    Kind(DocumentFormat.CYCLONEDX_JSON, "1.6"): write_cyclonedx,
    Kind(DocumentFormat.CYCLONEDX_JSON, "1.7"): write_cyclonedx,
    Kind(DocumentFormat.CYCLONEDX_XML, "1.6"): write_cyclonedx,
    Kind(DocumentFormat.CYCLONEDX_XML, "1.7"): write_cyclonedx,
    Kind(DocumentFormat.SPDX_JSON, "2.3"): write_spdx2,
    Kind(DocumentFormat.SPDX_TAG_VALUE, "2.3"): write_spdx2,
    Kind(DocumentFormat.SPDX3_JSON, "3.0.1"): write_spdx3,
}

WRITABLE: tuple[Kind, ...] = tuple(_WRITERS)
"""Every kind that `write` can write."""


def write(
    inventory: Inventory,
    kind: Kind,
    *,
    created: datetime,
    serial: str,
    tool: Tool,
    advice: VulnerabilityFindings | None = None,
) -> bytes:
    """The inventory as a document of this kind; it validates, and reading it back gives the same inventory.

    created: the time to state (without zone: UTC). serial: the identity of the document; CycloneDX wants a UUID, with
    or without `urn:uuid:`, and another text gets a UUID made from it. tool: who made it.
    advice: known vulnerabilities; of the standards that can be written, CycloneDX has a place for them.
    Raises UnsupportedKind.
    """
    writer = _WRITERS.get(kind)
    if writer is None:
        known = ", ".join(str(known) for known in _WRITERS)
        raise UnsupportedKind(f"{kind} cannot be written; choose one of {known}")
    if writer is write_cyclonedx:
        return write_cyclonedx(inventory, kind, created=created, serial=serial, tool=tool, advice=advice)
    return writer(inventory, kind, created=created, serial=serial, tool=tool)
