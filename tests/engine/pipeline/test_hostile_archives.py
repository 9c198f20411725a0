# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Archives that climb out, explode, nest without end or lie about their sizes: an issue, and nothing is written."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from paddock.engine.analyzer.archive import MAX_DEPTH, MAX_METADATA_BYTES
from tests.engine.pipeline.trees import SOUND, SOUND_REF, dangling, errors_at, look_at, plant, refs, state_of, told

POM = b"groupId=org.example\nartifactId=inner\nversion=1.0\n"
POM_PATH = "META-INF/maven/org.example/inner/pom.properties"
WHEEL = b"Metadata-Version: 2.1\nName: inner\nVersion: 1.0\n"
NAMES = {
    "x.jar": POM_PATH,
    "x.war": POM_PATH,
    "x-1.0-py3-none-any.whl": "x-1.0.dist-info/METADATA",
    "x.egg": "EGG-INFO/PKG-INFO",
}


def zipped(entries: dict[str, bytes], *, packed: bool = True) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, archive.compression)
    return buffer.getvalue()


def one_claimed(data: bytes, *, size: int) -> bytes:
    """An archive of one entry, with another unpacked size in both of its headers."""
    changed = bytearray(data)
    struct.pack_into("<L", changed, changed.find(b"PK\x03\x04") + 22, size)
    struct.pack_into("<L", changed, changed.find(b"PK\x01\x02") + 24, size)
    return bytes(changed)


def nested(levels: int) -> bytes:
    data = zipped({POM_PATH: POM})
    for _ in range(levels):
        data = zipped({"lib/inner.jar": data}, packed=False)
    return data


def bomb(size: int) -> bytes:
    """Zeros: one part in a thousand when packed."""
    return b"\0" * size


@pytest.mark.parametrize("name", NAMES)
def test_entries_that_climb_out_are_only_names(tmp_path: Path, name: str) -> None:
    content = POM if name[-3:] in {"jar", "war"} else WHEEL
    entries = {f"../../../{NAMES[name]}": content, "/etc/passwd": b"x", "..\\..\\up": b"x", "a/../../b": b"x"}
    root = plant(tmp_path / "root", {**SOUND, name: zipped(entries)})
    before = state_of(tmp_path)
    assert SOUND_REF in refs(look_at(root))
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("name", NAMES)
def test_a_bomb_is_not_unpacked(tmp_path: Path, name: str) -> None:
    plant(tmp_path, {**SOUND, name: zipped({NAMES[name]: bomb(20 * MAX_METADATA_BYTES)})})
    result = look_at(tmp_path)
    assert SOUND_REF in refs(result)
    assert any("are not read" in message for message in told(result.inventory)[name])


@pytest.mark.parametrize("name", NAMES)
def test_a_lie_about_the_size_is_found_out(tmp_path: Path, name: str) -> None:
    lie = one_claimed(zipped({NAMES[name]: bomb(2 * MAX_METADATA_BYTES)}), size=100)
    plant(tmp_path, {**SOUND, name: lie})
    result = look_at(tmp_path)
    assert SOUND_REF in refs(result)
    assert name in told(result.inventory)


def test_archives_in_archives_end(tmp_path: Path) -> None:
    plant(tmp_path, {**SOUND, "shallow.jar": nested(2), "deep.jar": nested(MAX_DEPTH + 20)})
    result = look_at(tmp_path)
    assert {SOUND_REF, "pkg:maven/org.example/inner@1.0"} <= set(refs(result))
    assert "deep.jar" in {path.partition("!")[0] for path in told(result.inventory)}


def test_an_archive_that_holds_many_bombs_is_given_up(tmp_path: Path) -> None:
    inner = zipped({POM_PATH: POM, "fill": bomb(8_000_000)})
    plant(tmp_path, {**SOUND, "x.jar": zipped({f"lib/{number}.jar": inner for number in range(50)})})
    assert SOUND_REF in refs(look_at(tmp_path))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", ["cut in half", "no table", "other bytes", "encrypted", "a wrong checksum"])
def test_a_damaged_archive_is_an_issue(tmp_path: Path, name: str, damage: str) -> None:
    content = POM if name[-3:] in {"jar", "war"} else WHEEL
    data = bytearray(zipped({NAMES[name]: content, "other.txt": b"y" * 500}, packed=False))
    if damage == "cut in half":
        del data[len(data) // 2 :]
    elif damage == "no table":
        del data[data.find(b"PK\x01\x02") :]
    elif damage == "other bytes":
        data = bytearray(b"\x89PNG\r\n\x1a\n" + b"\0" * 200)
    elif damage == "encrypted":
        for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.find(header) + flags] |= 1
    else:
        struct.pack_into("<L", data, data.find(b"PK\x01\x02") + 16, zlib.crc32(b"something else"))
    plant(tmp_path, {**SOUND, name: bytes(data)})
    result = look_at(tmp_path)
    assert SOUND_REF in refs(result)
    assert name in errors_at(result)
    assert dangling(result.inventory) == []
