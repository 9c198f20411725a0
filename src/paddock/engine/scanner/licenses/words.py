# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Texts as arrays of word numbers, at tens of megabytes a second: bytes.translate, split and a dictionary do the work.

A word is a run of letters and digits in lower case, with one `+` inside or behind ("gpl2+"). Marks of common mark-up
and comments (`<br>`, `&quot;`, `dnl`) are passed over. Words that occur in no rule have no number; only how many of
them stand between two known words is kept.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import numpy.typing as npt

from paddock.engine.scanner.licenses.variants import CANONICAL

UNKNOWN, PASSED_OVER, NEWLINE, FIRST_WORD = 0, 1, 2, 3
"""Numbers in the vocabulary that stand for no word of a rule; words begin at FIRST_WORD."""

_MARKUP = """
a abbr alt amp apos auto bdquo blockquote body border br bull bullet class colon comma div em emdash emsp ensp ge gt h1
h2 h3 h4 h5 height hr href img ldquo le li lists lpar lsquo lt mdash nav nbsp ndash ol p padding para period pre quot
raquo rdquo rel rpar rsquo script semi side span src td th thinsp tr ul ulink width x3c x3e
"""
_COMMENTS_AND_CODE = "dnl rem echo printf"
PASSED_OVER_WORDS = frozenset((_MARKUP + _COMMENTS_AND_CODE).encode().split())

PHRASE_START, PHRASE_END = b"{{", b"}}"
_CHUNK = 1 << 20

_NEWLINE_WORD = b"\x01"
_TABLE = bytes(
    byte + 32
    if 65 <= byte <= 90
    else byte
    if 48 <= byte <= 57 or 97 <= byte <= 122 or byte >= 128 or byte in b"+\n"
    else 32
    for byte in range(256)
)
_BEYOND_ASCII = re.compile(r"([^\x00-\x7f]+)")
_MAX_FOLDED, _MAX_RUN = 16_384, 64
"""Runs of characters whose folded form is kept: so many, none of them longer."""
_ESCAPED_SPACES = (rb"\n", rb"\r", rb"\t")

Numbers = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Words:
    """The known words of a text.

    numbers: (n,) uint16 in the vocabulary. lines: (n,) int32, from 1. unknown: (n,) int32, how many unknown words
    stand before each word in the whole text.
    """

    numbers: Numbers
    lines: Counts
    unknown: Counts

    def __len__(self) -> int:
        return len(self.numbers)

    def is_continuous(self, start: int, end: int) -> bool:
        """Whether no unknown word stands between the words start … end-1; marks may."""
        return bool(self.unknown[end - 1] == self.unknown[start])


def read_words(text: bytes, vocabulary: Mapping[bytes, int]) -> Words:
    """The words of a text in UTF-8 (what is not is taken as Latin-1), by a vocabulary of word -> number."""
    plain = plain_words(text)
    codes = np.concatenate([_codes(chunk, vocabulary) for chunk in _chunks(plain)])
    words = np.flatnonzero(codes >= FIRST_WORD)
    return Words(
        numbers=codes[words],
        lines=(codes == NEWLINE).cumsum(dtype=np.int32)[words] + np.int32(1),
        unknown=(codes == UNKNOWN).cumsum(dtype=np.int32)[words],
    )


def _codes(chunk: bytes, vocabulary: Mapping[bytes, int]) -> Numbers:
    words = chunk.split()
    return np.fromiter(map(vocabulary.get, words, repeat(UNKNOWN)), dtype=np.uint16, count=len(words))


def _chunks(plain: bytes) -> Iterator[bytes]:
    """Pieces of about a megabyte, cut at spaces, so that a huge text costs the memory of one piece."""
    start = 0
    while len(plain) - start > _CHUNK:
        end = plain.rfind(b" ", start, start + _CHUNK)
        end = start + _CHUNK if end <= start else end
        yield plain[start:end]
        start = end
    yield plain[start:]


def plain_words(text: bytes) -> bytes:
    """A text reduced to its words in lower case, separated by spaces; the end of a line is a word of its own."""
    if b"\\" in text:
        for escaped in _ESCAPED_SPACES:
            text = text.replace(escaped, b"  ")
    if not text.isascii():
        text = _fold(text)
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    text = text.translate(_TABLE)
    if b"+" in text:
        text = _plus_signs_of_words(text)
    return text.replace(b"\n", b" \x01 ")


def _plus_signs_of_words(text: bytes) -> bytes:
    """A text in which only those plus signs are left that stand right behind a letter or digit, one each.

    Only whole replacements: a regular expression would look at every byte, and programs are full of these signs.
    """
    text = text.replace(b"++", b"+ ").replace(b" +", b"  ").replace(b"\n+", b"\n ")
    return b" " + text[1:] if text.startswith(b"+") else text


class _Folded(dict[str, str]):
    """Runs of characters beyond ASCII with every sign that is no letter or digit as a space, all in lower case."""

    def __missing__(self, run: str) -> str:
        plain = "".join(sign if sign.isalnum() else " " for sign in run.lower())
        if len(run) <= _MAX_RUN:
            if len(self) >= _MAX_FOLDED:
                self.clear()
            self[run] = plain
        return plain


_FOLDED = _Folded()


def _fold(text: bytes) -> bytes:
    """Letters and digits beyond ASCII in lower case, every other sign beyond ASCII as a space."""
    try:
        characters = text.decode("utf-8")
    except UnicodeDecodeError:
        characters = text.decode("latin-1")
    parts = _BEYOND_ASCII.split(characters)
    parts[1::2] = map(_FOLDED.__getitem__, parts[1::2])
    return "".join(parts).encode("utf-8", "replace")


def rule_words(text: str) -> tuple[list[bytes], list[tuple[int, int]]]:
    """The words of a rule's text, and its required phrases as ranges (start, end) of words.

    Phrases stand between `{{` and `}}`.
    """
    marked = text.encode().replace(PHRASE_START, b" \x02 ").replace(PHRASE_END, b" \x03 ")
    words: list[bytes] = []
    phrases: list[tuple[int, int]] = []
    start: int | None = None
    for piece in re.split(rb"([\x02\x03])", marked):
        if piece == b"\x02":
            start = len(words)
        elif piece == b"\x03":
            if start is not None and start < len(words):
                phrases.append((start, len(words)))
            start = None
        else:
            for word in plain_words(piece).split():
                if word not in PASSED_OVER_WORDS and word != _NEWLINE_WORD:
                    words.append(CANONICAL.get(word, word))
    return words, phrases
