# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The packages of a lock file as a graph: which edges hold, given the extras that somebody asks for.

An edge that only an extra brings (`requests[socks]` needs PySocks, `requests` does not) holds when the lock file or the
manifest asks for that extra; else a package that is there for another reason would seem to be needed where it is not.
"""

from collections.abc import Iterable

import msgspec

from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractors.python.declaration import Need
from paddock.engine.analyzer.extractors.python.requirement import normalised
from paddock.engine.model.inventory import Origin, Scope

MAX_CANDIDATES = 64
"""A name locked in more versions than this (one per platform, in practice) is cut off, to keep the cost linear."""


class Dependency(msgspec.Struct, frozen=True):
    """What a locked package needs: name, extras, exact version where the lock file tells; `when`: the extra of the
    needing package that brings it, "" for always.
    """

    name: str
    extras: tuple[str, ...] = ()
    version: str = ""
    when: str = ""


class Locked(msgspec.Struct):
    """A locked package: ref of its component (or project id of a member), what it needs; scope UNKNOWN if not told."""

    ref: str
    name: str
    version: str = ""
    needs: list[Dependency] = msgspec.field(default_factory=list)
    scope: Scope = Scope.UNKNOWN


class Graph:
    """The packages of one lock file, by normalised name."""

    def __init__(self) -> None:
        self.packages: list[Locked] = []
        self._by_name: dict[str, list[Locked]] = {}

    def add(self, package: Locked) -> None:
        """Note a package."""
        self.packages.append(package)
        versions = self._by_name.setdefault(normalised(package.name), [])
        if len(versions) < MAX_CANDIDATES:
            versions.append(package)

    def find(self, name: str, version: str = "") -> list[Locked]:
        """The packages that a dependency may mean: several, when platforms get different versions."""
        found = self._by_name.get(normalised(name), [])
        exact = [package for package in found if version and package.version == version]
        return exact or found

    def connect(self, draft: Draft, asked: Iterable[tuple[str, tuple[str, ...]]] | None) -> None:
        """Note the edges that hold. asked: (name, extras) of the manifest; None: no manifest, every extra counts."""
        pending: list[tuple[Locked, str]] = [(package, "") for package in self.packages]
        for name, extras in asked or ():
            pending.extend((package, normalised(extra)) for package in self.find(name) for extra in extras)
        if asked is None:
            pending.extend(
                (package, normalised(need.when)) for package in self.packages for need in package.needs if need.when
            )
        seen: set[tuple[int, str]] = set()
        by_extra = {id(package): _by_extra(package) for package in self.packages}
        while pending:
            package, extra = pending.pop()
            if (id(package), extra) in seen:
                continue
            seen.add((id(package), extra))
            for need in by_extra[id(package)].get(extra, ()):
                for target in self.find(need.name, need.version):
                    draft.depend(package.ref, target.ref)
                    pending.extend((target, normalised(wanted)) for wanted in need.extras)

    def use_declared(self, project: ProjectDraft, needs: Iterable[Need]) -> None:
        """Say which packages a project asks for itself."""
        for need in needs:
            for package in self.find(need.requirement.name, need.requirement.pinned):
                if package.ref != project.id:
                    project.use(package.ref, need.scope, direct=True, requirement=need.text)

    def use_by_folders(self, draft: Draft) -> None:
        """Say what each project among the packages (a folder of the tree, locked by its owner) needs."""
        for package in self.packages:
            if package.ref.startswith("pkg:"):
                continue
            project = draft.project(package.ref, origin=Origin.LOCKED)
            for need in package.needs:
                for target in self.find(need.name, need.version) if not need.when else ():
                    if target is not package:
                        project.use(target.ref, Scope.RUNTIME, direct=True)
            draft.follow(project)

    def use_all(self, project: ProjectDraft, *, declared: bool) -> None:
        """Say that a project needs everything in the lock file. declared: its manifest is known, so that what it does
        not ask for itself is transitive.
        """
        known = set(project.refs())
        for package in self.packages:
            if package.ref == project.id:
                continue
            # What the manifest says about a direct need is kept: a lock file's own scope is often coarser.
            if package.ref not in known:
                project.use(package.ref, package.scope, direct=False if declared else None)


def _by_extra(package: Locked) -> dict[str, list[Dependency]]:
    found: dict[str, list[Dependency]] = {}
    for need in package.needs:
        found.setdefault(normalised(need.when), []).append(need)
    return found
