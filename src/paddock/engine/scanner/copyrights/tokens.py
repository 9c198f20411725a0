# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Words of candidate lines and their classes, each a single letter, so that the grammar can be a regular expression."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from paddock.engine.scanner.copyrights import words
from paddock.engine.scanner.copyrights.candidates import Line
from paddock.engine.scanner.copyrights.clean import clean

COPYRIGHT, SIGN, SIGN_COMMA, PORTION, YEAR, DASH, COMMA = "k", "s", "S", "p", "y", "-", ","
NAME, CAPITALS, NOUN, BREAK, COMPANY, PARTICLE = "N", "A", "n", "J", "C", "D"
OF, AND, PEOPLE, OTHERS, BY, EMAIL, URL = "o", "a", "u", "v", "b", "e", "U"
PARENTHESIS, ALL, NUMBER, NOW, TO, EMPTY, STOPPED, OPENING = "P", "q", "d", "w", "t", "E", "z", "O"

_YEAR = re.compile(r"\(?(?:19[5-9]\d|20\d\d)(?:[-,/.&+]+(?:present|Present|PRESENT|now|current|today|\d{1,4}))*[-,.]*\)?")
_NUMBER = re.compile(r"\(?['-]?\d[\d.,:/-]*\)?")
_EMAIL = re.compile(r"[(<]*[\w.+=-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}[>),.;]*|<[^<>@ ]+@[^<>@ ]+>")
_URL = re.compile(r"[(<]*https?://\S+|[(<]*www\.[\w-]+\.[\w.-]+[)>.,]*|[\w.-]+\.(?:com|net|org|io|edu|de|dev)/?[),.>]*", re.IGNORECASE)
_LICENSE_URL = re.compile(r"/licenses?/|/(?:LICENSE|AUTHORS|PATENTS|COPYING)\W*$")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9&.'/-]+")
_NAME = re.compile(r"[a-z]{1,2}'[A-Z]\w+|[^\W\d_a-z][\w.,&'/-]*|\d+[A-Z][\w-]*")
_CAMEL = re.compile(r"get[A-Z]\w*|[a-z]+[A-Z]?[a-z]*Name|[A-Z][a-z]+Name|[A-Z][a-z]+(?:[A-Z][a-z]+){2,}")
_CODE = re.compile(r".*[_$].*|.*\w[(<].*|.*[)>]\.?\w.*|\.(?!NET\b)\w.*|(?:\w{3,}\.){2,}\w{3,}|[\w.-]+/[\w./-]+/\S*|[A-Z]+/\d+|.*\+.*")
_SPLIT = re.compile(r"(?<=[>)]),|(?<=@)\s|(?<=>)(?=[A-Za-z])")


class Token(NamedTuple):
    """A word as written, its line, and its class."""

    text: str
    line: int
    kind: str


def tokens(group: Sequence[Line]) -> list[Token]:
    """The words of a group of lines in order; an empty line is a word without text."""
    found: list[Token] = []
    for number, line in group:
        words_of_line = clean(line).replace(">,", "> ,").split()
        if not words_of_line:
            found.append(Token("", number, EMPTY))
        for word in words_of_line:
            if word[-1] == "," and "://" in word:
                found.append(_token(word[:-1], number))
                found.append(Token("\b,", number, COMMA))
                continue
            text = word.strip("'").lstrip(":")
            if "\x01" in text:
                found.append(Token(text.replace("\x01", " "), number, COMPANY if "uthor" in text else EMAIL))
                continue
            if text.strip(":"):
                token = _token(text, number)
                if token.kind == NOUN and text == "in" and found and found[-1].kind == COPYRIGHT:
                    token = token._replace(kind=BREAK)
                found.append(token)
    return found


_LABELS = frozenset({"Authors:", "authors:", "AUTHORS:", "Contributors:", "contributors:", "CONTRIBUTORS:"})


def _token(word: str, line: int) -> Token:
    found = BREAK if word in _LABELS else kind(word.rstrip(":"))
    if found == COPYRIGHT:
        word = "Copyright" if word.startswith("SPDX") else word.strip("@:<>/()-").lstrip(",.")
    elif found in (EMAIL, URL):
        word = word.rstrip(";:")
        if found == URL:
            word = word.strip("<>").rstrip("/") if "://" in word else word
    return Token(word.rstrip(":"), line, found)


@lru_cache(maxsize=16_384)
def kind(word: str) -> str:
    """The class of a word."""
    if word == "(c)":
        return SIGN
    if word == "(c),":
        return SIGN_COMMA
    if word in "()":
        return word
    if word in {",", "."}:
        return COMMA
    if not word.strip("-/."):
        return DASH if "-" in word or word == "/" else BREAK
    if word.endswith((".", ",")) and word[:-1].lower() == "authors":
        return STOPPED
    core = word.strip(".,()<>'@:/")
    lower = core.lower()
    if not core:
        return BREAK
    if lower in words.TAGS:
        return COPYRIGHT
    if lower in words.COPYRIGHTS:
        return BREAK if word.endswith(".") and lower != "copr" else COPYRIGHT
    if lower in words.PORTIONS:
        return PORTION
    if _YEAR.fullmatch(word):
        return YEAR
    if word.endswith("+") and word[:-1].isdigit():
        return NOUN
    if _NUMBER.fullmatch(word):
        return NUMBER
    if "@" in word and _EMAIL.fullmatch(word):
        return EMAIL
    if word == "affiliates,":
        return NOUN
    if lower in {"-present", "-now"}:
        return YEAR
    return _listed(core, lower) or _shaped(word, core)


def _listed(core: str, lower: str) -> str:
    if "," in core:
        return COMPANY if core.rpartition(",")[2] in words.COMPANIES else ""
    for table, found in _TABLES:
        if core in table:
            return found
    return {"by": BY, "present": NOW, "now": NOW, "to": TO}.get(lower, "") if core.islower() else ""


_TABLES = (
    (words.COMPANIES, COMPANY),
    (words.PEOPLE, PEOPLE),
    (words.OTHERS, OTHERS),
    (words.JOINING, AND),
    (words.OF, OF),
    (words.PARTICLES, PARTICLE),
    (words.ALL, ALL),
    (words.BREAKS, BREAK),
    (words.NOUNS, NOUN),
    (words.NAMES, NAME),
)


def _shaped(word: str, core: str) -> str:
    if _URL.fullmatch(word):
        return BREAK if _LICENSE_URL.search(word) else URL
    if word.startswith("("):
        return PARENTHESIS if word.rstrip(".,").endswith(")") else OPENING
    if "/" in core and core.isupper():
        return NOUN
    if _CODE.fullmatch(word) or _CAMEL.fullmatch(core):
        return BREAK
    if len(core) == 2 and core[0].isupper() and core[1].islower():
        return NOUN
    if _CAPITALS.fullmatch(core):
        return CAPITALS
    if _NAME.fullmatch(core) or word.startswith("@") and "/" in word:
        return NAME
    return NOUN if core[0].isalpha() else BREAK
