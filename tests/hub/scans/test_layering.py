# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The picture of a graph: whatever the graph, nothing overlaps and what is needed stands to the right."""

from hypothesis import given
from hypothesis import strategies as st

from paddock.hub.scans.layering import HEIGHT, MOST_BENDS, WIDTH, Layout, layout

NODES = [f"n{number}" for number in range(24)]
graphs = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from([*NODES, "elsewhere"])), max_size=90)


def layers(found: Layout) -> dict[str, int]:
    return {box.node: box.layer for box in found.boxes}


@given(graphs)
def test_no_boxes_overlap_and_all_lie_inside(edges: list[tuple[str, str]]) -> None:
    found = layout(NODES, edges)
    assert [box.node for box in found.boxes] == NODES
    for number, one in enumerate(found.boxes):
        assert 0 <= one.x <= found.width - WIDTH
        assert 0 <= one.y <= found.height - HEIGHT
        for other in found.boxes[number + 1 :]:
            assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


@given(graphs)
def test_every_edge_leads_to_a_later_layer_unless_it_closes_a_cycle(edges: list[tuple[str, str]]) -> None:
    found = layout(NODES, edges)
    layer = layers(found)
    kept = {(source, target) for source, target in edges if source != target and target != "elsewhere"}
    assert {(line.source, line.target) for line in found.lines} == kept
    for line in found.lines:
        if line.backwards:
            assert layer[line.target] < layer[line.source]
            assert reaches(line.target, line.source, kept)
        else:
            assert layer[line.source] < layer[line.target]


def reaches(start: str, end: str, edges: set[tuple[str, str]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        following = {target for source, target in edges if source == node} - seen
        seen |= following
        waiting += following
    return end in seen


@given(graphs)
def test_equal_graphs_give_equal_pictures(edges: list[tuple[str, str]]) -> None:
    assert layout(NODES, edges) == layout(NODES, edges)


def test_a_graph_without_cycles_has_no_edge_that_leads_back() -> None:
    edges = [(NODES[one], NODES[two]) for one in range(20) for two in range(one + 1, 20)]
    found = layout(NODES, edges)
    assert not any(line.backwards for line in found.lines)
    assert layers(found)[NODES[19]] == 19


def test_a_ring_of_a_hundred_thousand_ends_and_bends_are_bounded() -> None:
    many = [str(number) for number in range(100_000)]
    found = layout(many, list(zip(many, [*many[1:], many[0]], strict=True)))
    assert sum(line.backwards for line in found.lines) == 1
    chain = [str(number) for number in range(400)]
    long = [(one, other) for number, one in enumerate(chain) for other in chain[number + 1 : number + 40]]
    found = layout(chain, long)
    assert sum(line.path.count("C") for line in found.lines) <= len(long) + MOST_BENDS


def test_nothing_makes_an_empty_picture() -> None:
    found = layout([], [("a", "b")])
    assert (found.boxes, found.lines) == ((), ())
