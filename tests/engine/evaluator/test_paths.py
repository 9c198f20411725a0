# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How components get into projects."""

import itertools

from paddock.engine.evaluator.why import explain
from paddock.engine.model.inventory import Inventory, Scope
from paddock.engine.model.paths import ELLIPSIS, MAX_STEPS, PathFinder
from tests.engine.evaluator.worlds import component, project, world


def refs(*names: str) -> list[str]:
    return [f"pkg:npm/{name}@1" for name in names]


A, B, C, D, E = refs("a", "b", "c", "d", "e")


def diamond() -> Inventory:
    uses = [(A, Scope.RUNTIME, True), (B, Scope.DEV, True), *((ref, Scope.RUNTIME, False) for ref in (C, D))]
    edges = [(A, C), (B, C), (C, D), (D, C), (A, E), (E, D)]
    return world([component(ref) for ref in (A, B, C, D, E)], [project("app", *uses)], edges)


def test_the_shortest_paths_come_first_and_end_at_what_the_project_asks_for() -> None:
    finder = PathFinder(diamond())

    assert finder.paths("app", A) == [("app", A)]
    assert finder.paths("app", C) == [("app", A, C), ("app", B, C)]
    assert finder.paths("app", D) == [("app", A, C, D), ("app", B, C, D)]


def test_paths_lead_only_through_what_the_project_uses() -> None:
    finder = PathFinder(diamond())

    assert finder.paths("app", E) == []
    assert finder.paths("no such project", A) == []


def test_without_direct_usages_paths_start_at_what_nothing_else_needs() -> None:
    uses = [(ref, Scope.UNKNOWN, None) for ref in (A, B, C)]
    finder = PathFinder(world([component(ref) for ref in (A, B, C)], [project("app", *uses)], [(A, B)]))

    assert finder.paths("app", B) == [("app", A, B)]
    assert finder.paths("app", C) == [("app", C)]


def test_a_cycle_ends_and_at_most_three_paths_are_kept() -> None:
    many = refs(*(f"r{number}" for number in range(6)))
    uses = [*((ref, Scope.RUNTIME, True) for ref in many), (A, Scope.RUNTIME, False)]
    edges = [(ref, A) for ref in many] + [(A, many[0])]
    finder = PathFinder(world([component(ref) for ref in (*many, A)], [project("app", *uses)], edges))

    assert finder.paths("app", A) == [("app", ref, A) for ref in many[:3]]


def test_a_very_long_path_loses_its_middle() -> None:
    chain = refs(*(f"c{number:03}" for number in range(200)))
    uses = [(chain[0], Scope.RUNTIME, True), *((ref, Scope.RUNTIME, False) for ref in chain[1:])]
    edges = list(itertools.pairwise(chain))
    (path,) = PathFinder(world([component(ref) for ref in chain], [project("app", *uses)], edges)).paths(
        "app", chain[-1]
    )

    assert (path[0], path[1], path[-1]) == ("app", chain[0], chain[-1])
    assert ELLIPSIS in path
    assert len(path) == MAX_STEPS + 1


def test_why_answers_for_a_purl_a_pattern_and_a_name() -> None:
    inventory = diamond()

    (exact,) = explain(inventory, C)
    assert (exact.project, exact.scope, exact.direct) == ("app", Scope.RUNTIME, False)
    assert exact.paths[0] == ("app", A, C)
    assert [found.ref for found in explain(inventory, "pkg:npm/c")] == [C]
    assert [found.ref for found in explain(inventory, "pkg:npm/*")] == [A, B, C, D]
    assert [found.ref for found in explain(inventory, "C")] == [C]
    assert explain(inventory, "pkg:npm/zzz") == ()
    assert explain(inventory, "pkg:") == ()
