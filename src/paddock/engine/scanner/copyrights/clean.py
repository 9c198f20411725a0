# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Takes comment marks, markup, quotes and accents off a line and writes the copyright sign as `(c)` in every case."""

import html
import re
import tomllib
import unicodedata
from importlib.resources import files

TIE = "\x01"
"""Stands for a space within what counts as one word."""

_MACRO = re.compile(r"\.[a-zA-Z]{1,2}(?:\s|$)(?!.*opyright)")
"""A line that only sets type, as in manual pages."""
_SIGN = re.compile(r"\([cC]\)|©|\\u00a9|\\xa9|\\251|&copy;?|&#169;|&#xa9;", re.IGNORECASE)
_SIGN_BEFORE_WORD = re.compile(r"&#169;(?=(?:\s|<[^<>]*>)*copyright)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\bAssemblyCopyright(?:Attribute)?\s*\(\s*@?\"")
"""Of .NET, where the value need not say the word again."""
_JOINED_SIGN = re.compile(r"\([cC]\)opyright")
_WITHOUT_MEANING = re.compile(
    r"""\\\(co\b|\{?\\copyright\}|(?<=[Cc]opyright[ ])\\copyright\b|@copyright\{\}  # the sign, in typesetting languages
    |"copyright"\s*:|\bcopyright:(?=["'])                                           # the key of a value
    |\bu(?=['"])                                                                    # Python's prefix of a text
    """,
    re.VERBOSE,
)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:_-]*(?:\s[^<>@(=]*=[^<>@(]*)?\s?/?>|<!--+|--+>|<\?xml[^>]*>")
_MAILTO = re.compile(r"<a\s[^<>]{0,200}mailto:([^\"'?<> ]+)[^<>]*>", re.IGNORECASE)
_SPELLED_ADDRESS = re.compile(r"<([\w.+-]+ (?:at|AT|@) [\w.-]+(?: (?:dot|DOT) \w+)+)>")
_SPACE_BEFORE_STOP = re.compile(r"\s+([.,])(?=\s|$)")
_ESCAPE = re.compile(r"\\[nrt](?![a-z])|%[dsiu]\b|\\f[BIRP]")
_LEADER = re.compile(r"^(?:\s|[-/.,:>|]|\.[A-Z]{1,2}(?:\s|$)|(?:dnl|@?REM|@?rem)\s)+")
_AUTHORS = re.compile(r"\bauthor or authors\b")
_AND_LATER = re.compile(r"(?<=\d) and later\b:?")


def _read_letters() -> tuple[dict[int, str], dict[int, str]]:
    text = files("paddock.engine.scanner.copyrights").joinpath("letters.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    signs = dict.fromkeys(tables["blank"], " ") | tables["signs"]
    large = {letter.upper(): latin.capitalize() for letter, latin in tables["cyrillic"].items()}
    return str.maketrans(signs), str.maketrans(tables["letters"] | tables["cyrillic"] | large)


_SIGNS, _LETTERS = _read_letters()


def clean(line: str) -> str:
    """The words of a line as a copyright statement may hold them, in ASCII as far as letters are Latin or Cyrillic."""
    if line.startswith(".") and _MACRO.match(line):
        return ""
    line = _ATTRIBUTE.sub("Copyright ", line)
    line = _JOINED_SIGN.sub("Copyright (c)", _WITHOUT_MEANING.sub(" ", line))
    line = _SIGN.sub(" (c) ", _SIGN_BEFORE_WORD.sub(" ", line) if "&#" in line else line)
    if "<" in line:
        line = _MAILTO.sub(r" \1 ", line)
        line = _SPELLED_ADDRESS.sub(lambda match: match.group(1).replace(" ", TIE), line)
        line = _SPACE_BEFORE_STOP.sub(r"\1", _TAG.sub(" ", line))
    if "&" in line:
        line = html.unescape(line)
    if "\\" in line or "%" in line:
        line = _ESCAPE.sub(" ", line)
    line = line.replace('."', " ").replace("--", "-").replace("Yahoo! ", "Yahoo\x02 ").translate(_SIGNS)
    if not line.isascii():
        line = plain_letters(line)
    line = line.replace("\x02", "!").replace(" (c) ,", " (c), ").replace("('", " ").replace("')", " ")
    line = _AUTHORS.sub(f"author{TIE}or{TIE}authors", _AND_LATER.sub(" ", line))
    return _LEADER.sub("", line)


def plain_letters(text: str) -> str:
    """Latin letters without accents, Cyrillic ones in Latin; other alphabets stay as they are."""
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
