# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Lenient readings of ORT's files, and what of them was not understood."""

from collections.abc import Iterator
from typing import Any

from paddock.engine.model.issue import Issue, Severity
from paddock.engine.policy.globs import InvalidGlob, compile_glob
from paddock.engine.spdx.parse import InvalidExpression, normalize

SOURCE = "policy/ort"


class Notes:
    """Takes lenient readings and keeps what was not understood."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.issues: list[Issue] = []

    def note(self, message: str, severity: Severity = Severity.WARNING) -> None:
        """Keep a remark."""
        self.issues.append(Issue(severity, SOURCE, message, self.file))

    def unknown(self, fields: dict[str, Any], within: str) -> None:
        """Keep a warning for every field that has no counterpart."""
        for name in fields:
            self.note(f"{within}{name!s} has no counterpart here and is not used")

    def mapping(self, value: Any, what: str) -> dict[str, Any]:
        """The value as a mapping with text keys; anything else is noted."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.note(f"{what} is not a mapping and is not used")
            return {}
        return value

    def part(self, document: dict[str, Any], name: str, known: tuple[str, ...]) -> dict[str, Any]:
        """A section, of which only `known` fields are used."""
        section = self.mapping(document.get(name), name)
        self.unknown({key: value for key, value in section.items() if key not in known and value}, f"{name}.")
        return section

    def rows(self, value: Any, what: str) -> Iterator[dict[str, Any]]:
        """The mappings of a list."""
        if value is not None and not isinstance(value, list):
            self.note(f"{what} is not a list and is not used")
        for number, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                yield item
            else:
                self.note(f"{what}[{number}] is not a mapping and is not used")

    def expression(self, value: Any, what: str) -> str:
        """A licence expression, "" when it is absent or cannot be read."""
        if as_text(value) in {"", "NONE", "NOASSERTION"}:
            return ""
        try:
            return normalize(as_text(value))
        except InvalidExpression as error:
            self.note(f"{what}: {error}")
            return ""

    def glob(self, value: Any, what: str) -> str | None:
        """A path pattern, None when it cannot be used."""
        try:
            compile_glob(as_text(value))
        except InvalidGlob as error:
            self.note(f"{what}: {error}")
            return None
        return as_text(value) or None


def as_text(value: Any) -> str:
    """The value as text without outer spaces; "" for anything else."""
    return value.strip() if isinstance(value, str) else ""
