# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""JSON documents as values, and where they are broken. Grammar: https://www.rfc-editor.org/rfc/rfc8259"""

import re
from typing import Any

import msgspec

from paddock.engine.formats.document import Fault

_SURROGATE = re.compile("[\ud800-\udfff]")
_BYTE = re.compile(r"\(byte (\d+)\)")


def parse_json(data: bytes) -> tuple[Any, Fault | None]:
    """The value of UTF-8 bytes and None, or None and what is wrong, with the line."""
    try:
        return msgspec.json.decode(data), None
    except msgspec.DecodeError as error:
        return None, _broken(data, str(error))
    except UnicodeDecodeError as error:
        return None, Fault(_line(data, error.start), "encoding", "the text is not UTF-8")
    except RecursionError:
        return None, Fault("document", "nesting", "the JSON is nested too deeply")


def write_json(value: Any) -> bytes:
    """The value as indented JSON in UTF-8; lone surrogates, which no encoding carries, become U+FFFD."""
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:
        data = msgspec.json.encode(_without_surrogates(value))
    return msgspec.json.format(data, indent=2) + b"\n"


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_SURROGATE.sub("\ufffd", key): _without_surrogates(item) for key, item in value.items()}
    return value


def json_fault(data: bytes) -> Fault | None:
    """What is wrong with the bytes as JSON; None when nothing is."""
    return parse_json(data)[1]


def _broken(data: bytes, message: str) -> Fault:
    found = _BYTE.search(message)
    position = int(found.group(1)) if found else len(data)
    reason = _BYTE.sub("", message).removeprefix("JSON is malformed:").strip()
    if "truncated" in reason:
        reason = "it ends too early"
    elif "utf-8" in reason.lower():
        return Fault(_line(data, position), "encoding", "the text is not UTF-8")
    column = position - (data.rfind(b"\n", 0, position) + 1) + 1
    return Fault(_line(data, position), "JSON syntax", f"not valid JSON: {reason} (column {column})")


def _line(data: bytes, position: int) -> str:
    before = data.count(b"\n", 0, position)
    return f"line {before + 1}"
