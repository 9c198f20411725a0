# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a bill of materials says, whatever its format, and the errors of reading one."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from paddock.engine.model.errors import EngineError
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue


class DocumentFormat(StrEnum):
    """The standards and encodings; the value is the name used on the command line and in results."""

    CYCLONEDX_JSON = "cyclonedx-json"
    CYCLONEDX_XML = "cyclonedx-xml"
    SPDX_JSON = "spdx-json"
    SPDX_YAML = "spdx-yaml"
    SPDX_TAG_VALUE = "spdx-tag-value"
    SPDX_RDF = "spdx-rdf"
    SPDX3_JSON = "spdx3-json"
    OPENVEX = "openvex-json"
    CSAF = "csaf-json"


_STANDARDS = {"cyclonedx": "CycloneDX", "openvex": "OpenVEX", "csaf": "CSAF"}


class Kind(msgspec.Struct, frozen=True):
    """A format in a version of its specification ("1.6", "2.3", "3.0.1")."""

    format: DocumentFormat
    version: str

    def __str__(self) -> str:
        """For people: "CycloneDX 1.6 (JSON)"."""
        standard, _, encoding = self.format.value.partition("-")
        name = _STANDARDS.get(standard, "SPDX")
        return f"{name} {self.version} ({encoding.upper() if encoding != 'tag-value' else encoding})"


class Fault(msgspec.Struct, frozen=True, order=True):
    """One violation: where (JSON path such as `components[3].purl`, or `line 12`), which rule, what is wrong there."""

    place: str
    rule: str
    message: str


class InvalidDocument(EngineError):
    """The bytes are not a valid document of any known format; `faults` says where and why (at least one)."""

    def __init__(self, kind: Kind | None, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{kind or 'unknown format'}: {first.place}: {first.message} [{first.rule}]{more}")
        self.kind = kind
        self.faults = faults


class Written(NamedTuple):
    """A document as bytes, and what the format has no place for."""

    data: bytes
    issues: tuple[Issue, ...] = ()


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A bill of materials, read.

    inventory: one project (origin DESCRIBED) for what the document is about, and its components; several projects where
    the document describes several. A nested component is a component with an edge from its parent. Components without a
    purl get one of type "generic" and the property ("purl", "made up by the reader"). References that lead nowhere,
    licences that are no expressions and the like are issues of the inventory, never dropped in silence.
    serial: the document's own identity (CycloneDX serialNumber, SPDX namespace). authors, tools: as stated.
    """

    kind: Kind
    inventory: Inventory
    serial: str = ""
    revision: int = 1
    created: datetime | None = None
    authors: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
