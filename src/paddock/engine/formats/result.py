# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Paddock's own result as JSON: what `analyze` hands to `evaluate`, and what other tools read.

The JSON Schema is generated from the types and published as `docs/schema/result-1.schema.json`; a test keeps both
equal.
"""

from typing import Any

import msgspec

from paddock.engine.formats.document import Fault, InvalidDocument
from paddock.engine.model.purl import InvalidPurl, PackageURL, parse_purl
from paddock.engine.model.result import Result

FORMAT = "paddock-result"
VERSION = 1


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """The outermost object: what it is, in which version, and the result."""

    format: str
    version: int
    result: Result


def _encode(value: object) -> object:
    if isinstance(value, PackageURL):
        return value.to_string()
    raise TypeError(f"no JSON form for {type(value)}")


def _decode(wanted: type, value: Any) -> Any:
    if wanted is PackageURL:
        try:
            return parse_purl(value)
        except InvalidPurl as error:
            raise ValueError(str(error)) from error
    raise TypeError(f"no value of type {wanted} can be read")


def _describe(wanted: type) -> dict[str, Any]:
    if wanted is PackageURL:
        return {"type": "string", "pattern": "^pkg:", "description": "a package URL"}
    raise TypeError(f"no schema for {wanted}")


def write_result(result: Result) -> bytes:
    """The result as indented JSON (UTF-8); equal results give equal bytes."""
    data = msgspec.json.encode(_File(format=FORMAT, version=VERSION, result=result), enc_hook=_encode)
    return msgspec.json.format(data, indent=1) + b"\n"


def read_result(data: bytes) -> Result:
    """The result in a file. Raises InvalidDocument with the JSON path of the first fault."""
    try:
        file = msgspec.json.decode(data, type=_File, dec_hook=_decode)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message, _, place = str(error).partition(" - at `")
        raise InvalidDocument(None, (Fault(place.rstrip("`") or "$", "result", message),)) from error
    if (file.format, file.version) != (FORMAT, VERSION):
        wrong = f"format {file.format!r} version {file.version}; this program reads {FORMAT!r} version {VERSION}"
        raise InvalidDocument(None, (Fault("$.format", "result", wrong),))
    return file.result


def looks_like_result(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a result."""
    return FORMAT.encode() in head[:200]


def result_schema() -> bytes:
    """The JSON Schema (2020-12) of a result file, indented."""
    schema = msgspec.json.schema(_File, schema_hook=_describe)
    schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Paddock result, version 1"}
    return msgspec.json.format(msgspec.json.encode(schema), indent=1) + b"\n"
