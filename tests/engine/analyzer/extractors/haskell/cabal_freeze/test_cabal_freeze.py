# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""cabal.project.freeze: versions, and what the package descriptions say is direct."""

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.haskell.cabal_freeze import EXTRACTOR
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

FREEZE = """active-repositories: example:merge
constraints: any.HOil ==1.4.0,
             -- a comment
             any.paint ==2.0,
             paint -shiny +dry,
             check ==3.1.0.2,
             any.setup-tool ==1,
             any.deep ==0.1
index-state: example 2024-01-01T00:00:00Z
"""
CABAL = """cabal-version: 2.4
name:          workshop
version:       0.3
license:       MIT

flag fast
  description: build-depends: nothing

library
  build-depends:
    , HOil   >=1.4 && <2
    , workshop:internal

custom-setup
  setup-depends: setup-tool ==1

test-suite all
  build-depends: base, HOil, check ^>=3.1
"""


def test_constraints_give_versions_with_their_lines() -> None:
    found = extract(EXTRACTOR, {"cabal.project.freeze": FREEZE})
    assert {component.ref: component.locations[0].line for component in found.components} == {
        "pkg:hackage/HOil@1.4.0": 2,
        "pkg:hackage/paint@2.0": 4,
        "pkg:hackage/check@3.1.0.2": 6,
        "pkg:hackage/setup-tool@1": 7,
        "pkg:hackage/deep@0.1": 8,
    }
    assert all(usage.direct is None for usage in usages(found, "cabal.project.freeze").values())
    assert found.issues == ()


def test_the_description_beside_it_tells_direct_scope_and_requirement() -> None:
    found = extract(EXTRACTOR, {"cabal.project.freeze": FREEZE, "workshop.cabal": CABAL})
    (project,) = found.projects
    assert (project.id, project.name, project.version, project.declared_licenses) == (
        "workshop.cabal",
        "workshop",
        "0.3",
        ("MIT",),
    )
    used = usages(found, "workshop.cabal")
    oil = used["pkg:hackage/HOil@1.4.0"]
    assert (oil.direct, oil.scope, oil.requirement) == (True, Scope.RUNTIME, ">=1.4 && <2")
    assert used["pkg:hackage/check@3.1.0.2"].scope is Scope.TEST
    assert used["pkg:hackage/setup-tool@1"].scope is Scope.BUILD
    assert used["pkg:hackage/deep@0.1"].direct is False


def test_several_packages_are_several_projects() -> None:
    files: dict[str, str | bytes] = {
        "cabal.project.freeze": FREEZE,
        "cabal.project": "packages: ./one\n          two/two.cabal\n-- packages: no\n",
        "one/one.cabal": "name: one\nlibrary\n  build-depends: HOil",
        "two/two.cabal": "name: two\nexecutable x\n  build-depends: paint ==2.*",
    }
    found = extract(EXTRACTOR, files)
    assert [project.id for project in found.projects] == ["cabal.project.freeze", "one/one.cabal", "two/two.cabal"]
    assert list(usages(found, "one/one.cabal")) == ["pkg:hackage/HOil@1.4.0"]
    assert list(usages(found, "two/two.cabal")) == ["pkg:hackage/paint@2.0"]
    shared = usages(found, "cabal.project.freeze")
    assert (shared["pkg:hackage/deep@0.1"].direct, shared["pkg:hackage/HOil@1.4.0"].direct) == (False, None)


def test_a_range_gives_no_version_and_an_issue() -> None:
    found = extract(EXTRACTOR, {"cabal.project.freeze": "constraints: a >=1 && <2, ?!\n"})
    assert refs(found) == ["pkg:hackage/a"]
    assert [issue.line for issue in found.issues] == [1, 1]


def test_lines_outside_of_the_field_are_not_read() -> None:
    assert refs(extract(EXTRACTOR, {"cabal.project.freeze": "constraints:\nany.a ==1\n"})) == []


@given(st.binary(max_size=200), st.binary(max_size=100))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes, other: bytes) -> None:
    survives(EXTRACTOR, {"cabal.project.freeze": data})
    survives(EXTRACTOR, {"cabal.project.freeze": FREEZE, "x.cabal": data, "cabal.project": b"packages: " + other})


@given(st.text(alphabet="abny.-=0123,:+ \n\tsetup", max_size=80))
def test_any_constraints_give_an_extraction(text: str) -> None:
    survives(EXTRACTOR, {"cabal.project.freeze": f"constraints: {text}", "x.cabal": f"name: {text}\nlibrary\n {text}"})
