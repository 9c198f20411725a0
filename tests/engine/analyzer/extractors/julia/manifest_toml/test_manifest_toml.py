# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Manifest.toml: both formats, the standard library, paths, ambiguous names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import julia
from paddock.engine.analyzer.extractors.julia.manifest_toml import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables, toml

A, B, C, D = (f"{digit * 8}-0000-0000-0000-000000000000" for digit in "abcd")
MANIFEST = f"""
julia_version = "1.9.0"
manifest_format = "2.0"
[[deps.Alpha]]
deps = ["Beta", "Dates"]
git-tree-sha1 = "0123"
uuid = "{A}"
version = "1.0.0"
[[deps.Beta]]
repo-rev = "main"
repo-url = "https://example.org/Beta.jl"
git-tree-sha1 = "4567"
uuid = "{B}"
version = "2.0.0"
[[deps.Dates]]
uuid = "{C}"
[[deps.Local]]
deps = ["Alpha"]
path = "lib/Local"
uuid = "{D}"
version = "0.1.0"
"""
PROJECT = f'name = "Demo"\nversion = "3"\nuuid = "{C[:-1]}1"\n[deps]\nAlpha = "{A}"\n[compat]\nAlpha = "1"\n'
ALPHA, BETA = f"pkg:julia/Alpha@1.0.0?uuid={A}", f"pkg:julia/Beta@2.0.0?uuid={B}"


def test_packages_edges_and_the_standard_library() -> None:
    found = extract(EXTRACTOR, {"Manifest.toml": MANIFEST})
    assert refs(found) == [ALPHA, BETA]
    assert (ALPHA, BETA) in edges(found)
    assert found.components[1].vcs_url == "git+https://example.org/Beta.jl@main"
    assert found.components[0].properties == (("julia:git-tree-sha1", "0123"),)
    assert [(issue.severity, issue.message) for issue in found.issues] == [
        (Severity.HINT, "1 packages of the standard library come with Julia 1.9.0")
    ]
    assert usages(found, "Manifest.toml")[ALPHA].direct is None


def test_the_project_file_says_what_is_direct() -> None:
    files: dict[str, str | bytes] = {"Manifest.toml": MANIFEST, "Project.toml": PROJECT, "lib/Local/Project.toml": ""}
    found = inventory(julia.EXTRACTORS, files)
    project = next(project for project in found.projects if project.id == "Project.toml")
    assert (project.name, project.origin) == ("Demo", Origin.LOCKED)
    used = usages(found, "Project.toml")
    assert (used[ALPHA].direct, used[ALPHA].requirement, used[ALPHA].scope) == (True, "1", Scope.RUNTIME)
    assert used[BETA].direct is False
    assert "lib/Local/Project.toml" in used
    assert ("lib/Local/Project.toml", ALPHA) in edges(found)


def test_environments_of_tests_are_for_tests() -> None:
    found = extract(EXTRACTOR, {"test/Manifest.toml": MANIFEST, "test/Project.toml": PROJECT}, "test/Manifest.toml")
    assert usages(found, "test/Project.toml")[BETA].scope is Scope.TEST


def test_format_1_and_names_that_two_packages_have() -> None:
    manifest = f"""
    [[Twin]]
    uuid = "{A}"
    version = "1"
    [[Twin]]
    uuid = "{B}"
    version = "2"
    [[User]]
    uuid = "{C}"
    version = "3"
        [User.deps]
        Twin = "{B}"
    """
    assert edges(extract(EXTRACTOR, {"Manifest.toml": manifest})) == {
        (f"pkg:julia/User@3?uuid={C}", f"pkg:julia/Twin@2?uuid={B}")
    }


def test_entries_without_a_uuid_are_told() -> None:
    found = extract(EXTRACTOR, {"Manifest.toml": 'manifest_format = "2.0"\n[[deps.X]]\nversion = "1"\n'})
    assert (refs(found), "'X'" in found.issues[0].message) == ([], True)


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"Manifest.toml": "<"})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"Manifest.toml": data})


ENTRY = tables("version", "deps", "path", "git-tree-sha1", "repo-url", "repo-rev", "uuid")
NAMED = ENTRY.map(lambda entry: {**entry, "uuid": A})


@given(
    st.dictionaries(
        st.sampled_from(["A", "B", "."]), st.lists(ENTRY | NAMED | VALUES, max_size=3) | VALUES, max_size=3
    ),
    VALUES,
)
def test_any_values_give_an_extraction(packages: dict[str, object], value: object) -> None:
    project = toml({"deps": value, "name": value})
    survives(EXTRACTOR, {"Manifest.toml": toml(packages), "Project.toml": project})
    document = {"manifest_format": "2.0", "deps": packages, "julia_version": value}
    survives(EXTRACTOR, {"Manifest.toml": toml(document), "Project.toml": project})
