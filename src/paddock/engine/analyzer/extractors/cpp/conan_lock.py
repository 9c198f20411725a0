# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""conan.lock: the graph of Conan 1 (versions 0.1 to 0.4) with edges, the reference lists of Conan 2 (0.5).

Format: https://docs.conan.io/1/versioning/lockfiles/introduction.html and
https://docs.conan.io/2/tutorial/versioning/lockfiles.html. The conanfile beside it tells what is required directly.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.cpp import conanfile_py, conanfile_txt
from paddock.engine.analyzer.extractors.cpp.conan_reference import Need, Reference, parse_reference
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope

NAME = "cpp/conan_lock"

_LISTS = {
    "requires": Scope.RUNTIME,
    "build_requires": Scope.BUILD,
    "python_requires": Scope.BUILD,
    "config_requires": Scope.BUILD,
}


def extract(file: SourceFile) -> Extraction:
    """Every locked reference as a component, revisions and package ids as properties."""
    document = require_mapping(read_json(file), "the lock file")
    draft = Draft(file, NAME)
    consumer = _consumer(draft, file)
    if "graph_lock" in document:
        _Graph(draft, consumer, mapping(mapping(document["graph_lock"]).get("nodes"))).read()
    elif any(key in document for key in _LISTS):
        _read_lists(draft, consumer, document)
    else:
        raise Unreadable("neither a lock file of Conan 1 (graph_lock) nor of Conan 2 (requires)")
    return draft.finish()


class _Consumer(NamedTuple):
    """The project that the lock file serves; `complete`: whether `needs` are all that its conanfile requires."""

    project: ProjectDraft
    needs: dict[tuple[str, str, str, bool], Need]
    complete: bool


def _consumer(draft: Draft, file: SourceFile) -> _Consumer:
    """The project of the conanfile beside the lock file, with its requirements; else one of the lock file's own."""
    recipe, consumer = file.neighbour("conanfile.py"), file.neighbour("conanfile.txt")
    try:
        if recipe is not None:
            read = conanfile_py.read_recipe(recipe)
            draft.cover(recipe.path)
            project = draft.project(
                recipe.path, origin=Origin.LOCKED, name=read.name, version=read.version, licenses=read.licenses
            )
            return _Consumer(project, _by_key(read.needs), not read.problems)
        if consumer is not None:
            needs, problems = conanfile_txt.read_needs(consumer)
            draft.cover(consumer.path)
            return _Consumer(draft.project(consumer.path, origin=Origin.LOCKED), _by_key(needs), not problems)
    except Unreadable:
        pass  # the conanfile's own extractor reports it
    return _Consumer(draft.project(origin=Origin.LOCKED), {}, False)


def _by_key(needs: Iterable[Need]) -> dict[tuple[str, str, str, bool], Need]:
    # A package may be required twice: as a library and as a tool.
    return {(*need.reference.key, need.scope is Scope.BUILD): need for need in needs}


def _read_lists(draft: Draft, consumer: _Consumer, document: dict[str, Any]) -> None:
    for key, scope in _LISTS.items():
        for value in _references(document.get(key)):
            reference = parse_reference(value)
            if reference is None:
                draft.issue(f"{key}: {value!r} is not a reference of the form name/version")
                continue
            ref = _add(draft, reference)
            need = consumer.needs.get((*reference.key, scope is Scope.BUILD))
            if need is None:
                # Without all of the conanfile's requirements nobody tells which of them are required directly.
                consumer.project.use(ref, scope, direct=False if consumer.complete else None)
            else:
                version = need.reference.version.strip("[]")
                consumer.project.use(ref, need.scope, direct=True, requirement=version)


def _references(value: object) -> list[str]:
    return [text_of(item) for item in (value if isinstance(value, dict) else sequence(value))]


def _add(draft: Draft, reference: Reference) -> str:
    return draft.add(reference.purl(), properties=reference.properties())


class _Graph:
    """The nodes of a Conan 1 lock file: those with a `path`, or nothing but one, are the consumer itself."""

    def __init__(self, draft: Draft, consumer: _Consumer, nodes: dict[str, Any]) -> None:
        self._draft = draft
        self._consumer = consumer
        self._project = consumer.project
        self._nodes = {key: mapping(node) for key, node in nodes.items()}
        self._refs: dict[str, str] = {}
        self._roots: list[str] = []

    def read(self) -> None:
        """Note components, edges and usages."""
        for key, node in self._nodes.items():
            self._read_node(key, node)
        if self._roots:
            direct = {target for root in self._roots for target in _targets(self._nodes[root])}
            runtime = self._reached({target for root in self._roots for target in _ends(self._nodes[root], "requires")})
        else:
            # A lock file made for a reference has no consumer; what nothing requires is what was asked for.
            required = {target for node in self._nodes.values() for target in _targets(node)}
            direct = {key for key in self._refs if key not in required}
            runtime = self._reached(direct)
        for key, ref in self._refs.items():
            build = key not in runtime or text_of(self._nodes[key].get("context")) == "build"
            scope, requirement = self._stated(key, build) if key in direct else (None, "")
            usual = Scope.BUILD if build else Scope.RUNTIME
            self._project.use(ref, scope or usual, direct=key in direct, requirement=requirement)
        self._connect()

    def _stated(self, key: str, build: bool) -> tuple[Scope | None, str]:
        """The scope and the requirement that the conanfile has for a node."""
        reference = parse_reference(_text(self._nodes[key]))
        need = self._consumer.needs.get((*reference.key, build)) if reference else None
        return (need.scope, need.reference.version.strip("[]")) if need else (None, "")

    def _reached(self, start: Iterable[str]) -> set[str]:
        stack = list(start)
        seen = set(stack)
        while stack:
            for target in _ends(self._nodes.get(stack.pop(), {}), "requires"):
                if target not in seen:
                    seen.add(target)
                    stack.append(target)
        return seen

    def _read_node(self, key: str, node: dict[str, Any]) -> None:
        reference = _reference_of(node)
        if "path" in node or not (node.get("ref") or node.get("pref")):
            self._roots.append(key)
            if reference is not None:
                self._project.name = self._project.name or reference.name
                self._project.version = self._project.version or reference.version
        elif reference is None:
            self._draft.issue(f"node {key}: {_text(node)!r} is not a reference of the form name/version")
        else:
            self._refs[key] = _add(self._draft, reference)

    def _connect(self) -> None:
        for key, node in self._nodes.items():
            source = self._refs.get(key)
            for target in _targets(node):
                if target not in self._refs and target not in self._roots:
                    self._draft.issue(f"node {key} requires node {target}, which the lock file does not contain")
                elif source is not None and target in self._refs:
                    self._draft.depend(source, self._refs[target])
            for text in _references(node.get("python_requires")):
                reference = parse_reference(text)
                if reference is not None:
                    ref = _add(self._draft, reference)
                    self._project.use(ref, Scope.BUILD, direct=source is None)
                    self._draft.depend(source or ref, ref)


def _reference_of(node: dict[str, Any]) -> Reference | None:
    reference = parse_reference(_text(node))
    if reference is None:
        return None
    package_id = reference.package_id or text_of(node.get("package_id"))
    return reference._replace(package_id=package_id, prev=reference.prev or text_of(node.get("prev")))


def _text(node: dict[str, Any]) -> str:
    return text_of(node.get("ref")) or text_of(node.get("pref"))


def _ends(node: dict[str, Any], kind: str) -> list[str]:
    """Node ids: a list since version 0.3, before that a mapping from reference to id."""
    value = node.get(kind)
    return [text_of(item) for item in (value.values() if isinstance(value, dict) else sequence(value))]


def _targets(node: dict[str, Any]) -> list[str]:
    return _ends(node, "requires") + _ends(node, "build_requires")


EXTRACTOR = Extractor(
    name=NAME,
    title="conan.lock (Conan 1: 0.1 to 0.4, Conan 2: 0.5)",
    claims=Claims(names=("conan.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES}),
    cannot_tell=(
        "Edges in lock files of Conan 2: the format lists references only.",
        "What is required directly in a lock file of Conan 2, where the conanfile beside it computes its requirements.",
        "Licences and hashes of packages; they stand in the recipes.",
    ),
    extract=extract,
)
