# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Unpacking: what well-meant archives hold, and that hostile ones neither climb, nor explode, nor pass in silence."""

import bz2
import contextlib
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.downloader.bounds import Bounds, link_target, safe_path
from paddock.engine.downloader.unpack import GEM_METADATA, unpack
from paddock.engine.model.errors import Unreadable
from tests.engine.downloader.archives import gem, member, tar, zipped

FILES = {"p/LICENSE": "MIT", "p/src/a.c": b"int a;" * 1000, "p/b.bin": b"\0" * 5000, "p/empty": b""}


def look(data: bytes, folder: Path, bounds: Bounds | None = None) -> tuple[dict[str, bytes], list[str]]:
    """What can be read of each file, and what was told."""
    path = folder / "archive"
    path.write_bytes(data)
    with unpack(os.fspath(path), bounds=bounds or Bounds()) as unpacked:
        found = {}
        told = []
        for file in unpacked.tree.files():
            try:
                found[file.path] = file.head(256 * 1024)
            except Unreadable as error:
                told.append(f"{file.path}: {error.reason}")
        return found, told + [issue.message for issue in unpacked.issues("archive")]


@pytest.mark.parametrize("mode", ["w:", "w:gz", "w:bz2", "w:xz"])
def test_tar_archives_of_every_compression(tmp_path: Path, mode: str) -> None:
    found, told = look(tar(FILES, mode=mode), tmp_path)
    assert told == []
    assert set(found) == set(FILES)
    assert found["p/src/a.c"] == FILES["p/src/a.c"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_archives_of_every_compression(tmp_path: Path, method: int) -> None:
    found, told = look(zipped(FILES, method=method), tmp_path)
    assert told == []
    assert found["p/src/a.c"] == FILES["p/src/a.c"]


@pytest.mark.parametrize("style", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_style_of_tar(tmp_path: Path, style: int) -> None:
    long = "p/" + "/".join(["folder"] * 20) + "/näme.txt" if style != tarfile.USTAR_FORMAT else "p/n.txt"
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz", format=style) as archive:
        for name in ("p/a", long, "p/z"):
            info = tarfile.TarInfo(name)
            info.size = 3
            archive.addfile(info, io.BytesIO(b"abc"))
    found, told = look(stream.getvalue(), tmp_path)
    assert (sorted(found), told) == (sorted(["p/a", long, "p/z"]), [])


def test_a_gem_is_its_data_and_its_specification(tmp_path: Path) -> None:
    found, told = look(gem({"lib/a.rb": "# a", "LICENSE.txt": "MIT"}, "name: a\nlicenses:\n- MIT\n"), tmp_path)
    assert told == []
    assert set(found) == {"lib/a.rb", "LICENSE.txt", GEM_METADATA}


def test_two_gzip_streams_are_one_archive(tmp_path: Path) -> None:
    whole = tar(FILES, mode="w:")
    found, told = look(gzip.compress(whole[:3000], mtime=0) + gzip.compress(whole[3000:], mtime=0), tmp_path)
    assert (set(found), told) == (set(FILES), [])


CLIMBERS = ["../x", "p/../../x", "/etc/passwd", "C:\\x", "..\\x", "a/b/../../../x"]


@pytest.mark.parametrize("name", CLIMBERS)
@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_nothing_climbs(tmp_path: Path, name: str, kind: str) -> None:
    make = tar if kind == "tar" else zipped
    found, told = look(make({name: "evil", "p/a": "good"}), tmp_path)
    assert set(found) == {"p/a"}
    assert len(told) == 1
    assert "not unpacked" in told[0]
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_links_inside_are_followed_and_links_out_are_refused(tmp_path: Path) -> None:
    links = [
        member("p/COPYING", tarfile.SYMTYPE, "LICENSE"),
        member("p/sub/COPYING", tarfile.SYMTYPE, "../COPYING"),
        member("p/hard", tarfile.LNKTYPE, "p/LICENSE"),
        member("p/out", tarfile.SYMTYPE, "../../etc/passwd"),
        member("p/root", tarfile.SYMTYPE, "/etc/passwd"),
        member("p/hardout", tarfile.LNKTYPE, "../x"),
        member("p/loop", tarfile.SYMTYPE, "loop"),
        member("p/nothing", tarfile.SYMTYPE, "gone"),
        member("p/folder", tarfile.SYMTYPE, "src"),
    ]
    found, told = look(tar({"p/LICENSE": "MIT", "p/src/a": "a"}, members=links), tmp_path)
    assert set(found) == {"p/LICENSE", "p/COPYING", "p/sub/COPYING", "p/hard", "p/src/a"}
    assert found["p/sub/COPYING"] == b"MIT"
    assert told == ["3 entries are not unpacked: a link that leads out ('p/hardout')"]


def test_links_in_zip_archives(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("p/LICENSE", "MIT")
        for name, target in (("p/COPYING", "LICENSE"), ("p/out", "/etc/passwd")):
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o120777 << 16
            archive.writestr(info, target)
    found, told = look(stream.getvalue(), tmp_path)
    assert found == {"p/LICENSE": b"MIT", "p/COPYING": b"MIT"}
    assert len(told) == 1


def test_devices_and_pipes_are_refused(tmp_path: Path) -> None:
    kinds = [tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"V"]
    found, told = look(tar({"a": "x"}, members=[member(f"d{n}", kind) for n, kind in enumerate(kinds)]), tmp_path)
    assert set(found) == {"a"}
    assert told == ["4 entries are not unpacked: a device, pipe or entry of unknown kind ('d0')"]


def test_sparse_files_are_refused(tmp_path: Path) -> None:
    info = member("huge", tarfile.REGTYPE)
    info.pax_headers = {
        "GNU.sparse.major": "0",
        "GNU.sparse.minor": "1",
        "GNU.sparse.map": "0,1",
        "GNU.sparse.size": "9" * 15,
    }
    found, told = look(tar({"a": "x"}, members=[info]), tmp_path)
    assert set(found) == {"a"}
    assert "a sparse file" in told[0]


def test_a_tar_bomb_is_read_up_to_its_bounds(tmp_path: Path) -> None:
    bomb = tar({f"p/{n}": b"\0" * 2_000_000 for n in range(8)})
    assert len(bomb) < 100_000
    found, told = look(bomb, tmp_path, Bounds(ratio=20, ratio_from=5_000_000))
    assert len(found) == 2
    assert told == ["it unpacks to more than 20 times its size; the rest is not read"]
    _, told = look(bomb, tmp_path, Bounds(unpacked=3_000_000))
    assert told == ["it unpacks to more than 3,000,000 bytes; the rest is not read"]


def test_a_zip_bomb_is_read_up_to_its_bounds(tmp_path: Path) -> None:
    bomb = zipped({f"p/{n}": b"\0" * 2_000_000 for n in range(8)})
    found, told = look(bomb, tmp_path, Bounds(ratio=20, ratio_from=5_000_000))
    assert len(found) < 8
    assert "more than 20 times its size" in told[0]


@pytest.mark.parametrize("make", [tar, zipped])
def test_too_many_entries_are_not_read(tmp_path: Path, make: "type[object]") -> None:
    found, told = look(make({f"{n}": "x" for n in range(50)}), tmp_path, Bounds(entries=10))  # type: ignore[call-arg,arg-type]
    assert len(found) <= 10
    assert told == ["it has more than 10 entries; the rest is not read"]


def test_a_header_that_claims_gigabytes_costs_nothing(tmp_path: Path) -> None:
    info = member("././@PaxHeader", tarfile.XHDTYPE)
    info.size = 7 * 1024**3
    data = tar({"a": "x"}, mode="w:")[:1024] + info.tobuf() + b"\0" * 10_000
    found, told = look(gzip.compress(data, mtime=0), tmp_path)
    assert set(found) == {"a"}
    assert told == ["a header in it is larger than any archive needs"]


def test_sparse_headers_without_end_cost_nothing(tmp_path: Path) -> None:
    info = member("a", tarfile.GNUTYPE_SPARSE)
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[482] = 1  # more sparse headers follow
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    block = bytearray(512)
    block[:24] = b"00000000001\x0000000000001\0"
    block[504] = 1
    data = tar({"a": "x"}, mode="w:")[:1024] + bytes(header) + bytes(block) * 100_000
    found, told = look(data, tmp_path)
    assert set(found) == {"a"}
    assert len(told) == 1


@pytest.mark.parametrize("mode", ["w:", "w:gz", "w:bz2", "w:xz"])
def test_an_archive_that_is_cut_off_is_told(tmp_path: Path, mode: str) -> None:
    data = tar({f"p/{n}": os.urandom(5000) + b"x" for n in range(10)}, mode=mode)
    if mode == "w:bz2":  # which gives nothing before a whole block has arrived
        with pytest.raises(Unreadable, match="cut off"):
            look(data[: len(data) // 2], tmp_path)
        return
    found, told = look(data[: len(data) // 2], tmp_path)
    assert len(found) < 10
    assert len(told) == 1


def test_a_zip_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    data = zipped(FILES)
    with pytest.raises(Unreadable, match="cannot be unpacked"):
        look(data[: len(data) // 2], tmp_path)


def test_damage_in_the_middle_is_told(tmp_path: Path) -> None:
    data = bytearray(tar({f"p/{n}": b"x" * 600 for n in range(10)}, mode="w:"))
    data[1536 * 4 : 1536 * 4 + 300] = b"?" * 300
    found, told = look(bytes(data), tmp_path)
    assert len(found) == 4
    assert "damaged" in told[0]


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x1f\x8b", gzip.compress(b"no tar", mtime=0), bz2.compress(b"x"), lzma.compress(b"")]
)
def test_what_is_no_archive_is_refused_or_empty(tmp_path: Path, data: bytes) -> None:
    try:
        found, _ = look(data, tmp_path)
    except Unreadable:
        return
    assert found == {}


def test_encrypted_entries_are_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"a": "secret"}, method=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found, told = look(bytes(data), tmp_path)
    assert found == {}
    assert told == ["a: is encrypted"]


def test_of_large_files_the_head_can_be_read_and_the_whole_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    for data in (tar({"big": b"x" * 5000}), zipped({"big": b"x" * 5000})):
        path.write_bytes(data)
        with unpack(os.fspath(path), bounds=Bounds(kept_per_file=1000)) as unpacked:
            (file,) = unpacked.tree.files()
            assert file.size == 5000
            assert file.head(1000) == b"x" * 1000
            with pytest.raises(Unreadable, match="only the first 1,000 bytes"):
                file.read()


def test_the_tree_finds_its_way(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    path.write_bytes(tar(FILES))
    with unpack(os.fspath(path)) as unpacked:
        tree = unpacked.tree.without_outer_folder()
        assert tree.names("") == ["LICENSE", "b.bin", "empty", "src"]
        assert tree.names("src") == ["a.c"]
        assert tree.names("none") == []
        assert tree.size("src") is None
        joined = tree.joined("x", tree.below("src"))
        assert joined.names("x") == ["a.c"]
        with pytest.raises(Unreadable):
            tree.open("none")


@given(st.text(max_size=40))
def test_a_safe_path_stays_below_the_root(name: str) -> None:
    try:
        path = safe_path(name, Bounds())
    except Unreadable:
        return
    assert not path.startswith("/")
    assert ".." not in path.split("/")
    assert "\\" not in path


@given(st.lists(st.sampled_from(["a", "..", ".", "", "b"]), max_size=8), st.integers(0, 3))
def test_a_link_leads_below_the_root_or_nowhere(parts: list[str], depth: int) -> None:
    place = "/".join(["d"] * depth + ["link"])
    try:
        target = link_target(place, "/".join(parts), Bounds())
    except Unreadable:
        return
    assert ".." not in target.split("/")


@given(st.binary(max_size=600), st.sampled_from([0, 1, 2, 3]), st.data())
def test_whatever_the_bytes_are_reading_ends(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, kind: int, data: st.DataObject
) -> None:
    whole = [tar(FILES), tar(FILES, mode="w:"), zipped(FILES), gem({"a": "b"}, "x: y")][kind]
    at = data.draw(st.integers(0, len(whole)))
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    with contextlib.suppress(Unreadable):
        look(damaged, tmp_path_factory.mktemp("noise"), Bounds(ratio_from=2_000_000))
