# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a POM comes to once its ancestors in the tree are taken in: properties filled in, versions managed.

Order of precedence: https://maven.apache.org/ref/current/maven-model-builder/ (profile injection, inheritance,
interpolation, dependency management import and injection).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from paddock.engine.analyzer.extractors.java.pom_model import PomDependency, PomPlugin, PomProfile, PomSection
from paddock.engine.analyzer.extractors.java.reactor import Lineage, Member, Reactor

_EXPRESSION = re.compile(r"\$\{([^${}]+)\}")
_MAX_TEXT = 512
_MAX_DEPTH = 32

_Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A dependency, filled in, with the POM it stands in."""

    dependency: PomDependency
    path: str


class EffectivePom:
    """One POM of a reactor, as Maven would see it without any profile but those active by default.

    `profile` is a profile to look at as if it were switched on.
    """

    def __init__(self, member: Member, project: "EffectiveReactor", profile: PomProfile | None = None) -> None:
        self.member = member
        self.profile = profile
        self._project = project
        self._filled: dict[str, str | None] = {}

    @cached_property
    def lineage(self) -> Lineage:
        """The POM and its ancestors in the tree."""
        return self._project.reactor.lineage(self.member)

    @cached_property
    def _sections(self) -> list[tuple[PomSection, str]]:
        """What is declared, nearest first, with the path of the POM that declares it."""
        own = [(self.profile.section, self.member.path)] if self.profile else []
        return own + [(section, member.path) for member in self.lineage.members for section in member.pom.active]

    def fill(self, text: str) -> str:
        """The text with its `${…}` filled in; what nothing in the tree defines stays as it is, and so do long texts."""
        if "${" not in text or len(text) > _MAX_TEXT:
            return text
        filled = self._fill(text, ())
        return filled if len(filled) <= _MAX_TEXT else text

    def _fill(self, text: str, open_names: tuple[str, ...]) -> str:
        def value(match: "re.Match[str]") -> str:
            name = match.group(1).strip()
            if name in open_names or len(open_names) > _MAX_DEPTH:
                return match.group()
            if name not in self._filled:
                raw = self._lookup(name)
                # Remembered, so that properties built from properties built from properties cost each name once.
                self._filled[name] = None
                short = raw is not None and len(raw) <= _MAX_TEXT
                filled = self._fill(raw, (*open_names, name)) if raw is not None and short else None
                self._filled[name] = filled if filled is None or len(filled) <= _MAX_TEXT else None
            found = self._filled[name]
            return match.group() if found is None else found

        return _EXPRESSION.sub(value, text)

    def _lookup(self, name: str) -> str | None:
        prefix, _, rest = name.partition(".")
        if prefix in {"project", "pom"}:
            stated = self._model_value(rest)
            if stated is not None:
                return stated
        for section, _ in self._sections:
            if name in section.properties:
                return section.properties[name]
        # Deprecated, yet understood: the model's own values without `project.` before them.
        return self._model_value(name) if name in {"groupId", "artifactId", "version"} or prefix == "parent" else None

    def _model_value(self, name: str) -> str | None:
        pom = self.member.pom
        parent = pom.parent
        values = {
            "groupId": pom.key[0],
            "artifactId": pom.artifact,
            "version": pom.stated_version,
            "name": pom.name,
            "packaging": pom.packaging or "jar",
            "parent.groupId": parent.group if parent else "",
            "parent.artifactId": parent.artifact if parent else "",
            "parent.version": parent.version if parent else "",
        }
        return values.get(name) or None

    def _fill_dependency(self, dependency: PomDependency) -> PomDependency:
        return replace(
            dependency,
            group=self.fill(dependency.group),
            artifact=self.fill(dependency.artifact),
            version=self.fill(dependency.version),
            scope=self.fill(dependency.scope),
            type=self.fill(dependency.type),
            classifier=self.fill(dependency.classifier),
        )

    @property
    def key(self) -> tuple[str, str]:
        """Group and artifact id, filled in."""
        group, artifact = self.member.pom.key
        return self.fill(group), self.fill(artifact)

    @property
    def version(self) -> str:
        """The version, filled in."""
        return self.fill(self.member.pom.stated_version)

    @property
    def licenses(self) -> tuple[str, ...]:
        """The licences of the nearest POM that states any; licences are inherited."""
        for member in self.lineage.members:
            if member.pom.licenses:
                return tuple(self.fill(text) for text in member.pom.licenses)
        return ()

    def dependencies(self) -> list[Placed]:
        """The dependencies of the POM and its ancestors, nearest first, versions and scopes managed; each key once.

        Of a profile: only its own.
        """
        sections = [(self.profile.section, self.member.path)] if self.profile else self._sections
        found: dict[_Key, Placed] = {}
        for section, path in sections:
            for dependency in section.dependencies:
                filled = self._fill_dependency(dependency)
                found.setdefault(_key(filled), Placed(self._manage(filled), path))
        return list(found.values())

    def _manage(self, dependency: PomDependency) -> PomDependency:
        managed = self.managed.get(_key(dependency))
        if managed is None or (dependency.version and dependency.scope):
            return dependency
        return replace(
            dependency, version=dependency.version or managed.version, scope=dependency.scope or managed.scope
        )

    @cached_property
    def managed(self) -> dict[_Key, PomDependency]:
        """The dependency management that applies: own and inherited entries, then those of BOMs in the tree."""
        return self._project.managed(self)

    def stated_management(self) -> Iterator[PomDependency]:
        """The entries of the POM's and its ancestors' dependency management, nearest first, imports among them."""
        for section, _ in self._sections:
            for dependency in section.managed:
                yield self._fill_dependency(dependency)

    def absent_boms(self) -> list[str]:
        """The imported BOMs that do not lie in the tree, as coordinates."""
        boms = (bom for bom in self.stated_management() if bom.scope == "import")
        absent = (bom for bom in boms if self._project.reactor.find((bom.group, bom.artifact), bom.version) is None)
        return [f"{bom.group}:{bom.artifact}:{bom.version}" for bom in absent]

    def plugins(self) -> list[tuple[PomPlugin, str]]:
        """The build plug-ins of the POM and its ancestors with managed versions and the path of the POM; each once."""
        managed = self._managed_plugins()
        sections = [(self.profile.section, self.member.path)] if self.profile else self._sections
        found: dict[tuple[str, str], tuple[PomPlugin, str]] = {}
        for section, path in sections:
            for plugin in section.plugins:
                key = self.fill(plugin.group), self.fill(plugin.artifact)
                version = self.fill(plugin.version) or managed.get(key, "")
                needs = tuple(self._fill_dependency(dependency) for dependency in plugin.dependencies)
                placed = PomPlugin(*key, version, needs, plugin.line), path
                if key not in found or (version and not found[key][0].version):
                    found[key] = placed
        return list(found.values())

    def _managed_plugins(self) -> Mapping[tuple[str, str], str]:
        versions: dict[tuple[str, str], str] = {}
        for section, _ in self._sections:
            for plugin in section.managed_plugins:
                if plugin.version:
                    key = self.fill(plugin.group), self.fill(plugin.artifact)
                    versions.setdefault(key, self.fill(plugin.version))
        return versions


class EffectiveReactor:
    """A reactor whose BOMs are worked out once each."""

    def __init__(self, reactor: Reactor) -> None:
        self.reactor = reactor
        self._boms: dict[str, dict[_Key, PomDependency]] = {}
        self._depth = 0

    def managed(self, pom: EffectivePom) -> dict[_Key, PomDependency]:
        """The dependency management of a POM. A BOM that imports itself adds nothing."""
        entries: dict[_Key, PomDependency] = {}
        imports: list[Member] = []
        for dependency in pom.stated_management():
            if dependency.scope != "import":
                entries.setdefault(_key(dependency), dependency)
            elif bom := self.reactor.find((dependency.group, dependency.artifact), dependency.version):
                imports.append(bom)
        for bom in imports:
            for key, dependency in self._bom(bom).items():
                entries.setdefault(key, dependency)
        return entries

    def _bom(self, member: Member) -> dict[_Key, PomDependency]:
        if member.path not in self._boms:
            self._boms[member.path] = {}
            self._depth += 1
            if self._depth <= _MAX_DEPTH:
                self._boms[member.path] = self.managed(EffectivePom(member, self))
            self._depth -= 1
        return self._boms[member.path]


def _key(dependency: PomDependency) -> _Key:
    return dependency.group, dependency.artifact, dependency.type or "jar", dependency.classifier
