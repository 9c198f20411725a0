# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The contract of an extractor: what it claims, what it tells, what it cannot tell, and how it reads one file."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from paddock.engine.analyzer.claims import Claims
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Project
from paddock.engine.model.issue import Issue


class Fact(StrEnum):
    """A kind of fact that a format can carry."""

    VERSIONS = "exact versions"
    SCOPES = "scopes"
    DIRECT = "direct or transitive"
    EDGES = "dependency edges"
    HASHES = "hashes"
    LICENSES = "licences"
    LINES = "line numbers"


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """What one file told.

    covers: paths of other files whose content this extraction already takes into account (a lock file covers its
    manifest); what extractors say about those is dropped, their issues included.
    owns: folders that belong to installed packages alone; see `foreign.py`.
    """

    projects: tuple[Project, ...] = ()
    components: tuple[Component, ...] = ()
    edges: tuple[Edge, ...] = ()
    issues: tuple[Issue, ...] = ()
    covers: frozenset[str] = frozenset()
    owns: frozenset[str] = frozenset()


class Extractor(msgspec.Struct, frozen=True, kw_only=True):
    """A plug-in that reads one format.

    name: its path below `extractors/` ("python/poetry_lock"). title: the format as people call it, with versions.
    tells: the facts that the format carries and the extractor reads. cannot_tell: sentences for the documentation.
    extract: SourceFile -> Extraction; pure but for reading the file and its neighbours. Raises Unreadable when the file
    is not what its name promises; a part that cannot be understood is an issue beside the parts that can.
    delivered: what the format describes lies in place (an installed package, an archive, a program) or is a document
    about it; False for what developers write or keep, manifests and lock files.
    """

    name: str
    title: str
    claims: Claims
    tells: frozenset[Fact]
    cannot_tell: tuple[str, ...] = ()
    delivered: bool = False
    extract: Callable[[SourceFile], Extraction]
