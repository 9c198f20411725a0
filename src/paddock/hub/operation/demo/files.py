# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The bytes that people of the demonstration hand in: files as they are, scans of folders, packed and broken ones."""

import gzip
import io
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

from paddock.engine.bootstrap import build
from paddock.engine.formats.result import write_result
from paddock.engine.pipeline.advisories.files import import_files
from paddock.engine.pipeline.run import run
from paddock.hub.operation.demo.story import HandedIn, folder


def what_is_handed_in(one: HandedIn, now: datetime) -> tuple[bytes, str]:
    """The bytes, and the name under which they come."""
    place = (folder() / one.file).resolve()
    if one.packed:
        content, name = packed(place), one.packed
    elif place.is_dir():
        advisories = folder() / one.advisories if one.advisories else None
        content, name = scanned(place, now, advisories), f"{place.name}.paddock.json"
    else:
        content, name = place.read_bytes(), place.name
    return content[: one.cut], name


def scanned(place: Path, now: datetime, advisories: Path | None) -> bytes:
    """What `paddock scan` says of a folder, as the result that it would upload. advisories: a folder of OSV records."""
    with tempfile.TemporaryDirectory(prefix="paddock-demo-") as temporary:
        database = Path(temporary) / "advisories.db" if advisories is not None else None
        if database is not None and advisories is not None:
            import_files(database, (advisories,), now=now)
        return write_result(run(place, build(place, advisories=database), now=now))


def packed(place: Path) -> bytes:
    """A folder as a source archive: the same bytes each time."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for file in sorted(path for path in place.rglob("*") if path.is_file()):
            entry = tarfile.TarInfo(f"{place.name}/{file.relative_to(place).as_posix()}")
            entry.size = file.stat().st_size
            with file.open("rb") as content:
                archive.addfile(entry, content)
    return gzip.compress(stream.getvalue(), mtime=0)
