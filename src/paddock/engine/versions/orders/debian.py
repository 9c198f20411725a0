# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Debian's versions: epoch, upstream version, revision, as dpkg compares them (deb-version(7)).

Each part is read as words and numbers in turn; in words `~` sorts before the end, the end before letters and letters
before everything else.
"""

import re

from paddock.engine.versions.keys import SMALL, number, packed

_EPOCH_ZERO = SMALL["0"]
_DIGITS = frozenset("0123456789")
_TILDE, _END = "\x01", "\x02"
_EPOCH = re.compile(r"\s*([0-9]*):")
_RUNS = re.compile("([^0-9]*)([0-9]+)")
_ADMITTED = re.compile(r"(?:[0-9]+:)?[0-9][0-9A-Za-z.+~:_^-]*")


class _Ranks(dict[int, str]):
    """Code point to what stands for it: letters and digits as they are, everything else above the letters."""

    def __missing__(self, code: int) -> str:
        return chr(min(code + 0x200, 0x10FFFF))


_RANKS = _Ranks(
    {code: chr(code) for code in range(128) if chr(code).isalnum()}
    | {code: chr(code + 0x200) for code in range(128) if not chr(code).isalnum()}
    | {ord("~"): _TILDE}
)


def key(version: str) -> bytes:
    """The key of a version; dpkg has an order for every text."""
    epoch = _EPOCH_ZERO
    if ":" in version and (found := _EPOCH.match(version)):
        epoch = number(found[1])
        version = version[found.end() :]
    upstream, _, revision = version.rpartition("-") if "-" in version else (version, "", "")
    return packed(epoch + part(upstream) + part(revision))


def admits(version: str) -> bool:
    """Whether the text is a version: begins with a digit, after the epoch, and holds only what dpkg allows."""
    return _ADMITTED.fullmatch(version) is not None


def part(text: str) -> str:
    """One part (upstream version or revision) with its end; also the whole order of opam.

    A missing number is 0, so that a word is always followed by one and `1a` equals `1a0`.
    """
    if text[-1:] not in _DIGITS:
        text += "0"
    return (
        "".join(
            [
                (_WORDS.get(word) or _word(word)) + (SMALL.get(digits) or number(digits))
                for word, digits in _RUNS.findall(text)
            ]
        )
        + _END
    )


def _word(text: str) -> str:
    return text.translate(_RANKS) + _END


_WORDS = {text: _word(text) for text in ("", ".", "-", "+", "~", "+deb", "u", "ubuntu", "build", "+b", "+esm", "~bpo")}
"""The words of most versions."""
