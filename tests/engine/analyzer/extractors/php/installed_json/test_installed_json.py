# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""vendor/composer/installed.json, both versions."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import php
from paddock.engine.analyzer.extractors.php.installed_json import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages
from tests.engine.analyzer.extractors.php.arbitrary import VALUES

PATH = "web/vendor/composer/installed.json"
PACKAGES = [
    {"name": "acme/web", "version": "2.1.0", "require": {"acme/base": "^1"}, "license": ["MIT"]},
    {"name": "acme/base", "version": "1.0.0"},
    {"name": "acme/test", "version": "9.0.0"},
]


def test_version_2_names_the_packages_for_development() -> None:
    document = {"packages": PACKAGES, "dev": True, "dev-package-names": ["acme/test"]}
    files: dict[str, str | bytes] = {
        PATH: json.dumps(document),
        "web/composer.json": json.dumps({"name": "own/shop", "require": {"acme/web": "*"}}),
    }
    found = inventory(php.EXTRACTORS, files)
    assert [(project.id, project.origin) for project in found.projects] == [("web/composer.json", Origin.INSTALLED)]
    used = usages(found, "web/composer.json")
    assert used["pkg:composer/acme/test@9.0.0"].scope is Scope.DEV
    assert (used["pkg:composer/acme/web@2.1.0"].scope, used["pkg:composer/acme/web@2.1.0"].direct) == (
        Scope.RUNTIME,
        True,
    )
    assert used["pkg:composer/acme/base@1.0.0"].direct is False
    assert edges(found) == {("pkg:composer/acme/web@2.1.0", "pkg:composer/acme/base@1.0.0")}


def test_version_1_is_a_list_without_scopes() -> None:
    found = extract(EXTRACTOR, {PATH: json.dumps(PACKAGES)})
    assert len(refs(found)) == 3
    assert {usage.scope for usage in usages(found, PATH).values()} == {Scope.UNKNOWN}


def test_what_is_neither_list_nor_object_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {PATH: '"text"'})


@given(VALUES)
def test_any_values_give_an_extraction_or_unreadable(value: Any) -> None:
    survives(EXTRACTOR, {PATH: json.dumps(value)})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {PATH: data})
