# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a rule is: number and title of a test of the standard, and the check that answers with places and sentences."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from paddock.engine.formats.csaf.advisory import Advisory

Finding = tuple[str, str]
"""Where, and what is wrong there."""


class Rule(NamedTuple):
    """One test. later: of 2.1 only."""

    id: str
    title: str
    check: Callable[[Advisory], Iterator[Finding]]
    later: bool = False

    def __str__(self) -> str:
        return f"{self.id} {self.title}"
