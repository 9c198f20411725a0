# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Cargo.lock: crates, members, checksums, edges, scopes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import rust
from paddock.engine.analyzer.extractors.rust.cargo_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, folder, inventory, refs, survives, usages

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


def test_version_1_keeps_checksums_and_its_own_package_elsewhere() -> None:
    lock = """
    [root]
    name = "app"
    version = "0.1.0"
    dependencies = ["a 1.0.0 (registry+https://example.org/index)"]
    [[package]]
    name = "a"
    version = "1.0.0"
    source = "registry+https://example.org/index"
    [metadata]
    "checksum a 1.0.0 (registry+https://example.org/index)" = "AB12"
    """
    found = extract(EXTRACTOR, {"Cargo.lock": lock})
    assert found.components[0].hashes == (Hash("sha256", "ab12"),)
    assert usages(found, "Cargo.lock#app")["pkg:cargo/a@1.0.0"].direct is True


WORKSPACE: dict[str, str | bytes] = {
    "Cargo.lock": """
    [[package]]
    name = "app"
    version = "0.1.0"
    dependencies = ["core"]
    [[package]]
    name = "core"
    version = "0.2.0"
    dependencies = ["real", "both", "helper"]
    [[package]]
    name = "real"
    version = "1.0.0"
    source = "registry+https://example.org/index"
    [[package]]
    name = "both"
    version = "1.0.0"
    source = "registry+https://example.org/index"
    [[package]]
    name = "helper"
    version = "1.0.0"
    source = "registry+https://example.org/index"
    """,
    "Cargo.toml": """
    [workspace]
    members = ["app"]
    package = { license = "MIT", version = "0.2.0" }
    dependencies = { renamed = { package = "real", version = "^1" } }
    """,
    "app/Cargo.toml": """
    package = { name = "app", version = "0.1.0" }
    dependencies = { core = { path = "../core" } }
    """,
    "core/Cargo.toml": """
    package = { name = "core", version.workspace = true, license.workspace = true }
    dependencies = { renamed = { workspace = true }, both = "1" }
    target = { "cfg(windows)" = { dev-dependencies = { both = "1" } } }
    dev-dependencies = { helper = "1" }
    """,
}


def test_members_found_by_path_inherit_from_their_workspace() -> None:
    found = inventory(rust.EXTRACTORS, WORKSPACE)
    core = next(project for project in found.projects if project.id == "core/Cargo.toml")
    assert (core.version, core.declared_licenses) == ("0.2.0", ("MIT",))
    used = usages(found, core.id)
    assert (used["pkg:cargo/real@1.0.0"].scope, used["pkg:cargo/real@1.0.0"].requirement) == (Scope.RUNTIME, "^1")


def test_the_weightiest_of_several_tables_counts() -> None:
    found = inventory(rust.EXTRACTORS, WORKSPACE)
    assert usages(found, "core/Cargo.toml")["pkg:cargo/both@1.0.0"].scope is Scope.RUNTIME


def test_what_a_member_needs_for_its_own_development_is_not_passed_on() -> None:
    found = inventory(rust.EXTRACTORS, WORKSPACE)
    assert usages(found, "core/Cargo.toml")["pkg:cargo/helper@1.0.0"].scope is Scope.DEV
    assert "pkg:cargo/helper@1.0.0" not in usages(found, "app/Cargo.toml")
    assert usages(found, "app/Cargo.toml")["pkg:cargo/real@1.0.0"].direct is False


def test_a_damaged_manifest_does_not_hide_the_lock_file() -> None:
    files = {**WORKSPACE, "Cargo.toml": "<html>"}
    assert "pkg:cargo/real@1.0.0" in refs(extract(EXTRACTOR, files, "Cargo.lock"))


def test_an_empty_file_has_no_packages() -> None:
    assert refs(extract(EXTRACTOR, {"Cargo.lock": ""})) == []


def test_what_is_not_toml_is_refused_with_a_line() -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"Cargo.lock": "version = 3\n<html>"})
    assert caught.value.line == 2


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"Cargo.lock": data})


TOML = st.sampled_from(
    ['"a"', '"/"', '"a 1 (git+x#y)"', "1", "true", "[]", "{}", '["a"]', "[{}]", '{name = "a"}', '{path = ".."}']
)
KEYS = st.sampled_from(
    ["name", "version", "source", "dependencies", "checksum", "workspace", "members", "package", "root"]
)


@given(
    st.lists(st.dictionaries(KEYS, TOML, max_size=5), max_size=4),
    st.dictionaries(KEYS | st.sampled_from(["target", "dev-dependencies", "license"]), TOML, max_size=6),
)
def test_any_values_give_an_extraction_or_unreadable(packages: list[dict[str, str]], manifest: dict[str, str]) -> None:
    tables = ["[[package]]\n" + "\n".join(f"{key} = {value}" for key, value in table.items()) for table in packages]
    stated = "\n".join(f"{key} = {value}" for key, value in manifest.items())
    survives(EXTRACTOR, {"Cargo.lock": "\n".join(tables), "Cargo.toml": stated})
