# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The file of arrays: what is written is read, and no damage is taken for data."""

import struct
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paddock.engine.model.errors import Unreadable
from paddock.engine.scanner.licenses.array_file import MAGIC, open_arrays, write_arrays

TYPES = st.sampled_from(["u1", "<u2", "<u4", "<u8", "<i4", "<i8", "?", "<f8"])
ARRAYS = st.dictionaries(
    st.text(min_size=1, max_size=6),
    st.tuples(TYPES, st.lists(st.integers(0, 1), max_size=40), st.booleans()).map(
        lambda drawn: np.array(drawn[1][: len(drawn[1]) // 2 * 2], dtype=drawn[0]).reshape(
            (-1, 2) if drawn[2] else (-1,)
        )
    ),
    max_size=5,
)
SAMPLE = {"a": np.arange(100, dtype=np.uint16), "b": np.arange(12, dtype=np.int32).reshape(-1, 2)}
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(path: Path, header: bytes = b'{"x":1}', arrays=SAMPLE) -> Path:
    with path.open("wb") as stream:
        write_arrays(stream, header, arrays)
    return path


def with_contents(path: Path, contents: object, behind: bytes = b"\0" * 4_096) -> Path:
    """A file with a header of one's own."""
    encoded = msgspec.json.encode(contents)
    path.write_bytes(MAGIC + struct.pack("<Q", len(encoded)) + encoded + behind)
    return path


@same_folder
@given(ARRAYS)
def test_what_is_written_is_read(tmp_path, arrays) -> None:
    header, found = open_arrays(written(tmp_path / "x", b'{"any":"thing"}', arrays))
    assert msgspec.json.decode(header) == {"any": "thing"}
    assert {name: (array.dtype, array.tolist()) for name, array in found.items()} == {
        name: (array.dtype, array.tolist()) for name, array in arrays.items()
    }


def test_arrays_are_aligned_and_cannot_be_written_to(tmp_path) -> None:
    _, found = open_arrays(written(tmp_path / "x"))
    for array in found.values():
        assert array.ctypes.data % 64 == 0
        assert not array.flags.writeable


@same_folder
@given(st.data())
def test_a_file_that_was_cut_off_is_refused_wherever_it_was_cut(tmp_path, data) -> None:
    whole = written(tmp_path / "whole").read_bytes()
    path = tmp_path / "cut"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(Unreadable):
        open_arrays(path)


@same_folder
@given(st.data())
def test_damage_is_an_error_of_our_own_or_other_numbers_and_never_a_crash(tmp_path, data) -> None:
    whole = bytearray(written(tmp_path / "whole").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, 300))] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged"
    path.write_bytes(whole)
    try:
        _, found = open_arrays(path)
    except Unreadable:
        return
    for array in found.values():
        assert array.tolist() is not None


@same_folder
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path, data) -> None:
    path = tmp_path / "any"
    for content in (data, MAGIC + data, MAGIC + struct.pack("<Q", len(data)) + data):
        path.write_bytes(content)
        with pytest.raises(Unreadable):
            open_arrays(path)


@pytest.mark.parametrize(
    "place",
    [
        {"type": "u1", "shape": [10**12], "offset": 0},
        {"type": "u1", "shape": [-1], "offset": 0},
        {"type": "u1", "shape": [2**62, 2**62], "offset": 0},
        {"type": "u1", "shape": [8], "offset": 10**12},
        {"type": "u1", "shape": [8], "offset": -100},
        {"type": "u1", "shape": [8], "offset": 10**30},
        {"type": "O", "shape": [1], "offset": 0},
        {"type": "no type", "shape": [1], "offset": 0},
        {"type": "V0", "shape": [1], "offset": 0},
        {"type": "u1", "shape": "8", "offset": 0},
    ],
)
def test_places_that_cannot_be_are_refused(place, tmp_path) -> None:
    path = with_contents(tmp_path / "x", {"header": {}, "arrays": {"a": place}, "size": 8})
    with pytest.raises(Unreadable):
        open_arrays(path)


def test_an_enormous_header_is_not_read(tmp_path) -> None:
    path = tmp_path / "x"
    path.write_bytes(MAGIC + struct.pack("<Q", 2**63) + b"{}")
    with pytest.raises(Unreadable, match="header"):
        open_arrays(path)


@pytest.mark.parametrize("make", [lambda _path: None, lambda path: path.touch(), lambda path: path.mkdir()])
def test_no_file_an_empty_one_and_a_folder_are_refused(make, tmp_path) -> None:
    make(tmp_path / "x")
    with pytest.raises(Unreadable, match="cannot be opened"):
        open_arrays(tmp_path / "x")
