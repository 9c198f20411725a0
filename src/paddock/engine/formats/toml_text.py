# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""TOML documents as values, within bounds. Grammar: https://toml.io/en/v1.0.0"""

import re
import tomllib
from typing import Any

from paddock.engine.model.errors import Unreadable

MAX_KEY_PARTS = 64
"""The parser's work grows with the square of a dotted key's length (`a.b.c`); no format comes near this many parts."""
MAX_VALUES = 1_000_000
"""A table of a few bytes takes nearly a kilobyte in memory."""

_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?<![\w\\-])(?:{_PART}[ \t]*+\.[ \t]*+){{{MAX_KEY_PARTS}}}", re.ASCII)


def parse_toml(text: str) -> dict[str, Any]:
    """The table that a text is. Raises Unreadable, with the line."""
    found = _LONG_KEY.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise Unreadable(f"not readable TOML: a key of more than {MAX_KEY_PARTS} parts", line)
    if text.count("\n") + text.count(",") > MAX_VALUES:
        raise Unreadable(f"over {MAX_VALUES:,} values in TOML are not read")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        raise Unreadable(f"not valid TOML: {error}", int(place.group(1)) if place else None) from error
    except RecursionError as error:
        raise Unreadable("TOML nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits
        raise Unreadable(f"not valid TOML: {error}") from error
