# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Samples of source trees for comparisons: bounded, the same at every run, rather different files than many alike."""

import hashlib
import re
import shutil
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

_SPEAKS = re.compile(rb"licen[sc]|copyright|spdx|permission|warrant|public domain", re.IGNORECASE)
_LINE = re.compile(rb"[^\r\n]+")
_LETTERS = re.compile(rb"[a-z]{2,}")
_HEAD = 8_192
_MOST_BYTES = 400_000
_ALIKE = 2
"""Files of one package that may have the same notice."""
_SILENT_SHARE = 10
"""One file in so many is one without any word about licences."""


def unpack(archive: Path, folder: Path) -> Path:
    """The files of an archive below a folder, which is made. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder


def sample(root: Path, count: int) -> list[Path]:
    """Up to `count` files below a folder whose folders are packages, relative to it.

    Files are taken in turn from each package in the order of a hash of their path; of those with the same words about
    licences only _ALIKE a package; few without any such words.
    """
    packages = [sorted(_files(package), key=_shuffled) for package in sorted(root.iterdir()) if package.is_dir()]
    candidates = [_different(package) for package in packages]
    silent = [iter(quiet) for _, quiet in candidates]
    speaking = [iter(loud) for loud, _ in candidates]
    wanted = count // _SILENT_SHARE
    chosen = [*_in_turn(silent, wanted)]
    chosen += _in_turn(speaking, count - len(chosen))
    return sorted(path.relative_to(root) for path in chosen)


def copy_sample(root: Path, chosen: Sequence[Path], target: Path) -> None:
    """Copy files to the same places below another folder."""
    for path in chosen:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, target / path)


def _files(package: Path) -> Iterator[Path]:
    for path in package.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(package).parts)
        if path.is_file() and not path.is_symlink() and not hidden and 0 < path.stat().st_size <= _MOST_BYTES:
            yield path


def _shuffled(path: Path) -> bytes:
    return hashlib.sha256(path.name.encode() + path.parent.name.encode()).digest()


def _different(package: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Files that speak about licences, each way of speaking at most _ALIKE times, and files that do not."""
    seen: Counter[bytes] = Counter()
    speaking, silent = [], []
    for path in package:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if b"\0" in head:
            continue
        lines = [line for line in _LINE.findall(head) if _SPEAKS.search(line)]
        if not lines:
            silent.append(path)
            continue
        words = b" ".join(_LETTERS.findall(b" ".join(lines).lower()))
        seen[words] += 1
        if seen[words] <= _ALIKE:
            speaking.append(path)
    return speaking, silent


def _in_turn(sources: Sequence[Iterator[Path]], count: int) -> list[Path]:
    taken: list[Path] = []
    pending = list(sources)
    while pending and len(taken) < count:
        for source in list(pending):
            path = next(source, None)
            if path is None:
                pending.remove(source)
            elif len(taken) < count:
                taken.append(path)
    return taken
