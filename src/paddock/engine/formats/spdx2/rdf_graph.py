# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""RDF/XML as a graph of nodes, with the line of each statement.

Grammar: https://www.w3.org/TR/rdf-syntax-grammar/ . Read straight from the XML tree, because a generic RDF library
keeps no lines and is an order of magnitude slower. No entity is expanded, nothing fetched, a document type declaration
refused; one pass without recursion, so nesting costs nothing (the XML parser stops at 256 levels).
"""

from urllib.parse import urljoin

import msgspec
from lxml import etree

from paddock.engine.formats.document import Kind
from paddock.engine.formats.spdx2.raw import refused

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_SYNTAX = {f"{_RDF}{name}" for name in ("about", "ID", "nodeID", "resource", "parseType", "datatype", "bagID")}


class Literal(msgspec.Struct, frozen=True):
    """A text value."""

    text: str


class Statement(msgspec.Struct, frozen=True):
    """One property of a node: the predicate's IRI, the value, and the line it stands on."""

    predicate: str
    value: "Literal | Node"
    line: int


class Node(msgspec.Struct, eq=False):
    """A resource: its IRI (blank ones begin with `_:`), its types' IRIs, what is said about it, its first line."""

    iri: str
    line: int
    types: list[str] = []
    statements: list[Statement] = []


Graph = dict[str, Node]


def read_graph(data: bytes, kind: Kind) -> Graph:
    """The nodes of an RDF/XML document by IRI, in document order. Raises InvalidDocument with the line."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise refused(kind, f"line {error.lineno or 1}", "XML 1.0", error.msg or "not well-formed") from error
    except ValueError as error:
        raise refused(kind, "line 1", "XML 1.0", str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused(kind, "line 1", "XML 1.0", "a document type declaration is not accepted")
    reading = _Reading(kind)
    base = root.get(f"{_XML}base", "")
    for child in root if root.tag == f"{_RDF}RDF" else [root]:
        reading.node(child, base)
    reading.run()
    return reading.graph


class _Reading:
    """Work in progress: property elements that wait for their turn, each with the node it says something about."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.graph: Graph = {}
        self.waiting: list[tuple[Node, etree._Element, str]] = []
        self.blanks = 0

    def run(self) -> None:
        while self.waiting:
            self.property(*self.waiting.pop())

    def find(self, iri: str, line: int) -> Node:
        return self.graph.setdefault(iri, Node(iri, line))

    def blank(self, line: int) -> Node:
        self.blanks += 1
        return self.find(f"_: {self.blanks}", line)

    def node(self, element: etree._Element, base: str) -> Node:
        """A node element: the resource it names, with what its attributes say; its children wait."""
        base = element.get(f"{_XML}base", base)
        line = _line(element)
        node = self._subject(element, base, line)
        if element.tag != f"{_RDF}Description":
            node.types.append(_iri(element.tag))
        for name, value in element.attrib.items():
            predicate = str(name)
            if predicate == f"{_RDF}type":
                node.types.append(_joined(base, str(value)))
            elif predicate not in _SYNTAX and not predicate.startswith(_XML):
                node.statements.append(Statement(_iri(predicate), Literal(str(value)), line))
        self.waiting.extend((node, child, base) for child in reversed(element))
        return node

    def _subject(self, element: etree._Element, base: str, line: int) -> Node:
        about, name = element.get(f"{_RDF}about"), element.get(f"{_RDF}ID")
        blank = element.get(f"{_RDF}nodeID")
        if about is not None:
            return self.find(_joined(base, about), line)
        if name is not None:
            return self.find(_joined(base, f"#{name}"), line)
        return self.find(f"_:{blank}", line) if blank is not None else self.blank(line)

    def property(self, subject: Node, element: etree._Element, base: str) -> None:
        """A property element: its value is a named resource, a nested node, nested properties, or its text."""
        base = element.get(f"{_XML}base", base)
        line = _line(element)
        form = element.get(f"{_RDF}parseType")
        resource, blank = element.get(f"{_RDF}resource"), element.get(f"{_RDF}nodeID")
        values: list[Literal | Node] = []
        if resource is not None:
            values.append(self.find(_joined(base, resource), line))
        elif blank is not None:
            values.append(self.find(f"_:{blank}", line))
        elif form == "Resource":
            node = self.blank(line)
            self.waiting.extend((node, child, base) for child in reversed(element))
            values.append(node)
        elif form == "Literal":
            values.append(Literal("".join(str(text) for text in element.itertext())))
        elif len(element):
            values.extend(self.node(child, base) for child in element)
        else:
            values.append(Literal(element.text or ""))
        predicate = _iri(element.tag)
        for value in values:
            if predicate == _iri(f"{_RDF}type") and isinstance(value, Node):
                subject.types.append(value.iri)
            else:
                subject.statements.append(Statement(predicate, value, line))


def _iri(tag: str) -> str:
    return tag.replace("{", "", 1).replace("}", "", 1)


def _joined(base: str, reference: str) -> str:
    if not base:
        return reference
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1
