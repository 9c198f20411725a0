# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""poetry.lock: scopes by the manifest, by category and by groups; extras; sources; edges."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import python
from paddock.engine.analyzer.extractors.python.poetry_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, folder, inventory, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables, toml

DATA = Path(__file__).parent / "data"
APP = folder(DATA)


def test_scopes_follow_from_the_manifest_and_the_extras_it_asks_for() -> None:
    found = inventory(python.EXTRACTORS, APP)
    project = next(project for project in found.projects if project.name == "app")
    assert (project.id, project.origin, project.name, project.version) == (
        "app/pyproject.toml",
        Origin.LOCKED,
        "app",
        "1.2.3",
    )
    assert project.declared_licenses == ("MIT",)
    used = {ref.removeprefix("pkg:pypi/"): usage for ref, usage in usages(found, "app/pyproject.toml").items()}
    assert (used["web@1.4"].scope, used["web@1.4"].direct, used["web@1.4"].requirement) == (Scope.RUNTIME, True, "^1.0")
    assert (used["loop@0.17"].scope, used["loop@0.17"].direct) == (Scope.RUNTIME, False)
    assert used["plug@1.5"].scope is Scope.TEST  # the extra that would make it a runtime need is not asked for
    assert used["checker@7.1"].scope is Scope.TEST
    assert used["tidy@2.0"].scope is Scope.DEV
    assert used["cache@5.0"].scope is Scope.OPTIONAL
    assert [issue.severity for issue in found.issues] == [Severity.HINT]
    assert "poetry-core" in found.issues[0].message


def test_a_folder_is_a_project_with_edges_of_its_own() -> None:
    found = extract(EXTRACTOR, {**APP, "lib/pyproject.toml": "[project]\nname='lib'\n"}, "app/poetry.lock")
    forked = next(component.ref for component in found.components if component.purl.name == "forked")
    assert ("lib/pyproject.toml", forked) in edges(found)
    assert usages(found, "app/pyproject.toml")["lib/pyproject.toml"].direct is True
    assert not any(component.purl.name == "lib" for component in found.components)
    assert usages(found, "lib/pyproject.toml")[forked].direct is True


def test_hashes_and_repositories() -> None:
    found = {c.purl.name: c for c in extract(EXTRACTOR, APP, "app/poetry.lock").components}
    assert found["loop"].hashes == (Hash("sha256", "ab" * 32),)
    assert found["forked"].vcs_url == "git+https://example.org/forked.git@0123abc"
    assert found["cache"].description == "Keeps things"


def test_without_a_manifest_direct_is_not_told_and_the_file_gives_scopes() -> None:
    lock = """
    [[package]]
    name = "a"
    version = "1"
    category = "main"
    optional = false
    [package.dependencies]
    B = {version = "*", optional = true}
    [package.extras]
    x = ["B (>=1)"]
    [[package]]
    name = "b"
    version = "1"
    category = "main"
    optional = true
    [[package]]
    name = "c"
    version = "1"
    category = "dev"
    [[package]]
    name = "d"
    version = "1"
    groups = ["dev", "main"]
    [[package]]
    name = "e"
    version = "1"
    groups = ["testing"]
    [metadata.files]
    a = [{file = "a.whl", hash = "sha256:%s"}]
    """ % ("cd" * 32)
    found = extract(EXTRACTOR, {"poetry.lock": lock})
    used = usages(found, "poetry.lock")
    scopes = [used[f"pkg:pypi/{name}@1"].scope for name in "abcde"]
    assert scopes == [Scope.RUNTIME, Scope.OPTIONAL, Scope.DEV, Scope.RUNTIME, Scope.TEST]
    assert {usage.direct for usage in used.values()} == {None}
    assert edges(found) == {("pkg:pypi/a@1", "pkg:pypi/b@1")}
    assert found.components[0].hashes == (Hash("sha256", "cd" * 32),)


def test_versions_for_different_platforms_are_all_there() -> None:
    versions = "".join(f'[[package]]\nname="p"\nversion="{version}"\n' for version in "12")
    lock = f'{versions}[[package]]\nname="q"\nversion="1"\ndependencies={{p="2"}}'
    found = extract(EXTRACTOR, {"poetry.lock": lock})
    assert refs(found) == ["pkg:pypi/p@1", "pkg:pypi/p@2", "pkg:pypi/q@1"]
    assert ("pkg:pypi/q@1", "pkg:pypi/p@2") in edges(found)


def test_a_broken_manifest_is_left_to_its_own_extractor() -> None:
    found = extract(EXTRACTOR, {"poetry.lock": '[[package]]\nname="a"\nversion="1"', "pyproject.toml": "<html>"})
    assert (found.covers, usages(found, "poetry.lock")["pkg:pypi/a@1"].direct) == (frozenset(), None)


def test_what_is_not_toml_is_refused_with_a_line() -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"poetry.lock": "# poetry\n<html>"})
    assert caught.value.line == 2


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"poetry.lock": data})


PACKAGE = tables(
    "name", "version", "category", "groups", "optional", "files", "dependencies", "extras", "source", "description"
)
NAMED = PACKAGE.map(lambda package: {**package, "name": "a", "version": "1"})
POETRY = tables("name", "version", "license", "dependencies", "group", "dev-dependencies")


@given(tables("package", "metadata", value=st.lists(NAMED | PACKAGE | VALUES, max_size=3) | VALUES), POETRY)
def test_any_values_give_an_extraction(document: dict[str, object], poetry: dict[str, object]) -> None:
    survives(EXTRACTOR, {"poetry.lock": toml(document), "pyproject.toml": toml({"tool": {"poetry": poetry}})})
