# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Path patterns of configuration files: `*` stays within a folder, `**` crosses folders, a backslash is an escape."""

import re
from functools import lru_cache

from paddock.engine.model.errors import EngineError

MAX_WILDCARDS = 12
"""More wildcards than this in one pattern are refused: matching could take very long, and nobody can read it."""

_PART = re.compile(r"\\(.)|(\*\*/)|(\*\*)|(\*)|(\?)|(.)", re.DOTALL)


class InvalidGlob(EngineError):
    """The pattern has too many wildcards."""


@lru_cache(maxsize=4_096)
def compile_glob(pattern: str, *, question: bool = True) -> re.Pattern[str]:
    """A regular expression that matches whole paths (relative, `/`-separated).

    `**/` stands for any number of folders, none included; a leading `./` or `/` and a trailing `/` (meaning all below)
    are understood. question: whether `?` stands for one character. Raises InvalidGlob.
    """
    plain = pattern.removeprefix("./").lstrip("/")
    if plain.endswith("/"):
        plain += "**"
    if len(re.findall(r"\*+|\?", plain)) > MAX_WILDCARDS:
        raise InvalidGlob(f"{pattern!r} has more than {MAX_WILDCARDS} wildcards; split it into several patterns")
    return re.compile("".join(_translate(part, question) for part in _PART.finditer(plain)) + r"\Z", re.DOTALL)


def _translate(part: re.Match[str], question: bool) -> str:
    literal, folders, anything, within, one, other = part.groups()
    if folders:
        return r"(?:.*/)?"
    if anything:
        return r".*"
    if within:
        return r"[^/]*"
    if one and question:
        return r"[^/]"
    return re.escape(literal or one or other)
