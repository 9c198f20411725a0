# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Saved output of `mvn dependency:tree`: what Maven resolved for each project, with scopes and edges.

Documentation: https://maven.apache.org/plugins/maven-dependency-plugin/tree-mojo.html
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.java.coordinates import MAVEN_SCOPES, counted, is_name, maven_purl
from paddock.engine.analyzer.extractors.java.effective_pom import EffectivePom
from paddock.engine.analyzer.extractors.java.pom_projects import Gaps, PomProjects
from paddock.engine.analyzer.extractors.java.reactor import read_reactor
from paddock.engine.analyzer.extractors.java.tree_output import Artifact, DependencyTree, read_trees
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity

NAME = "java/dependency_tree"
_Key = tuple[str, str]


def extract(file: SourceFile) -> Extraction:
    """One project for each tree in the file, the POMs' own where the trees are those of the pom.xml beside it.

    The POMs are covered when every one of them that says something has its tree here; a file whose name only looks like
    a tree's gives nothing but a hint.
    """
    draft = Draft(file, NAME)
    trees = [tree for tree in read_trees(file.text(strict=False)) if _is_named(tree.nodes[0])]
    if not trees:
        draft.issue("no output of `mvn dependency:tree`; nothing was read from it", Severity.HINT)
        return draft.finish()
    projects = _Projects(draft, file, trees)
    for tree in trees:
        _describe(draft, projects, tree)
    for tree in trees:
        draft.follow(projects.of(tree.nodes[0]))
    return draft.finish()


class _Projects:
    """The projects that the trees of one file belong to."""

    def __init__(self, draft: Draft, file: SourceFile, trees: list[DependencyTree]) -> None:
        self._draft = draft
        self._file = file
        self._alone = len({_key(tree.nodes[0]) for tree in trees}) == 1
        self._known: dict[_Key, ProjectDraft] = {}
        self._versions = {_key(tree.nodes[0]): tree.nodes[0].version for tree in trees}
        self._take_poms()

    def _take_poms(self) -> None:
        manifest = self._file.neighbour("pom.xml")
        if manifest is None:
            return
        try:
            reactor = read_reactor(manifest)
        except Unreadable:
            return  # its own extraction says why
        described = PomProjects(self._draft, reactor)
        poms = described.poms
        treeless = [pom for pom in poms if pom.key not in self._versions]
        if not any(pom.key in self._versions for pom in poms):
            return
        if treeless:
            self._draft.issue(
                f"{counted(len(treeless), 'module')} without a tree here; the POMs of this build are read as well"
            )
        else:
            self._draft.cover(*(pom.member.path for pom in poms))
        for pom in poms:
            if pom.key in self._versions:
                self._known[pom.key] = self._from_pom(described, pom)

    def _from_pom(self, described: PomProjects, pom: EffectivePom) -> ProjectDraft:
        project = described.project(pom, Origin.LOCKED)
        project.files = {pom.member.path, self._file.path}
        # The tree has no plug-ins.
        gaps = Gaps()
        described.use_plugins(pom, project, gaps)
        described.report_versions(pom, gaps)
        return project

    def of(self, root: Artifact) -> ProjectDraft:
        """The project of a tree's root."""
        key = _key(root)
        if key not in self._known:
            self._known[key] = self._draft.project(
                None if self._alone else f"{self._file.path}#{root.group}:{root.artifact}",
                origin=Origin.LOCKED,
                name=f"{root.group}:{root.artifact}",
                version=root.version,
                purl=maven_purl(root.group, root.artifact, root.version),
            )
        return self._known[key]

    def member(self, artifact: Artifact) -> ProjectDraft | None:
        """The project that a node stands for, when the file has its tree too."""
        if self._versions.get(_key(artifact)) != artifact.version:
            return None
        return self.of(artifact)


def _describe(draft: Draft, projects: _Projects, tree: DependencyTree) -> None:
    project = projects.of(tree.nodes[0])
    direct = {target for source, target in tree.edges if source == 0}
    refs: list[str | None] = [project.id]
    for position, node in enumerate(tree.nodes[1:], 1):
        ref = _ref(draft, projects, node, tree.lines[position])
        refs.append(ref)
        if ref is None:
            draft.issue("a node without usable coordinates was left out", line=tree.lines[position])
        elif ref != project.id and position not in tree.omitted:
            project.use(ref, _scope(node), direct=position in direct)
    for source, target in tree.edges:
        start, end = refs[source], refs[target]
        # What the project itself needs is a usage, not an edge.
        if source != 0 and start is not None and end is not None:
            draft.depend(start, end)


def _ref(draft: Draft, projects: _Projects, node: Artifact, line: int | None) -> str | None:
    if not _is_named(node):
        return None
    member = projects.member(node)
    if member is not None:
        return member.id
    purl = maven_purl(node.group, node.artifact, node.version, type=node.type, classifier=node.classifier)
    return draft.add(purl, line=line)


def _scope(node: Artifact) -> Scope:
    scope = MAVEN_SCOPES.get(node.scope, Scope.UNKNOWN)
    return Scope.OPTIONAL if node.optional and scope is Scope.RUNTIME else scope


def _key(artifact: Artifact) -> _Key:
    return artifact.group, artifact.artifact


def _is_named(artifact: Artifact) -> bool:
    return is_name(artifact.group) and is_name(artifact.artifact) and bool(artifact.version)


_STEMS = ("*dependency-tree", "*dependency_tree", "*dependencies-tree", "mvn*tree*", "maven*tree*", "*mvn-dep-tree*")

EXTRACTOR = Extractor(
    name=NAME,
    title="Output of mvn dependency:tree (text, DOT, TGF, JSON)",
    claims=Claims(patterns=tuple(f"{stem}.{ending}" for stem in _STEMS for ending in ("txt", "dot", "tgf", "json"))),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.LINES}),
    cannot_tell=(
        "Whether the output is still up to date.",
        "Hashes and licences.",
        "The GraphML form is not read.",
    ),
    extract=extract,
)
