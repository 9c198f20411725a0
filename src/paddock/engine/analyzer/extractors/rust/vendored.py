# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Crates whose source lies in the tree: what `cargo vendor` copied, and cargo's own cache of unpacked crates.

Cargo marks the folder of each: `.cargo-checksum.json` holds the digest of the crate's archive
(https://doc.rust-lang.org/cargo/reference/source-replacement.html#directory-sources), `.cargo-ok` says that an archive
of the registry was unpacked whole. The Cargo.toml beside describes the crate.
"""

import posixpath
import re

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.rust.crate import add_crate
from paddock.engine.analyzer.extractors.rust.manifest import read_manifest
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin

NAME = "rust/vendored"

_CHECKSUMS = ".cargo-checksum.json"
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
_LICENSE_FILE = re.compile(r"(?:licen[cs]e|copying|notice|copyright|unlicense)", re.IGNORECASE)


def extract(file: SourceFile) -> Extraction:
    """One crate with licence and licence files; nothing where no Cargo.toml lies beside.

    Without a Cargo.lock above, the folder of the crates is a project that uses it; with one, the lock file knows better
    who needs it.
    """
    draft = Draft(file, NAME)
    described = file.neighbour("Cargo.toml")
    if described is None:
        return draft.finish()
    draft.own(file.directory)
    manifest = read_manifest(described)
    if not manifest.name or not manifest.version:
        raise Unreadable("the Cargo.toml beside it names no crate and version")
    ref = add_crate(
        draft,
        manifest.name,
        manifest.version,
        hashes=_hashes(file),
        licenses=manifest.licenses,
        license_files=_license_files(file),
    )
    place = posixpath.dirname(file.directory)
    if ref and not _is_locked(file, place):
        draft.project(place or ".", origin=Origin.INSTALLED).use(ref)
    return draft.finish()


def _hashes(file: SourceFile) -> tuple[Hash, ...]:
    if file.name != _CHECKSUMS:
        return ()
    digest = text_of(mapping(read_json(file)).get("package"))
    return (Hash("sha256", digest.lower()),) if _DIGEST.fullmatch(digest) else ()


def _license_files(file: SourceFile) -> tuple[str, ...]:
    named = (file.neighbour(name) for name in file.siblings() if _LICENSE_FILE.match(name))
    return tuple(found.path for found in named if found is not None)


def _is_locked(file: SourceFile, place: str) -> bool:
    """Whether a Cargo.lock lies in a folder above the one that all vendored crates lie in."""
    while place:
        place = posixpath.dirname(place)
        if file.tree.size(posixpath.join(place, "Cargo.lock")) is not None:
            return True
    return False


EXTRACTOR = Extractor(
    name=NAME,
    title="vendored and unpacked crates (cargo vendor, the registry's cache)",
    claims=Claims(names=(_CHECKSUMS, ".cargo-ok")),
    tells=frozenset({Fact.VERSIONS, Fact.HASHES, Fact.LICENSES}),
    cannot_tell=(
        "Who needs which crate, where no Cargo.lock lies above.",
        "Where a crate comes from: one from a git repository looks like one from the registry.",
        "Whether somebody changed the copied files.",
    ),
    delivered=True,
    extract=extract,
)
