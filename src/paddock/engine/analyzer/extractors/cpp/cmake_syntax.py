# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The syntax of CMake files: commands with their arguments, and what variables that are set literally stand for.

Format: https://cmake.org/cmake/help/latest/manual/cmake-language.7.html. Nothing is evaluated but `set` with literal
values and references to these.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from paddock.engine.model.errors import Unreadable

_SPACE = re.compile(r"[ \t\r\n]++")
_COMMAND = re.compile(r"([A-Za-z_][A-Za-z0-9_]*+)[ \t]*+\(")
_BRACKET = re.compile(r"\[(=*+)\[")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_UNQUOTED = re.compile(r'(?:[^\s()#"\\]++|\\.|"(?:[^"\\]|\\.)*+")++', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_REFERENCE = re.compile(r"\$\{([A-Za-z0-9_./+-]++)\}")
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", ";": "\\;"}
_CHANGING = {"list", "string", "file", "foreach", "math", "separate_arguments", "get_filename_component", "option"}
_ROUNDS = 8
_LONGEST_VALUE = 1024  # no name, address or version is longer; keeps the cost of replacing linear
_LONGEST_ARGUMENT = 8192


class Argument(NamedTuple):
    """One argument as written, escapes not yet replaced; `literal`: bracket arguments know no references."""

    text: str
    literal: bool = False
    quoted: bool = False


class Command(NamedTuple):
    """One command invocation: name in lower case, arguments, line from 1."""

    name: str
    arguments: list[Argument]
    line: int


def parse_commands(text: str) -> Iterator[Command]:
    """The commands of a CMake file in order. Raises Unreadable, with the line, where the text is no CMake."""
    position = 0
    line, counted = 1, 0
    while position < len(text):
        found = _SPACE.match(text, position)
        if found:
            position = found.end()
            continue
        line += text.count("\n", counted, position)
        counted = position
        if text[position] == "#":
            position = _after_comment(text, position)
            continue
        if text[position] == "\ufeff":
            position += 1
            continue
        found = _COMMAND.match(text, position)
        if not found:
            raise Unreadable(f"not a CMake command: {text[position : position + 30].splitlines()[0]!r}", line)
        arguments, position = _arguments(text, found.end(), line)
        yield Command(found.group(1).lower(), arguments, line)


def _arguments(text: str, position: int, line: int) -> tuple[list[Argument], int]:
    arguments: list[Argument] = []
    depth = 1
    while position < len(text):
        character = text[position]
        if character in " \t\r\n":
            position = _SPACE.match(text, position).end()  # type: ignore[union-attr]  # it is one of these
        elif character == "#":
            position = _after_comment(text, position)
        elif character in "()":
            depth += 1 if character == "(" else -1
            position += 1
            if depth == 0:
                return arguments, position
            arguments.append(Argument(character, literal=True))
        else:
            argument, position = _argument(text, position, line)
            arguments.append(argument)
    raise Unreadable("a command without its closing parenthesis", line)


def _argument(text: str, position: int, line: int) -> tuple[Argument, int]:
    opening = _BRACKET.match(text, position)
    if opening:
        closing = f"]{opening.group(1)}]"
        end = text.find(closing, opening.end())
        if end < 0:
            raise Unreadable("a bracket argument without its end", line)
        return Argument(text[opening.end() : end].removeprefix("\n"), literal=True), end + len(closing)
    found = _QUOTED.match(text, position)
    if found:
        return Argument(found.group(1), quoted=True), found.end()
    found = _UNQUOTED.match(text, position)
    if not found:
        raise Unreadable("a string without its closing quote", line)
    return Argument(found.group(0)), found.end()


def _after_comment(text: str, position: int) -> int:
    opening = _BRACKET.match(text, position + 1)
    if opening:
        closing = f"]{opening.group(1)}]"
        end = text.find(closing, opening.end())
        return len(text) if end < 0 else end + len(closing)
    end = text.find("\n", position)
    return len(text) if end < 0 else end


class Variables:
    """What is known about variables while a file is read from top to bottom.

    A variable that is set to different values, changed by other commands or not set in the file has no known value.
    """

    def __init__(self) -> None:
        self._values: dict[str, str | None] = {}

    def follow(self, command: Command) -> None:
        """Take a command into account that sets or changes variables."""
        names = [argument.text for argument in command.arguments]
        if command.name == "set" and names:
            self._set(names[0], command.arguments[1:])
        elif command.name == "unset" and names:
            self._values[names[0]] = None
        elif command.name in _CHANGING:
            # Which argument is the output differs by sub-command; better to know too little than something wrong.
            self._values.update(dict.fromkeys((name for name in names if name in self._values), None))
            if command.name in ("foreach", "option") and names:
                self._values[names[0]] = None

    def _set(self, name: str, arguments: list[Argument]) -> None:
        values: list[Argument] = []
        for argument in arguments:
            if argument.text in ("CACHE", "PARENT_SCOPE") and not argument.quoted:
                break
            values.append(argument)
        texts = [self.expand(value) for value in values]
        value = None if any(text is None for text in texts) else ";".join(text for text in texts if text is not None)
        if len(value or "") > _LONGEST_VALUE:
            value = None
        known = self._values.get(name, value)
        self._values[name] = value if known == value else None

    def expand(self, argument: Argument) -> str | None:
        """An argument's value, or None where it refers to a variable whose value is not known."""
        text = argument.text
        if argument.literal:
            return text
        for _ in range(_ROUNDS):
            if "${" not in text:
                break
            if len(text) > _LONGEST_ARGUMENT:
                return None
            unknown = False

            def value(found: re.Match[str]) -> str:
                nonlocal unknown
                known = self._values.get(found.group(1))
                unknown = unknown or known is None
                return known or ""

            text = _REFERENCE.sub(value, text)
            if unknown:
                return None
        if "${" in text or "$ENV{" in text or "$CACHE{" in text:
            return None
        return _ESCAPE.sub(lambda found: _CONTROLS.get(found.group(1), found.group(1)), text)
