# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes the JSON form of an SPDX 2 document as tag-value text.

Expects texts as `bill.writing` makes them: without control characters and without `<text>` tags.
"""

from collections.abc import Iterator
from typing import Any

_PACKAGE_TAGS = (
    ("SPDXID", "SPDXID"),
    ("PackageVersion", "versionInfo"),
    ("PackageSupplier", "supplier"),
    ("PackageOriginator", "originator"),
    ("PackageDownloadLocation", "downloadLocation"),
    ("FilesAnalyzed", "filesAnalyzed"),
    ("PackageHomePage", "homepage"),
    ("PackageLicenseConcluded", "licenseConcluded"),
    ("PackageLicenseDeclared", "licenseDeclared"),
    ("PackageCopyrightText", "copyrightText"),
    ("PackageDescription", "description"),
)


def tag_value_of(document: dict[str, Any]) -> str:
    """The document as text; sections in the order of the specification, one empty line between objects."""
    return "\n\n".join("\n".join(section) for section in _sections(document)) + "\n"


def _sections(document: dict[str, Any]) -> Iterator[list[str]]:
    creation = document["creationInfo"]
    yield [
        _pair("SPDXVersion", document["spdxVersion"]),
        _pair("DataLicense", document["dataLicense"]),
        _pair("SPDXID", document["SPDXID"]),
        _pair("DocumentName", document["name"]),
        _pair("DocumentNamespace", document["documentNamespace"]),
        *(_pair("Creator", creator) for creator in creation["creators"]),
        _pair("Created", creation["created"]),
        *_annotations(document),
    ]
    for package in document["packages"]:
        yield list(_package(package))
    for license in document.get("hasExtractedLicensingInfos", ()):
        section = [_pair("LicenseID", license["licenseId"]), _pair("ExtractedText", license["extractedText"])]
        if license.get("name"):
            section.append(_pair("LicenseName", license["name"]))
        yield section
    relationships = [
        f"Relationship: {item['spdxElementId']} {item['relationshipType']} {item['relatedSpdxElement']}"
        for item in document["relationships"]
    ]
    if relationships:
        yield relationships


def _package(package: dict[str, Any]) -> Iterator[str]:
    yield _pair("PackageName", package["name"])
    for tag, field in _PACKAGE_TAGS:
        value = package.get(field)
        if value is not None:
            yield _pair(tag, "false" if value is False else str(value))
    for checksum in package.get("checksums", ()):
        yield f"PackageChecksum: {checksum['algorithm']}: {checksum['checksumValue']}"
    for ref in package.get("externalRefs", ()):
        yield f"ExternalRef: {ref['referenceCategory']} {ref['referenceType']} {ref['referenceLocator']}"
    yield from _annotations(package)


def _annotations(element: dict[str, Any]) -> Iterator[str]:
    for annotation in element.get("annotations", ()):
        yield _pair("Annotator", annotation["annotator"])
        yield _pair("AnnotationDate", annotation["annotationDate"])
        yield _pair("AnnotationType", annotation["annotationType"])
        yield _pair("SPDXREF", element["SPDXID"])
        yield f"AnnotationComment: <text>{annotation['comment']}</text>"


def _pair(tag: str, value: str) -> str:
    return f"{tag}: <text>{value}</text>" if "\n" in value or value.startswith("<") else f"{tag}: {value}"
