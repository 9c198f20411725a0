# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Bills of materials: the inventory with what is known of licences, as CycloneDX or SPDX."""

import hashlib
import uuid

import msgspec

from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.formats.write import write
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.result import Result
from paddock.engine.reporter.licensed import licenses_by_ref
from paddock.engine.reporter.report import Report


def render(result: Result, kind: Kind) -> bytes:
    """The bill of materials of a result in one format. The serial number follows from the content and the date, so
    that the same scan at the same time is the same document.
    """
    digest = hashlib.sha256(f"{result.created.isoformat()} {result.subject.name}".encode())
    for component in result.inventory.components:
        digest.update(component.ref.encode())
    serial = serial_from(digest.hexdigest())
    inventory = with_licenses(result)
    return write(inventory, kind, created=result.created, serial=serial, tool=result.tool, advice=result.advice)


def serial_from(text: str) -> str:
    """A serial number (`urn:uuid:…`, RFC 9562 version 5) that follows from a text alone."""
    return uuid.uuid5(uuid.NAMESPACE_URL, text).urn


def with_licenses(result: Result) -> Inventory:
    """The inventory whose components carry SPDX expressions instead of free text, where every text was understood."""
    facts = licenses_by_ref(result)
    components = []
    for component in result.inventory.components:
        fact = facts.get(component.ref)
        if fact is None:
            components.append(component)
            continue
        mapped = bool(fact.declared) and not fact.unmapped
        components.append(
            msgspec.structs.replace(
                component,
                declared_licenses=(fact.declared,) if mapped else component.declared_licenses,
                concluded_license=fact.concluded,
            )
        )
    name = result.inventory.name or result.subject.name
    return msgspec.structs.replace(result.inventory, components=tuple(components), name=name)


KINDS: dict[str, Kind] = {
    "cyclonedx": Kind(DocumentFormat.CYCLONEDX_JSON, "1.6"),
    "cyclonedx-1.7": Kind(DocumentFormat.CYCLONEDX_JSON, "1.7"),
    "cyclonedx-xml": Kind(DocumentFormat.CYCLONEDX_XML, "1.6"),
    "cyclonedx-xml-1.7": Kind(DocumentFormat.CYCLONEDX_XML, "1.7"),
    "spdx": Kind(DocumentFormat.SPDX_JSON, "2.3"),
    "spdx-tag-value": Kind(DocumentFormat.SPDX_TAG_VALUE, "2.3"),
    "spdx3": Kind(DocumentFormat.SPDX3_JSON, "3.0.1"),
}
"""The bills of materials that can be written, by the name on the command line."""

_SUFFIXES = {
    DocumentFormat.CYCLONEDX_JSON: ".cdx.json",
    DocumentFormat.CYCLONEDX_XML: ".cdx.xml",
    DocumentFormat.SPDX_JSON: ".spdx.json",
    DocumentFormat.SPDX_TAG_VALUE: ".spdx",
    DocumentFormat.SPDX3_JSON: ".spdx3.json",
}


_FILE_NAMES = {"cyclonedx": ("bom.json",), "cyclonedx-xml": ("bom.xml",)}
"""The names that the CycloneDX specification recommends (https://cyclonedx.org/specification/overview/)."""


def _report(name: str, kind: Kind) -> Report:
    return Report(
        name=name,
        title=str(kind),
        suffix=_SUFFIXES[kind.format],
        file_names=_FILE_NAMES.get(name, ()),
        render=lambda result: render(result, kind),
    )


REPORTS = tuple(_report(name, kind) for name, kind in KINDS.items())
