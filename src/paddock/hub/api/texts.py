# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Texts and numbers as operations take them: bounded, and storable."""

from typing import Annotated

from ninja import Path
from pydantic import AfterValidator, StringConstraints

MAX_ID = 2**63 - 1


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("must not hold the character U+0000")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("must be Unicode without lone surrogates") from error
    return text


Storable = AfterValidator(_storable)
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), Storable]
"""A name that people give."""
Query = Annotated[str, StringConstraints(max_length=200), Storable]
"""A word to look for."""
Address = Annotated[str, StringConstraints(max_length=500), Storable]
"""A URL, purl or file name."""
Prose = Annotated[str, StringConstraints(max_length=10_000), Storable]
"""A text of several sentences."""
Number = Annotated[int, Path(ge=1, le=MAX_ID)]
"""The id, in an address, of a row that has a number for one."""
