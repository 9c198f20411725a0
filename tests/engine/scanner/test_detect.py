# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""All detectors over one file: with a licence index, without one, with a damaged one."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.errors import Unreadable
from paddock.engine.scanner import recognise
from paddock.engine.scanner.detect import DETECTORS, default_detectors, detect_licenses, with_texts
from paddock.engine.scanner.licenses.default_index import PLACE, MissingIndex, default_index, open_once
from paddock.engine.scanner.recognise import TextDetector
from tests.license_data import MEADOW

# REUSE-IgnoreStart
TAG = "SPDX-License-Identifier: "
HEADER = f"# SPDX-FileCopyrightText: 2020 A. Person\n# {TAG}MIT\n"


def told(text: str | bytes, path: str = "x.py") -> list[tuple[int, str]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [(match.start_line, match.license_expression_spdx) for match in detect_licenses(data, path).licenses]


def test_texts_tags_and_copyrights_are_found_together() -> None:
    found = detect_licenses((HEADER + MEADOW).encode(), "x.py")
    assert [match.license_expression_spdx for match in found.licenses] == ["MIT", "LicenseRef-scancode-meadow"]
    assert [statement.statement for statement in found.copyrights] == ["Copyright 2020 A. Person"]


def test_a_tag_is_one_finding_and_not_two() -> None:
    assert told(HEADER) == [(2, "MIT")]


@pytest.mark.parametrize("place", ["none", "/nowhere/licenses.index"])
def test_without_an_index_tags_are_still_read(place, monkeypatch) -> None:
    monkeypatch.setenv(PLACE, place)
    assert default_detectors() == DETECTORS
    assert told(HEADER + MEADOW) == [(2, "MIT")]


def test_with_a_damaged_index_tags_are_still_read(monkeypatch, tmp_path) -> None:
    (tmp_path / "licenses.index").write_bytes(b"damaged")
    monkeypatch.setenv(PLACE, str(tmp_path / "licenses.index"))
    assert told(HEADER + MEADOW) == [(2, "MIT")]
    with pytest.raises(Unreadable, match="paddock license-db build"):
        default_index()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# REUSE-IgnoreStart\n{MEADOW}# REUSE-IgnoreEnd\n# {TAG}MIT\n", [(MEADOW.count("\n") + 3, "MIT")]),
        (f"# {TAG}MIT\n# REUSE-IgnoreStart\n{MEADOW}", [(1, "MIT")]),
        (f"# REUSE-IgnoreStart\n# {TAG}ISC\n# REUSE-IgnoreEnd\nx\n", []),
    ],
)
def test_what_is_to_be_passed_over_is_passed_over_and_its_lines_count(text, expected) -> None:
    assert told(text) == expected


def test_a_file_that_is_not_utf8_is_read() -> None:
    text = f"Größe\r\n# {TAG}MIT\r\n{MEADOW}"
    for encoding in ("utf-8", "utf-16", "latin-1"):
        assert told(text.encode(encoding)) == [(2, "MIT"), (3, "LicenseRef-scancode-meadow")]


def test_a_detector_goes_to_another_process_by_the_path_of_its_index(license_index_file) -> None:
    detector = TextDetector(str(license_index_file))
    sent = pickle.dumps(detector)
    assert len(sent) < 1_000
    again = pickle.loads(sent)  # noqa: S301 # our own bytes
    assert (again.identity, again(MEADOW.encode(), "x")) == (detector.identity, detector(MEADOW.encode(), "x"))


def test_the_identity_names_the_version_of_the_index(license_index_file, license_index) -> None:
    detector = TextDetector(str(license_index_file))
    assert license_index.version in detector.identity
    assert detector in with_texts(detector)


def test_a_detector_cannot_be_made_without_its_index(tmp_path: Path) -> None:
    with pytest.raises(MissingIndex, match="paddock license-db build"):
        TextDetector(str(tmp_path / "absent.index"))
    (tmp_path / "empty.index").touch()
    with pytest.raises(Unreadable, match="paddock license-db build"):
        TextDetector(str(tmp_path / "empty.index"))


MARKS = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"%PDF-",
    b"SPDX-License-Identifier:",
    b"License",
    b"REUSE-IgnoreStart",
    b"\r",
]


@given(st.lists(st.one_of(st.sampled_from(MARKS), st.binary(max_size=20)), max_size=12).map(b"".join))
def test_any_bytes_are_looked_into_and_twice_the_same_is_found(data) -> None:
    for path in ("x", "x.map", "LICENSE"):
        found = detect_licenses(data, path)
        assert found == detect_licenses(data, path)
        for match in (*found.licenses, *found.clues):
            assert 1 <= match.start_line <= match.end_line <= data.count(b"\n") + data.count(b"\r") + 1
            assert 0 <= match.score <= 100


# REUSE-IgnoreEnd


def test_a_detector_opens_its_index_once_and_takes_only_its_place_along(license_index_file, monkeypatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(recognise, "open_once", lambda path: opened.append(path) or open_once(path))
    detector = TextDetector(str(license_index_file))
    for number in range(5):
        detector(MEADOW.encode(), f"{number}.txt")
    assert len(opened) == 1
    data = pickle.dumps(detector)
    assert len(data) < 1_000
    assert pickle.loads(data)(MEADOW.encode(), "x") == detector(MEADOW.encode(), "x")  # noqa: S301 # our own
    assert len(opened) == 2
