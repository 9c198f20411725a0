# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Rules for single values of SPDX 2: each takes a text and says what is wrong with it, "" when nothing is."""

import re
from datetime import datetime

from paddock.engine.formats.bill.expressions import NO_ANSWER, NONE, fault_in
from paddock.engine.formats.spdx2.vocabulary import CHECKSUM_DIGITS, RELATIONSHIP_TYPES
from paddock.engine.model.purl import InvalidPurl, parse_purl

_ID = re.compile(r"SPDXRef-[A-Za-z0-9.\-]+")
_ANY_ID = re.compile(r"(?:DocumentRef-[A-Za-z0-9.\-]+:)?SPDXRef-[A-Za-z0-9.\-]+")
_DOCUMENT_REF = re.compile(r"DocumentRef-[A-Za-z0-9.\-+]+")
_LICENSE_REF = re.compile(r"LicenseRef-[A-Za-z0-9.\-]+")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s]+")
_ACTOR = re.compile(r"(?:Person|Organization): ?\S.*", re.DOTALL)
_CREATOR = re.compile(r"(?:Person|Organization|Tool): ?\S.*", re.DOTALL)
_HEX = re.compile(r"[0-9a-fA-F]+")
_CPE23 = re.compile(r"cpe:2\.3:[aho*\-](?::(?:[^\s:\\]|\\.)+){10}")
_CPE22 = re.compile(r"[cC][pP][eE]:/[AHOaho]?(?::[A-Za-z0-9._\-~%]*){0,6}")


def element_id(text: str) -> str:
    """6.3, 7.2, 8.2, 9.1: `SPDXRef-` and letters, digits, `.`, `-`."""
    return "" if _ID.fullmatch(text) else f"{_short(text)} is not SPDXRef- and letters, digits, '.' or '-'"


def any_element_id(text: str) -> str:
    """11.1: an element of this or, with DocumentRef-, of another document, or nothing in particular."""
    if text in (NONE, NO_ANSWER) or _ANY_ID.fullmatch(text):
        return ""
    return f"{_short(text)} is neither an SPDXRef- id nor one with DocumentRef-, NONE or NOASSERTION"


def document_ref(text: str) -> str:
    """6.6: the name of another document."""
    return (
        ""
        if _DOCUMENT_REF.fullmatch(text)
        else f"{_short(text)} is not DocumentRef- and letters, digits, '.', '-', '+'"
    )


def license_ref(text: str) -> str:
    """10.1: the name of a licence that is not on the list."""
    return "" if _LICENSE_REF.fullmatch(text) else f"{_short(text)} is not LicenseRef- and letters, digits, '.' or '-'"


def date(text: str) -> str:
    """6.9: UTC to the second."""
    if _DATE.fullmatch(text):
        try:
            datetime.fromisoformat(text)
            return ""
        except ValueError as error:
            return f"{_short(text)} is no date: {error}"
    return f"{_short(text)} is not a date of the form YYYY-MM-DDThh:mm:ssZ"


def namespace(text: str) -> str:
    """6.5: an absolute URI without fragment."""
    if not _URI.fullmatch(text):
        return f"{_short(text)} is no absolute URI"
    return f"{_short(text)} has a fragment (#)" if "#" in text else ""


def location(text: str) -> str:
    """7.7, 7.11: a URI, NONE or NOASSERTION."""
    return "" if text in (NONE, NO_ANSWER, "") or _URI.fullmatch(text) else f"{_short(text)} is no URI"


def actor(text: str) -> str:
    """7.5, 7.6: a person or organisation, or NOASSERTION."""
    if text == NO_ANSWER or _ACTOR.fullmatch(text):
        return ""
    return f"{_short(text)} begins with neither 'Person: ' nor 'Organization: '"


def creator(text: str) -> str:
    """6.8, 12.1, 13.1: a person, organisation or tool."""
    return (
        "" if _CREATOR.fullmatch(text) else f"{_short(text)} begins with none of 'Person: ', 'Organization: ', 'Tool: '"
    )


def license_text(text: str) -> str:
    """7.13, 7.15, 8.5, 9.5: an expression, NONE or NOASSERTION."""
    return "" if text in (NONE, NO_ANSWER) else fault_in(text)


def data_license(text: str) -> str:
    """6.2: documents are CC0-1.0."""
    return "" if text == "CC0-1.0" else f"{_short(text)} is not CC0-1.0"


def relationship_type(text: str) -> str:
    """11.1: one of the listed types."""
    return "" if text in RELATIONSHIP_TYPES else f"{_short(text)} is no relationship type"


def checksum(algorithm: str, value: str) -> str:
    """7.10, 8.4: hexadecimal digits, as many as the algorithm gives. An unknown algorithm is another rule's matter."""
    if not _HEX.fullmatch(value):
        return f"{_short(value)} is not hexadecimal"
    digits = CHECKSUM_DIGITS.get(algorithm)
    if digits is not None and len(value) != digits:
        return f"{algorithm} has {digits} hexadecimal digits, not {len(value)}"
    return ""


def sha1(text: str) -> str:
    """7.9: the package verification code."""
    return checksum("SHA1", text)


def locator(type: str, text: str) -> str:
    """7.21 and annex F: what an external reference points to, by its type."""
    if any(char.isspace() for char in text) or not text:
        return f"{_short(text)} is empty or has spaces"
    if type == "purl":
        try:
            parse_purl(text)
        except InvalidPurl as error:
            return str(error)
    if type == "cpe23Type" and not _CPE23.fullmatch(text):
        return f"{_short(text)} is no CPE 2.3 name"
    if type == "cpe22Type" and not _CPE22.fullmatch(text):
        return f"{_short(text)} is no CPE 2.2 name"
    return ""


def not_empty(text: str) -> str:
    """A mandatory text says something."""
    return "" if text.strip() else "is empty"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
