# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the profile demands that a document chooses by its category (6.1.26 and 6.1.27)."""

import unicodedata
from collections.abc import Callable, Iterator

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.correspondence import without_affected_counterpart
from paddock.engine.formats.csaf.rules.rule import Finding, Rule

Check = Callable[[Advisory], Iterator[Finding]]

_INCIDENT, _INFORMATION = "csaf_security_incident_response", "csaf_informational_advisory"
_SECURITY, _VEX, _OLD = "csaf_security_advisory", "csaf_vex", "csaf_deprecated_security_advisory"
_WITHDRAWN, _SUPERSEDED = "csaf_withdrawn", "csaf_superseded"
_FORMER = (_INCIDENT, _INFORMATION, _SECURITY, _VEX)
_ALL = (*_FORMER, _OLD, _WITHDRAWN, _SUPERSEDED)
_TELLING = ("description", "details", "general", "summary")
_SEPARATORS = frozenset({"Pd", "Pc", "Zs", "Zl", "Zp", "Cc", "Cf"})
_MINUS = "\u2212"


def prohibited_category(advisory: Advisory) -> Iterator[Finding]:
    """6.1.26"""
    profiles = _ALL if advisory.later else _FORMER
    category = advisory.category
    if category in (*profiles, "csaf_base", ""):
        return
    plain = _plain(category)
    taken = {_plain(profile) for profile in profiles} | {_plain(profile.removeprefix("csaf_")) for profile in profiles}
    if plain in taken or category.casefold().startswith("csaf_"):
        yield "document.category", f"{category[:80]!r} is reserved for another profile"


def _plain(text: str) -> str:
    """Without dashes, underscores and white space of any kind, whatever the case."""
    kept = (char for char in text if unicodedata.category(char) not in _SEPARATORS and char != _MINUS)
    return "".join(kept).casefold()


def _for(*categories: str) -> Callable[[Check], Check]:
    """The check applies to documents of these categories only."""

    def limited(check: Check) -> Check:
        def applied(advisory: Advisory) -> Iterator[Finding]:
            if advisory.category in categories and (advisory.later or advisory.category in _FORMER):
                yield from check(advisory)

        applied.__doc__ = check.__doc__
        return applied

    return limited


@_for(_INFORMATION, _INCIDENT)
def document_notes(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.1"""
    notes = fields.records(advisory.document, "notes")
    if not any(fields.text(note, "category") in _TELLING for _, note in notes):
        yield "document.notes", f"a note of one of the categories {', '.join(_TELLING)} is missing"


@_for(_INFORMATION, _INCIDENT)
def document_references(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.2"""
    references = fields.records(advisory.document, "references")
    if not any((fields.text(one, "category") or "external") == "external" for _, one in references):
        yield "document.references", "an external reference is missing"


@_for(_INFORMATION, _WITHDRAWN, _SUPERSEDED)
def no_vulnerabilities(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.3"""
    if "vulnerabilities" in advisory.value:
        yield "vulnerabilities", "documents of this category have none"


@_for(_SECURITY, _VEX, _OLD)
def product_tree(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.4"""
    if "product_tree" not in advisory.value:
        yield "product_tree", "it is missing"


@_for(_SECURITY, _VEX, _OLD)
def vulnerability_notes(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.5"""
    for place, vulnerability in advisory.vulnerabilities:
        if "notes" not in vulnerability:
            yield f"{place}.notes", "they are missing"


@_for(_SECURITY, _OLD)
def product_status(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.6"""
    for place, vulnerability in advisory.vulnerabilities:
        if "product_status" not in vulnerability:
            yield f"{place}.product_status", "it is missing"


@_for(_VEX)
def vex_status(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.7"""
    wanted = {"fixed", "known_affected", "known_not_affected", "under_investigation"}
    for place, vulnerability in advisory.vulnerabilities:
        if wanted.isdisjoint(fields.record(vulnerability, "product_status")):
            yield f"{place}.product_status", f"one of {', '.join(sorted(wanted))} is missing"


@_for(_VEX)
def vulnerability_id(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.8"""
    for place, vulnerability in advisory.vulnerabilities:
        if "cve" not in vulnerability and "ids" not in vulnerability:
            yield place, "it has neither cve nor ids"
        elif advisory.later and "cve" not in vulnerability:
            ids = [one for _, one in fields.records(vulnerability, "ids")]
            if all("product_ids" in one or "group_ids" in one for one in ids):
                named = {product for one in ids for product in advisory.meant(one)}
                status = fields.record(vulnerability, "product_status")
                for product in dict.fromkeys(product for name in status for product in fields.texts(status, name)):
                    if product not in named:
                        yield f"{place}.ids", f"none of them is for {product[:80]!r}"


@_for(_VEX)
def impact_statement(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.9"""
    for place, vulnerability in advisory.vulnerabilities:
        told = [flag for _, flag in fields.records(vulnerability, "flags")]
        threats = fields.records(vulnerability, "threats")
        told += [threat for _, threat in threats if fields.text(threat, "category") == "impact"]
        explained = {product for item in told for product in advisory.meant(item)}
        for product in fields.texts(fields.record(vulnerability, "product_status"), "known_not_affected"):
            if product not in explained:
                yield f"{place}.product_status.known_not_affected", f"nothing says why {product[:80]!r} is not affected"


@_for(_VEX)
def action_statement(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.10"""
    for place, vulnerability in advisory.vulnerabilities:
        remediations = fields.records(vulnerability, "remediations")
        helped = {product for _, item in remediations for product in advisory.meant(item)}
        for product in fields.texts(fields.record(vulnerability, "product_status"), "known_affected"):
            if product not in helped:
                yield f"{place}.product_status.known_affected", f"there is no remediation for {product[:80]!r}"


@_for(_SECURITY, _VEX, _OLD)
def vulnerabilities(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.11"""
    if "vulnerabilities" not in advisory.value:
        yield "vulnerabilities", "they are missing"


@_for(_SECURITY)
def affected_products(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.12"""
    for place, vulnerability in advisory.vulnerabilities:
        if "known_affected" not in fields.record(vulnerability, "product_status"):
            yield f"{place}.product_status", "known_affected is missing"


@_for(_SECURITY)
def corresponding_products(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.13"""
    for place, vulnerability in advisory.vulnerabilities:
        for product in without_affected_counterpart(advisory, vulnerability):
            yield f"{place}.product_status", f"no version of {product[:80]!r} is told to be affected"


@_for(_WITHDRAWN, _SUPERSEDED)
def description(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.14"""
    notes = fields.records(advisory.document, "notes")
    if not any(fields.text(note, "category") == "description" for _, note in notes):
        yield "document.notes", "a note of the category description is missing"


@_for(_WITHDRAWN, _SUPERSEDED)
def no_product_tree(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.15"""
    if "product_tree" in advisory.value:
        yield "product_tree", "documents of this category have none"


@_for(_WITHDRAWN, _SUPERSEDED)
def several_revisions(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.16"""
    if len(fields.items(advisory.tracking, "revision_history")) < 2:
        yield "document.tracking.revision_history", "it has to have two entries at least"


@_for(_WITHDRAWN)
def reasoning_for_withdrawal(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.17"""
    yield from titled_note(advisory, "Reasoning for Withdrawal", "description")


@_for(_SUPERSEDED)
def reasoning_for_supersession(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.18"""
    yield from titled_note(advisory, "Reasoning for Supersession", "description")


def titled_note(advisory: Advisory, title: str, category: str) -> Iterator[Finding]:
    """What is wrong where a document in English or of no stated language lacks the one note of a title and category."""
    if not in_english(advisory):
        return
    notes = [note for _, note in fields.records(advisory.document, "notes") if fields.text(note, "title") == title]
    if len(notes) != 1:
        yield "document.notes", f"there are {len(notes)} notes with the title {title!r}, not one"
    elif fields.text(notes[0], "category") != category:
        yield "document.notes", f"the note {title!r} is not of the category {category}"


def in_english(advisory: Advisory) -> bool:
    """Whether the document is in English or does not say in what."""
    language = fields.text(advisory.document, "lang")
    return not language or language.lower().partition("-")[0] in ("en", "i")


@_for(_SUPERSEDED)
def superseding_document(advisory: Advisory) -> Iterator[Finding]:
    """6.1.27.19"""
    if not in_english(advisory):
        return
    for _, reference in fields.records(advisory.document, "references"):
        told = fields.text(reference, "summary").startswith("Superseding Document")
        if told and (fields.text(reference, "category") or "external") == "external":
            return
    yield "document.references", "an external reference whose summary starts with 'Superseding Document' is missing"


RULES = (
    Rule("6.1.26", "prohibited document category name", prohibited_category),
    Rule("6.1.27.1", "document notes", document_notes),
    Rule("6.1.27.2", "document references", document_references),
    Rule("6.1.27.3", "vulnerabilities", no_vulnerabilities),
    Rule("6.1.27.4", "product tree", product_tree),
    Rule("6.1.27.5", "vulnerability notes", vulnerability_notes),
    Rule("6.1.27.6", "product status", product_status),
    Rule("6.1.27.7", "VEX product status", vex_status),
    Rule("6.1.27.8", "vulnerability id", vulnerability_id),
    Rule("6.1.27.9", "impact statement", impact_statement),
    Rule("6.1.27.10", "action statement", action_statement),
    Rule("6.1.27.11", "vulnerabilities", vulnerabilities),
    Rule("6.1.27.12", "affected products", affected_products, later=True),
    Rule("6.1.27.13", "corresponding affected products", corresponding_products, later=True),
    Rule("6.1.27.14", "document notes", description, later=True),
    Rule("6.1.27.15", "product tree", no_product_tree, later=True),
    Rule("6.1.27.16", "revision history", several_revisions, later=True),
    Rule("6.1.27.17", "reasoning for withdrawal", reasoning_for_withdrawal, later=True),
    Rule("6.1.27.18", "reasoning for supersession", reasoning_for_supersession, later=True),
    Rule("6.1.27.19", "reference to superseding document", superseding_document, later=True),
)
