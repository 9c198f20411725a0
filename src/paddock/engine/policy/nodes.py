# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Strict reading of YAML written by people: each complaint says file, line, place and what to do; all are collected."""

import difflib
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

import msgspec
import yaml

from paddock.engine.model.errors import EngineError

Choice = TypeVar("Choice", bound=StrEnum)

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 60
MAX_NODES = 500_000
"""How many values a file may have once its references (`*name`) are followed."""
NULL, _BOOL = (f"tag:yaml.org,2002:{name}" for name in ("null", "bool"))


class Fault(msgspec.Struct, frozen=True, order=True):
    """One complaint: file, line from 1 (0: the whole file), place such as `rules[2].when`, and the sentence."""

    file: str
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        """For people and editors: `policy.yml:12: rules[2].when: …`."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.place}: {self.message}" if self.place else f"{where}: {self.message}"


class InvalidFile(EngineError):
    """A policy or configuration file cannot be used; `faults` lists everything that is wrong with it (at least one)."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}")
        self.faults = faults


class Node(msgspec.Struct, frozen=True):
    """A YAML node with its place in the document."""

    raw: yaml.Node
    place: str = ""

    @property
    def line(self) -> int:
        """The line it starts on, from 1."""
        return self.raw.start_mark.line + 1

    @property
    def is_null(self) -> bool:
        """Whether nothing stands there."""
        return self.raw.tag == NULL


class Reader:
    """Takes a document apart and notes what is wrong; wrong parts read as empty, so that one run finds all faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    @staticmethod
    def whole_file(file: str, message: str) -> tuple[Fault, ...]:
        """A complaint about a file as a whole."""
        return (Fault(file, 0, "", message),)

    def root(self, data: bytes) -> Node | None:
        """The document of a file; None for an empty one. Raises InvalidFile when it is not YAML at all."""
        if len(data) > MAX_BYTES:
            raise InvalidFile((Fault(self.file, 0, "", f"larger than {MAX_BYTES:,} bytes"),))
        try:
            text = data.decode("utf-8-sig")
            self._check_depth(text)
            raw = yaml.compose(text, Loader=yaml.CSafeLoader)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise InvalidFile((Fault(self.file, line, "", "not UTF-8; save the file in that encoding"),)) from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            raise InvalidFile(
                (Fault(self.file, line, "", f"not valid YAML: {error.problem or error.context}"),)
            ) from error
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise InvalidFile((Fault(self.file, 0, "", f"not valid YAML: {error}"),)) from error
        if raw is None or raw.tag == NULL:
            return None
        self._expanded_size(raw, {})
        return Node(raw)

    def _check_depth(self, text: str) -> None:
        # The composer recurses in C without a limit of its own: a file of nothing but brackets would end the process.
        depth = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                line = event.start_mark.line + 1 if event.start_mark else 0
                raise InvalidFile((Fault(self.file, line, "", f"nested deeper than {MAX_DEPTH} levels"),))

    def _expanded_size(self, node: yaml.Node, known: dict[int, int]) -> int:
        # References make a short file long: ten lines that each name the one before twice are a thousand lines.
        size = known.get(id(node))
        if size is None:
            known[id(node)] = 0  # until it is counted
            size = 1 + sum(self._expanded_size(child, known) for child in _children(node))
            known[id(node)] = size
        if size == 0 or size > MAX_NODES:
            what = "a value contains itself" if size == 0 else f"more than {MAX_NODES:,} values with its references"
            raise InvalidFile((Fault(self.file, node.start_mark.line + 1, "", what),))
        return size

    def finish(self) -> None:
        """Raises InvalidFile when anything was noted."""
        if self.faults:
            raise InvalidFile(tuple(sorted(set(self.faults))))

    def fault(self, node: Node, message: str, *, line_offset: int = 0) -> None:
        """Note a complaint about a node."""
        self.faults.append(Fault(self.file, node.line + line_offset, node.place, message))

    def mapping(self, node: Node, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Node]:
        """The fields of a mapping; unknown, doubled and missing keys are noted. Fields without a value are left out."""
        if not isinstance(node.raw, yaml.MappingNode):
            self.fault(node, f"must be a mapping with the keys {_listed((*required, *optional))}")
            return {}
        known = {*required, *optional}
        fields: dict[str, Node] = {}
        for name, value in self._pairs(node):
            if name not in known:
                self.fault(value, f"unknown key {name!r}{_advice(name, known)}")
            elif not value.is_null:
                fields[name] = value
        for name in required:
            if name not in fields:
                self.fault(node, f"the key {name!r} is missing")
        return fields

    def entries(self, node: Node) -> dict[str, Node]:
        """A mapping with keys of any name."""
        if not isinstance(node.raw, yaml.MappingNode):
            self.fault(node, "must be a mapping")
            return {}
        return dict(self._pairs(node))

    def _pairs(self, node: Node) -> list[tuple[str, Node]]:
        found: dict[str, Node] = {}
        for key, value in node.raw.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            place = f"{node.place}.{name}" if node.place else name
            if not name:
                self.fault(Node(key, node.place), "a key must be a plain text")
            elif name in found:
                self.fault(Node(key, place), f"the key {name!r} stands twice; the YAML standard forbids that")
            else:
                found[name] = Node(value, place)
        return list(found.items())

    def is_list(self, node: Node) -> bool:
        """Whether the node is a list."""
        return isinstance(node.raw, yaml.SequenceNode)

    def is_mapping_with(self, node: Node, key: str) -> bool:
        """Whether the node is a mapping that has the key; for entries of several kinds."""
        return isinstance(node.raw, yaml.MappingNode) and any(
            isinstance(name, yaml.ScalarNode) and name.value == key for name, _ in node.raw.value
        )

    def items(self, node: Node) -> list[Node]:
        """The members of a list."""
        if not isinstance(node.raw, yaml.SequenceNode):
            self.fault(node, "must be a list")
            return []
        return [Node(item, f"{node.place}[{number}]") for number, item in enumerate(node.raw.value)]

    def text(self, node: Node) -> str:
        """A text; numbers, dates and the like are taken as they are written."""
        if not isinstance(node.raw, yaml.ScalarNode) or node.is_null:
            self.fault(node, "must be a text")
            return ""
        return str(node.raw.value).strip()

    def texts(self, node: Node) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        if isinstance(node.raw, yaml.ScalarNode):
            return (self.text(node),)
        return tuple(self.text(item) for item in self.items(node))

    def flag(self, node: Node) -> bool:
        """True or false."""
        if node.raw.tag != _BOOL:
            self.fault(node, "must be true or false")
            return False
        return str(node.raw.value).lower() in {"true", "yes", "on"}

    def choice(self, node: Node, kind: type[Choice]) -> Choice | None:
        """One of the values of an enumeration."""
        value = self.text(node)
        for member in kind:
            if member.value == value:
                return member
        if value:
            names = [str(member.value) for member in kind]
            near = difflib.get_close_matches(value, names, n=1)
            advice = f"; did you mean {near[0]!r}?" if near else ""
            self.fault(node, f"{value!r} is not one of {', '.join(names)}{advice}")
        return None

    def day(self, node: Node) -> date | None:
        """A date, YYYY-MM-DD."""
        value = self.text(node)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fault(node, f"{value!r} is no date; write it as 2027-01-31")
            return None


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _advice(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {_listed(known)}"


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names))


def text_of(fields: Mapping[str, Node], name: str, reader: Reader) -> str:
    """The text of a field, "" when it is absent."""
    return reader.text(fields[name]) if name in fields else ""
