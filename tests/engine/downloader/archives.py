# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Archives for tests, made in memory: tar archives of every kind of member, zips, gems."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping


def tar(files: Mapping[str, bytes | str], *, mode: str = "w:gz", members: Iterable[tarfile.TarInfo] = ()) -> bytes:
    """A tar archive of files and, behind them, of any other members."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for member in members:
            archive.addfile(member)
    return stream.getvalue()


def member(name: str, type: bytes, target: str = "") -> tarfile.TarInfo:
    """A member without content."""
    info = tarfile.TarInfo(name)
    info.type = type
    info.linkname = target
    return info


def zipped(files: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive; the same files give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return stream.getvalue()


def gem(files: Mapping[str, bytes | str], specification: str) -> bytes:
    """A gem: a plain tar archive of the packed files and the packed specification."""
    packed = {"metadata.gz": gzip.compress(specification.encode(), mtime=0), "data.tar.gz": tar(files)}
    return tar(packed, mode="w:")
