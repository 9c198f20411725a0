# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What an expression of a Python program is worth, told from its text; the program is never run.

Literals, names that are assigned once, both sides of a choice between lists, `+` on texts and lists, `%s`, `{}` and
f-strings of known parts, `split` and `splitlines`. Everything else is an `Unknown`; a list may have unknown items, a
dictionary an unknown value under "".
"""

import ast
import re
from typing import Any, Final

MAX_DEPTH = 60
"""Expressions nested deeper than this are unknown."""
MAX_WORK = 5_000_000
"""Characters and items that the values of one module may have together; beyond, everything is unknown."""

_CHANGES = frozenset({"append", "extend", "insert", "update", "setdefault", "remove", "pop", "clear"})

_LARGE = 10**18

_PLACE = re.compile(r"\{(\w*)\}")


class Unknown:
    """A value that only running the program would give; `text` is the expression, for people."""

    def __init__(self, text: str = "", line: int | None = None) -> None:
        self.text = text
        self.line = line


NOTHING: Final = Unknown()


class Literals:
    """The names of one module and what they are worth."""

    def __init__(self, module: ast.Module) -> None:
        self._values: dict[str, ast.expr | None] = {}
        self._known: dict[str, Any] = {}
        self._changed: set[str] = set()
        self._budget = MAX_WORK
        simple: set[int] = set()
        for node in ast.walk(module):
            self._note(node, simple)

    def _note(self, node: ast.AST, simple: set[int]) -> None:
        """A name that gets its value twice, or otherwise than by `name = …`, is worth nothing certain.

        simple: the targets of plain assignments, which are met once more as names.
        """
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    simple.add(id(target))
                    self._values[target.id] = None if target.id in self._values else node.value
                elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                    self._changed.add(target.value.id)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            simple.add(id(node.target))
            self._changed.add(node.target.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in _CHANGES and isinstance(node.func.value, ast.Name):
                self._changed.add(node.func.value.id)
        elif isinstance(node, ast.arg):
            self._values[node.arg] = None
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in simple:
            self._values[node.id] = None

    def value(self, node: ast.expr | None, depth: int = 0) -> Any:
        """str, int, bool, None, list (also for tuples and sets) or dict; or an Unknown."""
        if node is None or depth > MAX_DEPTH:
            return NOTHING
        found = self._worth(node, depth + 1)
        self._budget -= len(found) if isinstance(found, str | list | dict) else 1
        if self._budget < 0:
            return NOTHING
        return found if not isinstance(found, Unknown) or found.text else _unknown(node)

    def _worth(self, node: ast.expr, depth: int) -> Any:
        if isinstance(node, ast.Constant):
            plain = isinstance(node.value, str | None) or (isinstance(node.value, int) and abs(node.value) < _LARGE)
            return node.value if plain else NOTHING
        if isinstance(node, ast.Name):
            return self._named(node.id, depth)
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            return self._items(node.elts, depth)
        if isinstance(node, ast.Dict):
            return self._table(node, depth)
        if isinstance(node, ast.BinOp):
            return self._combined(node, depth)
        if isinstance(node, ast.JoinedStr):
            return self._joined(node, depth)
        if isinstance(node, ast.IfExp):
            # Both sides may hold, as with markers, and both are listed.
            either = [self.value(node.body, depth), self.value(node.orelse, depth)]
            lists = [value for value in either if isinstance(value, list)]
            return lists[0] + lists[1] if len(lists) == len(either) else NOTHING
        return self._called(node, depth) if isinstance(node, ast.Call) else NOTHING

    def _named(self, name: str, depth: int) -> Any:
        if name not in self._known:
            self._known[name] = NOTHING  # a name that leads back to itself
            found = self.value(self._values.get(name), depth)
            if name in self._changed:
                more = Unknown(f"{name} is changed after its assignment")
                found = (
                    [*found, more]
                    if isinstance(found, list)
                    else {**found, "": more}
                    if isinstance(found, dict)
                    else more
                )
            self._known[name] = found
        return self._known[name]

    def _table(self, node: ast.Dict, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            name = self.value(key, depth) if key is not None else ""
            worth = self.value(value, depth)
            if key is None and isinstance(worth, dict):
                found.update(worth)
            else:
                found[name if isinstance(name, str) else ""] = worth
        return found

    def _items(self, nodes: list[ast.expr], depth: int) -> list[Any]:
        found: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                inner = self.value(node.value, depth)
                found.extend(inner if isinstance(inner, list) else [inner])
            else:
                found.append(self.value(node, depth))
        return found

    def _combined(self, node: ast.BinOp, depth: int) -> Any:
        left, right = self.value(node.left, depth), self.value(node.right, depth)
        if isinstance(node.op, ast.Add):
            if isinstance(left, str) and isinstance(right, str):
                return left + right
            if isinstance(left, list) or isinstance(right, list):
                # What is known of a sum is worth keeping: the other part stays in the list as an Unknown.
                return [*(left if isinstance(left, list) else [left]), *(right if isinstance(right, list) else [right])]
        if isinstance(node.op, ast.Mod) and isinstance(left, str):
            parts = right if isinstance(right, list) else [right]
            return _filled(left.split("%s"), parts)
        return NOTHING

    def _joined(self, node: ast.JoinedStr, depth: int) -> Any:
        text = ""
        for part in node.values:
            plain = not isinstance(part, ast.FormattedValue) or (part.format_spec is None and part.conversion == -1)
            value = (
                self.value(part.value if isinstance(part, ast.FormattedValue) else part, depth) if plain else NOTHING
            )
            if not isinstance(value, str | int):
                return NOTHING
            text += str(value)
        return text

    def _called(self, node: ast.Call, depth: int) -> Any:
        if (
            isinstance(node.func, ast.Name)
            and node.func.id in {"list", "tuple", "sorted", "set"}
            and len(node.args) == 1
        ):
            inner = self.value(node.args[0], depth)
            return inner if isinstance(inner, list) else NOTHING
        if isinstance(node.func, ast.Name) and node.func.id == "dict" and not node.args:
            return {keyword.arg: self.value(keyword.value, depth) for keyword in node.keywords if keyword.arg}
        if not isinstance(node.func, ast.Attribute):
            return NOTHING
        text = self.value(node.func.value, depth)
        arguments = [self.value(argument, depth) for argument in node.args]
        if not isinstance(text, str):
            return NOTHING
        if node.func.attr in {"split", "splitlines"} and (not arguments or arguments == ["\n"]):
            return text.split() if node.func.attr == "split" and not arguments else text.splitlines()
        if node.func.attr == "strip" and not arguments:
            return text.strip()
        if node.func.attr == "format" and _PLACE.search(text) and "{{" not in text:
            named = {keyword.arg: self.value(keyword.value, depth) for keyword in node.keywords}
            return _formatted(text, arguments, named)
        return NOTHING


def _unknown(node: ast.expr) -> Unknown:
    try:
        text = ast.unparse(node)[:100]
    except (ValueError, RecursionError):
        text = "an expression"
    return Unknown(text, node.lineno)


def _filled(texts: list[str], parts: list[Any]) -> Any:
    """`%s` replaced; any other conversion, and any unknown part, leaves the whole unknown."""
    if len(texts) != len(parts) + 1 or any("%" in text for text in texts):
        return NOTHING
    if not all(isinstance(part, str | int) for part in parts):
        return NOTHING
    return texts[0] + "".join(f"{part}{text}" for part, text in zip(parts, texts[1:], strict=True))


def _formatted(text: str, arguments: list[Any], named: dict[str | None, Any]) -> Any:
    pieces = _PLACE.split(text)
    found = pieces[0]
    for number, (place, following) in enumerate(zip(pieces[1::2], pieces[2::2], strict=True)):
        position = int(place) if place.isdigit() and len(place) < 4 else number if not place else -1
        value = arguments[position] if 0 <= position < len(arguments) else named.get(place, NOTHING)
        if not isinstance(value, str | int):
            return NOTHING
        found += f"{value}{following}"
    return found
