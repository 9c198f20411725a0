# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes CycloneDX 1.6 and 1.7, JSON and XML.

The document is described first, then read back as if others had written it; what that reading lacks goes beside it as
properties (see restoration.py). So the document says in CycloneDX's own words all that it can, and nothing is lost.
"""

import re
import uuid
from datetime import UTC, datetime
from typing import Any

import msgspec

from paddock.engine.formats.bill.remainder import component_remainder, document_remainder, pack, project_remainder
from paddock.engine.formats.cyclonedx import bom as stated
from paddock.engine.formats.cyclonedx.description import WRAPPER, describe, project_refs
from paddock.engine.formats.cyclonedx.markup import as_carried, to_xml
from paddock.engine.formats.cyclonedx.restoration import REMAINDER
from paddock.engine.formats.cyclonedx.statements import Plan, state
from paddock.engine.formats.cyclonedx.vulnerabilities import (
    add_vulnerabilities,
    data_properties,
    describe_vulnerabilities,
)
from paddock.engine.formats.document import DocumentFormat, Kind
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.purl import PackageURL, parse_purl
from paddock.engine.model.result import Tool
from paddock.engine.model.vulnerability import VulnerabilityFindings

_SURROGATE = re.compile("[\ud800-\udfff]")


def write_document(
    inventory: Inventory,
    kind: Kind,
    *,
    created: datetime,
    serial: str,
    tool: Tool,
    advice: VulnerabilityFindings | None = None,
) -> bytes:
    """The inventory as a document of this kind (1.6 or 1.7). created: without zone it counts as UTC. advice: the known
    vulnerabilities, where they were looked up.

    Lone surrogates, which no encoding carries, become U+FFFD.
    """
    inventory = _encodable(inventory)
    xml = kind.format is DocumentFormat.CYCLONEDX_XML
    described = describe(inventory, kind.version)
    remainders = _remainders(inventory, as_carried(described) if xml else described)
    for value in (described["root"], *described["components"]):
        _attach(value, remainders.get(value["bom-ref"]))
    bom: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": kind.version,
        "serialNumber": _serial(serial),
        "version": 1,
        "metadata": {
            "timestamp": _timestamp(created),
            "tools": {"components": [{"type": "application", "name": tool.name, "version": tool.version[:1024]}]},
            "component": described["root"],
            "properties": [{"name": REMAINDER, "value": pack(remainders[""])}, *data_properties(advice)],
        },
        "components": described["components"],
        "dependencies": described["dependencies"],
    }
    if not bom["serialNumber"]:
        del bom["serialNumber"]
    found = describe_vulnerabilities(advice, inventory) if advice is not None and advice.data else None
    if xml:
        return (
            to_xml(bom) if found is None else to_xml(bom, lambda markup, root: add_vulnerabilities(markup, root, found))
        )
    if found is not None:
        bom["vulnerabilities"] = found
    return msgspec.json.format(msgspec.json.encode(bom), indent=2) + b"\n"


def _remainders(meant: Inventory, described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What reading the described document would not give: by bom-ref, and under "" for the document as a whole."""
    wrapped = described["root"]["bom-ref"] == WRAPPER
    bom = msgspec.convert(
        {
            "metadata": {"component": described["root"]},
            "components": described["components"],
            "dependencies": described["dependencies"],
        },
        stated.Bom,
    )
    projects = project_refs(meant)
    read = state(bom, Plan(projects, wrapped)).inventory
    components = {component.ref: component for component in read.components}
    read_projects = {project.id: project for project in read.projects}
    remainders = {
        component.ref: facts
        for component in meant.components
        if (facts := component_remainder(components[component.ref], component))
    }
    for ref, project in zip(projects, meant.projects, strict=True):
        remainders[ref] = project_remainder(read_projects[project.id], project)
    remainders[""] = document_remainder(read, meant) | ({"wrapped": True} if wrapped else {})
    return remainders


def _attach(value: dict[str, Any], facts: dict[str, Any] | None) -> None:
    if facts:
        value["properties"] = [*value.get("properties", ()), {"name": REMAINDER, "value": pack(facts)}]


def _serial(text: str) -> str:
    """A UUID as a URN: the text itself where it is one, else one made from the text; "" stays."""
    if not text:
        return ""
    try:
        return f"urn:uuid:{uuid.UUID(text)}"
    except ValueError:
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}"


def _timestamp(time: datetime) -> str:
    zoned = time if time.tzinfo else time.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _encodable(inventory: Inventory) -> Inventory:
    try:
        msgspec.json.encode(inventory, enc_hook=str)
    except UnicodeEncodeError:
        value = _without_surrogates(msgspec.to_builtins(inventory, enc_hook=str))
        return msgspec.convert(value, Inventory, dec_hook=_decode)
    return inventory


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    return value


def _decode(wanted: type, value: Any) -> Any:
    return parse_purl(value) if wanted is PackageURL else value
