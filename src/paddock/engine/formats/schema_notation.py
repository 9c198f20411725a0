# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A short notation for the structure of JSON documents, for standards whose schemas are not ours to ship.

It gives JSON Schema (2020-12), which `jsonschema-rs` checks. Shapes that recur are written once as Python values.
"""

from typing import Any

import jsonschema_rs
import msgspec

from paddock.engine.formats.document import Fault
from paddock.engine.formats.explain import explain

Shape = dict[str, Any]


def text(pattern: str = "", *, format: str = "", least: int = 1) -> Shape:
    """A text of at least `least` characters that matches a regular expression, and is of a format ("date-time")."""
    shape: Shape = {"type": "string"}
    shape |= {"minLength": least} if least else {}
    shape |= {"pattern": pattern} if pattern else {}
    return shape | ({"format": format} if format else {})


def one_of(*options: str) -> Shape:
    """One of these texts."""
    return {"enum": list(options)}


def many(item: Shape, *, distinct: bool = False, least: int = 1) -> Shape:
    """A list of at least `least` items, none twice if `distinct`."""
    shape: Shape = {"type": "array", "items": item}
    shape |= {"minItems": least} if least else {}
    return shape | ({"uniqueItems": True} if distinct else {})


def record(fields: dict[str, Shape], *, due: tuple[str, ...] = (), open: bool = False, least: int = 0) -> Shape:
    """An object with these fields; `due` must be there, `least` of them at least; others only if `open`."""
    shape: Shape = {"type": "object", "properties": fields}
    shape |= {"required": list(due)} if due else {}
    shape |= {"minProperties": least} if least else {}
    return shape if open else shape | {"additionalProperties": False}


def validator(id: str, shape: Shape, definitions: dict[str, Shape] | None = None) -> jsonschema_rs.Draft202012Validator:
    """The validator of a shape; id: how rules are called. `{"$ref": "#/$defs/name"}` refers to a definition."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"paddock:{id}", **shape}
    if definitions:
        schema["$defs"] = definitions
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, offline=True)


def shape_faults(validator: jsonschema_rs.Draft202012Validator, value: Any) -> tuple[Fault, ...]:
    """Everything in which the value is not of the shape."""
    try:
        found = () if validator.is_valid(value) else explain(validator.iter_errors(value))
    except (ValueError, RecursionError, OverflowError) as error:
        return (Fault("document", "nesting", f"the document cannot be validated: {error}"),)
    return tuple(msgspec.structs.replace(fault, rule=_short(fault.rule)) for fault in found)


def _short(rule: str) -> str:
    """`paddock:csaf-2.0#/properties/document/required` is the rule `required` of the schema `csaf-2.0`."""
    schema, _, pointer = rule.removeprefix("paddock:").partition("#")
    return f"{schema} {pointer.rpartition('/')[2]}" if pointer else rule
