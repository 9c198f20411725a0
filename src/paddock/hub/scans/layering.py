# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Lays out a graph in layers from left to right: what is needed stands to the right of what needs it. Pure.

The method is Sugiyama's: edges that close a cycle are turned round, every node goes as far left as its edges allow,
long edges are led through the layers between, and nodes are sorted by where their neighbours are, a few times over. The
work is bounded by the number of nodes, edges and MOST_BENDS; equal graphs give equal pictures.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 200, 28
"""Of a node."""
ACROSS, DOWN, BEND = 64, 10, 8
"""Space between layers, between the nodes of one layer, and the height of a bend of an edge."""
EDGE = 12
"""Free space around everything."""
MOST_BENDS = 3_000
"""Bends of edges in all; the edges after that are drawn straight."""
SWEEPS = 4
HIGH = 560
"""Columns are centred in a picture up to this height; in a higher one all begin at its top, where people look first."""

Edge = tuple[str, str]
_Place = str | tuple[int, int]  # a node, or the bend of an edge (its number) in a layer


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node is: its upper left corner, and its layer from 0."""

    node: str
    layer: int
    x: int
    y: int

    @property
    def middle(self) -> int:
        """The height at which edges come and go."""
        return self.y + HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Line:
    """An edge: path is the data of an SVG path. backwards: it closes a cycle, so that its target stands to the left."""

    source: str
    target: str
    backwards: bool
    path: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture of width times height."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def layout(nodes: Sequence[str], edges: Iterable[Edge]) -> Layout:
    """The picture of a graph; edges that lead from a node to itself or out of the graph are left out."""
    nodes = list(dict.fromkeys(nodes))
    known = set(nodes)
    kept = [one for one in dict.fromkeys(edges) if one[0] != one[1] and known.issuperset(one)]
    backwards = _closing(nodes, kept)
    turned = [(target, source) if (source, target) in backwards else (source, target) for source, target in kept]
    layer_of = _layers(nodes, turned)
    chains = _bends(turned, layer_of)
    columns = _sorted_columns(_columns(nodes, layer_of, chains), chains)
    places, height = _places(columns)
    boxes = tuple(Box(node, layer_of[node], *places[node]) for node in nodes)
    lines = tuple(
        Line(source, target, (source, target) in backwards, _path(chain, places))
        for (source, target), chain in zip(kept, chains, strict=True)
    )
    width = 2 * EDGE + len(columns) * WIDTH + max(0, len(columns) - 1) * ACROSS
    return Layout(boxes, lines, width, height)


def _targets(nodes: Iterable[str], edges: Iterable[Edge]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in edges:
        found[source].append(target)
    return found


def _closing(nodes: Sequence[str], edges: Sequence[Edge]) -> set[Edge]:
    """The edges that lead back to where a walk along edges has come from; without them there is no cycle."""
    targets = _targets(nodes, edges)
    closing: set[Edge] = set()
    done: set[str] = set()
    for start in nodes:
        if start in done:
            continue
        on_the_way = {start}
        way = [(start, iter(targets[start]))]
        while way:
            node, following = way[-1]
            target = next(following, None)
            if target is None:
                way.pop()
                on_the_way.discard(node)
                done.add(node)
            elif target in on_the_way:
                closing.add((node, target))
            elif target not in done:
                on_the_way.add(target)
                way.append((target, iter(targets[target])))
    return closing


def _layers(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """For each node the length of the longest way to it; there are no cycles any more."""
    targets = _targets(nodes, edges)
    waiting = dict.fromkeys(nodes, 0)
    for _source, target in edges:
        waiting[target] += 1
    layer_of = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if not waiting[node]]
    for node in ready:
        for target in targets[node]:
            layer_of[target] = max(layer_of[target], layer_of[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return layer_of


def _bends(edges: Sequence[Edge], layer_of: Mapping[str, int]) -> list[list[_Place]]:
    """Each edge with a bend in every layer that it passes."""
    left = MOST_BENDS
    chains: list[list[_Place]] = []
    for number, (source, target) in enumerate(edges):
        passed = range(layer_of[source] + 1, layer_of[target])
        bends: list[_Place] = [(number, layer) for layer in passed] if len(passed) <= left else []
        left -= len(bends)
        chains.append([source, *bends, target])
    return chains


def _columns(
    nodes: Sequence[str], layer_of: Mapping[str, int], chains: Iterable[Sequence[_Place]]
) -> list[list[_Place]]:
    columns: list[list[_Place]] = [[] for _ in range(max(layer_of.values(), default=-1) + 1)]
    for node in nodes:
        columns[layer_of[node]].append(node)
    for chain in chains:
        for place in chain[1:-1]:
            columns[place[1] if isinstance(place, tuple) else 0].append(place)
    return columns


def _sorted_columns(columns: list[list[_Place]], chains: Iterable[Sequence[_Place]]) -> list[list[_Place]]:
    """Each column by the mean height of its neighbours, to the right and back again."""
    before: dict[_Place, list[_Place]] = {}
    after: dict[_Place, list[_Place]] = {}
    for chain in chains:
        for left, right in pairwise(chain):
            before.setdefault(right, []).append(left)
            after.setdefault(left, []).append(right)
    rank: dict[_Place, float] = {
        place: number / len(column) for column in columns for number, place in enumerate(column)
    }
    for _ in range(SWEEPS):
        for order, neighbours in ((columns[1:], before), (columns[-2::-1], after)):
            for column in order:
                wanted = {place: _mean(place, neighbours, rank) for place in column}
                column.sort(key=wanted.__getitem__)
                rank |= {place: number / len(column) for number, place in enumerate(column)}
    return columns


def _mean(place: _Place, neighbours: Mapping[_Place, list[_Place]], rank: Mapping[_Place, float]) -> float:
    near = neighbours.get(place)
    return sum(rank[one] for one in near) / len(near) if near else rank[place]


def _places(columns: Sequence[Sequence[_Place]]) -> tuple[dict[_Place, tuple[int, int]], int]:
    """The upper left corner of everything, and the height of the picture."""
    heights = [sum(_height(place) + DOWN for place in column) - DOWN for column in columns]
    tallest = max(heights, default=0)
    places: dict[_Place, tuple[int, int]] = {}
    for number, (column, height) in enumerate(zip(columns, heights, strict=True)):
        x, y = EDGE + number * (WIDTH + ACROSS), EDGE + (tallest - height) // 2 * (tallest <= HIGH)
        for place in column:
            places[place] = (x, y)
            y += _height(place) + DOWN
    return places, tallest + 2 * EDGE


def _height(place: _Place) -> int:
    return HEIGHT if isinstance(place, str) else BEND


def _path(chain: Sequence[_Place], places: Mapping[_Place, tuple[int, int]]) -> str:
    """A curve from the right side of the first node, straight through the bends, to the left side of the last."""
    points = [(*places[place], _height(place) // 2) for place in chain]
    (x, y, half), *rest = points
    parts = [f"M{x + WIDTH} {y + half}"]
    at, height = x + WIDTH, y + half
    for number, (x, y, half) in enumerate(rest, 1):
        reach = (x - at) // 2
        parts.append(f"C{at + reach} {height} {x - reach} {y + half} {x} {y + half}")
        at, height = x, y + half
        if number < len(rest):
            at = x + WIDTH
            parts.append(f"H{at}")
    return "".join(parts)
