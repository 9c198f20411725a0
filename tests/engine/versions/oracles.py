# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Orders again, as their specifications tell them: two versions walked side by side, without any key."""

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest

Compare = Callable[[str, str], int]


def sign(first: object, second: object) -> int:
    return (first > second) - (first < second)  # type: ignore[operator]


def semver(first: str, second: str) -> int:
    """semver.org, clause 11."""
    (core, pre), (other_core, other_pre) = (
        version.partition("+")[0].partition("-")[::2] for version in (first, second)
    )
    numbers, others = ([int(part) for part in text.split(".")] for text in (core, other_core))
    if numbers != others:
        return sign(numbers, others)
    if not pre or not other_pre:
        return sign(not pre, not other_pre)
    return sign(*([_identifier(part) for part in text.split(".")] for text in (pre, other_pre)))


def _identifier(text: str) -> tuple[int, int, str]:
    return (0, int(text), "") if text.isdecimal() else (1, 0, text)


def debian(first: str, second: str) -> int:
    """deb-version(7): epoch, upstream version, revision."""
    for one, other in zip(_debian_parts(first), _debian_parts(second), strict=True):
        if found := _verrevcmp(one, other):
            return found
    return 0


def _debian_parts(version: str) -> tuple[str, str, str]:
    epoch, colon, rest = version.partition(":")
    rest = rest if colon else epoch
    upstream, _, revision = rest.rpartition("-") if "-" in rest else (rest, "", "")
    return (epoch if colon else "0"), upstream, revision


def _verrevcmp(a: str, b: str) -> int:
    def rank(text: str, at: int) -> int:
        character = text[at : at + 1]
        if not character or character.isdecimal():
            return 0
        if character.isalpha():
            return ord(character)
        return -1 if character == "~" else ord(character) + 256

    i = j = 0
    while i < len(a) or j < len(b):
        while (i < len(a) and not a[i].isdecimal()) or (j < len(b) and not b[j].isdecimal()):
            if rank(a, i) != rank(b, j):
                return sign(rank(a, i), rank(b, j))
            i, j = i + 1, j + 1
        one, other = (re.compile("[0-9]*").match(text, at) for text, at in ((a, i), (b, j)))
        assert one is not None
        assert other is not None
        if int(one[0] or 0) != int(other[0] or 0):
            return sign(int(one[0] or 0), int(other[0] or 0))
        i, j = one.end(), other.end()
    return 0


def rpm(first: str, second: str) -> int:
    """rpm-version(7): epoch, version, release."""
    (epoch, version, release), (other_epoch, other_version, other_release) = map(_rpm_parts, (first, second))
    if epoch != other_epoch:
        return sign(epoch, other_epoch)
    found = _rpmvercmp(version, other_version)
    if found or None in {release, other_release}:
        return found or sign(release is not None, other_release is not None)
    return _rpmvercmp(release or "", other_release or "")


def _rpm_parts(text: str) -> tuple[int, str, str | None]:
    found = re.match("([0-9]*):", text)
    rest = text[found.end() :] if found else text
    version, dash, release = rest.rpartition("-") if "-" in rest else (rest, "", "")
    return int(found[1] or 0) if found else 0, version, release if dash else None


def _rpmvercmp(a: str, b: str) -> int:
    while True:
        a, b = (re.sub("^[^0-9A-Za-z~^]+", "", text) for text in (a, b))
        if "~" in {a[:1], b[:1]}:
            if a[:1] != b[:1]:
                return -1 if a[:1] == "~" else 1
            a, b = a[1:], b[1:]
            continue
        if "^" in {a[:1], b[:1]}:
            if not a or not b:
                return 1 if a else -1
            if a[0] != b[0]:
                return -1 if a[0] == "^" else 1
            a, b = a[1:], b[1:]
            continue
        if not a or not b:
            return sign(bool(a), bool(b))
        kind = "[0-9]+" if a[0].isdecimal() else "[A-Za-z]+"
        one, other = re.match(kind, a), re.match(kind, b)
        assert one is not None
        if other is None:
            return 1 if a[0].isdecimal() else -1
        left, right = (int(one[0]), int(other[0])) if a[0].isdecimal() else (one[0], other[0])
        if left != right:
            return sign(left, right)
        a, b = a[one.end() :], b[other.end() :]


def gem(first: str, second: str) -> int:
    """`Gem::Version#<=>`: what is missing is 0, words are below numbers."""
    rows = [
        [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in re.findall("[0-9]+|[a-z]+", version)]
        for version in (first.replace("-", ".pre."), second.replace("-", ".pre."))
    ]
    stripped = [_canonical(row) for row in rows]
    for one, other in zip_longest(*stripped, fillvalue=(1, 0, "")):
        if one != other:
            return sign(one, other)
    return 0


def _canonical(row: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    word = next((index for index, part in enumerate(row) if part[0] == 0), len(row))
    kept = []
    for half in (row[:word], row[word:]):
        while half and half[-1] == (1, 0, ""):
            half = half[:-1]
        kept += half
    return kept


_QUALIFIERS = ("alpha", "beta", "milestone", "rc", "snapshot", "", "sp")


def maven(first: str, second: str) -> int:
    """The POM reference: tokens side by side, missing ones null, nulls before words and hyphens left out."""
    rows = [_maven_tokens(version) for version in (first, second)]
    for one, other in zip_longest(*rows):
        left, right = (_maven_rank(token) for token in (one, other))
        if left != right:
            return sign(left, right)
    return 0


def _maven_tokens(version: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    for part in re.findall("[-.]|[^-.]+", f".{version.lower()}"):
        if part in "-.":
            tokens.append((part, ""))
            continue
        for index, piece in enumerate(re.findall("[0-9]+|[^0-9]+", part)):
            if index:
                tokens.append(("-", ""))
            tokens[-1] = (tokens[-1][0], piece)
    tokens = [
        (
            separator,
            {"a": "alpha", "b": "beta", "m": "milestone"}.get(text, text) if _digit_follows(tokens, index) else text,
        )
        for index, (separator, text) in enumerate(tokens)
    ]
    tokens = [(separator, {"cr": "rc"}.get(text, text) or "0") for separator, text in tokens]
    kept: list[tuple[str, str]] = []
    for separator, text in (*tokens, ("-", "end")):
        if separator == "-" or not text.isdecimal():
            while kept and _is_null(kept[-1][1]):
                kept.pop()
        kept.append((separator, text))
    return kept[:-1]


def _digit_follows(tokens: Sequence[tuple[str, str]], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1][0] == "-" and tokens[index + 1][1].isdecimal()


def _is_null(text: str) -> bool:
    return text in {"ga", "final", "release"} or (text.isdecimal() and int(text) == 0)


def _maven_rank(token: tuple[str, str] | None) -> tuple[int, int, str]:
    if token is None:
        return (0, _QUALIFIERS.index(""), "")
    separator, text = token
    if text.isdecimal():
        return (2 if separator == "." else 1, int(text), "")
    if text in _QUALIFIERS:
        return (0, _QUALIFIERS.index(text), "")
    return (0, len(_QUALIFIERS), text)


def composer(first: str, second: str) -> int:
    """PHP's `version_compare` on four numbers and words."""
    rows = [re.findall("[0-9]+|[a-z]+", version) for version in (first, second)]
    padded = []
    for row in rows:
        numbers = next((index for index, part in enumerate(row) if not part.isdecimal()), len(row))
        filled = row[:numbers] + ["0"] * (4 - numbers)
        while len(filled) > 4 and int(filled[-1]) == 0:
            filled.pop()
        padded.append(filled + row[numbers:])
    for one, other in zip_longest(*padded):
        left, right = (_composer_rank(part) for part in (one, other))
        if left != right:
            return sign(left, right)
    return 0


def _composer_rank(part: str | None) -> tuple[int, int]:
    if part is None:
        return (5, 0)
    if part.isdecimal():
        return (6, int(part))
    return ({"dev": 1, "alpha": 2, "beta": 3, "rc": 4, "p": 7}[part], 0)
