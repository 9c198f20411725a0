# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The literal subset of Elixir that lock files are written in: maps, tuples, lists, strings and atoms, never evaluated.

Syntax: https://hexdocs.pm/elixir/syntax-reference.html
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from paddock.engine.model.errors import Unreadable

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
    |(?P<key>"(?:[^"\\]|\\.)*":(?=\s)|[A-Za-z_][\w@]*[?!]?:(?=\s))
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<atom>:"(?:[^"\\]|\\.)*"|:[A-Za-z_][\w@]*[?!]?)
    |(?P<open>%\{|\{|\[)
    |(?P<close>\}|\])
    |(?P<comma>,|=>)
    |(?P<word>-?[A-Za-z0-9_.]+)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Atom:
    """An atom, a keyword or a bare word."""

    name: str


Term = str | Atom | tuple["Term", ...] | list["Term"]
"""Tuples are tuples, lists lists; a keyword `a: 1` is the pair (Atom("a"), 1)."""


def read_map(text: str) -> Iterator[tuple[str, Term, int]]:
    """The entries of the one map in a text: key, value and line of the key, one by one as they are complete.

    Raises Unreadable where the text is no map, has something that is no literal, or ends before the map does.
    """
    tokens = _tokens(text)
    if next(tokens, ("", "", 1))[1] != "%{":
        raise Unreadable("not a map (`%{…}`)", 1)
    key, key_line, line = "", 0, 1
    for kind, value, line in tokens:
        if kind == "close":
            return
        if kind in {"key", "string"}:
            key, key_line = value, line
        elif kind == "open":
            yield key, _read_collection(tokens, value), key_line or line
    raise Unreadable("the file ends before its map does", line)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    position, line = 0, 1
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise Unreadable(f"{text[position : position + 10]!r} is not part of a literal", line)
        kind, value = found.lastgroup or "", found.group()
        if kind != "space":
            yield kind, _plain(kind, value), line
        line += value.count("\n")
        position = found.end()


def _plain(kind: str, value: str) -> str:
    """What a token stands for: without colon and quotes."""
    if kind == "key":
        value = value[:-1]
    elif kind == "atom":
        value = value[1:]
    return _ESCAPE.sub(r"\1", value[1:-1]) if value.startswith('"') else value


def _read_collection(tokens: Iterator[tuple[str, str, int]], opening: str) -> Term:
    """The collection that has just been opened. Works on a stack of its own: nesting may be deep."""
    open_items: list[tuple[str, list[Term], list[str]]] = [(opening, [], [])]
    for kind, value, _ in tokens:
        bracket, items, keys = open_items[-1]
        if kind == "open":
            open_items.append((value, [], []))
            continue
        if kind == "key":
            keys.append(value)
            continue
        if kind == "comma":
            continue
        done: Term
        if kind == "close":
            done = items if bracket == "[" else tuple(items)
            open_items.pop()
            if not open_items:
                return done
            _, items, keys = open_items[-1]
        else:
            done = value if kind == "string" else Atom(value)
        items.append((Atom(keys.pop()), done) if keys else done)
    raise Unreadable("the file ends within an entry")
