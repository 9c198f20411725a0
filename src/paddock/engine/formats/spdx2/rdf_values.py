# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Values of SPDX 2 in RDF as the JSON form writes them: named individuals, references to types, licences.

https://spdx.org/rdf/terms/
"""

import re
from urllib.parse import unquote

from paddock.engine.formats.bill.expressions import NO_ANSWER, NONE
from paddock.engine.formats.spdx2.rdf_graph import Literal, Node
from paddock.engine.formats.spdx2.vocabulary import ALGORITHM_NAMES

TERMS = "http://spdx.org/rdf/terms#"
_LISTED = re.compile(r"https?://spdx\.org/licenses/(.+)")
_REFERENCES = "http://spdx.org/rdf/references/"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DEEPEST = 60
_LONGEST = 20_000


def text(value: Literal | Node) -> str:
    """A literal's text; a resource's IRI, or what NONE and NOASSERTION are in RDF."""
    if isinstance(value, Literal):
        return value.text
    special = {f"{TERMS}noassertion": NO_ANSWER, f"{TERMS}none": NONE}
    return special.get(value.iri, value.iri)


def individual(value: Literal | Node, joint: str = "_") -> str:
    """A named individual (`…#relationshipType_dependsOn`) as JSON writes it ("DEPENDS_ON")."""
    name = text(value).rpartition("#")[2].rpartition("_")[2]
    return _HUMP.sub(joint, name).upper()


def category(value: Literal | Node) -> str:
    """A reference category; its words are joined by a dash."""
    return individual(value, "-")


def algorithm(value: Literal | Node) -> str:
    """A checksum algorithm ("SHA3-256" for `…#checksumAlgorithm_sha3_256`)."""
    name = text(value).rpartition("#")[2].removeprefix("checksumAlgorithm_")
    return ALGORITHM_NAMES.get(name.replace("_", "").replace("-", "").lower(), name)


def reference_type(value: Literal | Node) -> str:
    """The type of an external reference: the short name of a registered one, else the whole IRI."""
    return unquote(text(value).removeprefix(_REFERENCES))


def element_id(iri: str) -> str:
    """The SPDX id in an element's IRI: its fragment."""
    return unquote(iri.rpartition("#")[2]) if "#" in iri else iri


class LicenseTexts:
    """Licence nodes as expressions, each worked out once; `faults` collects nodes that give none."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self.faults: list[tuple[int, str]] = []

    def expression(self, value: Literal | Node, depth: int = 0) -> str:
        """The licence expression of a node; NOASSERTION, with a fault, where there is none."""
        if isinstance(value, Literal):
            return value.text.strip()
        if value.iri in self._known:
            return self._known[value.iri]
        if depth > _DEEPEST:
            self.faults.append((value.line, "the licence is nested too deeply or contains itself"))
            return NO_ANSWER
        expression = self._compose(value, depth + 1)
        if len(expression) > _LONGEST:
            self.faults.append((value.line, "the licence expression is longer than any real one"))
            expression = NO_ANSWER
        self._known[value.iri] = expression
        return expression

    def _compose(self, node: Node, depth: int) -> str:
        types = {iri.removeprefix(TERMS) for iri in node.types}
        for kind, operator in (("ConjunctiveLicenseSet", " AND "), ("DisjunctiveLicenseSet", " OR ")):
            if kind in types:
                members = sorted(self.expression(value, depth) for value in _values(node, "member"))
                return f"({operator.join(members)})" if members else self._none(node)
        if "WithExceptionOperator" in types:
            members = [self.expression(value, depth) for value in _values(node, "member")]
            exceptions = [_exception(value) for value in _values(node, "licenseException")]
            return f"{members[0]} WITH {exceptions[0]}" if members and exceptions else self._none(node)
        if "OrLaterOperator" in types:
            members = [self.expression(value, depth) for value in _values(node, "member")]
            return f"{members[0]}+" if members else self._none(node)
        return self._single(node)

    def _single(self, node: Node) -> str:
        name = text(node)
        if name in (NONE, NO_ANSWER):
            return name
        if listed := _LISTED.fullmatch(name):
            return unquote(listed.group(1)).removesuffix(".html")
        for value in _values(node, "licenseId"):
            return text(value).strip()
        return element_id(name) if "#" in name else self._none(node)

    def _none(self, node: Node) -> str:
        self.faults.append((node.line, "the licence says nothing"))
        return NO_ANSWER


def _values(node: Node, name: str) -> list[Literal | Node]:
    return [item.value for item in node.statements if item.predicate == f"{TERMS}{name}"]


def _exception(value: Literal | Node) -> str:
    if isinstance(value, Node):
        for item in _values(value, "licenseExceptionId"):
            return text(item).strip()
    return text(value).rstrip("/").rpartition("/")[2]
