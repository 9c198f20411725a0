# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How the POMs of a reactor become projects with their usages, and what is said where the tree does not tell."""

from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractors.java.coordinates import (
    MAVEN_SCOPES,
    counted,
    is_name,
    maven_pin,
    maven_purl,
    some,
)
from paddock.engine.analyzer.extractors.java.effective_pom import EffectivePom, EffectiveReactor, Placed
from paddock.engine.analyzer.extractors.java.pom_model import PomDependency, PomPlugin, PomProfile
from paddock.engine.analyzer.extractors.java.reactor import Member, Reactor
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity


class PomProjects:
    """The description of one reactor; collects what could not be told, so that each kind is one issue per POM."""

    def __init__(self, draft: Draft, reactor: Reactor) -> None:
        self._draft = draft
        self._reactor = reactor
        self._effective = EffectiveReactor(reactor)
        self._needs = 0

    @property
    def poms(self) -> list[EffectivePom]:
        """The members of the reactor, worked out."""
        return [EffectivePom(member, self._effective) for member in self._reactor.members]

    def describe(self) -> None:
        """Note every member as a project with what it declares."""
        poms = self.poms
        projects = [self.project(pom) for pom in poms]
        for pom, project in zip(poms, projects, strict=True):
            self._use(pom, project)
        for project in projects:
            self._draft.follow(project)
        root = self._reactor.members[0]
        self._draft.cover(*(member.path for member in self._reactor.members[1:]))
        for path, names in self._reactor.absent.items():
            self._draft.issue(f"{counted(len(names), 'module')} listed but not in the tree: {some(names)}", path=path)
        if self._needs:
            self._draft.issue(
                f"{counted(self._needs, 'direct dependency')} listed; a POM does not tell what those bring in "
                "themselves: keep the output of `mvn dependency:tree -DoutputFile=dependency-tree.txt`, or an SBOM, "
                "beside it",
                path=root.path,
            )

    def project(self, pom: EffectivePom, origin: Origin = Origin.DECLARED) -> ProjectDraft:
        """The project of one POM: what it is called and licensed under."""
        group, artifact = pom.key
        version = maven_pin(pom.version)
        named = is_name(group) and is_name(artifact)
        project = self._draft.project(
            pom.member.path,
            origin=origin,
            name=":".join(part for part in (group, artifact) if part),
            version=version,
            purl=maven_purl(group, artifact, version) if named else None,
            licenses=pom.licenses,
        )
        project.files = {pom.member.path}
        return project

    def _use(self, pom: EffectivePom, project: ProjectDraft) -> None:
        gaps = Gaps()
        for placed in pom.dependencies():
            self._dependency(pom, project, placed, gaps)
        self.use_plugins(pom, project, gaps)
        for profile in pom.member.pom.profiles:
            if not profile.default:
                self._profile(pom, project, profile, gaps)
        self._report_parent(pom)
        self.report_versions(pom, gaps)

    def use_plugins(self, pom: EffectivePom, project: ProjectDraft, gaps: "Gaps") -> None:
        """Note the build plug-ins of a POM that are switched on."""
        for plugin, path in pom.plugins():
            self._plugin(project, plugin, path, gaps)

    def _dependency(
        self, pom: EffectivePom, project: ProjectDraft, placed: Placed, gaps: "Gaps", *, chosen: bool = False
    ) -> None:
        dependency, path = placed.dependency, placed.path
        if not (is_name(dependency.group) and is_name(dependency.artifact)):
            stated = f"{dependency.group}:{dependency.artifact}"
            self._draft.issue(
                f"the dependency {stated!r} names no artefact that the tree tells, and was left out",
                path=path,
                line=dependency.line,
            )
            return
        scope = self._scope(dependency, path)
        if scope is Scope.RUNTIME and (chosen or dependency.optional):
            scope = Scope.OPTIONAL
        member = self._reactor.find((dependency.group, dependency.artifact), dependency.version)
        if member is not None and _is_current(member, dependency, self._effective):
            if member is not pom.member:
                self._link(project, member.path, scope, dependency.version)
            return
        version = maven_pin(dependency.version)
        if not version:
            gaps.note(dependency.group, dependency.artifact, dependency.version)
        purl = maven_purl(
            dependency.group, dependency.artifact, version, type=dependency.type, classifier=dependency.classifier
        )
        self._needs += 1
        self._link(project, self._draft.add(purl, line=dependency.line, path=path), scope, dependency.version)

    def _link(self, project: ProjectDraft, ref: str, scope: Scope, requirement: str) -> None:
        project.use(ref, scope, direct=True, requirement=requirement)
        # Only what is needed to run is passed on to those who need this project.
        if scope is Scope.RUNTIME:
            self._draft.depend(project.id, ref)

    def _scope(self, dependency: PomDependency, path: str) -> Scope:
        scope = MAVEN_SCOPES.get(dependency.scope)
        if scope is None:
            self._draft.issue(
                f"{dependency.group}:{dependency.artifact} has the scope {dependency.scope!r}, unknown to Maven",
                path=path,
                line=dependency.line,
            )
            return Scope.UNKNOWN
        return scope

    def _plugin(self, project: ProjectDraft, plugin: PomPlugin, path: str, gaps: "Gaps") -> None:
        if not (is_name(plugin.group) and is_name(plugin.artifact)):
            stated = f"{plugin.group}:{plugin.artifact}"
            self._draft.issue(f"the build plug-in {stated!r} was left out", path=path, line=plugin.line)
            return
        if self._reactor.find((plugin.group, plugin.artifact), plugin.version):
            return  # a plug-in that the build itself makes
        version = maven_pin(plugin.version)
        if not version:
            gaps.note(plugin.group, plugin.artifact, plugin.version)
        ref = self._draft.add(maven_purl(plugin.group, plugin.artifact, version), line=plugin.line, path=path)
        project.use(ref, Scope.BUILD, direct=True, requirement=plugin.version)
        for dependency in plugin.dependencies:
            if is_name(dependency.group) and is_name(dependency.artifact):
                purl = maven_purl(
                    dependency.group,
                    dependency.artifact,
                    maven_pin(dependency.version),
                    type=dependency.type,
                    classifier=dependency.classifier,
                )
                needed = self._draft.add(purl, line=dependency.line, path=path)
                project.use(needed, Scope.BUILD, direct=True, requirement=dependency.version)
                if not purl.version:
                    gaps.note(dependency.group, dependency.artifact, dependency.version)

    def _profile(self, pom: EffectivePom, project: ProjectDraft, profile: PomProfile, gaps: "Gaps") -> None:
        chosen = EffectivePom(pom.member, self._effective, profile)
        dependencies, plugins = chosen.dependencies(), chosen.plugins()
        for placed in dependencies:
            self._dependency(pom, project, placed, gaps, chosen=True)
        for plugin, path in plugins:
            self._plugin(project, plugin, path, gaps)
        if dependencies or plugins:
            self._draft.issue(
                f"profile {profile.id!r} is not active by default; what it adds is listed as optional "
                f"({counted(len(dependencies), 'dependency')}) or as a build tool ({counted(len(plugins), 'plug-in')})",
                Severity.HINT,
                path=pom.member.path,
                line=profile.line,
            )

    def _report_parent(self, pom: EffectivePom) -> None:
        missing = pom.lineage.missing
        if missing is not None and len(pom.lineage.members) == 1:
            self._draft.issue(
                f"the parent {missing.name} is not in the tree; dependencies, versions and plug-ins that it declares "
                "cannot be told",
                path=pom.member.path,
                line=missing.line,
            )

    def report_versions(self, pom: EffectivePom, gaps: "Gaps") -> None:
        """Say which versions of a POM could not be told, and where they may stand."""
        path, missing = pom.member.path, pom.lineage.missing
        if gaps.unknown:
            boms = pom.absent_boms()
            parents = [] if missing is None else [f"the parent {pom.fill(missing.name)}"]
            sources = parents + [f"the BOM {bom}" for bom in boms]
            outside = f"; {some(sources)} may say it but lies outside the tree" if sources else ""
            artefacts = counted(len(set(gaps.unknown)), "artefact")
            self._draft.issue(f"no version can be told for {artefacts} ({some(gaps.unknown)}){outside}", path=path)
        if gaps.loose:
            self._draft.issue(
                f"{counted(len(set(gaps.loose)), 'requirement')} not pinned to one version ({some(gaps.loose)}); "
                "replace ranges, LATEST and RELEASE by a version",
                path=path,
            )


class Gaps:
    """Artefacts of one POM whose version is not told (`unknown`) or left to choice (`loose`)."""

    def __init__(self) -> None:
        self.unknown: list[str] = []
        self.loose: list[str] = []

    def note(self, group: str, artifact: str, requirement: str) -> None:
        """Take note of an artefact for which the requirement gives no version."""
        if not requirement or "${" in requirement:
            self.unknown.append(f"{group}:{artifact}")
        else:
            self.loose.append(f"{group}:{artifact} {requirement[:40]}")


def _is_current(member: Member, dependency: PomDependency, effective: EffectiveReactor) -> bool:
    """Whether a dependency means the module in the tree rather than a released version of it."""
    if not dependency.version or "${" in dependency.version:
        return True
    return EffectivePom(member, effective).version == dependency.version
