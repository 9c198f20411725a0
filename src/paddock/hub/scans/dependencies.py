# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which component of a release needs which: ways in, and the part of the graph that is drawn. Pure."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory, Project, Usage
from paddock.engine.model.paths import Path, PathFinder

MOST = 150
"""Nodes that are drawn; a picture of more says nothing."""
MOST_PROJECTS = 20
"""Projects whose ways to a component are shown."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a component gets into one project: shortest paths, each from the project to the component. None are known
    where the source does not tell what needs what."""

    project: Project
    usage: Usage
    paths: tuple[Path, ...]


def ways_to(inventory: Inventory, ref: str) -> tuple[list[Way], int]:
    """The ways in, the shortest first, of at most MOST_PROJECTS projects, and how many projects use it in all."""
    finder = PathFinder(inventory)
    users = [(project, usage) for project in inventory.projects for usage in project.usages if usage.ref == ref]
    ways = [Way(project, usage, tuple(finder.paths(project.id, ref))) for project, usage in users[:MOST_PROJECTS]]
    ways.sort(key=lambda way: (not way.paths, len(way.paths[0]) if way.paths else 0, way.project.id))
    return ways, len(users)


def component_in(inventory: Inventory, ref: str) -> Component | None:
    """The component with this package URL."""
    return next((component for component in inventory.components if component.ref == ref), None)


@dataclass(frozen=True)
class Graph:
    """What needs what: `needs` from a node to what it needs, `needed_by` the other way. direct: what projects ask for
    themselves. Nodes are projects' ids and components' package URLs; projects come first."""

    nodes: tuple[str, ...]
    needs: Mapping[str, tuple[str, ...]]
    needed_by: Mapping[str, tuple[str, ...]]
    direct: Mapping[str, tuple[str, ...]]

    def edges(self, among: Collection[str]) -> list[tuple[str, str]]:
        """The edges between some nodes."""
        chosen = set(among)
        return [(source, target) for source in among for target in self.needs.get(source, ()) if target in chosen]

    def direct_only(self) -> tuple[list[str], list[tuple[str, str]]]:
        """The projects with what each asks for itself."""
        edges = [(project, ref) for project, refs in self.direct.items() for ref in refs]
        return list(dict.fromkeys([*self.direct, *(ref for _project, ref in edges)])), edges

    def around(self, centres: Iterable[str], most: int = MOST) -> tuple[list[str], int]:
        """What leads to some nodes and what they need in turn: the nearest, at most so many, and how many in all."""
        up, down = (_reached(centres, step) for step in (self.needed_by, self.needs))
        distance = {**down, **{node: min(steps, down.get(node, steps)) for node, steps in up.items()}}
        nearest = sorted(distance, key=lambda node: (distance[node], node not in up))
        return nearest[:most], len(nearest)


def graph_of(inventory: Inventory) -> Graph:
    """The whole graph of an inventory. A project needs what it asks for itself; where no source tells what that is,
    what nothing else in it needs."""
    needs: dict[str, dict[str, None]] = {}
    for edge in inventory.edges:
        needs.setdefault(edge.source, {})[edge.target] = None
    direct: dict[str, tuple[str, ...]] = {}
    for project in inventory.projects:
        direct[project.id] = tuple(_asked_for(project, needs))
        needs.setdefault(project.id, {}).update(dict.fromkeys(direct[project.id]))
    needed_by: dict[str, list[str]] = {}
    for source, targets in needs.items():
        for target in targets:
            needed_by.setdefault(target, []).append(source)
    return Graph(
        nodes=(*direct, *(component.ref for component in inventory.components)),
        needs={source: tuple(targets) for source, targets in needs.items()},
        needed_by={target: tuple(sources) for target, sources in needed_by.items()},
        direct=direct,
    )


def _asked_for(project: Project, needs: Mapping[str, Mapping[str, None]]) -> list[str]:
    direct = [usage.ref for usage in project.usages if usage.direct]
    if direct:
        return direct
    needed = {target for usage in project.usages for target in needs.get(usage.ref, ()) if target != usage.ref}
    return [usage.ref for usage in project.usages if usage.direct is None and usage.ref not in needed]


def _reached(centres: Iterable[str], steps: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    distance = dict.fromkeys(centres, 0)
    queue = deque(distance)
    while queue:
        node = queue.popleft()
        for following in steps.get(node, ()):
            if following not in distance:
                distance[following] = distance[node] + 1
                queue.append(following)
    return distance


def centres_of(inventory: Inventory, text: str) -> list[str]:
    """The components that somebody means: by package URL, with or without version, else by name, else those whose name
    has the text in it."""
    text = text.strip()
    if text.startswith("pkg:"):
        return [one.ref for one in inventory.components if one.ref == text or one.package.to_string() == text]
    wanted = text.lower()
    named = [one for one in inventory.components if wanted == one.name.lower()]
    return [one.ref for one in named or (one for one in inventory.components if wanted in one.name.lower())]
