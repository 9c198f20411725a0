# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Regular expressions that people write into configuration files, matched in linear time (RE2 syntax, through CEL)."""

from paddock.engine.model.errors import EngineError
from paddock.engine.policy.cel_runtime import cel

MAX_LENGTH = 2_000

_MATCH = cel.compile("text.matches(pattern)")


class InvalidRegex(EngineError):
    """The text is no regular expression of the syntax that can be matched safely."""


def check_regex(pattern: str) -> None:
    """Raises InvalidRegex when the pattern cannot be used."""
    if len(pattern) > MAX_LENGTH:
        raise InvalidRegex(f"'{pattern[:40]}…' is longer than {MAX_LENGTH:,} characters")
    try:
        matches_whole(pattern, "")
    except (RuntimeError, ValueError) as error:
        advice = "look-ahead, look-behind and back references are not available"
        raise InvalidRegex(f"{pattern!r} is no regular expression that can be matched safely; {advice}") from error


def matches_whole(pattern: str, text: str) -> bool:
    """Whether the pattern, checked before, matches the whole text; `.` matches line ends too."""
    return bool(_MATCH.execute({"text": text, "pattern": rf"\A(?s:{pattern})\z"}))
