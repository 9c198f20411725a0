# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Path patterns of configuration files: `*` stays within a folder, `**` crosses folders, a backslash is an escape.

Patterns come with the tree under scan, so a hostile one must not cost more than its length: they become regular
expressions without a choice to come back to. Between two wildcards the match that ends first is as good as any other,
because a wildcard then takes up whatever lies behind it; so each part, once found, is settled (an atomic group).
"""

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from paddock.engine.model.errors import EngineError

MAX_WILDCARDS = 20
"""More wildcards than this in one pattern are refused: nobody can read it."""
MAX_LENGTH = 4_096

_PART = re.compile(r"\\(.)|(\*\*/)|(\*\*)|(\*)|(\?)|(.)", re.DOTALL)


class InvalidGlob(EngineError):
    """The pattern is too long or has too many wildcards."""


class Wildcard(Enum):
    """What a wildcard stands for: anything, anything within a folder's name, any number of whole folders."""

    ANYTHING = ".*?"
    WITHIN = "[^/]*?"
    FOLDERS = "(?:.*?/)??"


Token = str | Wildcard
"""A wildcard, or the regular expression of exactly one sign."""


@lru_cache(maxsize=4_096)
def compile_glob(pattern: str, *, question: bool = True) -> re.Pattern[str]:
    """A regular expression that matches whole paths (relative, `/`-separated), with `match` or `fullmatch`.

    `**/` stands for any number of folders, none included; a leading `./` or `/` and a trailing `/` (meaning all below)
    are understood. question: whether `?` stands for one character. Raises InvalidGlob.
    """
    if len(pattern) > MAX_LENGTH:
        raise InvalidGlob(f"'{pattern[:40]}…' is longer than any path")
    plain = pattern.removeprefix("./").lstrip("/")
    if plain.endswith("/"):
        plain += "**"
    if len(re.findall(r"\*+|\?", plain)) > MAX_WILDCARDS:
        raise InvalidGlob(f"{pattern!r} has more than {MAX_WILDCARDS} wildcards; split it into several patterns")
    return compile_tokens(_tokens(plain, question))


def compile_tokens(tokens: Iterable[Token]) -> re.Pattern[str]:
    """A regular expression for whole texts; at worst quadratic in their length, however many wildcards there are."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token in (Wildcard.ANYTHING, Wildcard.FOLDERS):
            parts.append([token])
        else:
            parts[-1].append(token)
    settled = "".join(f"(?>{_source(part)})" for part in parts[:-1])
    return re.compile(f"{settled}{_source(parts[-1], ends=True)}\\Z", re.DOTALL)


def _source(part: list[Token], *, ends: bool = False) -> str:
    """What stands between two wildcards that cross folders; those within a folder are settled one by one, but for the
    last before the end of the text, which has to reach it.
    """
    pieces: list[list[str]] = [[]]
    for token in part:
        if token is Wildcard.WITHIN:
            pieces.append([token.value])
        else:
            pieces[-1].append(token.value if isinstance(token, Wildcard) else token)
    first, *others = ("".join(piece) for piece in pieces)
    last = others.pop() if others and ends else ""
    return first + "".join(f"(?>{piece})" for piece in others) + last


def _tokens(pattern: str, question: bool) -> Iterable[Token]:
    before = "/"
    for found in _PART.finditer(pattern):
        literal, folders, anything, within, one, other = found.groups()
        if folders and before == "/":
            yield Wildcard.FOLDERS
        elif folders:
            yield from (Wildcard.ANYTHING, "/")
        elif anything:
            yield Wildcard.ANYTHING
        elif within:
            yield Wildcard.WITHIN
        elif one and question:
            yield "[^/]"
        else:
            yield re.escape(literal or one or other)
        before = found.group()[-1:]
