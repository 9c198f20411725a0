# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Refs lead somewhere and messages end, whatever extractors say."""

from paddock.engine.analyzer.soundness import MAX_MESSAGE, make_sound
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import make_purl

A = Component(purl=make_purl("npm", "a", "1"))
PROJECT = Project(id="p", origin=Origin.LOCKED, usages=(Usage(A.ref), Usage("q")))
OTHER = Project(id="q", origin=Origin.LOCKED)


def test_a_sound_inventory_stays_the_same_value() -> None:
    inventory = Inventory(projects=(PROJECT, OTHER), components=(A,), edges=(Edge(A.ref, "q"),))
    assert make_sound(inventory) is inventory


def test_usages_that_lead_nowhere_are_left_out_and_told() -> None:
    project = Project(id="p", origin=Origin.LOCKED, usages=(Usage("gone"), Usage(A.ref), Usage("lost")))
    found = make_sound(Inventory(projects=(project,), components=(A,)))
    assert [usage.ref for usage in found.projects[0].usages] == [A.ref]
    [issue] = found.issues
    assert (issue.severity, issue.path) == (Severity.ERROR, "p")
    assert "gone and 1 more" in issue.message


def test_edges_that_lead_nowhere_are_left_out_and_told() -> None:
    edges = (Edge(A.ref, "gone"), Edge(A.ref, "q"), Edge("lost", A.ref))
    found = make_sound(Inventory(projects=(PROJECT, OTHER), components=(A,), edges=edges))
    assert found.edges == (Edge(A.ref, "q"),)
    assert [(issue.severity, issue.path) for issue in found.issues] == [(Severity.ERROR, "")]


def test_endless_messages_are_cut() -> None:
    issue = Issue(Severity.WARNING, "s", "x" * 1_000_000, "p", 3)
    [cut] = make_sound(Inventory(issues=(issue,))).issues
    assert len(cut.message) < MAX_MESSAGE + 50
    assert cut.message.endswith("(1,000,000 characters)")
    assert (cut.severity, cut.source, cut.path, cut.line) == (issue.severity, "s", "p", 3)
