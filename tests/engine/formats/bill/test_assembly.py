# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From statements to an inventory, where no single format shows it best."""

import pytest

from paddock.engine.formats.bill import assembly
from paddock.engine.formats.bill.assembly import inventory_of
from paddock.engine.formats.bill.remainder import MARK, pack, unpack
from paddock.engine.formats.bill.statements import Bill, Bond, Entry, Relation
from paddock.engine.formats.bill.writing import LicenseTexts, stated_usages, targets_of
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Severity


def bill(entries: list[Entry], relations: list[Relation], described: list[str], name: str = "doc") -> Bill:
    return Bill(
        source="test", name=name, entries=entries, relations=relations, described=described, others=set(), issues=[]
    )


def entries(*keys: str) -> list[Entry]:
    return [Entry(key=key, name=key, purls=(f"pkg:npm/{key}@1",)) for key in keys]


def test_ids_of_projects_are_unique_and_never_those_of_components() -> None:
    found = inventory_of(
        bill(
            [
                Entry(key="one", name="app"),
                Entry(key="two", name="app"),
                Entry(key="three", name="pkg:npm/a@1"),
                *entries("a"),
            ],
            [Relation(key, "a", Bond.DEPENDS) for key in ("one", "two", "three")],
            ["one", "two", "three"],
            name="app",
        )
    )
    assert [project.id for project in found.projects] == ["app", "three", "two"]


def test_a_graph_too_large_to_spell_out_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembly, "_MOST_USAGES", 3)
    keys = ["p", "q", "r", "a", "b", "c"]
    relations = [Relation(key, "a", Bond.DEPENDS, Scope.RUNTIME) for key in "pqr"]
    relations += [Relation("a", "b", Bond.DEPENDS), Relation("b", "c", Bond.DEPENDS)]
    found = inventory_of(bill(entries(*keys), relations, ["p", "q", "r"]))
    assert [len(project.usages) for project in found.projects] == [3, 1, 1]
    assert found.issues[0].severity is Severity.ERROR
    assert "for 2 of its projects" in found.issues[0].message


def test_circles_end() -> None:
    relations = [Relation("p", "a", Bond.DEPENDS), Relation("a", "b", Bond.CONTAINS), Relation("b", "p", Bond.DEPENDS)]
    found = inventory_of(bill(entries("p", "a", "b"), relations, ["p"]))
    assert [usage.ref for usage in found.projects[0].usages] == ["pkg:npm/a@1", "pkg:npm/b@1"]


def test_remarks_are_plain_and_damaged_ones_are_none() -> None:
    remark = pack({"a": "<text>ü\u2028\udce4</text>"})
    assert remark.isascii()
    assert not set("<>&\n") & set(remark)
    assert unpack(remark) == {"a": "<text>ü\u2028\udce4</text>"}
    for other in ("", "text", MARK, f"{MARK}[1]", f"{MARK}{{", MARK + "[" * 100_000):
        assert unpack(other) is None


def test_only_what_no_edge_leads_to_is_stated() -> None:
    usages = (
        Usage("a", Scope.RUNTIME, True),
        Usage("b", Scope.RUNTIME, False),
        Usage("c", Scope.DEV, None),
        Usage("d", Scope.DEV, False),
        Usage("x", Scope.TEST, False),
        Usage("y", Scope.TEST, False),
    )
    project = Project(id="p", origin=Origin.LOCKED, usages=usages)
    edges = [Edge("a", "b"), Edge("c", "d"), Edge("x", "y"), Edge("y", "x"), Edge("z", "b")]
    assert [usage.ref for usage in stated_usages(project, targets_of(edges))] == ["a", "c", "x"]


def test_two_licences_of_one_name_get_two_names() -> None:
    texts = LicenseTexts()
    first = texts.expression("LicenseRef-1 OR MIT", {"LicenseRef-1 text": "One."})
    second = texts.expression("LicenseRef-1 OR LicenseRef-12", {"LicenseRef-1 text": "Two."})
    assert first == "LicenseRef-1 OR MIT"
    assert second.startswith("LicenseRef-1-")
    assert second.endswith(" OR LicenseRef-12")
    assert {text for _, text in texts.defined.values()} == {"One.", "Two.", "The text is not known."}


def test_nothing_at_all_is_a_project_without_needs() -> None:
    assert inventory_of(bill([], [], [])) == Inventory(
        name="doc", projects=(Project(id="doc", origin=Origin.DESCRIBED, name="doc"),)
    )
