# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""composer.json without a lock file."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.php.composer_json import EXTRACTOR
from paddock.engine.analyzer.extractors.php.package import pinned_version
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, survives, usages
from tests.engine.analyzer.extractors.php.arbitrary import VALUES


def test_requirements_without_versions_and_one_warning() -> None:
    manifest = {
        "name": "own/shop",
        "version": "1.0.0",
        "require": {"php": ">=8.1", "ext-curl": "*", "acme/web": "^2", "acme/exact": "1.2.3"},
        "require-dev": {"acme/test": "*", "odd": "1"},
    }
    found = extract(EXTRACTOR, {"composer.json": json.dumps(manifest)})
    used = usages(found, "composer.json")
    assert set(used) == {"pkg:composer/acme/web", "pkg:composer/acme/exact@1.2.3", "pkg:composer/acme/test"}
    assert (used["pkg:composer/acme/web"].requirement, used["pkg:composer/acme/web"].direct) == ("^2", True)
    assert used["pkg:composer/acme/test"].scope is Scope.DEV
    assert [issue.message.split()[0] for issue in found.issues] == ["'odd'", "2"]
    assert str(found.projects[0].purl) == "pkg:composer/own/shop@1.0.0"


@pytest.mark.parametrize(
    ("constraint", "version"),
    [
        ("1.2.3", "1.2.3"),
        ("=v1.2", "v1.2"),
        ("2.0.0-beta.2@dev", "2.0.0-beta.2"),
        ("1", ""),
        ("1.2.*", ""),
        ("^1.2.3", ""),
        ("1.2.3 || 1.2.4", ""),
        ("dev-main", ""),
    ],
)
def test_only_exact_constraints_pin(constraint: str, version: str) -> None:
    assert pinned_version(constraint) == version


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"composer.json": "[]"})


@given(VALUES)
def test_any_values_give_an_extraction_or_unreadable(value: Any) -> None:
    survives(EXTRACTOR, {"composer.json": json.dumps(value)})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"composer.json": data})
