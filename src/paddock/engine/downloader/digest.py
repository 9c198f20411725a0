# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Digests of files as lock files and registries state them, and whether a file has them.

"h1" is Go's digest over the files of a module zip (https://go.dev/ref/mod#go-sum-files): SHA-256 over one line for each
file, sorted by name, in base64. "nuget" is SHA-512 over a package as it was before it was signed, as packages.lock.json
has it.
"""

import base64
import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from paddock.engine.downloader.bounds import Bounds
from paddock.engine.downloader.decompress import BROKEN
from paddock.engine.downloader.zip_directory import check_directory
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable

GO_DIRHASH = "h1"
NUGET_CONTENT = "nuget"
_CHUNK = 1024 * 1024
_PLAIN = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})
_SIGNATURE = ".signature.p7s"
_BROKEN = (*BROKEN, zipfile.BadZipFile, RuntimeError, NotImplementedError, KeyError, IndexError)
_BOUNDS = Bounds()


class WrongDigest(Unreadable):
    """A file is not the one that was meant."""


def check_digests(place: str, wanted: Sequence[Hash]) -> bool:
    """Whether a file was checked: False when no digest of a known algorithm is given.

    Of each algorithm one value must fit. Raises WrongDigest, naming both values, and Unreadable for a file that its
    digest cannot be computed of.
    """
    by_algorithm: dict[str, set[str]] = {}
    for one in wanted:
        if one.algorithm in _PLAIN | {GO_DIRHASH, NUGET_CONTENT}:
            by_algorithm.setdefault(one.algorithm, set()).add(one.value)
    for algorithm, values in by_algorithm.items():
        found = digest_of(place, algorithm)
        if found not in values and algorithm == NUGET_CONTENT:
            found = digest_of(place, "sha512")  # bills of materials have the digest of the signed file
        if found not in values:
            stated = min(values) + ("" if len(values) == 1 else f" or {len(values) - 1} others")
            raise WrongDigest(f"its {algorithm} is {found}, not {stated}")
    return bool(by_algorithm)


def digest_of(place: str, algorithm: str) -> str:
    """A file's digest: lower-case hex, of "h1" base64. Raises Unreadable."""
    try:
        if algorithm == GO_DIRHASH:
            return _dirhash(place)
        if algorithm == NUGET_CONTENT:
            return _unsigned_digest(place)
        with open(place, "rb") as stream:
            return hashlib.file_digest(stream, algorithm).hexdigest()
    except _BROKEN as error:
        raise Unreadable("its digest cannot be computed") from error


def _dirhash(place: str) -> str:
    summary = hashlib.sha256()
    with open(place, "rb") as source:
        packed = source.seek(0, 2)
        check_directory(source, _BOUNDS.directory)
        unpacked = 0
        with zipfile.ZipFile(source) as archive:
            for name in sorted({entry.filename for entry in archive.infolist()}):
                digest = hashlib.sha256()
                with archive.open(name) as stream:
                    while chunk := stream.read(_CHUNK):
                        unpacked += len(chunk)
                        _BOUNDS.check_unpacked(unpacked, packed)
                        digest.update(chunk)
                summary.update(f"{digest.hexdigest()}  {name}\n".encode())
    return base64.b64encode(summary.digest()).decode()


def _unsigned_digest(place: str) -> str:
    """The digest of a package's bytes with its signature taken out of the archive again.

    The signature is one entry. Without it, the entries behind it lie further ahead, the table of contents has one line
    less, and the end of the archive counts one entry less.
    """
    digest = hashlib.sha512()
    with open(place, "rb") as source:
        check_directory(source, _BOUNDS.directory)
        with zipfile.ZipFile(source) as archive:
            entries = sorted(archive.infolist(), key=lambda one: one.header_offset)
            start = archive.start_dir
            if _SIGNATURE not in archive.namelist():
                source.seek(0)
                return hashlib.file_digest(source, "sha512").hexdigest()
        ends = [*(one.header_offset for one in entries[1:]), start]
        signature = next(number for number, one in enumerate(entries) if one.filename == _SIGNATURE)
        cut, length = entries[signature].header_offset, ends[signature] - entries[signature].header_offset
        for part in (*_copied(source, 0, cut), *_copied(source, cut + length, start)):
            digest.update(part)
        source.seek(start)
        for part in _directory_without(source.read(), cut, length):
            digest.update(part)
    return digest.hexdigest()


def _copied(source: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    source.seek(start)
    while start < end:
        chunk = source.read(min(_CHUNK, end - start))
        if not chunk:
            raise EOFError("the archive ends too early")
        start += len(chunk)
        yield chunk


def _directory_without(directory: bytes, cut: int, length: int) -> Iterator[bytes]:
    """The table of contents and the end of the archive, without the entry at offset `cut` of `length` bytes."""
    place = removed = 0
    while directory[place : place + 4] == b"PK\x01\x02":
        sizes = [int.from_bytes(directory[place + at : place + at + 2], "little") for at in (28, 30, 32)]
        line = bytearray(directory[place : place + 46 + sum(sizes)])
        offset = int.from_bytes(line[42:46], "little")
        place += len(line)
        if offset == cut:
            removed = len(line)
            continue
        line[42:46] = (offset - length if offset > cut else offset).to_bytes(4, "little")
        yield bytes(line)
    end = bytearray(directory[place:])
    if end[:4] != b"PK\x05\x06" or len(end) < 22 or not removed:
        raise ValueError("not an archive that NuGet signs")
    for at in (8, 10):
        end[at : at + 2] = (int.from_bytes(end[at : at + 2], "little") - 1).to_bytes(2, "little")
    end[12:16] = (int.from_bytes(end[12:16], "little") - removed).to_bytes(4, "little")
    end[16:20] = (int.from_bytes(end[16:20], "little") - length).to_bytes(4, "little")
    yield bytes(end)
