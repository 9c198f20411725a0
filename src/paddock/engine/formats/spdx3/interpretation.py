# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What an SPDX 3 graph states: packages as entries, relationships as relations.

Takes any graph, whatever its values are; `rules` says what is wrong with it. Files and snippets are counted; they are
entries only where the document has no package.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from paddock.engine.formats.bill.expressions import NO_ANSWER, NONE, fault_in, is_made_up, joined, references_in
from paddock.engine.formats.bill.remainder import unpack
from paddock.engine.formats.bill.statements import Bill, Entry, Relation
from paddock.engine.formats.spdx3.graph import Graph, Thing, text_of, type_of, values_of
from paddock.engine.formats.spdx3.licensing import Licenses
from paddock.engine.formats.spdx3.vocabulary import BONDS, INDIVIDUALS, SCOPES
from paddock.engine.model.component import Hash
from paddock.engine.model.issue import Issue, Severity

SOURCE = "spdx3"
_PACKAGES = {"software_Package", "ai_AIPackage", "dataset_DatasetPackage"}
_FILES = {"software_File", "software_Snippet"}
_COLLECTIONS = {"SpdxDocument", "software_Sbom", "Bom", "Bundle"}
_VCS = ("git", "hg", "svn", "bzr")


class _Facts:
    """What the graph says about its elements from elsewhere: licences and remarks, by element id."""

    def __init__(self, graph: Graph) -> None:
        self.licenses = Licenses(graph)
        self.declared: dict[str, list[str]] = {}
        self.concluded: dict[str, list[str]] = {}
        self.remarks: dict[str, Any] = {}
        for thing in graph.things:
            kind = thing.get("relationshipType")
            if kind in ("hasDeclaredLicense", "hasConcludedLicense"):
                found = self.declared if kind == "hasDeclaredLicense" else self.concluded
                texts = [self.licenses.expression(value) for value in values_of(thing, "to")]
                found.setdefault(graph.id_of(thing.get("from")), []).extend(texts)
            elif type_of(thing) == "Annotation":
                facts = unpack(text_of(thing, "statement"))
                if facts is not None:
                    self.remarks.setdefault(graph.id_of(thing.get("subject")), facts)


def bill_of(graph: Graph) -> Bill:
    """The statements of a graph."""
    facts = _Facts(graph)
    document = _document(graph)
    packages = [thing for thing in graph.things if type_of(thing) in _PACKAGES]
    files = [thing for thing in graph.things if type_of(thing) in _FILES]
    entries = [_entry(thing, graph, facts) for thing in (packages or files)]
    creation = next(graph.follow(document, "creationInfo"), None)
    creators = list(graph.follow(creation, "createdBy"))
    tools = [item for item in creators if type_of(item) == "SoftwareAgent"]
    key = graph.id_of(document)
    bill = Bill(
        source=SOURCE,
        name=text_of(document, "name"),
        serial="" if key.startswith("_:") else key,
        created=_date(text_of(creation, "created")),
        authors=_names(item for item in creators if type_of(item) != "SoftwareAgent"),
        tools=_names((*tools, *graph.follow(creation, "createdUsing"))),
        entries=entries,
        relations=[],
        described=_roots(graph, document),
        others={key for key, thing in graph.by_id.items() if type_of(thing) not in _PACKAGES},
        files=len(files) if packages else 0,
        issues=[],
        remainder=facts.remarks.get(key),
    )
    _relate(graph, bill, document)
    _tell_licenses(facts.licenses, bill)
    return bill


def _document(graph: Graph) -> Thing | None:
    """The SpdxDocument; without one, the outermost collection."""
    for wanted in ("SpdxDocument", "software_Sbom", "Bom", "Bundle"):
        for thing in graph.things:
            if type_of(thing) == wanted:
                return thing
    return None


def _roots(graph: Graph, document: Thing | None) -> list[str]:
    """What the document is about: its root elements, and those of the collections among them."""
    found: dict[str, None] = {}
    waiting = [graph.id_of(value) for value in values_of(document, "rootElement")]
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found[key] = None
        thing = graph.by_id.get(key)
        if thing is not None and type_of(thing) in _COLLECTIONS:
            waiting.extend(graph.id_of(value) for value in values_of(thing, "rootElement"))
    return list(found)


def _entry(thing: Thing, graph: Graph, facts: _Facts) -> Entry:
    key = graph.id_of(thing)
    declared = [text for text in facts.declared.get(key, ()) if text != NO_ANSWER]
    concluded = [text for text in dict.fromkeys(facts.concluded.get(key, ())) if text != NO_ANSWER]
    download = _stated(thing, "software_downloadLocation")
    is_vcs = download.split("://")[0].split("+")[0].lower() in _VCS
    vcs = download if is_vcs else next(iter(_external_refs(graph, thing, "vcs")), "")
    copyright = text_of(thing, "software_copyrightText")
    purls = [text_of(thing, "software_packageUrl"), *_identifiers(graph, thing, "packageUrl")]
    return Entry(
        key=key,
        name=text_of(thing, "name") or key,
        version=_stated(thing, "software_packageVersion"),
        purls=tuple(dict.fromkeys(text for text in purls if text)),
        declared_licenses=tuple(dict.fromkeys(_unwrapped(text, facts.licenses) for text in declared)),
        concluded_license=joined(concluded) if concluded else "",
        copyrights=(copyright,) if copyright not in ("", NO_ANSWER) else (),
        authors=_names(graph.follow(thing, "originatedBy")),
        supplier="".join(_names(graph.follow(thing, "suppliedBy"))[:1]),
        description=text_of(thing, "description") or text_of(thing, "summary"),
        homepage=_stated(thing, "software_homePage"),
        download_url="" if is_vcs else download,
        vcs_url=vcs,
        hashes=_hashes(graph, thing),
        properties=(*_references(graph, thing), *_texts((*declared, *concluded), facts.licenses)),
        remainder=facts.remarks.get(key),
    )


def _unwrapped(text: str, licenses: Licenses) -> str:
    if is_made_up(text) and text in licenses.texts:
        return licenses.texts[text][1]
    return text


def _identifiers(graph: Graph, thing: Thing, *kinds: str) -> list[str]:
    return [
        text_of(item, "identifier")
        for item in graph.follow(thing, "externalIdentifier")
        if text_of(item, "externalIdentifierType").rpartition("/")[2] in kinds
    ]


def _external_refs(graph: Graph, thing: Thing, kind: str) -> list[str]:
    return [
        locator
        for item in graph.follow(thing, "externalRef")
        if text_of(item, "externalRefType").rpartition("/")[2] == kind
        for locator in values_of(item, "locator")
        if isinstance(locator, str)
    ]


def _references(graph: Graph, thing: Thing) -> tuple[tuple[str, str], ...]:
    found = [("cpe", text) for text in _identifiers(graph, thing, "cpe23", "cpe22") if text]
    for item in graph.follow(thing, "externalIdentifier"):
        kind = text_of(item, "externalIdentifierType").rpartition("/")[2]
        if kind not in ("cpe23", "cpe22", "packageUrl") and text_of(item, "identifier"):
            found.append((f"reference {kind}".rstrip(), text_of(item, "identifier")))
    return tuple(dict.fromkeys(found))


def _texts(expressions: Iterable[str], licenses: Licenses) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for reference in (name for text in expressions for name in references_in(text)):
        if reference in licenses.texts and not is_made_up(reference):
            name, text = licenses.texts[reference]
            found.update(
                {(f"{reference} {label}", value): None for label, value in (("name", name), ("text", text)) if value}
            )
    return tuple(found)


def _hashes(graph: Graph, thing: Thing) -> tuple[Hash, ...]:
    found = []
    for item in graph.follow(thing, "verifiedUsing"):
        algorithm = text_of(item, "algorithm").rpartition("/")[2].replace("_", "").lower()
        value = text_of(item, "hashValue").lower()
        if type_of(item) == "Hash" and algorithm and value:
            found.append(Hash(algorithm, value))
    return tuple(found)


def _relate(graph: Graph, bill: Bill, document: Thing | None) -> None:
    imported = {text_of(item, "externalSpdxId") for item in graph.follow(document, "import")}
    imported |= {text_of(item, "externalSpdxId") for item in graph.follow(document, "imports")}
    for thing in graph.things:
        kind = thing.get("relationshipType")
        if not isinstance(kind, str):
            continue
        source = graph.id_of(thing.get("from"))
        targets = [graph.id_of(value) for value in values_of(thing, "to")]
        kind = kind.rpartition("/")[2]
        if kind == "describes" and type_of(graph.by_id.get(source, {})) in _COLLECTIONS:
            bill.described.extend(targets)
        elif kind in BONDS:
            for relation in _relations(thing, kind, source, targets):
                if relation.source in imported or relation.target in imported:
                    bill.external += 1
                else:
                    bill.relations.append(relation)


def _relations(thing: Thing, kind: str, source: str, targets: list[str]) -> Iterator[Relation]:
    bond, scope, reverse = BONDS[kind]
    scope = SCOPES.get(text_of(thing, "scope").rpartition("/")[2], scope)
    for target in targets:
        if target.rpartition("/")[2].rpartition("_")[2] not in INDIVIDUALS:
            ends = (target, source) if reverse else (source, target)
            yield Relation(*ends, bond, scope)


def _tell_licenses(licenses: Licenses, bill: Bill) -> None:
    bill.issues.extend(Issue(Severity.WARNING, SOURCE, message) for message in licenses.problems)
    if bill.remainder is not None:
        return
    texts = {text for entry in bill.entries for text in (*entry.declared_licenses, entry.concluded_license)}
    wrong = sorted(text for text in texts if text not in ("", NONE) and fault_in(text))
    if wrong:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        message = f"licences that are no SPDX expressions are taken as free text: {wrong[0][:80]!r}{more}"
        bill.issues.append(Issue(Severity.WARNING, SOURCE, message))


def _names(things: Iterable[Thing]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (text_of(thing, "name") for thing in things) if name))


def _stated(thing: Thing, name: str) -> str:
    text = text_of(thing, name)
    return "" if text in (NO_ANSWER, NONE) else text


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
