# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Maven's versions, as `ComparableVersion` orders them (POM reference, "Version Order Specification").

A version is a row of tokens, split at dots, hyphens and where digits meet letters (which counts as a hyphen). Nothings
(0, final, ga, release) at the end, before a hyphen and before a word do not count. At the first difference:
alpha < beta < milestone < rc < snapshot < nothing < sp < other words, by letters < `-number` < `.number`.
"""

import re

from paddock.engine.versions.keys import SMALL, number, packed, word

_TOKEN = re.compile(r"([-.]?)(?:([0-9]+)|([^0-9.\-]+))?")
_KNOWN = {
    "alpha": "\x03", "beta": "\x04", "milestone": "\x05", "rc": "\x06", "cr": "\x06", "snapshot": "\x07", "sp": "\x0a",
    "ga": "", "final": "", "release": "",
}  # fmt: skip
_BEFORE_DIGIT = {"a": "\x03", "b": "\x04", "m": "\x05"}
_END, _NOTHING, _WORD, _HYPHEN = "\x08", "\x09", "\x0b", "\x0c"
_ADMITTED = re.compile(r"[^\s\[\](){}$,:;/\\*<>=^~#@!|&?%\"']+")
_DIGIT = re.compile("[0-9]")
_TRAIN = re.compile(r"[A-Za-z]+\.(?:RELEASE|GA|Final)", re.IGNORECASE)
_ZERO = SMALL["0"]
_NULLS = frozenset({_ZERO, _HYPHEN + _ZERO, _NOTHING})


def key(version: str) -> bytes:
    """The key of a version; Maven has an order for every text."""
    parts = version.split(".")
    while len(parts) > 1 and parts[-1] == "0":
        parts.pop()
    try:
        text = "".join([SMALL[part] for part in parts])
        return ((text if text != _ZERO else "") + _END).encode()
    except KeyError:
        return _detailed(version.lower())


def admits(version: str) -> bool:
    """Whether the text can be a version: no range, no unresolved property, no branch.

    Maven has an order for words too, but a word alone (`main`, `LATEST`, Gradle's `unspecified`) is a name for what
    changes; release trains (`Camden.RELEASE`) are versions.
    """
    if _ADMITTED.fullmatch(version) is None:
        return False
    return _DIGIT.search(version) is not None or _TRAIN.fullmatch(version) is not None


def _detailed(version: str) -> bytes:
    tokens: list[str] = []
    found = _TOKEN.findall("0" + version if version.startswith((".", "-")) else version)
    last = len(found) - 1
    for position, (separator, digits, letters) in enumerate(found):
        if letters:
            following = found[position + 1] if position < last else ("", "", "")
            token = _qualifier(letters, before_digit=bool(following[1]) and not following[0])
        elif digits or separator:
            plain = separator == "." or not position
            token = number(digits) if plain else _HYPHEN + number(digits)
            if plain:
                tokens.append(token)
                continue
        else:
            continue
        while tokens and tokens[-1] in _NULLS:
            tokens.pop()
        tokens.append(token)
    while tokens and tokens[-1] in _NULLS:
        tokens.pop()
    return packed("".join(tokens) + _END)


def _qualifier(letters: str, *, before_digit: bool) -> str:
    if before_digit and letters in _BEFORE_DIGIT:
        return _BEFORE_DIGIT[letters]
    known = _KNOWN.get(letters)
    if known is None:
        return _WORD + word(letters)
    return known or _NOTHING
