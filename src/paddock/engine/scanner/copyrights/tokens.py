# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Words of candidate lines and their classes."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from paddock.engine.scanner.copyrights import words
from paddock.engine.scanner.copyrights.candidates import Line
from paddock.engine.scanner.copyrights.clean import TIE, clean

_WORDS = words.read_words()
_OF_ITSELF = {
    "(c)": words.SIGN,
    "(c),": words.SIGN_AND_COMMA,
    "(": "(",
    ")": ")",
    ",": words.COMMA,
    ".": words.COMMA,
    "by": words.BY,
    "By": words.BY,
    "Jr.": words.NAME,
    "to": words.TO,
    "present": words.NOW,
    "now": words.NOW,
    "onwards": words.NOW,
    "-present": words.YEAR,
    "-now": words.YEAR,
    "affiliates,": words.NOUN,
    "authors,": words.STOPPED_PEOPLE,
    "authors.": words.STOPPED_PEOPLE,
    "Authors,": words.STOPPED_PEOPLE,
    "Authors.": words.STOPPED_PEOPLE,
    "Authors:": words.BREAK,
    "authors:": words.BREAK,
    "Contributors:": words.BREAK,
    "contributors:": words.BREAK,
}
_REGISTERED = "(r)"
_MENTION = re.compile(r"(?<![Oo][Pp][Rr])\.$|'")
"""The word "copyright" at the end of a sentence or of a quotation."""
_YEAR = re.compile(r"\(?(?:19[5-9]\d|20\d\d)(?:[-,/.&+]+(?:(?i:present|now|current|today)|\d{1,4}))*[-,.]*\)?")
_NUMBER = re.compile(r"\(?['-]?\d[\d.,:/-]*\)?")
_EMAIL = re.compile(r"[(<]*[\w.+=-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}[>),.;]*|<[^<>@ ]+@[^<>@ ]+>")
_URL = re.compile(
    r"[(<]*https?://\S+|[(<]*www\.[\w-]+\.[\w.-]+[)>.,]*|[(<]*[\w.-]+\.(?:com|net|org|io|edu|de|dev)/?[),.>]*",
    re.IGNORECASE,
)
_LEGAL_URL = re.compile(r"/licenses?/|/(?:LICENSE|AUTHORS|PATENTS|COPYING)\W*$")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9&.'/-]+")
_NAME = re.compile(r"[a-z]{1,2}'[A-Z]\w+|[^\W\d_a-z][\w.,&'/-]*|\d+[A-Z][\w-]*")
_IDENTIFIER = re.compile(r"get[A-Z]\w*|[a-z]+[A-Z]?[a-z]*Name|[A-Z][a-z]+Name|[A-Z][a-z]+(?:[A-Z][a-z]+){2,}")
_CODE = re.compile(
    r".*[_$].*|.*\w[(<].*|.*[)>]\.?\w.*|\.(?!NET\b)\w.*|(?:\w{3,}\.){2,}\w{3,}|[\w.-]+/[\w./-]+/\S*|[A-Z]+/\d+|.*\+.*"
)


class Token(NamedTuple):
    """A word as a statement shows it, its line, and its class."""

    text: str
    line: int
    kind: str


_WITH_COMMA = "://,"
_RESERVING = frozenset({"all", "some", "no"})
"""What stands before "rights reserved"."""
_TAGGED = frozenset({words.NOUN, words.NAME, words.PEOPLE, words.OTHERS})
"""What an `@word` at the start of a line looks like that is no part of a name, but a tag of documentation."""


def tokens(group: Sequence[Line]) -> list[Token]:
    """The words of a group of lines in order; an empty line is a word without text."""
    found: list[Token] = []
    for number, line in group:
        row = clean(line).replace(">,", "> ,").split()
        if not row:
            found.append(Token("", number, words.EMPTY))
        for position, word in enumerate(row):
            text, shown, kind_found = _read(word)
            if not text:
                continue
            if kind_found == words.BREAK and found and text[:6] == "rights" and found[-1].text.lower() in _RESERVING:
                found[-1] = found[-1]._replace(kind=words.RESERVED)
            elif position == 0 and text[0] == "@" and found and kind_found in _TAGGED:
                kind_found = words.BREAK
            found.append(Token(shown, number, kind_found))
            if text == _WITH_COMMA:
                found.append(Token("\b,", number, words.COMMA))
    return found


@lru_cache(maxsize=16_384)
def _read(word: str) -> tuple[str, str, str]:
    """A word in lower case, what a statement shows of it, and its class.

    In place of the word stands "" for what counts for nothing, and _WITH_COMMA for an address before a comma.
    """
    if word[-1] == "," and "://" in word:
        return _WITH_COMMA, *_classed(word[:-1])
    text = word.strip("'").lstrip(":")
    if not text.strip(":"):
        return "", "", ""
    return text.lower(), *_classed(text)


def _classed(word: str) -> tuple[str, str]:
    """What a statement shows of a word, and its class."""
    word = word.removeprefix("mailto:") or word
    if TIE in word:
        return word.replace(TIE, " "), words.EMAIL if "uthor" not in word else words.COMPANY
    found = _OF_ITSELF.get(word) or kind(word.rstrip(":"))
    if found == words.COPYRIGHT:
        word = "Copyright" if word.startswith("SPDX") else word.strip("@:<>/()-").lstrip(",.")
    elif found == words.URL:
        word = word.rstrip(";:")
        word = word.strip("<>").rstrip("/") if "://" in word else word
        word = word.replace("(<", "<").replace(">)", ">")
    elif found == words.EMAIL:
        word = word.rstrip(";:")
    elif word[0] == "<" or word[-1] == ">":
        word = word.strip("<>") or word
    return word.rstrip(":"), found


@lru_cache(maxsize=16_384)
def kind(word: str) -> str:
    """The class of a word: its own, or by its shape."""
    if word in _OF_ITSELF:
        return _OF_ITSELF[word]
    if not word.strip("-/."):
        return words.DASH if "-" in word or word == "/" else words.BREAK
    if _REGISTERED in word:
        return words.COMPANY if kind(word.replace(_REGISTERED, "")) == words.COMPANY else words.NOUN
    if "mailto:" in word:
        return words.BREAK
    if word[0] == "(" and word[-1] == "," and word[1:-1].isupper():
        return words.OPENING
    core = word.strip(".,()<>'@:/")
    if not core:
        return words.BREAK
    mark = _WORDS.get(core.lower(), "")
    if mark == words.COPYRIGHT:
        return words.BREAK if _MENTION.search(word) else mark
    if mark == words.PORTION:
        return mark
    if core.lstrip("-")[:1].isdigit():
        if _YEAR.fullmatch(word.replace("<", "").replace(">", "")):
            return words.YEAR
        if _NUMBER.fullmatch(word):
            return words.NUMBER
        if word.endswith("+") and word[:-1].isdigit():
            return words.NOUN
    if "@" in word and _EMAIL.fullmatch(word):
        return words.EMAIL
    if "," in core:
        return words.COMPANY if _WORDS.get(core.rpartition(",")[2]) == words.COMPANY else _shaped(word, core)
    return _WORDS.get(core) or _OF_ITSELF.get(core) or _shaped(word, core)


def _shaped(word: str, core: str) -> str:
    if _URL.fullmatch(word):
        return words.BREAK if _LEGAL_URL.search(word) else words.URL
    if word.startswith("("):
        return words.PARENTHESIS if word.rstrip(".,").endswith(")") else words.OPENING
    if "/" in core and core.isupper():
        return words.NOUN
    if _CODE.fullmatch(word) or _IDENTIFIER.fullmatch(core):
        return words.BREAK
    if _CAPITALS.fullmatch(core):
        return words.CAPITALS
    if _NAME.fullmatch(core) or (word.startswith("@") and "/" in word):
        return words.NAME
    return words.NOUN if core[0].isalpha() or core.isalnum() else words.BREAK
