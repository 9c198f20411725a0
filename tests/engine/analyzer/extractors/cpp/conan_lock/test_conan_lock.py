# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""conan.lock: the graph of Conan 1, the lists of Conan 2, and what the conanfile beside it adds."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import cpp
from paddock.engine.analyzer.extractors.cpp.conan_lock import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages

REVISION = "ab" * 16

GRAPH = {
    "graph_lock": {
        "nodes": {
            "0": {"ref": "engine/3.1", "path": "conanfile.py", "requires": ["1"], "build_requires": ["3"]},
            "1": {
                "ref": f"paint/2.0@shop/stable#{REVISION}",
                "package_id": "cd" * 20,
                "prev": "ef" * 16,
                "requires": ["2"],
            },
            "2": {"ref": "oil/1.4", "prev": "0", "build_requires": ["4"]},
            "3": {"ref": "brush/0.9", "context": "build"},
            "4": {"ref": "press/7"},
        }
    },
    "version": "0.4",
}


def test_the_graph_gives_versions_edges_and_scopes() -> None:
    found = extract(EXTRACTOR, {"conan.lock": json.dumps(GRAPH)})
    paint = "pkg:conan/paint@2.0?channel=stable&user=shop"
    assert refs(found) == [
        "pkg:conan/brush@0.9",
        "pkg:conan/oil@1.4",
        paint,
        "pkg:conan/press@7",
    ]
    assert edges(found) == {(paint, "pkg:conan/oil@1.4"), ("pkg:conan/oil@1.4", "pkg:conan/press@7")}
    used = usages(found, "conan.lock")
    assert (used[paint].scope, used[paint].direct) == (Scope.RUNTIME, True)
    assert (used["pkg:conan/oil@1.4"].scope, used["pkg:conan/oil@1.4"].direct) == (Scope.RUNTIME, False)
    assert (used["pkg:conan/brush@0.9"].scope, used["pkg:conan/brush@0.9"].direct) == (Scope.BUILD, True)
    assert (used["pkg:conan/press@7"].scope, used["pkg:conan/press@7"].direct) == (Scope.BUILD, False)
    assert (found.projects[0].name, found.projects[0].version) == ("engine", "3.1")
    assert found.issues == ()


def test_a_tool_of_a_library_stays_a_build_tool_in_the_inventory() -> None:
    found = inventory(cpp.EXTRACTORS, {"conan.lock": json.dumps(GRAPH)})
    assert usages(found, "conan.lock")["pkg:conan/press@7"].scope is Scope.BUILD


def test_revisions_are_properties_and_zero_is_none() -> None:
    found = {
        component.purl.name: component for component in extract(EXTRACTOR, {"conan.lock": json.dumps(GRAPH)}).components
    }
    assert dict(found["paint"].properties) == {
        "conan:rrev": REVISION,
        "conan:package_id": "cd" * 20,
        "conan:prev": "ef" * 16,
    }
    assert found["oil"].properties == ()


@pytest.mark.parametrize("requires", [{"oil/1.4#aa": "x"}, ["x"]])
def test_graphs_before_version_0_4_name_packages_by_pref(requires: object) -> None:
    nodes = {
        "r": {"pref": "engine/3.1:1234", "path": "/home/someone/conanfile.py", "requires": requires},
        "x": {"pref": "oil/1.4#aa:5678#bb"},
    }
    found = extract(EXTRACTOR, {"conan.lock": json.dumps({"graph_lock": {"nodes": nodes}, "version": "0.2"})})
    assert refs(found) == ["pkg:conan/oil@1.4"]
    assert dict(found.components[0].properties) == {"conan:package_id": "5678", "conan:prev": "bb", "conan:rrev": "aa"}
    assert usages(found, "conan.lock")["pkg:conan/oil@1.4"].direct is True


def test_a_graph_without_consumer_asks_for_what_nothing_requires() -> None:
    nodes = {"1": {"ref": "a/1", "requires": ["2"]}, "2": {"ref": "b/1"}}
    found = usages(extract(EXTRACTOR, {"conan.lock": json.dumps({"graph_lock": {"nodes": nodes}})}), "conan.lock")
    assert (found["pkg:conan/a@1"].direct, found["pkg:conan/b@1"].direct) == (True, False)
    assert found["pkg:conan/b@1"].scope is Scope.RUNTIME


def test_a_node_that_is_not_there_is_an_issue() -> None:
    nodes = {"0": {"path": ""}, "1": {"ref": "a/1", "requires": ["9"]}}
    found = extract(EXTRACTOR, {"conan.lock": json.dumps({"graph_lock": {"nodes": nodes}})})
    assert "node 9" in found.issues[0].message


LISTS = {
    "version": "0.5",
    "requires": ["oil/1.4#aa%1667396813.7", "paint/2.0@shop/stable#bb%1", "check/3#cc%1"],
    "build_requires": ["brush/0.9#dd%1"],
    "python_requires": ["helper/1.0#ee%1"],
}


def test_lists_of_conan_2_with_the_conanfile_that_says_what_is_direct() -> None:
    manifest = "[requires]\npaint/[>=2]@shop/stable\n[test_requires]\ncheck/3\n[tool_requires]\nbrush/0.9\n"
    found = inventory(cpp.EXTRACTORS, {"conan.lock": json.dumps(LISTS), "conanfile.txt": manifest})
    (project,) = found.projects
    assert (project.id, project.origin) == ("conanfile.txt", Origin.LOCKED)
    used = usages(found, "conanfile.txt")
    paint = used["pkg:conan/paint@2.0?channel=stable&user=shop"]
    assert (paint.direct, paint.requirement, paint.scope) == (True, ">=2", Scope.RUNTIME)
    assert used["pkg:conan/check@3"].scope is Scope.TEST
    assert (used["pkg:conan/brush@0.9"].scope, used["pkg:conan/brush@0.9"].direct) == (Scope.BUILD, True)
    assert used["pkg:conan/oil@1.4"].direct is False
    assert used["pkg:conan/helper@1.0"].scope is Scope.BUILD
    assert "pkg:conan/paint?channel=stable&user=shop" not in refs(found)
    assert found.issues == ()


def test_a_recipe_that_computes_leaves_open_what_is_direct() -> None:
    calls = "self.requires('paint/2.0@shop/stable'); self.requires(x)"
    recipe = f"class P(ConanFile):\n  def requirements(self):\n    {calls}\n"
    found = inventory(cpp.EXTRACTORS, {"conan.lock": json.dumps(LISTS), "conanfile.py": recipe})
    used = usages(found, "conanfile.py")
    assert used["pkg:conan/paint@2.0?channel=stable&user=shop"].direct is True
    assert used["pkg:conan/oil@1.4"].direct is None


def test_a_reference_without_a_name_is_an_issue_not_a_package() -> None:
    found = extract(EXTRACTOR, {"conan.lock": json.dumps({"requires": ["1.2.3#aa%1", "a/1#bb"]})})
    assert refs(found) == ["pkg:conan/a@1"]
    assert "1.2.3" in found.issues[0].message


@pytest.mark.parametrize("text", ["{}", "[]", '"x"', "{"])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"conan.lock": text})


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["a/1", "0", "b/[>1]#r"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.sampled_from(["requires", "0"]), inner)
    ),
    max_leaves=8,
)
FIELDS = ("ref", "pref", "path", "requires", "build_requires", "python_requires", "context")
NODES = st.dictionaries(
    st.sampled_from(["0", "1", "2"]),
    VALUES
    | st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("ref", "pref", "path", "requires", "build_requires", "python_requires", "context"), VALUES
        ),
    ),
)


@given(VALUES | NODES, VALUES)
def test_any_structure_gives_an_extraction_or_unreadable(nodes: object, entries: object) -> None:
    survives(EXTRACTOR, {"conan.lock": json.dumps({"graph_lock": {"nodes": nodes}})})
    survives(EXTRACTOR, {"conan.lock": json.dumps({"requires": entries, "build_requires": nodes})})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"conan.lock": data})
    survives(EXTRACTOR, {"conan.lock": json.dumps(LISTS), "conanfile.py": data, "conanfile.txt": data})
