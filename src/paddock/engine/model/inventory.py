# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""An inventory: what a source tree or a document contains, and which of its projects needs what."""

from enum import StrEnum

import msgspec

from paddock.engine.model.component import Component
from paddock.engine.model.issue import Issue
from paddock.engine.model.purl import PackageURL


class Scope(StrEnum):
    """What a project needs a component for, from most to least consequential for what is shipped.

    RUNTIME: part of or needed by what is delivered. OPTIONAL: delivered when a feature is chosen.
    BUILD: compile-only, provided, or build plug-ins. TEST, DEV: not delivered. UNKNOWN: the source does not tell.
    """

    RUNTIME = "runtime"
    OPTIONAL = "optional"
    UNKNOWN = "unknown"
    BUILD = "build"
    TEST = "test"
    DEV = "dev"


SCOPE_ORDER: dict[Scope, int] = {scope: rank for rank, scope in enumerate(Scope)}
"""Scopes by consequence, the weightiest first; an unknown scope weighs more than build, test and dev."""


class Origin(StrEnum):
    """How a project's components were learnt."""

    DECLARED = "declared"  # a manifest with requirements, not necessarily exact versions
    LOCKED = "locked"  # a lock file: exact versions
    INSTALLED = "installed"  # packages found in place: node_modules, site-packages, dpkg, jars
    DESCRIBED = "described"  # an SBOM or another document about them


class Usage(msgspec.Struct, frozen=True, omit_defaults=True, order=True):
    """One component in one project.

    ref: a component's purl text, or the id of another project of the inventory (workspace members).
    direct: declared by the project itself (True), brought in by another component (False), not told (None).
    requirement: the version requirement as the manifest has it ("^1.2", ">=2,<3"), if known.
    """

    ref: str
    scope: Scope = Scope.UNKNOWN
    direct: bool | None = None
    requirement: str = ""


class Edge(msgspec.Struct, frozen=True, order=True):
    """`source` depends on `target`; both are component refs or project ids."""

    source: str
    target: str


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the tree that has dependencies of its own: a manifest, a workspace member, an installed system.

    id: path of its definition file relative to the root ("web/package.json"); unique in an inventory.
    usages: sorted, one per ref: everything it needs, directly or not.
    """

    id: str
    origin: Origin
    name: str = ""
    version: str = ""
    purl: PackageURL | None = None
    declared_licenses: tuple[str, ...] = ()
    definition_files: tuple[str, ...] = ()
    usages: tuple[Usage, ...] = ()


class Inventory(msgspec.Struct, frozen=True, kw_only=True):
    """Projects and components, each component once (merged by purl), both sorted; with what could not be told.

    Every usage and edge names a component's ref or a project's id of the same inventory.
    edges: which component (or workspace project) depends on which, sorted; a project's own direct needs are usages with
    `direct=True`, not edges. An edge holds within a project when the project uses both ends.
    files_seen: how many files were offered to extractors; files_read: how many were claimed and read.
    """

    name: str = ""
    projects: tuple[Project, ...] = ()
    components: tuple[Component, ...] = ()
    edges: tuple[Edge, ...] = ()
    issues: tuple[Issue, ...] = ()
    files_seen: int = 0
    files_read: int = 0
