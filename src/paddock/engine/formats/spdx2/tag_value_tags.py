# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tags of the tag-value notation: what each belongs to and which field of the JSON form it is.

https://spdx.github.io/spdx-spec/v2.3/, "Data format" examples of each clause.
"""

from typing import NamedTuple


class Tag(NamedTuple):
    """owner: the kind of object the tag describes. field: its name in JSON. clause: of the specification.

    many: the tag may stand several times. form: how the value is written ("text", or a form that `tag_value` takes
    apart). begins: the tag begins a new object of its owner's kind.
    """

    owner: str
    field: str
    clause: str
    many: bool = False
    form: str = "text"
    begins: bool = False


TAGS: dict[str, Tag] = {
    "SPDXVersion": Tag("document", "spdxVersion", "6.1"),
    "DataLicense": Tag("document", "dataLicense", "6.2"),
    "DocumentName": Tag("document", "name", "6.4"),
    "DocumentNamespace": Tag("document", "documentNamespace", "6.5"),
    "ExternalDocumentRef": Tag("document", "externalDocumentRefs", "6.6", True, "external document"),
    "DocumentComment": Tag("document", "comment", "6.11"),
    "LicenseListVersion": Tag("creation", "licenseListVersion", "6.7"),
    "Creator": Tag("creation", "creators", "6.8", True),
    "Created": Tag("creation", "created", "6.9"),
    "CreatorComment": Tag("creation", "comment", "6.10"),
    "PackageName": Tag("package", "name", "7.1", begins=True),
    "PackageVersion": Tag("package", "versionInfo", "7.3"),
    "PackageFileName": Tag("package", "packageFileName", "7.4"),
    "PackageSupplier": Tag("package", "supplier", "7.5"),
    "PackageOriginator": Tag("package", "originator", "7.6"),
    "PackageDownloadLocation": Tag("package", "downloadLocation", "7.7"),
    "FilesAnalyzed": Tag("package", "filesAnalyzed", "7.8"),
    "PackageVerificationCode": Tag("package", "packageVerificationCode", "7.9", form="verification code"),
    "PackageChecksum": Tag("package", "checksums", "7.10", True, "checksum"),
    "PackageHomePage": Tag("package", "homepage", "7.11"),
    "PackageSourceInfo": Tag("package", "sourceInfo", "7.12"),
    "PackageLicenseConcluded": Tag("package", "licenseConcluded", "7.13"),
    "PackageLicenseInfoFromFiles": Tag("package", "licenseInfoFromFiles", "7.14", True),
    "PackageLicenseDeclared": Tag("package", "licenseDeclared", "7.15"),
    "PackageLicenseComments": Tag("package", "licenseComments", "7.16"),
    "PackageCopyrightText": Tag("package", "copyrightText", "7.17"),
    "PackageSummary": Tag("package", "summary", "7.18"),
    "PackageDescription": Tag("package", "description", "7.19"),
    "PackageComment": Tag("package", "comment", "7.20"),
    "ExternalRef": Tag("package", "externalRefs", "7.21", True, "external reference"),
    "ExternalRefComment": Tag("reference", "comment", "7.22"),
    "PackageAttributionText": Tag("package", "attributionTexts", "7.23", True),
    "PrimaryPackagePurpose": Tag("package", "primaryPackagePurpose", "7.24"),
    "ReleaseDate": Tag("package", "releaseDate", "7.25"),
    "BuiltDate": Tag("package", "builtDate", "7.26"),
    "ValidUntilDate": Tag("package", "validUntilDate", "7.27"),
    "FileName": Tag("file", "fileName", "8.1", begins=True),
    "FileType": Tag("file", "fileTypes", "8.3", True),
    "FileChecksum": Tag("file", "checksums", "8.4", True, "checksum"),
    "LicenseConcluded": Tag("file", "licenseConcluded", "8.5"),
    "LicenseInfoInFile": Tag("file", "licenseInfoInFiles", "8.6", True),
    "LicenseComments": Tag("file", "licenseComments", "8.7"),
    "FileCopyrightText": Tag("file", "copyrightText", "8.8"),
    "ArtifactOfProjectName": Tag("file", "artifactOfs", "8.9", True, "artifact"),
    "ArtifactOfProjectHomePage": Tag("artifact", "homePage", "8.10"),
    "ArtifactOfProjectURI": Tag("artifact", "projectUri", "8.11"),
    "FileComment": Tag("file", "comment", "8.12"),
    "FileNotice": Tag("file", "noticeText", "8.13"),
    "FileContributor": Tag("file", "fileContributors", "8.14", True),
    "FileAttributionText": Tag("file", "attributionTexts", "8.15", True),
    "FileDependency": Tag("file", "fileDependencies", "8.16", True),
    "SnippetSPDXID": Tag("snippet", "SPDXID", "9.1", begins=True),
    "SnippetFromFileSPDXID": Tag("snippet", "snippetFromFile", "9.2"),
    "SnippetByteRange": Tag("snippet", "ranges", "9.3", True, "byte range"),
    "SnippetLineRange": Tag("snippet", "ranges", "9.4", True, "line range"),
    "SnippetLicenseConcluded": Tag("snippet", "licenseConcluded", "9.5"),
    "LicenseInfoInSnippet": Tag("snippet", "licenseInfoInSnippets", "9.6", True),
    "SnippetLicenseComments": Tag("snippet", "licenseComments", "9.7"),
    "SnippetCopyrightText": Tag("snippet", "copyrightText", "9.8"),
    "SnippetComment": Tag("snippet", "comment", "9.9"),
    "SnippetName": Tag("snippet", "name", "9.10"),
    "SnippetAttributionText": Tag("snippet", "attributionTexts", "9.11", True),
    "LicenseID": Tag("license", "licenseId", "10.1", begins=True),
    "ExtractedText": Tag("license", "extractedText", "10.2"),
    "LicenseName": Tag("license", "name", "10.3"),
    "LicenseCrossReference": Tag("license", "seeAlsos", "10.4", True),
    "LicenseComment": Tag("license", "comment", "10.5"),
    "Relationship": Tag("relationship", "", "11.1", form="relationship", begins=True),
    "RelationshipComment": Tag("relationship", "comment", "11.2"),
    "Annotator": Tag("annotation", "annotator", "12.1", begins=True),
    "AnnotationDate": Tag("annotation", "annotationDate", "12.2"),
    "AnnotationType": Tag("annotation", "annotationType", "12.3"),
    "SPDXREF": Tag("annotation", "", "12.4", form="annotated"),
    "AnnotationComment": Tag("annotation", "comment", "12.5"),
    "Reviewer": Tag("review", "reviewer", "13.1", begins=True),
    "ReviewDate": Tag("review", "reviewDate", "13.2"),
    "ReviewComment": Tag("review", "comment", "13.3"),
}

LISTS = {
    "package": "packages",
    "file": "files",
    "snippet": "snippets",
    "license": "hasExtractedLicensingInfos",
    "relationship": "relationships",
    "annotation": "annotations",
    "review": "revieweds",
}
"""The list of the JSON form that objects of each kind stand in."""
