# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Looking into one file: within bounds, whatever it is, and what is said where that was not possible."""

import io

import pytest

from paddock.engine.downloader.tree import MemoryTree, SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Severity
from paddock.engine.scanner.detect import DETECTORS, default_detectors
from paddock.engine.scanner.licenses.text import MAX_TEXT_BYTES
from paddock.engine.scanner.look import look_into, look_one_by_one
from paddock.engine.scanner.scan import scan
from tests.license_data import MEADOW

HUGE = 1_000_000_000


class Endless(io.RawIOBase):
    """A file of any size that is made while it is read; counts what was read of it."""

    def __init__(self, head: bytes, line: bytes) -> None:
        self.head, self.line = head, line
        self.was_read = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= MAX_TEXT_BYTES, "a file must not be read to its end, wherever that is"
        whole = self.head + self.line * (size // len(self.line) + 2)
        start = min(self.was_read, len(self.head))
        self.was_read += size
        return whole[start : start + size]


class OneFile:
    """A tree with one file that gives out a stream."""

    def __init__(self, stream: io.RawIOBase | Exception) -> None:
        self.stream = stream

    def open(self, _path: str) -> io.RawIOBase:
        if isinstance(self.stream, Exception):
            raise self.stream
        return self.stream

    def size(self, _path: str) -> int | None:
        return None

    def names(self, _directory: str) -> list[str]:
        return []


def looked(stream: io.RawIOBase | Exception, size: int = HUGE):
    return look_into(SourceFile(OneFile(stream), "large.txt", size), default_detectors())


def test_of_a_huge_file_the_beginning_is_read_and_the_rest_is_said_to_be_left_out() -> None:
    stream = Endless(MEADOW.encode(), b"x" * 1_000 + b"\n")
    found = looked(stream)
    assert stream.was_read <= MAX_TEXT_BYTES
    assert [match.license_expression for match in found.findings.licenses] == ["meadow"]
    assert found.problem == f"only the first {MAX_TEXT_BYTES:,} of {HUGE:,} bytes were searched for licences"


def test_of_a_huge_binary_file_only_the_head_is_read() -> None:
    stream = Endless(b"\x7fELF", b"\0" * 100)
    found = looked(stream)
    assert stream.was_read <= 64 * 1024
    assert (found.not_looked_at, found.problem) == ("compiled programs", "")


def test_what_was_left_out_is_an_issue_of_the_scan() -> None:
    file = SourceFile(OneFile(Endless(b"", b"x\n")), "large.txt", MAX_TEXT_BYTES + 1)
    result = scan([file], Inventory(), detectors=DETECTORS)
    assert [(issue.severity, issue.path) for issue in result.issues] == [(Severity.WARNING, "large.txt")]
    assert "searched for licences" in result.issues[0].message


@pytest.mark.parametrize("error", [Unreadable("cannot be opened: gone"), PermissionError(13, "Permission denied")])
def test_a_file_that_cannot_be_read_is_an_answer(error) -> None:
    found = looked(error, 10)
    assert found.problem.startswith("cannot be ")
    assert not found.findings.licenses


def test_an_empty_file_is_not_even_opened() -> None:
    assert looked(AssertionError("opened"), 0).problem == ""


@pytest.mark.parametrize("size", [1, 8 * 1024 - 1, 8 * 1024, 8 * 1024 + 1, 100_000])
def test_files_of_every_size_are_read_whole(size) -> None:
    data = b"x\n" * (size // 2) + MEADOW.encode()
    tree = MemoryTree({"a.txt": data})
    (found,) = look_one_by_one(list(tree.files()), default_detectors())
    assert [match.start_line for match in found.findings.licenses] == [size // 2 + 1]


def test_answers_come_in_the_order_of_the_files() -> None:
    tree = MemoryTree({"a": b"", "b": MEADOW.encode(), "c": b"%PDF-1.4", "d": b"nothing"})
    answers = list(look_one_by_one(list(tree.files()), default_detectors()))
    assert [(len(one.findings.licenses), one.not_looked_at) for one in answers] == [
        (0, ""),
        (1, ""),
        (0, "PDF documents"),
        (0, ""),
    ]
