# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Schema errors as faults: the exact place, the rule, and what is wrong there, in a sentence.

"None of the allowed forms" helps nobody: of the forms, the one whose errors lie deepest is what the author meant, and
its errors are reported instead.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from jsonschema_rs import ValidationError

from paddock.engine.formats.document import Fault

_PLAIN_KEY = re.compile(r"[A-Za-z_$@][\w\-]*")
_MAX_TEXT = 80
_MAX_OPTIONS = 6


def explain(errors: Iterable[ValidationError]) -> tuple[Fault, ...]:
    """One fault or more for each error, in order of the errors."""
    found: dict[Fault, None] = {}
    for error in errors:
        for leaf in _leaves(error):
            found[Fault(place_of(leaf.instance_path), _rule(leaf), _sentence(leaf))] = None
    return tuple(found)


def place_of(path: Sequence[str | int]) -> str:
    """A JSON path as people write it: `components[3].licenses[0]`; "document" for the whole."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"[{_shown(step)}]"
    return text or "document"


def _leaves(error: ValidationError) -> list[ValidationError]:
    """The errors that matter behind an error, itself included; three forms within forms are enough for any schema."""
    leaves = [error]
    for _ in range(3):
        leaves = [deeper for leaf in leaves for deeper in _nearest_form(leaf)]
    return leaves


def _nearest_form(error: ValidationError) -> list[ValidationError]:
    forms: list[list[ValidationError]] = getattr(error.kind, "context", None) or []
    candidates = [form for form in forms if form]
    if not candidates:
        return [error]
    best = max(candidates, key=lambda form: (max(len(e.instance_path) for e in form), -len(form)))
    deepest = max(len(found.instance_path) for found in best)
    if deepest <= len(error.instance_path) and len(candidates) > 1:
        return [error]
    return best


def _rule(error: ValidationError) -> str:
    """The rule's place in the schemas: `bom-1.6.schema.json#/definitions/component/required`."""
    schema, _, pointer = (error.absolute_keyword_location or "").partition("#")
    if not pointer:
        return "/".join(str(step) for step in error.schema_path)
    return f"{schema.rpartition('/')[2].replace('.SNAPSHOT', '')}#{pointer}"


def _sentence(error: ValidationError) -> str:
    kind: Any = error.kind
    value = _shown(error.instance)
    match kind.name:
        case "required":
            return f"'{kind.property}' is missing"
        case "enum":
            options = list(kind.options)
            more = f" and {len(options) - _MAX_OPTIONS} more" if len(options) > _MAX_OPTIONS else ""
            return f"{value} is not allowed; allowed are {', '.join(map(_shown, options[:_MAX_OPTIONS]))}{more}"
        case "additionalProperties":
            return f"{', '.join(map(repr, kind.unexpected[:_MAX_OPTIONS]))} is not known here"
        case "type":
            return f"{value} has the wrong type: {_types(kind.types)} is due"
        case "pattern":
            return f"{value} does not match {kind.pattern}"
        case "format":
            return f"{value} is no {kind.format}"
        case "uniqueItems":
            return "two entries are the same"
        case "oneOf" | "anyOf" | "not":
            return f"{value} is of none of the allowed forms"
    return error.message if len(error.message) < 4 * _MAX_TEXT else f"{value} breaks the rule {kind.name!r}"


def _types(types: Any) -> str:
    return " or ".join(str(name) for name in types) if isinstance(types, list | tuple | set) else str(types)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return repr(value if len(value) <= _MAX_TEXT else f"{value[: _MAX_TEXT - 1]}…")
    if isinstance(value, dict | list) and len(value) > _MAX_OPTIONS:
        return "this object" if isinstance(value, dict) else "this list"
    try:
        text = msgspec.json.encode(value).decode()
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError):
        text = repr(value)
    return text if len(text) <= _MAX_TEXT else f"{text[: _MAX_TEXT - 1]}…"
