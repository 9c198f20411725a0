# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CycloneDX XML in the shape of its JSON, as far as `bom.Bom` reads it. The element tree was validated before.

Order and names: https://cyclonedx.org/docs/1.7/xml/ . Text is trimmed, except that of properties.
"""

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

Value = dict[str, Any]
_TEXTS = frozenset(
    (
        "author",
        "publisher",
        "group",
        "name",
        "version",
        "versionRange",
        "description",
        "scope",
        "copyright",
        "cpe",
        "purl",
    )
)


def bom_value(root: etree._Element) -> Value:
    """The whole document."""
    value: Value = {"version": int(root.get("version") or 1)}
    if serial := root.get("serialNumber"):
        value["serialNumber"] = serial
    for name, child in _children(root):
        if name == "metadata":
            value["metadata"] = _metadata(child)
        elif name == "components":
            value["components"] = _components(child)
        elif name == "services":
            value["services"] = [_service(item) for item in _named(child, "service")]
        elif name == "dependencies":
            value["dependencies"] = [_dependency(item) for item in _named(child, "dependency")]
        elif name == "compositions":
            value["compositions"] = [_texts(item) for item in _named(child, "composition")]
        elif name == "vulnerabilities":
            value["vulnerabilities"] = [_vulnerability(item) for item in _named(child, "vulnerability")]
    return value


def _metadata(element: etree._Element) -> Value:
    value: Value = {}
    for name, child in _children(element):
        if name == "timestamp":
            value["timestamp"] = _text(child)
        elif name == "tools":
            value["tools"] = _tools(child)
        elif name == "authors":
            value["authors"] = [_texts(item) for item in _named(child, "author")]
        elif name == "component":
            value["component"] = _component(child)
        elif name == "properties":
            value["properties"] = _properties(child)
    return value


def _tools(element: etree._Element) -> Value | list[Value]:
    legacy = [_texts(item) for item in _named(element, "tool")]
    if legacy:
        return legacy
    value: Value = {}
    for name, child in _children(element):
        if name == "components":
            value["components"] = _components(child)
        elif name == "services":
            value["services"] = [_service(item) for item in _named(child, "service")]
    return value


def _components(element: etree._Element) -> list[Value]:
    return [_component(item) for item in _named(element, "component")]


def _component(element: etree._Element) -> Value:
    value: Value = {"type": element.get("type", "library")}
    if ref := element.get("bom-ref"):
        value["bom-ref"] = ref
    if (element.get("isExternal") or "").strip() in ("true", "1"):
        value["isExternal"] = True
    for name, child in _children(element):
        if name in _TEXTS:
            value[name] = _text(child)
        elif name in _PARTS:
            value[name] = _PARTS[name](child)
    return value


def _service(element: etree._Element) -> Value:
    texts = _texts(element)
    value: Value = {name: texts[name] for name in ("group", "name", "version") if name in texts}
    if ref := element.get("bom-ref"):
        value["bom-ref"] = ref
    nested = [_service(item) for child in _named(element, "services") for item in _named(child, "service")]
    if nested:
        value["services"] = nested
    return value


def _dependency(element: etree._Element) -> Value:
    return {
        "ref": element.get("ref", ""),
        "dependsOn": [child.get("ref", "") for child in _named(element, "dependency")],
    }


def _licenses(element: etree._Element) -> list[Value]:
    found: list[Value] = []
    for name, child in _children(element):
        acknowledgement = child.get("acknowledgement", "")
        if name == "license":
            named: Value = {**_texts(child), "acknowledgement": acknowledgement}
            found.append({"license": named})
        elif name == "expression":
            found.append({"expression": _text(child), "acknowledgement": acknowledgement})
        elif name == "expression-detailed":
            found.append({"expression": child.get("expression", ""), "acknowledgement": acknowledgement})
    return found


def _properties(element: etree._Element) -> list[Value]:
    return [{"name": item.get("name", ""), "value": item.text or ""} for item in _named(element, "property")]


def _hashes(element: etree._Element) -> list[Value]:
    return [{"alg": item.get("alg", ""), "content": _text(item)} for item in _named(element, "hash")]


def _references(element: etree._Element) -> list[Value]:
    return [_texts(item) | {"type": item.get("type", "")} for item in _named(element, "reference")]


def _authors(element: etree._Element) -> list[Value]:
    return [_texts(item) for item in _named(element, "author")]


def _evidence(element: etree._Element) -> Value:
    value: Value = {"identity": [_texts(item) for item in _named(element, "identity")]}
    for name, child in _children(element):
        if name == "occurrences":
            value["occurrences"] = [_occurrence(item) for item in _named(child, "occurrence")]
        elif name == "copyright":
            value["copyright"] = [{"text": _text(item)} for item in _named(child, "text")]
    return value


def _occurrence(element: etree._Element) -> Value:
    texts = _texts(element)
    value: Value = {"location": texts.get("location", "")}
    if texts.get("line", "").isascii() and texts.get("line", "").isdigit():
        value["line"] = int(texts["line"][:18])
    return value


def _pedigree(element: etree._Element) -> Value:
    return {
        name: list(range(len(child)))
        for name, child in _children(element)
        if name in ("ancestors", "commits", "patches")
    }


def _vulnerability(element: etree._Element) -> Value:
    """What VEX reads of a vulnerability."""
    value: Value = dict(_texts(element))
    if ref := element.get("bom-ref"):
        value["bom-ref"] = ref
    for name, child in _children(element):
        if name == "references":
            value["references"] = [_texts(item) for item in _named(child, "reference")]
        elif name == "analysis":
            value["analysis"] = _analysis(child)
        elif name == "affects":
            value["affects"] = [_target(item) for item in _named(child, "target")]
        elif name == "properties":
            value["properties"] = _properties(child)
    return value


def _analysis(element: etree._Element) -> Value:
    value: Value = dict(_texts(element))
    lists = list(_named(element, "responses"))
    if lists:
        value["response"] = [_text(item) for child in lists for item in _named(child, "response")]
    return value


def _target(element: etree._Element) -> Value:
    value: Value = dict(_texts(element))
    lists = list(_named(element, "versions"))
    if lists:
        value["versions"] = [_texts(item) for child in lists for item in _named(child, "version")]
    return value


def _flag(element: etree._Element) -> bool:
    return _text(element) in ("true", "1")


_PARTS: dict[str, Callable[[etree._Element], Any]] = {
    "supplier": lambda element: {"name": _texts(element).get("name", "")},
    "manufacturer": lambda element: {"name": _texts(element).get("name", "")},
    "authors": _authors,
    "hashes": _hashes,
    "licenses": _licenses,
    "externalReferences": _references,
    "properties": _properties,
    "components": _components,
    "evidence": _evidence,
    "swid": lambda element: {"tagId": element.get("tagId", "")},
    "modified": _flag,
    "pedigree": _pedigree,
}


def _children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The child elements of the parent's own namespace, with their names; extensions by others are passed over."""
    prefix = element.tag[: element.tag.rfind("}") + 1]
    for child in element:
        if isinstance(child.tag, str) and child.tag.startswith(prefix):
            yield child.tag[len(prefix) :], child


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for found, child in _children(element) if found == name)


def _texts(element: etree._Element) -> dict[str, str]:
    """The children that hold nothing but text, by name."""
    return {name: _text(child) for name, child in _children(element) if not len(child)}


def _text(element: etree._Element) -> str:
    return (element.text or "").strip()
