# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Cargo.lock: crates, members, checksums, edges, scopes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.analyzer.extractors.extraction import edges, extract, folder, inventory, refs, survives, usages

from paddock.engine.analyzer.extractors import rust
from paddock.engine.analyzer.extractors.rust.cargo_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope

DATA = Path(__file__).parent / "data"


def test_a_workspace_gives_one_project_a_member_with_its_own_scopes() -> None:
    found = inventory(rust.EXTRACTORS, folder(DATA / "workspace"))
    assert [project.id for project in found.projects] == ["app/Cargo.toml", "lib/Cargo.toml"]
    app = usages(found, "app/Cargo.toml")
    assert app["lib/Cargo.toml"].direct is True
    assert (app["pkg:cargo/itoa@1.0.9"].scope, app["pkg:cargo/itoa@1.0.9"].direct) == (Scope.RUNTIME, False)
    assert app["pkg:cargo/tempfile@3.8.0"].scope is Scope.DEV
    lib = usages(found, "lib/Cargo.toml")
    assert lib["pkg:cargo/itoa@1.0.9"].direct is True
    assert lib["pkg:cargo/itoa@1.0.9"].requirement == "1"
    assert "pkg:cargo/tempfile@3.8.0" not in lib
    assert found.issues == ()


def test_checksums_and_edges_are_read() -> None:
    found = extract(EXTRACTOR, folder(DATA / "workspace"), "Cargo.lock")
    tempfile = next(component for component in found.components if component.purl.name == "tempfile")
    assert tempfile.hashes == (Hash("sha256", "ab" * 32),)
    assert ("pkg:cargo/tempfile@3.8.0", "pkg:cargo/cfg-if@1.0.0") in edges(found)


def test_git_sources_keep_the_revision() -> None:
    lock = """
    [[package]]
    name = "forked"
    version = "0.2.0"
    source = "git+https://example.org/forked?branch=main#0123abc"
    """
    found = extract(EXTRACTOR, {"Cargo.lock": lock})
    assert found.components[0].vcs_url == "git+https://example.org/forked@0123abc"
    assert usages(found, "Cargo.lock")[refs(found)[0]].direct is None


def test_two_versions_of_one_crate_are_told_apart() -> None:
    lock = """
    [[package]]
    name = "a"
    version = "1.0.0"
    source = "registry+https://example.org/index"
    dependencies = ["b 2.0.0"]
    [[package]]
    name = "b"
    version = "1.0.0"
    source = "registry+https://example.org/index"
    [[package]]
    name = "b"
    version = "2.0.0"
    source = "registry+https://example.org/index"
    """
    assert edges(extract(EXTRACTOR, {"Cargo.lock": lock})) == {("pkg:cargo/a@1.0.0", "pkg:cargo/b@2.0.0")}


def test_a_dependency_that_is_not_there_is_an_issue_not_a_guess() -> None:
    lock = """
    [[package]]
    name = "a"
    version = "1.0.0"
    source = "registry+https://example.org/index"
    dependencies = ["gone"]
    """
    found = extract(EXTRACTOR, {"Cargo.lock": lock})
    assert "gone" in found.issues[0].message


def test_an_empty_file_has_no_packages() -> None:
    assert refs(extract(EXTRACTOR, {"Cargo.lock": ""})) == []


def test_what_is_not_toml_is_refused_with_a_line() -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"Cargo.lock": "version = 3\n<html>"})
    assert caught.value.line == 2


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"Cargo.lock": data})
