# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The output of `mvn dependency:tree` in its text, TGF, DOT and JSON forms, as graphs of coordinates.

Forms: https://maven.apache.org/plugins/maven-dependency-plugin/tree-mojo.html (outputType, tokens, verbose).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from paddock.engine.analyzer.documents import mapping, parse_json, sequence, text_of

_COORDINATES = re.compile(r"[\w.-]+(?::[^\s:;(){}\"]+){3,5}", re.ASCII)
_TEXT = re.compile(r"(?:\[INFO\] )?((?:[|│ ] {2})*(?:[+\\]- |[├└]─ |))\(?([^\s()]+)(.*)")
_CONFLICT = re.compile(r"omitted for conflict with ([^\s;)]+)")
_TGF_NODE = re.compile(r"(-?\d+) (\S+)(.*)")
_TGF_EDGE = re.compile(r"(-?\d+) (-?\d+)(?: .*)?")
_DOT_GRAPH = re.compile(r'\s*digraph "([^"]+)" \{')
_DOT_EDGE = re.compile(r'\s*"([^"]+)" -> "([^"]+)"')


@dataclass(frozen=True, slots=True)
class Artifact:
    """A node's coordinates; `scope` is empty for the project itself."""

    group: str
    artifact: str
    version: str
    type: str = "jar"
    classifier: str = ""
    scope: str = ""
    optional: bool = False


@dataclass(slots=True)
class DependencyTree:
    """One project: its own coordinates, then every node with its line, and who needs whom by position (0: the project).

    omitted: positions of nodes that stand for another place in the tree (duplicates, conflicts, cycles).
    """

    nodes: list[Artifact]
    lines: list[int | None]
    edges: list[tuple[int, int]] = field(default_factory=list)
    omitted: set[int] = field(default_factory=set)

    def add(self, artifact: Artifact, line: int | None) -> int:
        """Append a node and return its position."""
        self.nodes.append(artifact)
        self.lines.append(line)
        return len(self.nodes) - 1


def read_trees(text: str) -> list[DependencyTree]:
    """The trees in a text, whichever form it has; none where it is no output of Maven's."""
    start = text.lstrip()[:400]
    if start.startswith("{"):
        return list(_json_trees(text))
    if _DOT_GRAPH.match(start):
        return list(_dot_trees(text))
    if _TGF_NODE.match(start):
        return list(_tgf_trees(text))
    return list(_text_trees(text))


def _artifact(text: str, *, root: bool, rest: str = "") -> Artifact | None:
    """`group:artifact:type[:classifier]:version[:scope]`; the project itself has no scope."""
    if not _COORDINATES.fullmatch(text):
        return None
    parts = text.split(":")
    scope = "" if root else parts.pop()
    if len(parts) not in {4, 5}:
        return None
    classifier = parts[3] if len(parts) == 5 else ""
    return Artifact(parts[0], parts[1], parts[-1], parts[2], classifier, scope, "(optional" in rest)


def _text_trees(text: str) -> Iterator[DependencyTree]:
    tree: DependencyTree | None = None
    open_nodes: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        found = _TEXT.fullmatch(line.rstrip())
        depth = len(found.group(1)) // 3 if found else 0
        artifact = _artifact(found.group(2), root=depth == 0, rest=found.group(3)) if found else None
        if found is None or artifact is None:
            continue
        if depth == 0:
            if tree is not None:
                yield tree
            tree, open_nodes = DependencyTree([artifact], [number]), [0]
        elif tree is not None and depth <= len(open_nodes):
            del open_nodes[depth:]
            position = _text_node(tree, artifact, number, found.group(3))
            tree.edges.append((open_nodes[-1], position))
            open_nodes.append(position)
    if tree is not None:
        yield tree


def _text_node(tree: DependencyTree, artifact: Artifact, number: int, rest: str) -> int:
    conflict = _CONFLICT.search(rest)
    if conflict:
        artifact = Artifact(
            artifact.group, artifact.artifact, conflict.group(1), artifact.type, artifact.classifier, artifact.scope
        )
    position = tree.add(artifact, number)
    if "omitted for" in rest:
        tree.omitted.add(position)
    return position


def _tgf_trees(text: str) -> Iterator[DependencyTree]:
    tree: DependencyTree | None = None
    positions: dict[str, int] = {}
    in_edges = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() == "#":
            in_edges = True
            continue
        node, edge = _TGF_NODE.fullmatch(line.strip()), _TGF_EDGE.fullmatch(line.strip())
        if edge and in_edges and tree is not None:
            if edge.group(1) in positions and edge.group(2) in positions:
                tree.edges.append((positions[edge.group(1)], positions[edge.group(2)]))
        elif node:
            if in_edges and tree is not None:
                yield tree
                tree, positions = None, {}
            in_edges = False
            artifact = _artifact(node.group(2), root=tree is None, rest=node.group(3))
            if artifact is not None and tree is None:
                tree, positions = DependencyTree([artifact], [number]), {node.group(1): 0}
            elif artifact is not None and tree is not None:
                positions[node.group(1)] = tree.add(artifact, number)
    if tree is not None:
        yield tree


def _dot_trees(text: str) -> Iterator[DependencyTree]:
    tree: DependencyTree | None = None
    positions: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        graph, edge = _DOT_GRAPH.match(line), _DOT_EDGE.match(line)
        if graph:
            if tree is not None:
                yield tree
            root = _artifact(graph.group(1).strip(), root=True)
            tree = DependencyTree([root], [number]) if root else None
            positions = {graph.group(1).strip(): 0}
        elif edge and tree is not None:
            ends = []
            for name in (edge.group(1).strip(), edge.group(2).strip()):
                if name not in positions:
                    artifact = _artifact(name.split(" ")[0], root=False, rest=name)
                    if artifact is None:
                        break
                    positions[name] = tree.add(artifact, number)
                ends.append(positions[name])
            if len(ends) == 2:
                tree.edges.append((ends[0], ends[1]))
    if tree is not None:
        yield tree


def _json_trees(text: str) -> Iterator[DependencyTree]:
    document = parse_json(text.encode("utf-8", "replace"))
    if not text_of(mapping(document).get("artifactId")):
        return
    tree = DependencyTree([_json_artifact(mapping(document))], [None])
    stack: list[tuple[int, Any]] = [(0, child) for child in sequence(mapping(document).get("children"))]
    while stack:
        parent, value = stack.pop()
        node = _json_artifact(mapping(value))
        if node.group and node.artifact and node.version:
            position = tree.add(node, None)
            tree.edges.append((parent, position))
            stack.extend((position, child) for child in sequence(mapping(value).get("children")))
    yield tree


def _json_artifact(value: dict[str, Any]) -> Artifact:
    group, artifact, version, type_, classifier, scope, optional = (
        text_of(value.get(key))
        for key in ("groupId", "artifactId", "version", "type", "classifier", "scope", "optional")
    )
    return Artifact(
        group, artifact, version, type_ or "jar", classifier, scope, optional == "true" or value.get("optional") is True
    )
