# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The dependency graph as the template draws it: boxes with names and links, lines, and the same as a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from paddock.engine.model.issue import Severity
from paddock.engine.model.paths import Path
from paddock.engine.model.result import Result
from paddock.engine.reporter.causes import names_by_ref
from paddock.engine.reporter.licensed import licenses_by_ref
from paddock.hub.scans.causes import why_url
from paddock.hub.scans.layering import HEIGHT, WIDTH, Line, layout

LONGEST = 26
"""Characters of a name that fit into a box."""
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Named:
    """A project or component. url: the page why it is there, for a project that of the components, "" for what is no
    node. forbidden: it must not ship."""

    name: str
    url: str
    is_project: bool
    forbidden: bool


class Names:
    """What to call the nodes of a result's graph, and where they lead."""

    def __init__(self, result: Result, release_id: UUID) -> None:
        self._names = names_by_ref(result)
        self._licenses = licenses_by_ref(result)
        self._projects = {project.id for project in result.inventory.projects}
        self._release_id = release_id
        self._components = reverse("release-components", args=[release_id])
        reasons = result.verdict.open_reasons if result.verdict else ()
        self._forbidden = {one.ref for one in reasons if one.severity is Severity.ERROR and one.kind == "violation"}

    def of(self, node: str) -> Named:
        """One node; the middle that a long path has lost is called by an ellipsis."""
        is_project = node in self._projects
        if node not in self._names:
            return Named(node, "", is_project=False, forbidden=False)
        url = self._components if is_project else why_url(self._release_id, node)
        return Named(self._names[node], url, is_project, node in self._forbidden)

    def path(self, path: Path) -> list[Named]:
        """A path from a project to a component."""
        return [self.of(node) for node in path]

    def listed(self, nodes: Iterable[str]) -> list[Named]:
        """Nodes by name, at most MOST_LISTED."""
        return sorted(map(self.of, nodes), key=lambda one: (not one.is_project, one.name.lower()))[:MOST_LISTED]

    def license(self, node: str) -> str:
        """The licence of a component, "" where none is known."""
        fact = self._licenses.get(node)
        return fact.effective if fact else ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One box: its node, what fits into it, whether it is what was asked for, and what it needs by name."""

    named: Named
    text: str
    x: int
    y: int
    asked_for: bool
    needs: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of width times height; every box is box_width times box_height."""

    boxes: tuple[Drawn, ...]
    lines: tuple[Line, ...]
    width: int
    height: int
    box_width: int = WIDTH
    box_height: int = HEIGHT

    @property
    def cycles(self) -> bool:
        """Whether anything needs itself in a roundabout way."""
        return any(line.backwards for line in self.lines)


def drawn(nodes: Sequence[str], edges: Sequence[tuple[str, str]], centres: Sequence[str], names: Names) -> Picture:
    """The picture of some nodes, in the order in which people read: by column, from above."""
    found = layout(nodes, edges)
    needs: dict[str, list[Named]] = {}
    for source, target in edges:
        needs.setdefault(source, []).append(names.of(target))
    boxes = []
    for box in sorted(found.boxes, key=lambda one: (one.layer, one.y)):
        named = names.of(box.node)
        text = named.name if len(named.name) <= LONGEST else f"{named.name[: LONGEST - 1]}…"
        boxes.append(Drawn(named, text, box.x, box.y, box.node in centres, tuple(needs.get(box.node, ()))))
    return Picture(tuple(boxes), found.lines, found.width, found.height)
