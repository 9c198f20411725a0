# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Shortest dependency paths: how a component gets into a project."""

from collections import deque

from paddock.engine.model.inventory import Inventory, Project

MAX_PATHS = 3
"""How many paths to one component are kept per project."""
MAX_STEPS = 40
"""Longer paths lose their middle, which is replaced by `ELLIPSIS`."""
ELLIPSIS = "…"

Path = tuple[str, ...]
_Step = tuple[str, int]  # ref, index of the step before (-1: the project itself)


class PathFinder:
    """Finds paths in one inventory; each project is walked once, when first asked about.

    A path is (project id, ref, …, ref). It starts at what the project asks for itself; where no source tells what that
    is, at what no other component of the project needs. Only components that the project uses are walked through.
    """

    def __init__(self, inventory: Inventory) -> None:
        self._projects = {project.id: project for project in inventory.projects}
        self._targets: dict[str, list[str]] = {}
        for edge in inventory.edges:
            self._targets.setdefault(edge.source, []).append(edge.target)
        self._walks: dict[str, tuple[list[_Step], dict[str, list[int]]]] = {}

    def paths(self, project: str, ref: str) -> list[Path]:
        """Up to three paths from a project to a component, the shortest first; empty when none is known."""
        if project not in self._projects:
            return []
        if project not in self._walks:
            self._walks[project] = self._walk(self._projects[project])
        steps, ends = self._walks[project]
        return [_unroll(project, steps, end) for end in ends.get(ref, ())]

    def from_any(self, projects: tuple[str, ...], ref: str) -> tuple[Path, ...]:
        """Up to three paths from several projects, the first of each project before the second of any."""
        found: list[Path] = []
        for project in projects:
            if len(found) >= MAX_PATHS:
                break
            found.extend(self.paths(project, ref)[: MAX_PATHS if len(projects) == 1 else 1])
        return tuple(found[:MAX_PATHS])

    def _walk(self, project: Project) -> tuple[list[_Step], dict[str, list[int]]]:
        used = {usage.ref for usage in project.usages}
        steps: list[_Step] = []
        ends: dict[str, list[int]] = {}
        queue: deque[int] = deque()

        def visit(ref: str, before: int) -> None:
            seen = ends.setdefault(ref, [])
            if len(seen) < MAX_PATHS and not (seen and _leads_through(steps, before, ref)):
                seen.append(len(steps))
                queue.append(len(steps))
                steps.append((ref, before))

        for ref in self._roots(project, used):
            visit(ref, -1)
        while queue:
            number = queue.popleft()
            for target in self._targets.get(steps[number][0], ()):
                if target in used and target != project.id:
                    visit(target, number)
        return steps, ends

    def _roots(self, project: Project, used: set[str]) -> list[str]:
        direct = [usage.ref for usage in project.usages if usage.direct]
        if direct:
            return direct
        needed = {target for ref in used for target in self._targets.get(ref, ()) if target != ref}
        return [usage.ref for usage in project.usages if usage.direct is None and usage.ref not in needed]


def _leads_through(steps: list[_Step], number: int, ref: str) -> bool:
    while number >= 0:
        if steps[number][0] == ref:
            return True
        number = steps[number][1]
    return False


def _unroll(project: str, steps: list[_Step], number: int) -> Path:
    refs: list[str] = []
    while number >= 0:
        refs.append(steps[number][0])
        number = steps[number][1]
    refs.append(project)
    refs.reverse()
    if len(refs) > MAX_STEPS:
        half = MAX_STEPS // 2
        refs = [*refs[:half], ELLIPSIS, *refs[-half:]]
    return tuple(refs)
