# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Packages that carry a component: every dependency path from any project to the component leads through them.

What a library's authors say about a component in their library holds for us as long as there is no other way to the
component. These packages are the dominators of the component in the graph of dependencies; the algorithm is that of
Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
"""

from paddock.engine.model.inventory import Inventory

MAX_STEPS = 20_000_000
"""Work after which the search is given up; a graph of 100,000 edges as they occur takes about a million."""
_ROOT = 0
_UNSEEN = -1


class Carriers:
    """The carriers in one inventory; the graph is walked once."""

    def __init__(self, inventory: Inventory) -> None:
        self._names = [""]
        self._numbers: dict[str, int] = {}
        for ref in (*(project.id for project in inventory.projects), *(one.ref for one in inventory.components)):
            if ref not in self._numbers:
                self._numbers[ref] = len(self._names)
                self._names.append(ref)
        self._dominators = _dominators(self._targets(inventory))

    def of(self, ref: str) -> tuple[str, ...]:
        """The refs of components and ids of projects that carry a component, the nearest first."""
        number = self._numbers.get(ref)
        found: list[str] = []
        while number is not None:
            number = self._dominators[number]
            if number in (_ROOT, _UNSEEN):
                break
            found.append(self._names[number])
        return tuple(found)

    def _targets(self, inventory: Inventory) -> list[list[int]]:
        """For each node where it leads to; the root leads to projects, a project to what it does not get by others."""
        targets: list[list[int]] = [[] for _ in self._names]
        needed: set[str] = set()
        for edge in inventory.edges:
            if edge.source in self._numbers and edge.target in self._numbers and edge.source != edge.target:
                targets[self._numbers[edge.source]].append(self._numbers[edge.target])
                needed.add(edge.target)
        for project in inventory.projects:
            own = self._numbers[project.id]
            targets[_ROOT].append(own)
            for usage in project.usages:
                if usage.ref in self._numbers and (usage.direct is not False or usage.ref not in needed):
                    targets[own].append(self._numbers[usage.ref])
        self._adopt(targets)
        return targets

    def _adopt(self, targets: list[list[int]]) -> None:
        """What no project leads to may be reached in any way: the root leads to it."""
        reached = [False] * len(targets)
        waiting = [_ROOT]
        while waiting:
            number = waiting.pop()
            if not reached[number]:
                reached[number] = True
                waiting.extend(targets[number])
        targets[_ROOT].extend(number for number, seen in enumerate(reached) if not seen)


def _dominators(targets: list[list[int]]) -> list[int]:
    """The immediate dominator of each node; the root's is itself, that of unreachable nodes _UNSEEN.

    A graph made to take for ever (no real one is near MAX_STEPS) has no dominators that we know of.
    """
    order = _postorder(targets)
    rank = [_UNSEEN] * len(targets)
    sources: list[list[int]] = [[] for _ in targets]
    for position, node in enumerate(order):
        rank[node] = position
        for target in targets[node]:
            sources[target].append(node)
    nearest = [_UNSEEN] * len(targets)
    nearest[_ROOT] = _ROOT
    steps, changed = 0, True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            new = _UNSEEN
            for source in sources[node]:
                if nearest[source] != _UNSEEN:
                    new, taken = (source, 1) if new == _UNSEEN else _meet(source, new, nearest, rank)
                    steps += taken
            if steps > MAX_STEPS:
                return [_UNSEEN] * len(targets)
            if nearest[node] != new:
                nearest[node], changed = new, True
    return nearest


def _meet(one: int, other: int, nearest: list[int], rank: list[int]) -> tuple[int, int]:
    """Where the chains of dominators of two nodes meet, and how many steps that took."""
    steps = 1
    while one != other:
        while rank[one] < rank[other]:
            one, steps = nearest[one], steps + 1
        while rank[other] < rank[one]:
            other, steps = nearest[other], steps + 1
    return one, steps


def _postorder(targets: list[list[int]]) -> list[int]:
    order: list[int] = []
    seen = [False] * len(targets)
    seen[_ROOT] = True
    stack = [(_ROOT, iter(targets[_ROOT]))]
    while stack:
        node, following = stack[-1]
        for target in following:
            if not seen[target]:
                seen[target] = True
                stack.append((target, iter(targets[target])))
                break
        else:
            order.append(node)
            stack.pop()
    return order
