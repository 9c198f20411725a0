# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Cargo.toml without a lock file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import rust
from paddock.engine.analyzer.extractors.rust.cargo_toml import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

MANIFEST = """
[package]
name = "app"
version = "0.1.0"
license = "MIT OR Apache-2.0"

[dependencies]
plain = "1.2"
exact = "=1.2.3"
alias = { package = "proper", version = "^2", optional = true }
forked = { git = "ssh://git@example.org/forked", rev = "0123456789abcdef0123456789abcdef01234567" }
branch = { git = "https://example.org/branch", branch = "main" }
near = { path = "../near" }

[build-dependencies]
builder = "1"

[target.'cfg(unix)'.dev-dependencies]
tester = "1"
"""
NEAR = '[package]\nname = "near"\nversion = "0.3.0"\n'


def test_requirements_scopes_and_exact_versions() -> None:
    found = inventory(rust.EXTRACTORS, {"app/Cargo.toml": MANIFEST, "near/Cargo.toml": NEAR})
    used = usages(found, "app/Cargo.toml")
    assert used["pkg:cargo/plain"].requirement == "1.2"
    assert used["pkg:cargo/exact@1.2.3"].scope is Scope.RUNTIME
    assert (used["pkg:cargo/proper"].scope, used["pkg:cargo/builder"].scope) == (Scope.OPTIONAL, Scope.BUILD)
    assert used["pkg:cargo/tester"].scope is Scope.DEV
    assert used["near/Cargo.toml"].direct is True
    assert {usage.direct for usage in used.values()} == {True}
    assert found.projects[0].declared_licenses == ("MIT OR Apache-2.0",)


def test_a_commit_is_kept_and_a_branch_pins_nothing() -> None:
    found = extract(EXTRACTOR, {"app/Cargo.toml": MANIFEST, "near/Cargo.toml": NEAR})
    forked = next(component for component in found.components if component.purl.name == "forked")
    assert forked.vcs_url == "git+ssh://git@example.org/forked@0123456789abcdef0123456789abcdef01234567"
    assert found.issues[0].message.startswith("5 crates have no exact version")


def test_a_manifest_that_only_holds_a_workspace_together_is_no_project() -> None:
    assert extract(EXTRACTOR, {"Cargo.toml": '[workspace]\nmembers = ["a"]\n'}).projects == ()


def test_a_folder_outside_the_tree_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"Cargo.toml": '[package]\nname = "a"\n[dependencies]\nb = { path = "../../b" }\n'})
    assert "../../b" in found.issues[0].message
    assert refs(found) == ["pkg:cargo/b"]


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"Cargo.toml": "<html>"})


TOML = st.sampled_from(
    [
        '"a"',
        '"/"',
        "1",
        "true",
        "[]",
        "{}",
        "{workspace = true}",
        '{git = "x", rev = 1}',
        '{path = "/"}',
        '{a = {package = "/"}}',
    ]
)
KEYS = st.sampled_from(["package", "dependencies", "target", "workspace", "dev-dependencies", "project", '"/"'])


@given(st.dictionaries(KEYS, TOML, max_size=6), st.dictionaries(KEYS, TOML, max_size=4))
def test_any_values_give_an_extraction_or_unreadable(values: dict[str, str], root: dict[str, str]) -> None:
    text, above = ("\n".join(f"{key} = {value}" for key, value in table.items()) for table in (values, root))
    survives(EXTRACTOR, {"a/Cargo.toml": text, "Cargo.toml": above})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"Cargo.toml": data})
