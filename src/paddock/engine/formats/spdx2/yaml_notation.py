# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 in YAML: the JSON form written as YAML (https://yaml.org/spec/1.2.2/).

Built from the parser's events, not by a loader: scalars stay text, so a version 1.10 stays 1.10 and a date a date; the
line of each part is kept; nesting and aliases cannot exhaust anything (an alias is refused: no SPDX tool writes them).
"""

from typing import Any

import yaml

from paddock.engine.formats.document import Kind
from paddock.engine.formats.spdx2.raw import Raw, refused, text_of

_DEEPEST = 64
_RULE = "YAML 1.2"


class _Open:
    """A collection under construction, its path, and the key that awaits its value."""

    __slots__ = ("key", "path", "value")

    def __init__(self, value: dict[str, Any] | list[Any], path: str) -> None:
        self.value = value
        self.path = path
        self.key: str | None = None

    def next_path(self) -> str:
        """The path of the value that comes next."""
        if isinstance(self.value, list):
            return f"{self.path}[{len(self.value)}]"
        return f"{self.path}.{self.key}" if self.path else str(self.key)

    def put(self, item: Any) -> None:
        """Take the next value."""
        if isinstance(self.value, list):
            self.value.append(item)
        else:
            self.value[str(self.key)] = item
            self.key = None


def read_yaml(data: bytes, kind: Kind) -> Raw:
    """The value of a YAML document. Raises InvalidDocument with the line where it is none."""
    text = text_of(data, kind)
    lines: dict[str, int] = {}
    try:
        value = _compose(text, lines, kind)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise refused(kind, f"line {line}", _RULE, str(error.problem or error.context)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise refused(kind, "document", _RULE, str(error).splitlines()[0]) from error
    if not isinstance(value, dict):
        raise refused(kind, "line 1", "SPDX 6", "the document is not a YAML mapping")
    return Raw(value=value, lines=lines, texts_only=True)


def _compose(text: str, lines: dict[str, int], kind: Kind) -> Any:
    stack: list[_Open] = []
    root: list[Any] = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.ScalarEvent):
            _scalar(event, stack, root, lines, kind)
        elif isinstance(event, yaml.CollectionStartEvent):
            line = _line(event)
            if stack and isinstance(stack[-1].value, dict) and stack[-1].key is None:
                raise refused(kind, f"line {line}", _RULE, "a key is a collection")
            if len(stack) >= _DEEPEST:
                raise refused(kind, f"line {line}", _RULE, "nested too deeply to be an SPDX document")
            path = stack[-1].next_path() if stack else ""
            lines[path] = line
            value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            stack.append(_Open(value, path))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            (stack[-1].put if stack else root.append)(done.value)
        elif isinstance(event, yaml.AliasEvent):
            raise refused(kind, f"line {_line(event)}", _RULE, "aliases are not accepted here")
        elif isinstance(event, yaml.DocumentStartEvent) and root:
            raise refused(kind, f"line {_line(event)}", "SPDX 6", "a second document begins here")
    return root[0] if root else None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(event: yaml.ScalarEvent, stack: list[_Open], root: list[Any], lines: dict[str, int], kind: Kind) -> None:
    line = _line(event)
    value: str | None = event.value
    if not stack:
        root.append(value)
        return
    top = stack[-1]
    if isinstance(top.value, dict) and top.key is None:
        if event.value in top.value:
            raise refused(kind, f"line {line}", _RULE, f"the key {event.value!r} stands here a second time")
        top.key = event.value
        lines[top.next_path()] = line
        return
    if event.implicit[0] and event.value in ("", "~", "null"):
        value = None
    lines.setdefault(top.next_path(), line)
    top.put(value)
