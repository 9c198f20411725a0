# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What helps to identify a product: package URLs, digests, and numbers with wildcards."""

import re
from collections.abc import Iterator

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.rule import Finding, Rule
from paddock.engine.formats.fields import Record
from paddock.engine.model.purl import InvalidPurl, parse_purl

_STAR = re.compile(r"\\.|(\*)", re.DOTALL)


def _helpers(advisory: Advisory) -> Iterator[tuple[str, Record]]:
    for product in advisory.products:
        helper = fields.record(product.value, "product_identification_helper")
        if helper:
            yield f"{product.place}.product_identification_helper", helper


def malformed_purls(advisory: Advisory) -> Iterator[Finding]:
    """6.1.13"""
    for place, helper in _helpers(advisory):
        named = [(f"{place}.purl", fields.text(helper, "purl"))]
        named += [(f"{place}.purls[{index}]", text) for index, text in enumerate(fields.texts(helper, "purls"))]
        for where, text in named:
            if text and (message := _malformed(text, advisory)):
                yield where, message


def _malformed(text: str, advisory: Advisory) -> str:
    if advisory.later and text.startswith("pkg:/"):
        return "only the canonical form is allowed, without slashes after pkg:"
    try:
        parse_purl(text)
    except InvalidPurl as error:
        return str(error)
    return ""


def repeated_algorithms(advisory: Advisory) -> Iterator[Finding]:
    """6.1.25"""
    for place, helper in _helpers(advisory):
        for index, of_file in fields.records(helper, "hashes"):
            seen: set[str] = set()
            for number, digest in fields.records(of_file, "file_hashes"):
                algorithm = fields.text(digest, "algorithm")
                if algorithm in seen:
                    yield f"{place}.hashes[{index}].file_hashes[{number}]", f"there is another {algorithm} of the file"
                seen.add(algorithm)


def differing_purls(advisory: Advisory) -> Iterator[Finding]:
    """6.1.42"""
    for place, helper in _helpers(advisory):
        kinds: set[tuple[str | None, ...]] = set()
        for text in fields.texts(helper, "purls"):
            try:
                purl = parse_purl(text)
            except InvalidPurl:
                continue
            kinds.add((purl.type, purl.namespace, purl.name, purl.version, purl.subpath))
        if len(kinds) > 1:
            yield f"{place}.purls", "the package URLs differ in more than their qualifiers"


def stars_in_models(advisory: Advisory) -> Iterator[Finding]:
    """6.1.43"""
    yield from _stars(advisory, "model_numbers")


def stars_in_serials(advisory: Advisory) -> Iterator[Finding]:
    """6.1.44"""
    yield from _stars(advisory, "serial_numbers")


def stars_in_skus(advisory: Advisory) -> Iterator[Finding]:
    """6.1.61"""
    yield from _stars(advisory, "skus")


def _stars(advisory: Advisory, name: str) -> Iterator[Finding]:
    for place, helper in _helpers(advisory):
        for index, text in enumerate(fields.texts(helper, name)):
            if sum(1 for found in _STAR.finditer(text) if found[1]) > 1:
                yield f"{place}.{name}[{index}]", f"{text[:80]!r} has more than one unescaped star"


RULES = (
    Rule("6.1.13", "PURL", malformed_purls),
    Rule("6.1.25", "multiple use of same hash algorithm", repeated_algorithms),
    Rule("6.1.42", "PURL qualifiers", differing_purls, later=True),
    Rule("6.1.43", "use of multiple stars in model number", stars_in_models, later=True),
    Rule("6.1.44", "use of multiple stars in serial number", stars_in_serials, later=True),
    Rule("6.1.61", "use of multiple stars in SKU", stars_in_skus, later=True),
)
