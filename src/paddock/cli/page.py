# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Lays text out on the terminal: whole words, hanging indents, labels in one column.

Rich wraps at the edge and starts the next line in column one; here a continued line starts below its text.
"""

import re

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from paddock.cli.characters import NO_BREAK, printable

LABEL_WIDTH = 10
"""Room for the longest label of `Page.labelled`, "licences"."""

Span = str | tuple[str, str]
"""A piece of text, or (text, style)."""


class Page:
    """Prints paragraphs on a console."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.cut = False
        """Whether `more` told that something was left out."""
        self._gap = self._begun = False

    def gap(self) -> None:
        """An empty line between what was said and what will be said, if anything is on both sides."""
        self._gap = True

    def say(self, *spans: Span, indent: int = 0, hang: int | None = None) -> None:
        """One paragraph; its first line starts in column `indent`, the others in column `hang` (default: `indent`)."""
        if self._gap and self._begun:
            self.console.print()
        self._gap, self._begun = False, True
        hang = indent if hang is None else hang
        text = Text.assemble(*[_span(span) for span in spans])
        for number, line in enumerate(wrap(text, self.console.width - indent, self.console.width - hang)):
            start = Text(" " * (indent if number == 0 else hang))
            self.console.print(start + line, no_wrap=True, overflow="ignore", crop=False)

    def labelled(self, label: str, *spans: Span) -> None:
        """A paragraph behind a label, aligned with others of its kind."""
        self.say((f"{label:<{LABEL_WIDTH}}", "note"), *spans, indent=2, hang=2 + LABEL_WIDTH)

    def listed(self, parts: list[str], *, indent: int, style: str = "", label: str = "") -> None:
        """Short parts in a row, separated by dots; no part is broken as long as it fits."""
        glued = [part.replace(" ", NO_BREAK) if len(part) < self.console.width // 2 else part for part in parts]
        hang = indent + (LABEL_WIDTH if label else 0)
        start = ((f"{label:<{LABEL_WIDTH}}", "note"),) if label else ()
        self.say(*start, (f"{NO_BREAK}· ".join(glued), style), indent=indent, hang=hang)

    def more(self, count: int, *, indent: int, what: str = "more like this") -> None:
        """Tell how many were left out, when any were."""
        if count:
            self.cut = True
            self.say((f"and {count:,} {what}", "quiet"), indent=indent)


def _span(span: Span) -> tuple[str, str]:
    return (printable(span), "") if isinstance(span, str) else (printable(span[0]), span[1])


def steps(names: list[str]) -> str:
    """By which packages another one gets in, in a row that is broken between packages only."""
    return f"by {' → '.join(names)}".replace(" ", NO_BREAK).replace(f"→{NO_BREAK}", "→ ")


def wrap(text: Text, first: int, rest: int) -> list[Text]:
    """The text in lines of at most `first` (the first line) and `rest` cells. A longer word, for instance a path, stays
    whole, so that it can be copied. Several spaces within a line are kept; a non-breaking one is printed as a space.
    """
    lines: list[Text] = []
    plain = text.plain
    start = end = 0
    room = first
    for word in re.finditer(r"[^ ]+", plain):
        if end > start and cell_len(plain[start : word.end()]) > room:
            lines.append(text[start:end])
            start, room = word.start(), rest
        end = word.end()
    if end > start or not lines:
        lines.append(text[start:end])
    for line in lines:
        line.plain = line.plain.replace(NO_BREAK, " ")
    return lines
