# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Crates that were copied into the tree, and cargo's cache of unpacked ones."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import rust
from paddock.engine.analyzer.extractors.rust.vendored import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES

DIGEST = "0A" * 32
CRATE = '[package]\nname = "near"\nversion = "1.2.3"\nlicense = "MIT OR Apache-2.0"\n[dependencies]\nfar = "1"\n'
FILES: dict[str, str | bytes] = {
    "vendor/near/.cargo-checksum.json": json.dumps({"files": {"Cargo.toml": "00"}, "package": DIGEST}),
    "vendor/near/Cargo.toml": CRATE,
    "vendor/near/LICENSE-MIT": "text",
    "vendor/near/src/lib.rs": "",
}
LOCK = """
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["near"]

[[package]]
name = "near"
version = "1.2.3"
source = "registry+https://example.org/index"
"""


def test_licence_digest_and_licence_files() -> None:
    (component,) = extract(EXTRACTOR, FILES).components
    assert component.ref == "pkg:cargo/near@1.2.3"
    assert component.declared_licenses == ("MIT OR Apache-2.0",)
    assert component.hashes == (Hash("sha256", DIGEST.lower()),)
    assert component.license_files == ("vendor/near/LICENSE-MIT",)


def test_with_a_lock_file_above_the_lock_file_says_who_needs_it() -> None:
    found = inventory(
        rust.EXTRACTORS,
        {
            **FILES,
            "Cargo.lock": LOCK,
            "Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\n[dependencies]\nnear = "1"\n',
        },
    )
    assert [project.id for project in found.projects] == ["Cargo.toml"]
    assert refs(found) == ["pkg:cargo/near@1.2.3"]
    assert found.components[0].declared_licenses == ("MIT OR Apache-2.0",)


def test_without_one_the_folder_is_a_project() -> None:
    found = inventory(rust.EXTRACTORS, FILES)
    assert [(project.id, project.origin) for project in found.projects] == [("vendor", Origin.INSTALLED)]
    assert set(usages(found, "vendor")) == {"pkg:cargo/near@1.2.3"}


def test_cargos_cache_of_unpacked_crates() -> None:
    found = inventory(
        rust.EXTRACTORS,
        {"registry/src/index/near-1.2.3/.cargo-ok": '{"v":1}', "registry/src/index/near-1.2.3/Cargo.toml": CRATE},
    )
    assert refs(found) == ["pkg:cargo/near@1.2.3"]
    assert found.components[0].hashes == ()


def test_a_mark_without_a_manifest_says_nothing_and_one_without_identity_is_an_issue() -> None:
    assert extract(EXTRACTOR, {"vendor/x/.cargo-checksum.json": "{}"}).components == ()
    with pytest.raises(Unreadable, match="names no crate"):
        extract(EXTRACTOR, {"vendor/x/.cargo-checksum.json": "{}", "vendor/x/Cargo.toml": "[package]\n"})


@given(st.one_of(st.binary(max_size=200), VALUES.map(lambda value: json.dumps({"package": value}).encode())))
def test_any_mark_ends_well(data: bytes) -> None:
    survives(EXTRACTOR, {"v/x/.cargo-checksum.json": data, "v/x/Cargo.toml": CRATE})


@given(st.binary(max_size=200))
def test_any_manifest_ends_well(data: bytes) -> None:
    survives(EXTRACTOR, {"v/x/.cargo-checksum.json": "{}", "v/x/Cargo.toml": data})
