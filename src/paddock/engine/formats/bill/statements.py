# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The statements of one document, still by the document's own keys: entries, relations between them, and remarks."""

from datetime import datetime
from enum import Enum
from typing import Any

import msgspec

from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Scope
from paddock.engine.model.issue import Issue


class Bond(Enum):
    """How two entries relate, as far as an inventory can use it; other relations are not kept."""

    DEPENDS = "depends"  # the source needs the target
    CONTAINS = "contains"  # the target is part of the source
    DESCENDS = "descends"  # the source is a copy of, or was made from, the target


class Relation(msgspec.Struct, frozen=True):
    """One relation. scope: what the target is needed for, where the document says so."""

    source: str
    target: str
    bond: Bond
    scope: Scope | None = None


class Entry(msgspec.Struct, kw_only=True):
    """One package as the document states it; `key` is its id there. Absent facts are empty; NOASSERTION is absent.

    purls: package URLs as text, in order; the first one that can be read is the identity.
    remainder: what `remainder.pack` put beside this entry, decoded but unchecked; None when there is none.
    """

    key: str
    name: str
    version: str = ""
    purls: tuple[str, ...] = ()
    declared_licenses: tuple[str, ...] = ()
    concluded_license: str = ""
    copyrights: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    supplier: str = ""
    description: str = ""
    homepage: str = ""
    download_url: str = ""
    vcs_url: str = ""
    hashes: tuple[Hash, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    remainder: Any = None


class Bill(msgspec.Struct, kw_only=True):
    """Everything one document states.

    described: keys of what the document is about. others: keys of elements that are no packages (files, snippets,
    licences, the document itself); relations with them are no faults, and say nothing about packages.
    external: relations or references that lead to other documents, counted.
    files: how many files and snippets are listed.
    remainder: that of the document as a whole; not None exactly when this program wrote the document.
    """

    source: str
    name: str = ""
    serial: str = ""
    created: datetime | None = None
    authors: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    entries: list[Entry]
    relations: list[Relation]
    described: list[str]
    others: set[str]
    external: int = 0
    files: int = 0
    issues: list[Issue]
    remainder: Any = None
