# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Brings the many spellings of a licence's name to one: "The Apache License, Version 2.0" and "apache-2" fold alike.

A folded name is a line of plain words: case, punctuation, filler words and the zeros at the end of versions are gone,
long names have become the usual initials, and "or any later version" a plus sign. Only equality of folded names counts,
so the rules need to be consistent, not beautiful.
"""

import re
import unicodedata

_LATER = re.compile(
    r"[,(\s]*\b(?:or|and|and/or)[\s,(]*(?:at your (?:option|choice))?[\s,)]*"
    r"(?:any|a|all|the)?\s*(?:later|newer|greater|higher|above|up|subsequent|upward|upwards)\b"
    r"(?:\s*\(?versions?\b\)?)?(?:\s*\(?at your (?:option|choice)\b)?",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?<=[a-z\s_\-]\d)[\-_](?=\d\b)")
_PUBLISHED = re.compile(r"\bas\s+published\s+by\b")
_HIGHER = re.compile(r">=\s*(\d[\d.]*)")
_VERSION = re.compile(r"(?<![a-uw-z])v(?:er(?:sion)?)?\.?[\s_\-]*(?=\d)|(?<=[a-z])v(?=\d)|\bversions?\b|\bvers?\b\.?")
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)*|\+")
_ZEROS = re.compile(r"(?:\.0+)+\Z")
_FILLERS = frozenset(
    re.findall(
        r"\S+",
        "the license licence licenses licences licensed license's licenced licencing licensing only gnu under terms"
        " either at as published term of for by's a an is s this inc v see distributed released available plain"
        " standard agreement",
    )
)
_NUMBERS = {"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4"}
_MISSPELT = {
    "licens": "license",
    "lisence": "license",
    "liscense": "license",
    "lincense": "license",
    "licene": "license",
    "licesne": "license",
    "verion": "version",
    "verison": "version",
    "verision": "version",
    "versino": "version",
    "sofware": "software",
    "softare": "software",
    "genral": "general",
    "gneral": "general",
    "lessor": "lesser",
    "mozila": "mozilla",
    "apahce": "apache",
    "lpgl": "lgpl",
    "licnese": "license",
    "eclise": "eclipse",
    "puplic": "public",
    "pubic": "public",
    "afferp": "affero",
    "businnes": "business",
    "apche": "apache",
    "commerical": "commercial",
}
_INITIALS = (
    ("free software foundation", "fsf"),
    ("lesser general public", "lgpl"),
    ("general lesser public", "lgpl"),
    ("general affero public", "agpl"),
    ("library or lesser general public", "lgpl"),
    ("lesser library general public", "lgpl"),
    ("lesser library public", "lgpl"),
    ("library lesser general public", "lgpl"),
    ("lesser or library general public", "lgpl"),
    ("library general public", "lgpl"),
    ("library public", "lgpl"),
    ("lesser public", "lgpl"),
    ("affero general public", "agpl"),
    ("affero public", "agpl"),
    ("general public", "gpl"),
    ("lesser gpl", "lgpl"),
    ("library gpl", "lgpl"),
    ("affero gpl", "agpl"),
    ("l gpl", "lgpl"),
    ("free documentation", "gfdl"),
    ("mozilla public", "mpl"),
    ("eclipse public", "epl"),
    ("eclipse distribution", "edl"),
    ("common public attribution", "cpal"),
    ("common public", "cpl"),
    ("common development and distribution", "cddl"),
    ("common development distribution", "cddl"),
    ("creative commons", "cc"),
    ("share alike", "sa"),
    ("non commercial", "nc"),
    ("no derivative works", "nd"),
    ("no derivatives", "nd"),
    ("no derivs", "nd"),
    ("european union public", "eupl"),
    ("academic free", "afl"),
    ("open software", "osl"),
    ("sil open font", "ofl"),
    ("open font", "ofl"),
    ("sil ofl", "ofl"),
    ("zope public", "zpl"),
    ("ibm public", "ipl"),
    ("artistic", "artistic"),
    ("universal permissive", "upl"),
    ("microsoft public", "ms pl"),
    ("microsoft reciprocal", "ms rl"),
    ("apple public source", "apsl"),
    ("server side public", "sspl"),
    ("boost software", "bsl boost"),
    ("q public", "qpl"),
    ("sun public", "spl"),
    ("reciprocal public", "rpl"),
    ("open database", "odbl"),
    ("business source", "busl"),
    ("educational community", "ecl"),
    ("python software foundation", "psf"),
    ("berkeley software distribution", "bsd"),
)
_SINGLE = {
    "attribution": "by",
    "sharealike": "sa",
    "noncommercial": "nc",
    "noderivatives": "nd",
    "noderivs": "nd",
    "clauses": "clause",
    "cl": "clause",
}
_PLACES = frozenset({"international", "unported", "generic", "universal"})
_LONGEST = max(len(phrase.split()) for phrase, _ in _INITIALS)
_BY_PHRASE = {tuple(phrase.split()): tuple(initials.split()) for phrase, initials in _INITIALS}


def fold(text: str) -> str:
    """The folded form of a name; empty when nothing but filler words is in it. Linear."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _PUBLISHED.sub(" ", _DASHED.sub(".", _HIGHER.sub(r"\1 + ", _LATER.sub(" + ", plain))))
    plain = _VERSION.sub(" ", plain)
    words = [_MISSPELT.get(word, word) for word in _WORD.findall(plain)]
    words = [word for word in words if word not in _FILLERS and word != "version"]
    words = _abbreviate([_SINGLE.get(_NUMBERS.get(word, word), _NUMBERS.get(word, word)) for word in words])
    words = [word for word in words if word != "fsf" or len(words) < 3]
    words = [_ZEROS.sub("", word) for word in words if word != "software"]
    if "cc" in words[:1]:
        words = [word for word in words if word not in _PLACES]
    return " ".join(_without_repetition(_in_order(words)))


def _abbreviate(words: list[str]) -> list[str]:
    result: list[str] = []
    position = 0
    while position < len(words):
        for length in range(min(_LONGEST, len(words) - position), 1, -1):
            initials = _BY_PHRASE.get(tuple(words[position : position + length]))
            if initials is not None:
                result.extend(initials)
                position += length
                break
        else:
            result.append(words[position])
            position += 1
    return result


def _in_order(words: list[str]) -> list[str]:
    # "3-Clause BSD" and "BSD (3 clause)" are one name.
    if len(words) >= 3 and words[1] == "clause" and words[0] in {"0", "1", "2", "3", "4"} and words[2] == "bsd":
        return ["bsd", words[0], "clause", *words[3:]]
    # "version 2 of the GNU General Public License" is "GPL 2".
    if len(words) == 2 and words[0][0].isdigit() and words[1] in {"gpl", "lgpl", "agpl", "mpl", "epl", "apache"}:
        return [words[1], words[0]]
    return words


def _without_repetition(words: list[str]) -> list[str]:
    # "GNU General Public License (GPL)" and "MPL 2.0 (MPL 2.0)" say the same thing twice.
    half = len(words) // 2
    if half and len(words) % 2 == 0 and words[:half] == words[half:]:
        return words[:half]
    return [word for number, word in enumerate(words) if number == 0 or word != words[number - 1] or word[0].isdigit()]
