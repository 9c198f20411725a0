# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Characters that a terminal cannot show, and those that it must not see."""

import codecs
import sys

NO_BREAK = "\u00a0"
"""A space at which no line is broken."""

_PLAIN = str.maketrans(
    {"✓": "*", "✗": "x", "·": "-", "→": ">", "…": "...", "“": '"', "”": '"', chr(0x2019): "'", NO_BREAK: " "}
)


def accept_every_character() -> None:
    """Make standard output and error show what their encoding lacks in plain characters, instead of failing."""
    codecs.register_error("paddock.plain", _in_plain_characters)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="paddock.plain")


def _in_plain_characters(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_PLAIN)
    return text.encode("ascii", "backslashreplace").decode("ascii"), error.end


def printable(text: str) -> str:
    """Text from outside, without characters that would command the terminal or turn the reading direction."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char == NO_BREAK else " " if char.isspace() else _escaped(char) for char in text
    )


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode()
