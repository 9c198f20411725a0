# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""JSON, TOML and XML of settings and registries' answers, as values that a reader can ask without surprises."""

import json
import tomllib
from collections.abc import Iterator
from typing import Any

from lxml import etree


def json_value(data: bytes | str) -> Any:
    """The JSON value, or None for what is none."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def toml_table(text: str) -> dict[str, Any]:
    """The TOML table, empty for what is none."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}


def xml_root(data: bytes) -> etree._Element | None:
    """The root element without entities, network or DTD; None for what is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The elements at a path of names below an element, whatever their namespace."""
    if element is None:
        return
    if not names:
        yield element
        return
    for child in element:
        if local_name(child) == names[0]:
            yield from children(child, *names[1:])


def text_at(element: etree._Element | None, *names: str) -> str:
    """The text of the first element at a path, without space around it; "" where there is none."""
    return next(((one.text or "").strip() for one in children(element, *names)), "")


def table(value: object, key: str) -> dict[str, Any]:
    """The mapping under a key of a mapping, else an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def items(value: object, key: str) -> list[Any]:
    """The list under a key of a mapping, else an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def text(value: object, key: str) -> str:
    """The text under a key of a mapping, else an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
