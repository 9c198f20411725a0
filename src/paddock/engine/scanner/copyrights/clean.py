# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Takes comment marks, markup and quotes off a line and writes the copyright sign as `(c)` in every case."""

import html
import re
import unicodedata

_OPYRIGHT = re.compile(r"\([cC]\)opyright")
_MACRO = re.compile(r"\.[a-zA-Z]{1,2}(?:\s|$)(?!.*opyright)")
_TYPESET = re.compile(r"\\\(co\b|\{?\\copyright\}|(?<=[Cc]opyright )\\copyright\b|@copyright\{\}|\bu(?=['\"])|\"copyright\"\s*:|\bcopyright:(?=[\"'])")
_SIGN = re.compile(
    r"\([cC]\)|©|\\u00a9|\\xa9|\\251|&copy;?|&#169;|&#x[aA]9;", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:_-]*(?:\s[^<>@(]*)?/?>|<!--+|--+>|<\?xml[^>]*>")
_LEADER = re.compile(r"^(?:\s|[-/.,:>|&]|\.[A-Z]{1,2}(?:\s|$)|(?:dnl|REM|rem|@REM|@rem)\s)+")
_AUTHORS = re.compile(r"\bauthor or authors\b")
_BEFORE_STOP = re.compile(r"\s+([.,])(?=\s|$)")
_MAILTO = re.compile(r"<a\s[^<>]*mailto:([^\"'?<> ]+)[^<>]*>", re.IGNORECASE)
_AT = re.compile(r"<([\w.+-]+ (?:at|AT|@) [\w.-]+(?: (?:dot|DOT) \w+)+)>")
_ESCAPE = re.compile(r"\\[nrt](?![a-z])|\\[nrt](?=[A-Z(0-9 ])|%[dsiu]\b|\\f[BIRP]")
_DROPPED = str.maketrans({sign: " " for sign in '*#|=;"`{}[]!\\^%\0\ufeff\u00a0\u200b\t'})
_DROPPED |= str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "“": " ", "”": " ", "«": " ", "»": " ", "•": " ", "·": " ", "´": "'", "™": " ", "®": "(r)", "…": "...", "ⓒ": " ", "Ⓒ": " "})
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "Þ": "Th", "ı": "i", "œ": "oe", "Œ": "OE"})


_CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщыэюя", "a b v g d e io zh z i i k l m n o p r s t u f kh ts ch sh shch y e iu ia".split(), strict=True))
_LETTERS |= str.maketrans(_CYRILLIC | {letter.upper(): latin.capitalize() for letter, latin in _CYRILLIC.items()})


def clean(line: str) -> str:
    """The words of a line as a copyright statement may hold them, in ASCII as far as the letters are Latin."""
    if line.startswith(".") and _MACRO.match(line):
        return ""
    line = _TYPESET.sub(" ", line)
    line = _OPYRIGHT.sub("Copyright (c)", line)
    line = _SIGN.sub(" (c) ", line)
    if "<" in line:
        line = _MAILTO.sub(r" \1 ", line)
        line = _AT.sub(lambda match: match.group(1).replace(" ", "\x01"), line)
        line = _BEFORE_STOP.sub(r"\1", _TAG.sub(" ", line))
    if "&" in line:
        line = html.unescape(line)
    if "\\" in line or "%" in line:
        line = _ESCAPE.sub(" ", line)
    line = line.replace('."', " ").replace("--", "-").translate(_DROPPED)
    if not line.isascii():
        line = plain_letters(line)
    line = line.replace(" (c) ,", " (c), ").replace("('", " ").replace("')", " ")
    line = _AUTHORS.sub("author\x01or\x01authors", line)
    return _LEADER.sub("", line)


def plain_letters(text: str) -> str:
    """Latin letters without accents; other alphabets stay as they are."""
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
