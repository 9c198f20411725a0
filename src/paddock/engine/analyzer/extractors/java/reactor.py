# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The POMs of one build that lie in the tree: an aggregator's modules, and everybody's parents.

How Maven looks for them: https://maven.apache.org/pom.html#Inheritance and #Aggregation.
"""

import posixpath
from dataclasses import dataclass, field

from paddock.engine.analyzer.extractors.java.pom_model import Pom, PomParent, parse_pom
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable

MAX_MODULES = 5_000
MAX_ANCESTORS = 32


@dataclass(frozen=True, slots=True)
class Member:
    """A POM in the tree."""

    file: SourceFile
    pom: Pom

    @property
    def path(self) -> str:
        """Where the POM lies, relative to the root of the tree."""
        return self.file.path


@dataclass(frozen=True, slots=True)
class Lineage:
    """A POM followed by its ancestors in the tree; `missing` is the parent that is not in the tree, if any."""

    members: tuple[Member, ...]
    missing: PomParent | None = None


@dataclass(slots=True)
class Reactor:
    """A POM with all modules it aggregates, at any depth, in order; the first member is the POM itself.

    absent: module names whose folder has no POM, by the path of the POM that lists them.
    broken: modules that are no POM, with why.
    """

    members: list[Member] = field(default_factory=list)
    absent: dict[str, list[str]] = field(default_factory=dict)
    broken: list[tuple[str, Unreadable]] = field(default_factory=list)
    _known: dict[str, Member | None] = field(default_factory=dict)
    _by_key: dict[tuple[str, str], Member] = field(default_factory=dict)

    def find(self, key: tuple[str, str], version: str) -> Member | None:
        """The member with these coordinates. A version with `${…}` on either side agrees with any other."""
        member = self._by_key.get(key)
        return member if member and _versions_agree(member.pom.stated_version, version) else None

    def lineage(self, member: Member) -> Lineage:
        """The member and its ancestors, as far as the tree has them; a parent that is its own ancestor is missing."""
        members = [member]
        while (parent := members[-1].pom.parent) is not None:
            found = self._parent(members[-1], parent)
            if found is None or len(members) >= MAX_ANCESTORS or any(found.path == other.path for other in members):
                return Lineage(tuple(members), parent)
            members.append(found)
        return Lineage(tuple(members))

    def _parent(self, member: Member, parent: PomParent) -> Member | None:
        if parent.relative_path:
            found = self._read(_pom_file(member.file, parent.relative_path))
            matches = found and found.pom.key == (parent.group, parent.artifact)
            if found and matches and _versions_agree(found.pom.stated_version, parent.version):
                return found
        return self.find((parent.group, parent.artifact), parent.version)

    def _read(self, file: SourceFile | None) -> Member | None:
        if file is None:
            return None
        if file.path not in self._known:
            try:
                self._known[file.path] = Member(file, parse_pom(file.read()))
            except Unreadable:
                self._known[file.path] = None  # its own extraction says why
        return self._known[file.path]

    def include(self, member: Member) -> None:
        """Add a member, and make it findable by its coordinates."""
        self.members.append(member)
        self._known[member.path] = member
        self._by_key.setdefault(member.pom.key, member)

    def load_modules(self) -> None:
        """Follow the modules of all members, breadth first, until no new POM turns up."""
        seen = {member.path for member in self.members}
        for member in self.members:  # grows while it is walked
            for name in member.pom.modules:
                file = _pom_file(member.file, name)
                if file is None:
                    self.absent.setdefault(member.path, []).append(name)
                elif file.path not in seen and len(seen) < MAX_MODULES:
                    seen.add(file.path)
                    self._load(file)

    def _load(self, file: SourceFile) -> None:
        try:
            self.include(Member(file, parse_pom(file.read())))
        except Unreadable as error:
            self.broken.append((file.path, error))


def read_reactor(file: SourceFile) -> Reactor:
    """The POM in `file` with its modules. Raises Unreadable where the file itself is no POM."""
    reactor = Reactor()
    reactor.include(Member(file, parse_pom(file.read())))
    reactor.load_modules()
    return reactor


def _pom_file(file: SourceFile, relative: str) -> SourceFile | None:
    """The POM that a relative path stands for: the file itself, or `pom.xml` in the folder."""
    if "\0" in relative:
        return None
    return file.neighbour(relative) or file.neighbour(posixpath.join(relative, "pom.xml"))


def _versions_agree(first: str, second: str) -> bool:
    return first == second or "${" in first or "${" in second
