# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The classes of words in a copyright statement, each a single letter, and the words that have a class of their own."""

import tomllib
from importlib.resources import files

COPYRIGHT = "k"
SIGN = "s"
SIGN_AND_COMMA = "S"
PORTION = "p"
"""Portions, parts."""
YEAR = "y"
NUMBER = "d"
NOW = "w"
"""Stands for a year: present, now."""
NAME = "N"
CAPITALS = "A"
"""A word in capitals: a name in many statements, and shouting in many licences."""
NOUN = "n"
"""A word that may stand within a name and does not make one."""
BREAK = "J"
NOTICE = "M"
HOLDER = "H"
LABEL = "X"
COMPANY = "C"
PARTICLE = "D"
PEOPLE = "u"
"""Authors, developers."""
STOPPED_PEOPLE = "z"
"""Authors with a full stop or a comma."""
OTHERS = "v"
"""Contributors, affiliates, others."""
ALL = "q"
RESERVED = "R"
"""The first word of "all rights reserved"."""
OF = "o"
IN = "i"
AND = "a"
BY = "b"
TO = "t"
EMAIL = "e"
URL = "U"
PARENTHESIS = "P"
OPENING = "O"
"""A word that opens a parenthesis and does not close it."""
DASH = "-"
COMMA = ","
EMPTY = "E"
"""An empty line."""

_CLASSES = {
    "all": ALL,
    "and": AND,
    "break": BREAK,
    "company": COMPANY,
    "copyright": COPYRIGHT,
    "holder": HOLDER,
    "in": IN,
    "label": LABEL,
    "name": NAME,
    "noun": NOUN,
    "notice": NOTICE,
    "of": OF,
    "others": OTHERS,
    "particle": PARTICLE,
    "people": PEOPLE,
    "portion": PORTION,
}


def read_words() -> dict[str, str]:
    """The classes of the words in `words.toml`."""
    text = files("paddock.engine.scanner.copyrights").joinpath("words.toml").read_text("utf-8")
    lists = tomllib.loads(text)
    return {word: _CLASSES[name] for name, words in lists.items() for word in words.split()}
