# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What an SPDX 2 document in its JSON form states: packages as entries, relationships as relations.

Expects values whose types `rules` found right; everything else about them may be wrong or missing.
NOASSERTION is no answer. Files and snippets are counted; they are entries only where the document has no package.
"""

from datetime import datetime
from typing import Any

from paddock.engine.formats.bill.expressions import NO_ANSWER, NONE, fault_in, is_made_up, references_in
from paddock.engine.formats.bill.remainder import unpack
from paddock.engine.formats.bill.statements import Bill, Bond, Entry, Relation
from paddock.engine.formats.spdx2.vocabulary import BONDS, DOCUMENT_ID
from paddock.engine.model.component import Hash
from paddock.engine.model.issue import Issue, Severity

SOURCE = "spdx2"
_VCS = ("git", "hg", "svn", "bzr")
_DEVIATIONS = {"DESCRIBE": "DESCRIBES"}  # written by scanners that were in wide use in 2022
_License = dict[str, Any]


def bill_of(document: dict[str, Any]) -> Bill:
    """The statements of a document."""
    creation = document.get("creationInfo") or {}
    creators = [text.partition(":") for text in creation.get("creators") or ()]
    licenses = {item["licenseId"]: item for item in document.get("hasExtractedLicensingInfos") or ()}
    packages, files = document.get("packages") or [], document.get("files") or []
    snippets = document.get("snippets") or []
    entries = [_package(package, licenses) for package in packages]
    if not packages:
        entries = [_file(file, licenses) for file in files]
        files = []
    bill = Bill(
        source=SOURCE,
        name=_stated(document.get("name")),
        serial=document.get("documentNamespace") or "",
        created=_date(creation.get("created")),
        authors=tuple(name.strip() for kind, _, name in creators if kind in ("Person", "Organization")),
        tools=tuple(name.strip() for kind, _, name in creators if kind == "Tool"),
        entries=entries,
        relations=[],
        described=list(document.get("documentDescribes") or ()),
        others={
            *(element["SPDXID"] for element in (*files, *snippets)),
            *(document.get("SPDXID") or DOCUMENT_ID, DOCUMENT_ID, NONE, NO_ANSWER),
        },
        files=len(files) + len(snippets),
        issues=[],
        remainder=_remainder(document),
    )
    _relate(document, bill)
    _tell_licenses(bill)
    return bill


def _package(package: dict[str, Any], licenses: dict[str, _License]) -> Entry:
    declared = _stated(package.get("licenseDeclared"))
    concluded = _stated(package.get("licenseConcluded"))
    download = _absent_none(package.get("downloadLocation"))
    is_vcs = download.split("://")[0].split("+")[0].lower() in _VCS
    refs = package.get("externalRefs") or ()
    copyright = _stated(package.get("copyrightText"))
    return Entry(
        key=package["SPDXID"],
        name=package["name"],
        version=_absent_none(package.get("versionInfo")),
        purls=tuple(ref.get("referenceLocator") or "" for ref in refs if ref.get("referenceType") == "purl"),
        declared_licenses=_declared(declared, licenses),
        concluded_license=concluded,
        copyrights=(copyright,) if copyright else (),
        authors=_actors(package.get("originator")),
        supplier="".join(_actors(package.get("supplier"))),
        description=package.get("description") or package.get("summary") or "",
        homepage=_absent_none(package.get("homepage")),
        download_url="" if is_vcs else download,
        vcs_url=download if is_vcs else "",
        hashes=_hashes(package),
        properties=(*_references(refs), *_texts(f"{declared} {concluded}", licenses)),
        remainder=_remainder(package),
    )


def _file(file: dict[str, Any], licenses: dict[str, _License]) -> Entry:
    concluded = _stated(file.get("licenseConcluded"))
    found = [_stated(text) for text in file.get("licenseInfoInFiles") or ()]
    copyright = _stated(file.get("copyrightText"))
    return Entry(
        key=file["SPDXID"],
        name=file["fileName"],
        declared_licenses=tuple(dict.fromkeys(text for text in found if text)),
        concluded_license=concluded,
        copyrights=(copyright,) if copyright else (),
        hashes=_hashes(file),
        properties=_texts(" ".join((concluded, *found)), licenses),
    )


def _declared(text: str, licenses: dict[str, _License]) -> tuple[str, ...]:
    """The declared licence; a text that we ourselves had to wrap in a LicenseRef is unwrapped."""
    if is_made_up(text) and text in licenses:
        text = licenses[text].get("extractedText") or ""
    return (text,) if text else ()


def _hashes(element: dict[str, Any]) -> tuple[Hash, ...]:
    found = []
    for checksum in element.get("checksums") or ():
        algorithm, value = checksum.get("algorithm"), checksum.get("checksumValue")
        if algorithm and value:
            found.append(Hash(algorithm.replace("-", "").lower(), value.lower()))
    return tuple(found)


def _references(refs: Any) -> tuple[tuple[str, str], ...]:
    """External references other than package URLs: CPE names, and the rest under their own types."""
    found = []
    for ref in refs:
        kind, locator = ref.get("referenceType") or "", ref.get("referenceLocator") or ""
        if kind in ("cpe23Type", "cpe22Type"):
            found.append(("cpe", locator))
        elif kind != "purl" and locator:
            found.append((f"reference {kind}".rstrip(), locator))
    return tuple(found)


def _texts(expressions: str, licenses: dict[str, _License]) -> tuple[tuple[str, str], ...]:
    """Name and text of the licences that only this document defines."""
    found = []
    for reference in references_in(expressions):
        license = licenses.get(reference)
        if license is None or is_made_up(reference):
            continue
        for field, label in (("name", "name"), ("extractedText", "text")):
            if _stated(license.get(field)):
                found.append((f"{reference} {label}", license[field]))
    return tuple(found)


def _actors(text: str | None) -> tuple[str, ...]:
    stated = _stated(text)
    kind, colon, name = stated.partition(":")
    if colon and kind in ("Person", "Organization", "Tool"):
        stated = name.strip()
    return (stated,) if stated else ()


def _remainder(element: dict[str, Any]) -> Any:
    for annotation in element.get("annotations") or ():
        facts = unpack(annotation.get("comment") or "")
        if facts is not None:
            return facts
    return None


def _relate(document: dict[str, Any], bill: Bill) -> None:
    ids = {document.get("SPDXID") or DOCUMENT_ID, DOCUMENT_ID}
    for relationship in document.get("relationships") or ():
        source, target = relationship["spdxElementId"], relationship["relatedSpdxElement"]
        kind = _DEVIATIONS.get(relationship["relationshipType"], relationship["relationshipType"])
        if source.startswith("DocumentRef-") or target.startswith("DocumentRef-"):
            bill.external += 1
        elif (kind == "DESCRIBES" and source in ids) or (kind == "CONTAINS" and source in ids):
            bill.described.append(target)
        elif kind == "DESCRIBED_BY" and target in ids:
            bill.described.append(source)
        elif kind in BONDS:
            bond, scope, reverse = BONDS[kind]
            ends = (target, source) if reverse else (source, target)
            bill.relations.append(Relation(*ends, bond, scope))
    entries = {entry.key for entry in bill.entries}
    lost = [key for key in bill.described if key not in entries and key not in bill.others]
    if lost:
        message = f"the document describes {lost[0]!r}, which it does not define"
        bill.issues.append(Issue(Severity.WARNING, SOURCE, message))
    if any(relation.bond is Bond.DEPENDS and relation.target == NONE for relation in bill.relations):
        bill.relations = [relation for relation in bill.relations if relation.target != NONE]


def _tell_licenses(bill: Bill) -> None:
    """One issue for all texts that stand where a licence expression should and are none."""
    wrong: dict[str, None] = {}
    for entry in bill.entries:
        for text in (*entry.declared_licenses, entry.concluded_license):
            if text and text != NONE and bill.remainder is None and fault_in(text):
                wrong.setdefault(text)
    if wrong:
        first = next(iter(wrong))
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        message = f"licences that are no SPDX expressions are taken as free text: {first[:80]!r}{more}"
        bill.issues.append(Issue(Severity.WARNING, SOURCE, message))


def _stated(text: str | None) -> str:
    """A text, unless it says that nothing is said."""
    return "" if text is None or text.strip() in (NO_ANSWER, "") else text


def _absent_none(text: str | None) -> str:
    stated = _stated(text)
    return "" if stated == NONE else stated


def _date(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None
