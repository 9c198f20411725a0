# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 in JSON: https://github.com/spdx/spdx-spec/tree/development/v2.3/schemas describes the form."""

import msgspec

from paddock.engine.formats.document import Kind
from paddock.engine.formats.spdx2.raw import Raw, refused, text_of

LINE_END = b"\n"


def read_json(data: bytes, kind: Kind) -> Raw:
    """The value of a JSON document. Raises InvalidDocument where it is no JSON object."""
    try:
        value = msgspec.json.decode(text_of(data, kind))
    except msgspec.DecodeError as error:
        raise refused(kind, _place(data, str(error)), "JSON, RFC 8259", str(error)) from error
    except RecursionError as error:
        raise refused(kind, "document", "JSON, RFC 8259", "nested too deeply to be an SPDX document") from error
    if not isinstance(value, dict):
        raise refused(kind, "document", "SPDX 6", "the document is not a JSON object")
    return Raw(value=value)


def _place(data: bytes, message: str) -> str:
    """The line of a decoding error; the decoder tells the byte."""
    _, found, offset = message.rpartition("(byte ")
    end = int(offset.rstrip(")")) if found else len(data)
    return f"line {data.count(LINE_END, 0, end) + 1}"
