# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which fields the objects of an SPDX 2 document have, of which types, by which clause, and which must be there.

https://spdx.github.io/spdx-spec/v2.3/ (clause numbers as there; version 2.2 numbers them alike since ISO/IEC 5962).
"""

from collections.abc import Callable
from enum import Enum

import msgspec

from paddock.engine.formats.spdx2 import values
from paddock.engine.formats.spdx2.vocabulary import (
    ANNOTATION_TYPES,
    CHECKSUM_DIGITS,
    FILE_TYPES,
    PURPOSES,
    REFERENCE_CATEGORIES,
)


class Scalar(Enum):
    """Types of single values, with the words for people."""

    TEXT = "a text"
    TRUTH = "true or false"
    NUMBER = "a whole number"


class Shape(msgspec.Struct):
    """An object: its fields, and those that must be there. needed: missing is fatal; due: missing is told.

    due_2_2: due in version 2.2 only. clause: of the object as a whole.
    """

    clause: str
    fields: dict[str, "Field"]
    needed: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    due_2_2: tuple[str, ...] = ()
    at_least_one: tuple[str, ...] = ()


class Field(msgspec.Struct):
    """One field. rule: what its text must be like. choices: the closed list it is from. fatal: breaking it refuses."""

    type: Scalar | Shape
    clause: str
    many: bool = False
    rule: Callable[[str], str] | None = None
    choices: frozenset[str] | None = None
    fatal: bool = False


def _text(
    clause: str, rule: Callable[[str], str] | None = None, *, many: bool = False, choices: frozenset[str] | None = None
) -> Field:
    return Field(Scalar.TEXT, clause, many, rule, choices)


def _name(clause: str) -> Field:
    return Field(Scalar.TEXT, clause, False, values.not_empty, None, True)


def _many(shape: Shape) -> Field:
    return Field(shape, shape.clause, True)


_ANNOTATION = Shape(
    "12",
    {
        "annotator": _text("12.1", values.creator),
        "annotationDate": _text("12.2", values.date),
        "annotationType": _text("12.3", choices=ANNOTATION_TYPES),
        "comment": _text("12.5"),
    },
    due=("annotator", "annotationDate", "annotationType", "comment"),
)

_CHECKSUM = Shape(
    "7.10",
    {
        "algorithm": _text("7.10", choices=frozenset(CHECKSUM_DIGITS)),
        "checksumValue": _text("7.10"),
    },
    due=("algorithm", "checksumValue"),
)

_EXTERNAL_REF = Shape(
    "7.21",
    {
        "referenceCategory": _text("7.21", choices=REFERENCE_CATEGORIES),
        "referenceType": _text("7.21", values.not_empty),
        "referenceLocator": _text("7.21"),
        "comment": _text("7.22"),
    },
    due=("referenceCategory", "referenceType", "referenceLocator"),
)

_PACKAGE = Shape(
    "7",
    {
        "name": _name("7.1"),
        "SPDXID": _text("7.2", values.element_id),
        "versionInfo": _text("7.3"),
        "packageFileName": _text("7.4"),
        "supplier": _text("7.5", values.actor),
        "originator": _text("7.6", values.actor),
        "downloadLocation": _text("7.7", values.location),
        "filesAnalyzed": Field(Scalar.TRUTH, "7.8"),
        "packageVerificationCode": Field(
            Shape(
                "7.9",
                {
                    "packageVerificationCodeValue": _text("7.9", values.sha1),
                    "packageVerificationCodeExcludedFiles": _text("7.9", many=True),
                },
                due=("packageVerificationCodeValue",),
            ),
            "7.9",
        ),
        "checksums": _many(_CHECKSUM),
        "homepage": _text("7.11", values.location),
        "sourceInfo": _text("7.12"),
        "licenseConcluded": _text("7.13", values.license_text),
        "licenseInfoFromFiles": _text("7.14", values.license_text, many=True),
        "licenseDeclared": _text("7.15", values.license_text),
        "licenseComments": _text("7.16"),
        "copyrightText": _text("7.17"),
        "summary": _text("7.18"),
        "description": _text("7.19"),
        "comment": _text("7.20"),
        "externalRefs": _many(_EXTERNAL_REF),
        "attributionTexts": _text("7.23", many=True),
        "primaryPackagePurpose": _text("7.24", choices=PURPOSES),
        "releaseDate": _text("7.25", values.date),
        "builtDate": _text("7.26", values.date),
        "validUntilDate": _text("7.27", values.date),
        "hasFiles": _text("11.1", many=True),
        "annotations": _many(_ANNOTATION),
    },
    needed=("SPDXID", "name"),
    due=("downloadLocation",),
    due_2_2=("licenseConcluded", "licenseDeclared", "copyrightText"),
)

_FILE = Shape(
    "8",
    {
        "fileName": _name("8.1"),
        "SPDXID": _text("8.2", values.element_id),
        "fileTypes": _text("8.3", many=True, choices=FILE_TYPES),
        "checksums": Field(_CHECKSUM, "8.4", True),
        "licenseConcluded": _text("8.5", values.license_text),
        "licenseInfoInFiles": _text("8.6", values.license_text, many=True),
        "licenseComments": _text("8.7"),
        "copyrightText": _text("8.8"),
        "artifactOfs": _many(
            Shape("8.9", {"name": _text("8.9"), "homePage": _text("8.10"), "projectUri": _text("8.11")})
        ),
        "comment": _text("8.12"),
        "noticeText": _text("8.13"),
        "fileContributors": _text("8.14", many=True),
        "attributionTexts": _text("8.15", many=True),
        "fileDependencies": _text("8.16", many=True),
        "annotations": _many(_ANNOTATION),
    },
    needed=("SPDXID", "fileName"),
    due=("checksums",),
    due_2_2=("licenseConcluded", "licenseInfoInFiles", "copyrightText"),
    at_least_one=("checksums",),
)

_POINTER = Shape(
    "9.3",
    {"reference": _text("9.3"), "offset": Field(Scalar.NUMBER, "9.3"), "lineNumber": Field(Scalar.NUMBER, "9.4")},
    due=("reference",),
)

_SNIPPET = Shape(
    "9",
    {
        "SPDXID": _text("9.1", values.element_id),
        "snippetFromFile": _text("9.2", values.any_element_id),
        "ranges": _many(
            Shape(
                "9.3",
                {"startPointer": Field(_POINTER, "9.3"), "endPointer": Field(_POINTER, "9.3")},
                due=("startPointer", "endPointer"),
            )
        ),
        "licenseConcluded": _text("9.5", values.license_text),
        "licenseInfoInSnippets": _text("9.6", values.license_text, many=True),
        "licenseComments": _text("9.7"),
        "copyrightText": _text("9.8"),
        "comment": _text("9.9"),
        "name": _text("9.10"),
        "attributionTexts": _text("9.11", many=True),
        "annotations": _many(_ANNOTATION),
    },
    needed=("SPDXID",),
    due=("snippetFromFile", "ranges"),
    at_least_one=("ranges",),
)

_LICENSE = Shape(
    "10",
    {
        "licenseId": _text("10.1", values.license_ref),
        "extractedText": _text("10.2"),
        "name": _text("10.3"),
        "seeAlsos": _text("10.4", many=True),
        "crossRefs": _many(
            Shape(
                "10.4",
                {
                    "url": _text("10.4"),
                    "isLive": Field(Scalar.TRUTH, "10.4"),
                    "isValid": Field(Scalar.TRUTH, "10.4"),
                    "isWayBackLink": Field(Scalar.TRUTH, "10.4"),
                    "match": _text("10.4"),
                    "order": Field(Scalar.NUMBER, "10.4"),
                    "timestamp": _text("10.4"),
                },
                due=("url",),
            )
        ),
        "comment": _text("10.5"),
    },
    needed=("licenseId",),
    due=("extractedText",),
)

_RELATIONSHIP = Shape(
    "11.1",
    {
        "spdxElementId": _text("11.1", values.any_element_id),
        "relationshipType": _text("11.1", values.relationship_type),
        "relatedSpdxElement": _text("11.1", values.any_element_id),
        "comment": _text("11.2"),
    },
    needed=("spdxElementId", "relationshipType", "relatedSpdxElement"),
)

DOCUMENT = Shape(
    "6",
    {
        "spdxVersion": _text("6.1"),
        "dataLicense": _text("6.2", values.data_license),
        "SPDXID": _text("6.3", values.element_id),
        "name": _name("6.4"),
        "documentNamespace": _text("6.5", values.namespace),
        "externalDocumentRefs": _many(
            Shape(
                "6.6",
                {
                    "externalDocumentId": _text("6.6", values.document_ref),
                    "spdxDocument": _text("6.6", values.location),
                    "checksum": Field(_CHECKSUM, "6.6"),
                },
                due=("externalDocumentId", "spdxDocument", "checksum"),
            )
        ),
        "creationInfo": Field(
            Shape(
                "6",
                {
                    "licenseListVersion": _text("6.7"),
                    "creators": _text("6.8", values.creator, many=True),
                    "created": _text("6.9", values.date),
                    "comment": _text("6.10"),
                },
                needed=("created", "creators"),
                at_least_one=("creators",),
            ),
            "6",
        ),
        "comment": _text("6.11"),
        "documentDescribes": _text("11.1", many=True),
        "packages": _many(_PACKAGE),
        "files": _many(_FILE),
        "snippets": _many(_SNIPPET),
        "hasExtractedLicensingInfos": _many(_LICENSE),
        "relationships": _many(_RELATIONSHIP),
        "annotations": _many(_ANNOTATION),
        "revieweds": _many(
            Shape(
                "13",
                {
                    "reviewer": _text("13.1", values.creator),
                    "reviewDate": _text("13.2", values.date),
                    "comment": _text("13.3"),
                },
                due=("reviewDate",),
            )
        ),
    },
    needed=("spdxVersion", "name", "creationInfo"),
    due=("dataLicense", "SPDXID", "documentNamespace"),
)
