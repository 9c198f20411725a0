# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""composer.lock: packages, scopes, sources, licences, edges."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import php
from paddock.engine.analyzer.extractors.php.composer_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages
from tests.engine.analyzer.extractors.php.arbitrary import VALUES

WEB = {
    "name": "Acme/Web",
    "version": "v2.1.0",
    "source": {"type": "git", "url": "git@example.org:acme/web.git", "reference": "0123abc"},
    "dist": {"type": "zip", "url": "https://example.org/web.zip", "reference": "0123abc", "shasum": "AB" * 20},
    "require": {"php": ">=8", "ext-json": "*", "acme/base": "^1", "psr/log-implementation": "1.0"},
    "license": ["MIT", "GPL-2.0-only or later"],
    "authors": [{"name": "Zoé", "email": "zoe@example.org"}],
    "description": "For the web",
    "homepage": "https://example.org/web",
}
LOCK = {
    "packages": [
        WEB,
        {"name": "acme/base", "version": "1.0.0", "license": "Apache-2.0"},
        {"name": "acme/log", "version": "1.0.0", "provide": {"psr/log-implementation": "1.0"}},
        {"name": "own/part", "version": "dev-main", "dist": {"type": "path", "url": "./part"}},
    ],
    "packages-dev": [{"name": "acme/test", "version": "9.0.0", "require": {"acme/base": "*", "acme/polyfill": "*"}}],
}
MANIFEST = {
    "name": "own/shop",
    "license": "proprietary",
    "require": {"php": "^8", "acme/web": "^2.0", "own/part": "*"},
    "require-dev": {"acme/test": "9.*"},
    "replace": {"acme/polyfill": "*"},
}
FILES: dict[str, str | bytes] = {
    "composer.lock": json.dumps(LOCK),
    "composer.json": json.dumps(MANIFEST),
    "part/composer.json": json.dumps({"name": "own/part"}),
}


def test_the_project_is_that_of_composer_json_with_scopes_and_what_is_direct() -> None:
    found = inventory(php.EXTRACTORS, FILES)
    assert [project.id for project in found.projects] == ["composer.json", "part/composer.json"]
    used = usages(found, "composer.json")
    web = used["pkg:composer/acme/web@v2.1.0"]
    assert (web.scope, web.direct, web.requirement) == (Scope.RUNTIME, True, "^2.0")
    assert used["pkg:composer/acme/base@1.0.0"].direct is False
    assert used["pkg:composer/acme/test@9.0.0"].scope is Scope.DEV
    assert used["part/composer.json"].direct is True
    assert found.projects[0].declared_licenses == ("proprietary",)
    assert found.issues == ()


def test_facts_of_a_package_are_kept() -> None:
    found = extract(EXTRACTOR, FILES)
    web = next(component for component in found.components if component.purl.name == "web")
    assert web.declared_licenses == ("MIT OR (GPL-2.0-only or later)",)
    assert web.hashes == (Hash("sha1", "ab" * 20),)
    assert web.vcs_url == "git+ssh://git@example.org/acme/web.git@0123abc"
    assert (web.authors, web.download_url) == (("Zoé",), "https://example.org/web.zip")


def test_edges_lead_to_packages_and_to_what_provides_them() -> None:
    assert edges(extract(EXTRACTOR, FILES)) == {
        ("pkg:composer/acme/web@v2.1.0", "pkg:composer/acme/base@1.0.0"),
        ("pkg:composer/acme/web@v2.1.0", "pkg:composer/acme/log@1.0.0"),
        ("pkg:composer/acme/test@9.0.0", "pkg:composer/acme/base@1.0.0"),
    }


def test_without_composer_json_nothing_is_said_about_direct() -> None:
    found = extract(EXTRACTOR, {"composer.lock": json.dumps(LOCK)})
    assert {usage.direct for usage in usages(found, "composer.lock").values()} == {None}
    assert "acme/polyfill" in found.issues[0].message


def test_a_damaged_composer_json_is_an_issue() -> None:
    found = extract(EXTRACTOR, {**FILES, "composer.json": "{"})
    assert "pkg:composer/acme/web@v2.1.0" in refs(found)
    assert found.issues[0].path == "composer.json"


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"composer.lock": "[]"})


@given(VALUES, VALUES)
def test_any_values_give_an_extraction_or_unreadable(lock: Any, manifest: Any) -> None:
    survives(EXTRACTOR, {"composer.lock": json.dumps(lock), "composer.json": json.dumps(manifest)})


@given(VALUES, VALUES)
def test_any_packages_give_an_extraction_or_unreadable(package: Any, required: Any) -> None:
    packages = {"packages": [package, {"name": "a/b", "version": "1", "require": required, "dist": package}]}
    survives(EXTRACTOR, {"composer.lock": json.dumps(packages), "composer.json": json.dumps({"require": required})})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"composer.lock": data})
