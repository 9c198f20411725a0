# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""All rules of SPDX 2 applied to a document: types and fields (shapes.py), values, and what holds between its parts."""

from typing import Any

from paddock.engine.formats.bill.expressions import NO_ANSWER, NONE, references_in
from paddock.engine.formats.spdx2 import values
from paddock.engine.formats.spdx2.raw import Breach, Raw
from paddock.engine.formats.spdx2.shapes import DOCUMENT, Field, Scalar, Shape
from paddock.engine.formats.spdx2.vocabulary import DOCUMENT_ID

_LISTS = ("packages", "files", "snippets")
_LICENSES = ("licenseConcluded", "licenseDeclared")
_LICENSE_LISTS = ("licenseInfoFromFiles", "licenseInfoInFiles", "licenseInfoInSnippets")


def breaches_of(raw: Raw, version: str) -> list[Breach]:
    """Every broken rule, those of the notation first. Rules between parts are looked at only where the types are right.

    Cost: one look at each value.
    """
    found = list(raw.breaches)
    context = _Context(version, raw.texts_only, found)
    _check_object(raw.value, DOCUMENT, "", context)
    if not any(breach.fatal for breach in found):
        _between_parts(raw.value, context)
    return found


class _Context:
    __slots__ = ("found", "texts_only", "version")

    def __init__(self, version: str, texts_only: bool, found: list[Breach]) -> None:
        self.version = version
        self.texts_only = texts_only
        self.found = found

    def tell(self, path: str, clause: str, message: str, *, fatal: bool = False) -> None:
        self.found.append(Breach(path, f"SPDX {self.version} clause {clause}", message, fatal))


def _check_object(value: Any, shape: Shape, path: str, context: _Context) -> None:
    if not isinstance(value, dict):
        context.tell(path, shape.clause, "is not an object", fatal=True)
        return
    for name, item in value.items():
        field = shape.fields.get(name)
        if field is None:
            context.tell(f"{path}.{name}" if path else name, shape.clause, "is not a field that SPDX defines here")
        elif field.many:
            _check_list(item, field, f"{path}.{name}" if path else name, context)
        else:
            _check_item(item, field, path, name, context)
    for name in shape.needed:
        if value.get(name) in (None, ""):
            context.tell(path, shape.fields[name].clause, f"{name!r} is missing", fatal=True)
    due = shape.due + shape.due_2_2 if context.version == "2.2" else shape.due
    for name in due:
        if name not in value:
            context.tell(path, shape.fields[name].clause, f"{name!r} is missing")
    for name in shape.at_least_one:
        if value.get(name) == []:
            context.tell(f"{path}.{name}" if path else name, shape.fields[name].clause, "is empty")


def _check_list(value: Any, field: Field, path: str, context: _Context) -> None:
    if value is None:
        context.tell(path, field.clause, "is null")
    elif not isinstance(value, list):
        context.tell(path, field.clause, "is not a list", fatal=True)
    else:
        for index, item in enumerate(value):
            _check_item(item, field, path, index, context)


def _check_item(value: Any, field: Field, path: str, step: str | int, context: _Context) -> None:
    kind = field.type
    if isinstance(kind, Shape):
        _check_object(value, kind, _join(path, step), context)
    elif value is None:
        context.tell(_join(path, step), field.clause, "is null", fatal=field.fatal or isinstance(step, int))
    elif kind is Scalar.TEXT:
        if not isinstance(value, str):
            context.tell(_join(path, step), field.clause, f"is not {kind.value}", fatal=True)
            return
        message = field.rule(value) if field.rule else ""
        if field.choices is not None and value not in field.choices:
            message = f"{value[:60]!r} is not one of {', '.join(sorted(field.choices))}"
        if message:
            context.tell(_join(path, step), field.clause, message, fatal=field.fatal)
    elif not _is_scalar(value, kind, context.texts_only):
        context.tell(_join(path, step), field.clause, f"is not {kind.value}", fatal=True)


def _is_scalar(value: Any, kind: Scalar, texts_only: bool) -> bool:
    if texts_only:
        if not isinstance(value, str):
            return False
        return value.lower() in ("true", "false") if kind is Scalar.TRUTH else value.isdecimal()
    if kind is Scalar.TRUTH:
        return isinstance(value, bool)
    return isinstance(value, int) and not isinstance(value, bool)


def _join(path: str, step: str | int) -> str:
    if isinstance(step, int):
        return f"{path}[{step}]"
    return f"{path}.{step}" if path else step


def _between_parts(document: dict[str, Any], context: _Context) -> None:
    _ids(document, context)
    _relationships(document, context)
    _license_references(document, context)
    for index, package in enumerate(document.get("packages") or ()):
        path = f"packages[{index}]"
        _checksums(package, path, "7.10", context)
        _external_refs(package, path, context)
        if package.get("filesAnalyzed") in (False, "false") and package.get("packageVerificationCode"):
            context.tell(f"{path}.packageVerificationCode", "7.9", "stands beside filesAnalyzed false")
    for index, file in enumerate(document.get("files") or ()):
        _checksums(file, f"files[{index}]", "8.4", context)


def _ids(document: dict[str, Any], context: _Context) -> None:
    seen = {document.get("SPDXID")}
    if (document.get("SPDXID") or DOCUMENT_ID) != DOCUMENT_ID:
        context.tell("SPDXID", "6.3", f"is not {DOCUMENT_ID}")
    for name in _LISTS:
        for index, element in enumerate(document.get(name) or ()):
            if element["SPDXID"] in seen:
                context.tell(f"{name}[{index}].SPDXID", "6.3", f"{element['SPDXID']!r} is used a second time")
            seen.add(element["SPDXID"])


def _relationships(document: dict[str, Any], context: _Context) -> None:
    known = {element["SPDXID"] for name in _LISTS for element in document.get(name) or ()}
    known |= {(document.get("SPDXID") or DOCUMENT_ID), NONE, NO_ANSWER}
    documents = {ref.get("externalDocumentId") for ref in document.get("externalDocumentRefs") or ()}
    for index, relationship in enumerate(document.get("relationships") or ()):
        for end in ("spdxElementId", "relatedSpdxElement"):
            key = relationship[end]
            if key in known:
                continue
            outside, colon, _ = key.partition(":")
            if not colon or outside not in documents:
                message = f"{key[:80]!r} is defined neither here nor in a listed external document"
                context.tell(f"relationships[{index}].{end}", "11.1", message)
    for index, key in enumerate(document.get("documentDescribes") or ()):
        if key not in known:
            context.tell(f"documentDescribes[{index}]", "11.1", f"{key[:80]!r} is not defined here")


def _license_references(document: dict[str, Any], context: _Context) -> None:
    defined = {license["licenseId"] for license in document.get("hasExtractedLicensingInfos") or ()}
    for name in _LISTS:
        for index, element in enumerate(document.get(name) or ()):
            for field in _LICENSES:
                for reference in references_in(element.get(field) or ""):
                    if reference not in defined:
                        message = f"{reference!r} is not among hasExtractedLicensingInfos"
                        context.tell(f"{name}[{index}].{field}", "10.1", message)
            for field in _LICENSE_LISTS:
                for place, text in enumerate(element.get(field) or ()):
                    for reference in references_in(text):
                        if reference not in defined:
                            message = f"{reference!r} is not among hasExtractedLicensingInfos"
                            context.tell(f"{name}[{index}].{field}[{place}]", "10.1", message)


def _checksums(element: dict[str, Any], path: str, clause: str, context: _Context) -> None:
    for index, checksum in enumerate(element.get("checksums") or ()):
        message = values.checksum(checksum.get("algorithm") or "", checksum.get("checksumValue") or "")
        if message:
            context.tell(f"{path}.checksums[{index}].checksumValue", clause, message)


def _external_refs(package: dict[str, Any], path: str, context: _Context) -> None:
    for index, ref in enumerate(package.get("externalRefs") or ()):
        message = values.locator(ref.get("referenceType") or "", ref.get("referenceLocator") or "")
        if message:
            context.tell(f"{path}.externalRefs[{index}].referenceLocator", "7.21", message)
