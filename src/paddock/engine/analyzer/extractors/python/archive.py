# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Wheels and eggs lying in the tree: the metadata inside the archive, read without unpacking.

Formats: https://packaging.python.org/en/latest/specifications/binary-distribution-format/ and
https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html
"""

import hashlib
import re

from paddock.engine.analyzer.archive import Archive, Budget
from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.core_metadata import MAX_BYTES, parse_metadata
from paddock.engine.analyzer.extractors.python.installed import purl_of
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin

NAME = "python/archive"

_METADATA = re.compile(r"[^/]+\.dist-info/METADATA|EGG-INFO/PKG-INFO", re.IGNORECASE)


def extract(file: SourceFile) -> Extraction:
    """The package that the archive is; its SHA-256 is what lock files and indexes know it by."""
    metadata = parse_metadata(_read_metadata(file))
    purl = purl_of(metadata)
    if not metadata.name or purl is None:
        raise Unreadable("the metadata in the archive name no Python package")
    draft = Draft(file, NAME)
    ref = draft.add(
        purl,
        hashes=(_digest(file),),
        licenses=metadata.licenses,
        description=metadata.summary,
        homepage=metadata.homepage,
        authors=metadata.authors,
    )
    project = draft.project(file.directory or ".", origin=Origin.INSTALLED)
    project.use(ref)
    return draft.finish()


def _read_metadata(file: SourceFile) -> bytes:
    """The metadata file of the archive. Raises Unreadable when there is none or the archive is not within bounds."""
    with file.open() as stream:
        archive = Archive(stream, Budget())
        found = next((name for name in archive.names() if _METADATA.fullmatch(name)), None)
        if found is None:
            raise Unreadable("the archive holds no METADATA and no PKG-INFO")
        return archive.read(found, MAX_BYTES)


def _digest(file: SourceFile) -> Hash:
    digest = hashlib.sha256()
    with file.open() as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return Hash("sha256", digest.hexdigest())


EXTRACTOR = Extractor(
    name=NAME,
    title="wheels and eggs (.whl, .egg)",
    claims=Claims(suffixes=(".whl", ".egg")),
    tells=frozenset({Fact.VERSIONS, Fact.HASHES, Fact.LICENSES}),
    cannot_tell=(
        "What the package needs: its metadata hold requirements, not versions.",
        "Libraries that are bundled inside the archive.",
    ),
    delivered=True,
    extract=extract,
)
