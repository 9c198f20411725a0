# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads the VEX documents that the command line names."""

from collections.abc import Iterable
from pathlib import Path

from paddock.cli.reading import reading
from paddock.cli.vex_options import VexChoice
from paddock.engine.formats.unpack import MAX_SIZE
from paddock.engine.formats.vex import read_vex
from paddock.engine.model.errors import EngineError
from paddock.engine.pipeline.assess import Exploitability, exploitability_of
from paddock.engine.vex.apply import NamedDocument


class TooLarge(EngineError):
    """A document has more bytes than any is read of."""


def chosen(vex: VexChoice) -> Exploitability | None:
    """The documents to apply, read; None when none was given. Raises CannotRead, TooLarge, InvalidPurl."""
    return exploitability_of(read_documents(vex.files), vex.products) if vex.files else None


def read_documents(files: Iterable[Path]) -> list[NamedDocument]:
    """The documents in files, by their names. Raises CannotRead, TooLarge."""
    found = []
    for path in files:
        size = path.stat().st_size
        if size > MAX_SIZE:
            raise TooLarge(f"{path} has {size:,} bytes; documents over {MAX_SIZE:,} bytes are not read")
        with reading(path, check="paddock vex validate"):
            found.append(NamedDocument(str(path), read_vex(path.read_bytes())))
    return found
