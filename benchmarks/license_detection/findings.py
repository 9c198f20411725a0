# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a program found in a file, in one form for both: read from `paddock license detect` and from ScanCode's JSON."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

_WORDS = re.compile(r"[^\s()]+")
_OPERATORS = {"AND", "OR", "WITH"}
_FOLLOWED = " -> "
"""In the name of a rule: the licence was found in the file that this one refers to."""


def keys_of(expressions: Iterable[str]) -> frozenset[str]:
    """The licences and exceptions that expressions name."""
    return frozenset(word for one in expressions for word in _WORDS.findall(one) if word not in _OPERATORS)


@dataclass(frozen=True)
class Hit:
    """One match. own: it stands in the file itself, not in a file that this one refers to."""

    expression: str
    spdx: str
    rule: str
    matcher: str
    score: float
    first: int
    last: int
    own: bool = True

    def __str__(self) -> str:
        place = "" if self.own else ", in another file"
        return f"{self.expression}: {self.rule}, {self.matcher}, {self.score}, lines {self.first}-{self.last}{place}"


@dataclass(frozen=True)
class Findings:
    """keys, spdx: the licences that a file as a whole is said to have. hits: the matches behind. clues: mere hints."""

    keys: frozenset[str] = frozenset()
    spdx: frozenset[str] = frozenset()
    hits: tuple[Hit, ...] = ()
    clues: tuple[Hit, ...] = ()

    def own_expressions(self) -> list[str]:
        """The expressions of all matches and hints in the file itself, sorted."""
        return sorted(hit.expression for hit in (*self.hits, *self.clues) if hit.own)


NOTHING = Findings()


class _PaddockMatch(msgspec.Struct):
    license_expression: str
    license_expression_spdx: str
    rule: str
    matcher: str
    score: float
    start_line: int
    end_line: int

    def hit(self) -> Hit:
        return Hit(
            self.license_expression,
            self.license_expression_spdx,
            self.rule,
            self.matcher,
            self.score,
            self.start_line,
            self.end_line,
            own=_FOLLOWED not in self.rule,
        )


class _PaddockFile(msgspec.Struct):
    path: str
    licenses: list[_PaddockMatch]
    clues: list[_PaddockMatch] = []


class _PaddockAnswer(msgspec.Struct):
    tool: dict[str, str]
    files: list[_PaddockFile]


def read_paddock(path: Path) -> dict[str, Findings]:
    """By path relative to the folder that was looked at."""
    answer = msgspec.json.decode(path.read_bytes(), type=_PaddockAnswer)
    return {file.path: _of_paddock(file) for file in answer.files}


def _of_paddock(file: _PaddockFile) -> Findings:
    return Findings(
        keys_of(match.license_expression for match in file.licenses),
        keys_of(match.license_expression_spdx for match in file.licenses),
        tuple(match.hit() for match in file.licenses),
        tuple(match.hit() for match in file.clues),
    )


class _ScancodeMatch(msgspec.Struct):
    license_expression: str
    rule_identifier: str
    matcher: str
    score: float
    start_line: int
    end_line: int
    from_file: str | None = None
    license_expression_spdx: str | None = None
    matched_length: int = 0

    def hit(self, path: str) -> Hit:
        return Hit(
            self.license_expression,
            self.license_expression_spdx or self.license_expression,
            self.rule_identifier,
            self.matcher,
            self.score,
            self.start_line,
            self.end_line,
            own=self.from_file in {path, None},
        )


class _ScancodeDetection(msgspec.Struct):
    matches: list[_ScancodeMatch]


class _ScancodeFile(msgspec.Struct):
    path: str
    type: str
    detected_license_expression: str | None = None
    detected_license_expression_spdx: str | None = None
    license_detections: list[_ScancodeDetection] = []
    license_clues: list[_ScancodeMatch] = []


class _ScancodeHead(msgspec.Struct):
    tool_version: str
    duration: float


class _ScancodeAnswer(msgspec.Struct):
    headers: list[_ScancodeHead]
    files: list[_ScancodeFile]


def read_scancode(path: Path) -> dict[str, Findings]:
    """By path relative to the folder that was looked at, whose name is the first part in ScanCode's answer."""
    answer = msgspec.json.decode(path.read_bytes(), type=_ScancodeAnswer)
    return {file.path.partition("/")[2]: _of_scancode(file) for file in answer.files if file.type == "file"}


def _of_scancode(file: _ScancodeFile) -> Findings:
    return Findings(
        keys_of([file.detected_license_expression or ""]),
        keys_of([file.detected_license_expression_spdx or ""]),
        tuple(_once(match.hit(file.path) for one in file.license_detections for match in one.matches)),
        tuple(_once(match.hit(file.path) for match in file.license_clues)),
    )


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """ScanCode lists a match again in each detection it is part of."""
    yield from dict.fromkeys(hits)


def scancode_seconds(path: Path) -> float:
    """What ScanCode says it took, without its start."""
    return msgspec.json.decode(path.read_bytes(), type=_ScancodeAnswer).headers[0].duration


def alike(ours: Mapping[str, Findings], theirs: Mapping[str, Findings]) -> list[str]:
    """The files of theirs that both say the same licences of. A file that we did not look at has none."""
    return [path for path, found in theirs.items() if ours.get(path, NOTHING).keys == found.keys]
