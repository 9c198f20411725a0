# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Erlang terms in text files, as `file:consult/1` reads them, without evaluating anything.

Syntax: https://www.erlang.org/doc/system/data_types.html
"""

import re
from dataclasses import dataclass

from paddock.engine.model.errors import Unreadable

_TOKEN = re.compile(
    r"""(?P<space>\s+|%[^\n]*)
    |(?P<binary><<\s*"(?:[^"\\]|\\.)*"(?:/utf8)?\s*>>|<<\s*>>)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<atom>'(?:[^'\\]|\\.)*'|[a-z][\w@]*)
    |(?P<open>\#\{|[\[{])
    |(?P<close>[\]}])
    |(?P<number>[-+]?\d[\w\#]*(?:\.\d+(?:[eE][-+]?\d+)?)?)
    |(?P<comma>,|=>|:=|\|)
    |(?P<dot>\.)
    |(?P<other>[A-Z_][\w@]*|\$.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Atom:
    """An atom (or a number, or a variable, by its text)."""

    name: str


@dataclass(frozen=True, slots=True)
class Tuple:
    """A tuple, with the line it starts on."""

    items: tuple["Term", ...]
    line: int

    def is_a(self, tag: str, size: int) -> bool:
        """Whether it is a tagged tuple of at least `size` items, the tag among them."""
        return len(self.items) >= size and self.items[0] == Atom(tag)


Term = str | Atom | Tuple | list["Term"]
"""Strings and binaries are texts."""


def read_terms(text: str) -> list[Term]:
    """The terms of a file, each ended by a full stop. Raises Unreadable, with the line, for anything else."""
    terms: list[Term] = []
    stack: list[tuple[str, list[Term], int]] = [("", [], 1)]
    position, line = 0, 1
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise Unreadable(f"{text[position : position + 10]!r} is not part of an Erlang term", line)
        kind, value = found.lastgroup or "", found.group()
        if kind == "open":
            stack.append((value, [], line))
        elif kind == "close":
            if len(stack) == 1 or (value == "]") != (stack[-1][0] == "["):
                raise Unreadable(f"{value!r} closes nothing", line)
            bracket, items, start = stack.pop()
            stack[-1][1].append(items if bracket == "[" else Tuple(tuple(items), start))
        elif kind == "dot":
            if len(stack) > 1:
                raise Unreadable("a term ends before it is closed", line)
            terms.extend(stack[0][1])
            stack[0][1].clear()
        elif kind not in {"space", "comma"}:
            stack[-1][1].append(_scalar(kind, value))
        line += value.count("\n")
        position = found.end()
    if len(stack) > 1 or stack[0][1]:
        raise Unreadable("the file ends within a term", line)
    return terms


def _scalar(kind: str, value: str) -> Term:
    if kind in {"binary", "string"}:
        return _ESCAPE.sub(r"\1", value[value.find('"') + 1 : value.rfind('"')]) if '"' in value else ""
    return Atom(_ESCAPE.sub(r"\1", value[1:-1]) if value.startswith("'") else value)


def text_in(term: Term | None) -> str:
    """A string, binary or atom as text; anything else is empty."""
    if isinstance(term, Atom):
        return term.name
    return term if isinstance(term, str) else ""


def items_in(term: Term | None) -> list[Term]:
    """A list's items; anything else has none."""
    return term if isinstance(term, list) else []
