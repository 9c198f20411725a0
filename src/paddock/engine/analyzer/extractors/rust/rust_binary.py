# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Rust programs (ELF, Mach-O, PE) built with cargo-auditable: the crates that were linked into them.

Format: https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md: a section `.dep-v0` with JSON
compressed by zlib.
"""

import zlib
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, parse_json, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.executables import is_executable, read_at, read_sections
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.rust.crate import add_crate
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity

NAME = "rust/rust_binary"

SECTION = ".dep-v0"
MAX_COMPRESSED_BYTES = 8 * 1024 * 1024
MAX_BYTES = 32 * 1024 * 1024


def extract(file: SourceFile) -> Extraction:
    """One project a program; other executables give nothing. The program's own crate is a component too.

    Unreadable is not raised: an executable whose list is damaged gives a warning.
    """
    draft = Draft(file, NAME)
    with file.open() as stream:
        if not is_executable(stream.read(8)):
            return draft.finish()
        try:
            sections = [section for section in read_sections(stream) if section.name == SECTION]
        except Unreadable:
            return draft.finish()  # nothing says that it is a Rust program
        packed = read_at(stream, sections[0].offset, min(sections[0].size, MAX_COMPRESSED_BYTES)) if sections else b""
    if not packed:
        return draft.finish()
    try:
        packages = sequence(mapping(parse_json(_unpacked(packed))).get("packages"))
    except Unreadable as error:
        draft.issue(f"the program's list of crates is damaged: {error.reason}", Severity.WARNING)
        return draft.finish()
    _describe(draft, file, [mapping(package) for package in packages])
    return draft.finish()


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(packed, MAX_BYTES)
    except zlib.error as error:
        raise Unreadable(f"it cannot be decompressed ({error})") from error
    if unpacker.unconsumed_tail:
        raise Unreadable(f"it has more than {MAX_BYTES:,} bytes")
    return data


def _describe(draft: Draft, file: SourceFile, packages: list[dict[str, Any]]) -> None:
    project = draft.project(origin=Origin.INSTALLED, name=file.name)
    refs = [add_crate(draft, text_of(package.get("name")), text_of(package.get("version"))) for package in packages]
    for package, ref in zip(packages, refs, strict=True):
        if ref is None:
            continue
        root = package.get("root") is True
        scope = Scope.BUILD if text_of(package.get("kind")) == "build" else Scope.RUNTIME
        project.use(ref, scope, direct=True if root else None)
        if root:
            project.version = text_of(package.get("version"))
        for index in sequence(package.get("dependencies")):
            target = refs[index] if isinstance(index, int) and 0 <= index < len(refs) else None
            if target:
                draft.depend(ref, target)


EXTRACTOR = Extractor(
    name=NAME,
    title="Rust programs built with cargo-auditable",
    claims=Claims(suffixes=(".exe",), executables=True),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES}),
    cannot_tell=("Crates of programs that were built without cargo-auditable.", "Hashes and licences."),
    delivered=True,
    extract=extract,
)
