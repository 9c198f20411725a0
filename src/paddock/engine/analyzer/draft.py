# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Collects what an extractor finds in one file and turns it into an `Extraction`: merged, sorted, complete."""

from paddock.engine.analyzer.extractor import Extraction
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Component, Hash, Location, merge_components
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import SCOPE_ORDER, Edge, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import PackageURL

MAX_PACKAGES = 250_000
"""No file names more; one that does was made to fill the memory."""


class Draft:
    """The notebook of one `extract` call.

    `source` is the extractor's name, used in issues. Components added twice (same purl) are merged.
    """

    def __init__(self, file: SourceFile, source: str) -> None:
        self._file = file
        self._source = source
        self._projects: dict[str, ProjectDraft] = {}
        self._components: dict[str, list[Component]] = {}
        self._count = 0
        self._targets: dict[str, set[str]] = {}
        self._issues: list[Issue] = []
        self._covers: set[str] = set()
        self._owns: set[str] = set()
        self._referred: set[str] = set()

    def project(
        self,
        id: str | None = None,
        *,
        origin: Origin,
        name: str = "",
        version: str = "",
        purl: PackageURL | None = None,
        licenses: tuple[str, ...] = (),
    ) -> "ProjectDraft":
        """The project with this id (default: the file's path), made on first mention; later facts fill empty ones."""
        key = self._file.path if id is None else id
        draft = self._projects.setdefault(key, ProjectDraft(key, origin))
        draft.name = draft.name or name
        draft.version = draft.version or version
        draft.purl = draft.purl or purl
        draft.licenses = draft.licenses or licenses
        draft.files.add(self._file.path)
        return draft

    def refer(self, path: str) -> str:
        """The id of the project that another file defines; noted here, so that it exists even if that file is damaged.

        What that file itself says about the project is merged in later.
        """
        self._referred.add(path)
        return path

    def add(
        self,
        purl: PackageURL,
        *,
        line: int | None = None,
        path: str | None = None,
        hashes: tuple[Hash, ...] = (),
        licenses: tuple[str, ...] = (),
        **facts: object,
    ) -> str:
        """Note a component and return its ref. `facts` are further fields of Component. `path` defaults to the file."""
        component = Component(
            purl=purl,
            locations=(Location(self._file.path if path is None else path, line),),
            hashes=tuple(sorted(set(hashes))),
            declared_licenses=licenses,
            **facts,  # type: ignore[arg-type]  # checked by Component's own field names; a wrong one is a TypeError
        )
        self._components.setdefault(component.ref, []).append(component)
        self._count += 1
        if self._count > MAX_PACKAGES:
            raise Unreadable(f"names more than {MAX_PACKAGES:,} packages; the file is not read")
        return component.ref

    def issue(
        self, message: str, severity: Severity = Severity.WARNING, *, path: str | None = None, line: int | None = None
    ) -> None:
        """Note a problem; `path` defaults to the file."""
        self._issues.append(Issue(severity, self._source, message, self._file.path if path is None else path, line))

    def depend(self, source: str, target: str) -> None:
        """Say that one component (ref) or project (id) depends on another."""
        if source != target:
            self._targets.setdefault(source, set()).add(target)

    def follow(self, project: "ProjectDraft") -> None:
        """Add to a project, as transitive, whatever its usages reach by the edges noted so far.

        For lock files that serve several projects; where one project owns the lock file, `use` everything in it.
        """
        stack = [target for ref in project.refs() for target in self._targets.get(ref, ())]
        seen = set(project.refs())
        while stack:
            ref = stack.pop()
            if ref not in seen:
                seen.add(ref)
                if ref != project.id:
                    project.use(ref, direct=False)
                stack.extend(self._targets.get(ref, ()))

    def cover(self, *paths: str) -> None:
        """Say that these files (paths from the root) are already taken into account."""
        self._covers.update(paths)

    def own(self, *folders: str) -> None:
        """Say that these folders (paths from the root) belong to installed packages: manifests in them are theirs."""
        self._owns.update(folder for folder in folders if folder)

    def finish(self) -> Extraction:
        """Everything noted, as a value."""
        for path in self._referred - self._projects.keys():
            self._projects[path] = ProjectDraft(path, Origin.DECLARED)
            self._projects[path].files.add(path)
        return Extraction(
            projects=tuple(draft.freeze() for _, draft in sorted(self._projects.items())),
            components=tuple(merge_components(*self._components[ref]) for ref in sorted(self._components)),
            edges=tuple(sorted(Edge(source, target) for source, ends in self._targets.items() for target in ends)),
            issues=tuple(self._issues),
            covers=frozenset(self._covers - {self._file.path}),
            owns=frozenset(self._owns),
        )


class ProjectDraft:
    """A project under construction."""

    def __init__(self, id: str, origin: Origin) -> None:
        self.id = id
        self.origin = origin
        self.name = ""
        self.version = ""
        self.purl: PackageURL | None = None
        self.licenses: tuple[str, ...] = ()
        self.files: set[str] = set()
        self._usages: dict[str, Usage] = {}

    def use(self, ref: str, scope: Scope = Scope.UNKNOWN, *, direct: bool | None = None, requirement: str = "") -> None:
        """Say that the project needs a component or project. Said twice, the weightier scope and "direct" win."""
        usage = Usage(ref, scope, direct, requirement)
        known = self._usages.get(ref)
        self._usages[ref] = usage if known is None else merge_usages(known, usage)

    def refs(self) -> tuple[str, ...]:
        """What the project is known to use so far."""
        return tuple(self._usages)

    def freeze(self) -> Project:
        """The project as a value."""
        return Project(
            id=self.id,
            origin=self.origin,
            name=self.name,
            version=self.version,
            purl=self.purl,
            declared_licenses=self.licenses,
            definition_files=tuple(sorted(self.files)),
            usages=tuple(self._usages[ref] for ref in sorted(self._usages)),
        )


def merge_usages(first: Usage, second: Usage) -> Usage:
    """Two statements about the same component in one project, as one: a known scope beats an unknown one, the
    weightier of two known ones wins; direct beats transitive beats not told.
    """
    scopes: list[Scope] = [scope for scope in (first.scope, second.scope) if scope is not Scope.UNKNOWN]
    told = [direct for direct in (first.direct, second.direct) if direct is not None]
    return Usage(
        first.ref,
        min(scopes, key=SCOPE_ORDER.__getitem__, default=Scope.UNKNOWN),
        any(told) if told else None,
        first.requirement or second.requirement,
    )
