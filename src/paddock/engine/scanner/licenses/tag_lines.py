# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SPDX-License-Identifier lines: an expression that somebody wrote down is read, not matched."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.match import TAG, Match, Query
from paddock.engine.scanner.licenses.rules import Kind, LicenseName
from paddock.engine.scanner.licenses.words import read_words
from paddock.engine.spdx.licenses import deprecated_expressions, find_license

# REUSE-IgnoreStart
TAG_WORDS = (b"spdx", b"license", b"identifier")
_TAG = re.compile(rb"SPDX[-\s]+Licen[cs]e[-\s]+Identifier\s*:?\s*", re.IGNORECASE)
# REUSE-IgnoreEnd
UNKNOWN_EXPRESSION = "unknown-spdx"
_TOKEN = re.compile(r"\(|\)|[^\s()]+")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+:_-]*")
_OPERATORS = {"and": "AND", "or": "OR", "with": "WITH"}
_END_OF_EXPRESSION = re.compile(r"""\*/|-->|\*\)|["'`;,<>{}\[\]|\\#]|//|--""")
_END_OF_STATEMENT = re.compile(rb"\*/|-->|\*\)|\\[nr]")
"""Ends the comment, or the line of a text within a program, that a tag stands in."""
_NO_ANSWER = {"none", "noassertion"}
_MAX_VALUE = 2_000
_REMEMBERED_VALUES = 1_024
_OWN_PREFIXES = ("licenseref-", "documentref-")
_EXCEPTION_MARK = "+"
"""Before the keys of exceptions in the table of `keys_by_id`."""


class _Value(NamedTuple):
    """What stands behind a tag: its expression, the text, and how many known words are said in the same comment."""

    expression: str
    text: str
    words: int


def find_tag_lines(text: bytes, query: Query) -> list[Match]:
    """A match for each tag, over the words of its comment or line; the expression of an unreadable one is unknown"""
    numbers = [query.index.vocabulary.get(word, 0) for word in TAG_WORDS]
    words = query.words.numbers
    if not all(numbers) or len(words) < len(numbers):
        return []
    places = np.flatnonzero(words[:-2] == numbers[0])
    places = places[(words[places + 1] == numbers[1]) & (words[places + 2] == numbers[2])]
    if not len(places):
        return []
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines = text.split(b"\n", int(query.words.lines[places[-1]]))
    by_line = groupby(places.tolist(), key=lambda place: int(query.words.lines[place]))
    return [match for line, group in by_line for match in _read_line(list(group), lines[line - 1], query)]


def _read_line(places: Sequence[int], line: bytes, query: Query) -> Iterator[Match]:
    """The tags of one line, of which minified programs have many. places: where their words begin."""
    tags = list(_TAG.finditer(line))
    ends = [*(tag.start() for tag in tags[1:]), len(line)]
    last = int(np.searchsorted(query.words.lines, query.words.lines[places[0]], "right"))
    for (place, following), tag, end in zip(pairwise([*places, last]), tags, ends, strict=False):
        value = line[tag.end() : min(end, tag.end() + _MAX_VALUE)]
        found = _read_value(value, query.index)
        if found is not None:
            yield _match(query, place, following, found)


@lru_cache(maxsize=_REMEMBERED_VALUES)
def _read_value(value: bytes, index: Index) -> _Value | None:
    """What stands behind a tag, None where nothing does. All files of a project have the same, which is read once."""
    text = value.decode("utf-8", "replace")
    expression = read_expression(text, keys_by_id(index))
    if expression is None:
        return None
    said = value[: closer.start()] if (closer := _END_OF_STATEMENT.search(value)) else value
    return _Value(expression, text, len(read_words(said, index.vocabulary)))


def _match(query: Query, place: int, following: int, value: _Value) -> Match:
    """Over the words of the tag and of what is said behind it in the same comment."""
    length = len(TAG_WORDS) + value.words
    end = max(place + len(TAG_WORDS), min(following, place + length))
    match = Match(query, -1, ((place, end),), ((0, end - place),), TAG)
    match.rule_length = end - place
    match.kind = int(Kind.TAG)
    match.expression = value.expression
    match.tag = (f"spdx-license-identifier-{value.expression.lower().replace(' ', '_')}", value.text)
    return match


def keys_by_id(index: Index) -> Mapping[str, str]:
    """The data's keys by SPDX id in lower case, former ids included; those of exceptions with a mark before them."""
    cached = _KEYS.get(index.version)
    if cached is None:
        cached = {}
        for license in index.header.licenses:
            for other in license.other_spdx_ids:
                cached.setdefault(other.lower(), _marked(license))
        for license in index.header.licenses:
            if not license.is_deprecated:
                cached[license.spdx_id.lower()] = _marked(license)
        _KEYS[index.version] = cached
    return cached


_KEYS: dict[str, dict[str, str]] = {}


def _marked(license: LicenseName) -> str:
    return f"{_EXCEPTION_MARK}{license.key}" if license.is_exception else license.key


def read_expression(written: str, keys: Mapping[str, str]) -> str | None:
    """What stands behind a tag, in the data's own keys; None where nothing does.

    Reads as far as it can be an expression, so that closing comments, quotes and program text behind it do no harm.
    An id that is not known becomes "unknown-spdx"; NONE and NOASSERTION say nothing.
    """
    ending = _END_OF_EXPRESSION.search(written)
    plain = written[: ending.start()] if ending else written
    tokens: list[str] = []
    for word in _TOKEN.findall(plain):
        if _follows_without_operator(word, tokens, keys):
            tokens.append("OR")
        if not _fits(word, tokens):
            break
        tokens.append(word)
    while tokens and (tokens[-1].lower() in _OPERATORS or tokens[-1] == "("):
        tokens.pop()
    while tokens.count("(") > tokens.count(")"):
        tokens.append(")")
    if len(tokens) == 1 and tokens[0].lower() in _NO_ANSWER:
        return None
    if not any(_ID.fullmatch(token) for token in tokens):
        return UNKNOWN_EXPRESSION if any(word.lower() in keys for word in written.split()) else None
    return _joined([_key(token, before, keys) for token, before in zip(tokens, ["", *tokens], strict=False)])


def _follows_without_operator(word: str, tokens: list[str], keys: Mapping[str, str]) -> bool:
    """Whether two licences stand side by side: boot loaders list the ones to choose from that way."""
    return bool(tokens) and tokens[-1].lower() in keys and word.lower() in keys


def _fits(word: str, tokens: list[str]) -> bool:
    """Whether a word goes on with the expression read so far."""
    expects_id = not tokens or tokens[-1].lower() in _OPERATORS or tokens[-1] == "("
    if word == ")":
        return not expects_id and tokens.count("(") > tokens.count(")")
    if word == "(":
        return expects_id
    is_operator = word.lower() in _OPERATORS
    return _ID.fullmatch(word) is not None and is_operator != expects_id


def _key(token: str, before: str, keys: Mapping[str, str]) -> str:
    if token in {"(", ")"}:
        return token
    lower = token.lower().rstrip(".:-_")
    if lower in _OPERATORS:
        return _OPERATORS[lower]
    former = deprecated_expressions().get(lower)
    if former is not None:
        return _joined([keys.get(word.lower(), word).lstrip(_EXCEPTION_MARK) for word in former.split()])
    key = keys.get(lower) or keys.get(lower.removeprefix("licenseref-scancode-")) or _key_of_others(token, lower)
    if lower.startswith(_OWN_PREFIXES) and not key.startswith(_EXCEPTION_MARK):
        return key
    # An exception stands behind WITH and nowhere else, and nothing else stands there.
    is_lost = key.startswith(_EXCEPTION_MARK) != (before.lower() == "with")
    return UNKNOWN_EXPRESSION if is_lost else key.removeprefix(_EXCEPTION_MARK)


def _key_of_others(token: str, lower: str) -> str:
    """What stands for an id that the rule data does not have: private ids, younger ones, "or any later version"."""
    if lower.startswith(_OWN_PREFIXES):
        return token
    license = find_license(lower.removesuffix("+"))
    if license is None:
        return UNKNOWN_EXPRESSION
    if lower.endswith("+"):
        return f"{license.id}+"
    return f"{_EXCEPTION_MARK}{license.id}" if license.is_exception else license.id


def key_expression(expression: str, index: Index) -> str:
    """An expression in SPDX ids, in the data's own keys; ids without a key stand for themselves."""
    keys = keys_by_id(index)
    return _joined([keys.get(word.lower(), word).lstrip(_EXCEPTION_MARK) for word in _TOKEN.findall(expression)])


def _joined(tokens: list[str]) -> str:
    return " ".join(tokens).replace("( ", "(").replace(" )", ")")
