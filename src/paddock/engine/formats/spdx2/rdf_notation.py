# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 in RDF/XML, read into the JSON form. Vocabulary: https://spdx.org/rdf/terms/ ."""

from collections.abc import Callable
from typing import Any, NamedTuple

from paddock.engine.formats.document import Kind
from paddock.engine.formats.spdx2 import rdf_values
from paddock.engine.formats.spdx2.raw import Breach, Raw, refused
from paddock.engine.formats.spdx2.rdf_graph import Literal, Node, Statement, read_graph
from paddock.engine.formats.spdx2.rdf_values import TERMS, LicenseTexts, element_id, text

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_DOAP = "http://usefulinc.com/ns/doap#"
_POINTERS = "http://www.w3.org/2009/pointers#"


class _Field(NamedTuple):
    """form: how the value is made; a str names the table of a nested object, "license" an expression."""

    name: str
    form: Callable[[Literal | Node], str] | str = text
    many: bool = False


def _terms(**fields: _Field) -> dict[str, _Field]:
    return {f"{TERMS}{name}": field for name, field in fields.items()}


def _same(*names: str) -> dict[str, _Field]:
    return {f"{TERMS}{name}": _Field(name) for name in names}


_COMMENT = {f"{_RDFS}comment": _Field("comment")}
_LICENSED = {
    **_same("copyrightText", "licenseComments"),
    **_terms(
        licenseConcluded=_Field("licenseConcluded", "license"),
        attributionText=_Field("attributionTexts", many=True),
        checksum=_Field("checksums", "checksum", True),
        annotation=_Field("annotations", "annotation", True),
    ),
    **_COMMENT,
}

_TABLES: dict[str, dict[str, _Field]] = {
    "document": {
        **_same("name"),
        **_terms(
            specVersion=_Field("spdxVersion"),
            dataLicense=_Field("dataLicense", "license"),
            creationInfo=_Field("creationInfo", "creation"),
            externalDocumentRef=_Field("externalDocumentRefs", "external document", True),
            annotation=_Field("annotations", "annotation", True),
            reviewed=_Field("revieweds", "review", True),
        ),
        **_COMMENT,
    },
    "creation": {
        **_same("created", "licenseListVersion"),
        **_terms(creator=_Field("creators", many=True)),
        **_COMMENT,
    },
    "external document": {
        **_same("externalDocumentId"),
        **_terms(spdxDocument=_Field("spdxDocument"), checksum=_Field("checksum", "checksum")),
    },
    "checksum": _terms(algorithm=_Field("algorithm", rdf_values.algorithm), checksumValue=_Field("checksumValue")),
    "annotation": {
        **_same("annotator", "annotationDate"),
        **_terms(annotationType=_Field("annotationType", rdf_values.individual)),
        **_COMMENT,
    },
    "review": {**_same("reviewer", "reviewDate"), **_COMMENT},
    "reference": {
        **_same("referenceLocator"),
        **_terms(
            referenceCategory=_Field("referenceCategory", rdf_values.category),
            referenceType=_Field("referenceType", rdf_values.reference_type),
        ),
        **_COMMENT,
    },
    "code": _terms(
        packageVerificationCodeValue=_Field("packageVerificationCodeValue"),
        packageVerificationCodeExcludedFile=_Field("packageVerificationCodeExcludedFiles", many=True),
    ),
    "package": {
        **_LICENSED,
        **_same(
            "name",
            "versionInfo",
            "packageFileName",
            "supplier",
            "originator",
            "downloadLocation",
            "filesAnalyzed",
            "sourceInfo",
            "summary",
            "description",
            "releaseDate",
            "builtDate",
            "validUntilDate",
        ),
        **_terms(
            packageVerificationCode=_Field("packageVerificationCode", "code"),
            licenseDeclared=_Field("licenseDeclared", "license"),
            licenseInfoFromFiles=_Field("licenseInfoFromFiles", "license", True),
            externalRef=_Field("externalRefs", "reference", True),
            primaryPackagePurpose=_Field("primaryPackagePurpose", rdf_values.individual),
            hasFile=_Field("hasFiles", "element", True),
        ),
        f"{_DOAP}homepage": _Field("homepage"),
    },
    "file": {
        **_LICENSED,
        **_same("fileName", "noticeText"),
        **_terms(
            fileType=_Field("fileTypes", rdf_values.individual, True),
            licenseInfoInFile=_Field("licenseInfoInFiles", "license", True),
            fileContributor=_Field("fileContributors", many=True),
            fileDependency=_Field("fileDependencies", "element", True),
        ),
    },
    "snippet": {
        **_LICENSED,
        **_same("name"),
        **_terms(
            snippetFromFile=_Field("snippetFromFile", "element"),
            licenseInfoInSnippet=_Field("licenseInfoInSnippets", "license", True),
            range=_Field("ranges", "range", True),
        ),
    },
    "range": {
        f"{_POINTERS}startPointer": _Field("startPointer", "pointer"),
        f"{_POINTERS}endPointer": _Field("endPointer", "pointer"),
    },
    "pointer": {
        f"{_POINTERS}reference": _Field("reference", "element"),
        f"{_POINTERS}offset": _Field("offset"),
        f"{_POINTERS}lineNumber": _Field("lineNumber"),
    },
    "extracted": {
        **_same("licenseId", "extractedText", "name"),
        f"{_RDFS}seeAlso": _Field("seeAlsos", many=True),
        **_COMMENT,
    },
}
_ELEMENTS = {"Package": ("package", "packages"), "File": ("file", "files"), "Snippet": ("snippet", "snippets")}


class _Reading:
    def __init__(self) -> None:
        self.lines: dict[str, int] = {}
        self.breaches: list[Breach] = []
        self.licenses = LicenseTexts()
        self.documents: dict[str, str] = {}
        self.parts: dict[tuple[str, str], dict[str, Any]] = {}
        self.relations: dict[str, dict[str, Any]] = {}

    def object(self, node: Node, table: str, path: str, depth: int = 0) -> dict[str, Any]:
        """The JSON object of a node by a table; statements that the table does not have are left out."""
        self.lines.setdefault(path, node.line)
        found: dict[str, Any] = {}
        for statement in node.statements:
            field = _TABLES[table].get(statement.predicate)
            if field is None or depth > 3:
                continue
            where = f"{path}.{field.name}" if path else field.name
            if field.many:
                items = found.setdefault(field.name, [])
                items.append(self._value(statement, field, f"{where}[{len(items)}]", depth))
            elif field.name not in found:
                found[field.name] = self._value(statement, field, where, depth)
            elif text(statement.value) != found[field.name] and isinstance(statement.value, Literal):
                self.breaches.append(Breach(where, "SPDX cardinality (RDF)", "has two different values"))
        return found

    def _value(self, statement: Statement, field: _Field, path: str, depth: int) -> Any:
        value = statement.value
        self.lines[path] = statement.line
        if callable(field.form):
            return field.form(value)
        if field.form == "license":
            return _bare(self.licenses.expression(value))
        if field.form == "element":
            return self.key(value)
        if isinstance(value, Literal):
            return value.text
        part = self.parts.get((value.iri, field.form))
        if part is None:
            part = self.parts[value.iri, field.form] = self.object(value, field.form, path, depth + 1)
            if field.form == "external document" and "#" in value.iri:
                part.setdefault("externalDocumentId", element_id(value.iri))
        return part

    def key(self, value: Literal | Node) -> str:
        """The id by which the JSON form names an element, with DocumentRef- for one of another document."""
        iri = text(value)
        namespace, _, _ = iri.partition("#")
        name = element_id(iri)
        return f"{self.documents[namespace]}:{name}" if namespace in self.documents else name


def read_rdf(data: bytes, kind: Kind) -> Raw:
    """The JSON form of an RDF/XML document. Raises InvalidDocument where it is none, or describes no document."""
    graph = read_graph(data, kind)
    document = next((node for node in graph.values() if f"{TERMS}SpdxDocument" in node.types), None)
    if document is None:
        raise refused(kind, "line 1", "SPDX 6", "the graph has no SpdxDocument")
    reading = _Reading()
    value = reading.object(document, "document", "")
    namespace, hash_sign, name = document.iri.partition("#")
    value["SPDXID"] = name
    value["documentNamespace"] = namespace if hash_sign else document.iri
    for ref in value.get("externalDocumentRefs", ()):
        if isinstance(ref, dict) and ref.get("externalDocumentId"):
            reading.documents[ref.get("spdxDocument", "").partition("#")[0]] = ref["externalDocumentId"]
    for node in graph.values():
        _add_element(reading, value, node)
    for node in graph.values():
        _add_relationships(reading, value, node, document)
    for line, message in reading.licenses.faults:
        reading.lines[f"licence at line {line}"] = line
        reading.breaches.append(Breach(f"licence at line {line}", "SPDX annex D (RDF)", message))
    return Raw(value=value, lines=reading.lines, texts_only=True, breaches=reading.breaches)


def _add_element(reading: _Reading, value: dict[str, Any], node: Node) -> None:
    for name in (iri.removeprefix(TERMS) for iri in node.types):
        if name in _ELEMENTS:
            table, field = _ELEMENTS[name]
            items = value.setdefault(field, [])
            element = reading.object(node, table, f"{field}[{len(items)}]")
            if not node.iri.startswith("_:"):
                element["SPDXID"] = reading.key(node)
            items.append(element)
            return
        if name == "ExtractedLicensingInfo":
            items = value.setdefault("hasExtractedLicensingInfos", [])
            license = reading.object(node, "extracted", f"hasExtractedLicensingInfos[{len(items)}]")
            if not node.iri.startswith("_:"):
                license.setdefault("licenseId", element_id(node.iri))
            items.append(license)
            return


def _add_relationships(reading: _Reading, value: dict[str, Any], node: Node, document: Node) -> None:
    for statement in node.statements:
        target = statement.value
        predicate = statement.predicate.removeprefix(TERMS)
        if predicate == "relationship" and isinstance(target, Node):
            _add_relationship(reading, value, node, target)
        elif predicate == "describesPackage" and node is document:
            value.setdefault("documentDescribes", []).append(reading.key(target))


def _add_relationship(reading: _Reading, value: dict[str, Any], source: Node, relation: Node) -> None:
    items = value.setdefault("relationships", [])
    path = f"relationships[{len(items)}]"
    reading.lines[path] = relation.line
    if relation.iri not in reading.relations:
        reading.relations[relation.iri] = _relation(reading, relation)
    items.append({"spdxElementId": reading.key(source), **reading.relations[relation.iri]})


def _relation(reading: _Reading, relation: Node) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for statement in relation.statements:
        name = statement.predicate.removeprefix(TERMS)
        if name == "relationshipType":
            found[name] = rdf_values.individual(statement.value)
        elif name == "relatedSpdxElement":
            found[name] = reading.key(statement.value)
        elif statement.predicate == f"{_RDFS}comment":
            found["comment"] = text(statement.value)
    return found


def _bare(expression: str) -> str:
    """An expression without parentheses around the whole of it."""
    if not (expression.startswith("(") and expression.endswith(")")):
        return expression
    depth = 0
    for position, char in enumerate(expression):
        depth += (char == "(") - (char == ")")
        if depth == 0 and position < len(expression) - 1:
            return expression
    return expression[1:-1]
