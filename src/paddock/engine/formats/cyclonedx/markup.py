# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes the CycloneDX XML of a document that is given in the shape of the JSON.

Order of elements: https://cyclonedx.org/docs/1.7/xml/ . Characters that XML 1.0 does not have become U+FFFD.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

from paddock.engine.formats.cyclonedx.detect import NAMESPACE

Value = dict[str, Any]
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without characters that XML cannot carry."""
    return _NO_XML.sub("\ufffd", text)


def as_carried(value: Any) -> Any:
    """A JSON-shaped value as reading the XML gives it back: clean, and trimmed outside properties."""
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, list):
        return [as_carried(item) for item in value]
    if isinstance(value, dict):
        return {
            key: [_carried_property(item) for item in part] if key == "properties" else as_carried(part)
            for key, part in value.items()
        }
    return value


def _carried_property(value: Value) -> Value:
    return {"name": clean(value["name"]), "value": clean(value["value"])}


def to_xml(bom: Value, more: "Callable[[Markup, etree._Element], None]" = lambda *_: None) -> bytes:
    """The document as bytes in UTF-8, indented. more: adds what comes after the dependencies."""
    namespace = NAMESPACE + bom["specVersion"]
    writer = Markup(namespace)
    root = etree.XML(f'<bom xmlns="{namespace}"/>')
    if "serialNumber" in bom:
        root.set("serialNumber", bom["serialNumber"])
    root.set("version", str(bom["version"]))
    writer.metadata(root, bom["metadata"])
    parent = writer.add(root, "components")
    for component in bom["components"]:
        writer.component(parent, component)
    parent = writer.add(root, "dependencies")
    for dependency in bom["dependencies"]:
        element = writer.add(parent, "dependency", ref=dependency["ref"])
        for ref in dependency.get("dependsOn", ()):
            writer.add(element, "dependency", ref=ref)
    more(writer, root)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


class Markup:
    """Adds elements of one namespace, in the order that the schema wants."""

    def __init__(self, namespace: str) -> None:
        self._prefix = f"{{{namespace}}}"

    def add(self, parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
        """Add an element with a text and attributes."""
        element = etree.SubElement(parent, self._prefix + name)
        if text is not None:
            element.text = clean(text)
        for key, value in attributes.items():
            element.set(key, clean(value))
        return element

    def texts(self, parent: etree._Element, value: Value, names: Iterable[str]) -> None:
        """Add an element for each field that is there."""
        for name in names:
            if name in value:
                self.add(parent, name, str(value[name]))

    def metadata(self, root: etree._Element, value: Value) -> None:
        """Add the metadata."""
        element = self.add(root, "metadata")
        self.texts(element, value, ("timestamp",))
        parent = self.add(self.add(element, "tools"), "components")
        for tool in value["tools"]["components"]:
            self.component(parent, tool)
        self.component(element, value["component"])
        self.properties(element, value)

    def component(self, parent: etree._Element, value: Value) -> None:
        """Add a component with everything in it."""
        element = self.add(parent, "component", type=value["type"])
        if "bom-ref" in value:
            element.set("bom-ref", clean(value["bom-ref"]))
        if value.get("isExternal"):
            element.set("isExternal", "true")
        if "supplier" in value:
            self.texts(self.add(element, "supplier"), value["supplier"], ("name",))
        if "authors" in value:
            authors = self.add(element, "authors")
            for author in value["authors"]:
                self.texts(self.add(authors, "author"), author, ("name", "email"))
        self.texts(element, value, ("publisher", "group", "name", "version", "versionRange", "description", "scope"))
        if "hashes" in value:
            hashes = self.add(element, "hashes")
            for digest in value["hashes"]:
                self.add(hashes, "hash", digest["content"], alg=digest["alg"])
        self.licenses(element, value)
        self.texts(element, value, ("copyright", "cpe", "purl"))
        if "modified" in value:
            self.add(element, "modified", "true" if value["modified"] else "false")
        if "externalReferences" in value:
            references = self.add(element, "externalReferences")
            for reference in value["externalReferences"]:
                self.texts(self.add(references, "reference", type=reference["type"]), reference, ("url",))
        self.properties(element, value)
        if "evidence" in value:
            occurrences = self.add(self.add(element, "evidence"), "occurrences")
            for occurrence in value["evidence"]["occurrences"]:
                self.texts(self.add(occurrences, "occurrence"), occurrence, ("location", "line"))

    def licenses(self, parent: etree._Element, value: Value) -> None:
        """Add the licences, if there are any."""
        if "licenses" not in value:
            return
        licenses = self.add(parent, "licenses")
        for choice in value["licenses"]:
            if "expression" in choice:
                self.add(licenses, "expression", choice["expression"], acknowledgement=choice["acknowledgement"])
            else:
                named = choice["license"]
                element = self.add(licenses, "license", acknowledgement=named["acknowledgement"])
                self.texts(element, named, ("id", "name"))

    def properties(self, parent: etree._Element, value: Value) -> None:
        """Add the properties, if there are any."""
        if "properties" in value:
            properties = self.add(parent, "properties")
            for item in value["properties"]:
                self.add(properties, "property", item["value"]).set("name", clean(item["name"]))
