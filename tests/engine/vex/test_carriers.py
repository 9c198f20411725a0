# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Through which packages every path to a component leads."""

import random

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Usage
from paddock.engine.model.purl import parse_purl
from paddock.engine.vex import carriers
from paddock.engine.vex.carriers import Carriers


def ref(name: str | int) -> str:
    return f"pkg:npm/p{name}@1"


def inventory(edges: list[tuple[int, int]], projects: dict[str, list[int]], count: int) -> Inventory:
    return Inventory(
        projects=tuple(
            Project(
                id=name,
                origin=Origin.LOCKED,
                usages=tuple(Usage(ref(number), direct=number in direct) for number in range(count)),
            )
            for name, direct in sorted(projects.items())
        ),
        components=tuple(Component(purl=parse_purl(ref(number))) for number in range(count)),
        edges=tuple(Edge(ref(source), ref(target)) for source, target in sorted(set(edges))),
    )


def test_a_chain() -> None:
    found = Carriers(inventory([(0, 1), (1, 2)], {"app": [0]}, 3))
    assert found.of(ref(2)) == (ref(1), ref(0), "app")
    assert found.of(ref(0)) == ("app",)
    assert found.of("unknown") == ()


def test_two_ways_leave_only_what_both_lead_through() -> None:
    found = Carriers(inventory([(0, 1), (0, 2), (1, 3), (2, 3)], {"app": [0]}, 4))
    assert found.of(ref(3)) == (ref(0), "app")


def test_two_projects() -> None:
    found = Carriers(inventory([(0, 1)], {"app": [0], "tool": [0]}, 2))
    assert found.of(ref(1)) == (ref(0),)
    assert found.of(ref(0)) == ()


def test_what_is_used_directly_has_no_carrier_but_the_project() -> None:
    assert Carriers(inventory([(0, 1)], {"app": [0, 1]}, 2)).of(ref(1)) == ("app",)


def test_circles_and_what_nobody_leads_to() -> None:
    found = Carriers(inventory([(0, 1), (1, 0), (2, 3), (3, 2)], {"app": [0]}, 4))
    assert found.of(ref(1)) == (ref(0), "app")
    assert found.of(ref(2)) == ()


def test_a_graph_made_to_take_for_ever_is_given_up(monkeypatch) -> None:
    monkeypatch.setattr(carriers, "MAX_STEPS", 10)
    edges = [(number, number + 1) for number in range(50)]
    assert Carriers(inventory(edges, {"app": [0]}, 51)).of(ref(40)) == ()


@given(st.integers(0, 10_000))
def test_carriers_are_those_whose_absence_cuts_every_path(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - any graphs will do
    count = dice.randint(1, 7)
    edges = [(dice.randrange(count), dice.randrange(count)) for _ in range(dice.randint(0, 12))]
    direct = sorted({dice.randrange(count) for _ in range(dice.randint(1, 2))})
    found = Carriers(inventory(edges, {"app": direct}, count))
    needed = {target for source, target in edges if source != target}
    starts = [*direct, *(number for number in range(count) if number not in needed)]

    def reached(without: int | None) -> set[int]:
        seen: set[int] = set()
        waiting = [start for start in starts if start != without]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += [target for source, target in edges if source == one and target != without]
        return seen

    starts += sorted(set(range(count)) - reached(None))  # what nobody leads to may be reached in any way
    for number in range(count):
        cutting = {ref(other) for other in range(count) if other != number and number not in reached(other)}
        assert set(found.of(ref(number))) - {"app"} == cutting, number
