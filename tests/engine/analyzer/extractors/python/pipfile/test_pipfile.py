# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pipfile without a lock file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import python
from paddock.engine.analyzer.extractors.python.pipfile import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables, toml

PIPFILE = """
[[source]]
url = "https://example.org/simple"
[packages]
exact = "==1.0"
loose = {version = ">=2", extras = ["x"]}
forked = {git = "https://u:p@example.org/forked.git", ref = "v1"}
[dev-packages]
checker = "*"
[requires]
python_version = "3.11"
"""


def test_needs_by_section() -> None:
    found = extract(EXTRACTOR, {"Pipfile": PIPFILE})
    used = {ref.removeprefix("pkg:pypi/").partition("?")[0]: usage for ref, usage in usages(found, "Pipfile").items()}
    assert {name: (usage.scope, usage.requirement) for name, usage in used.items()} == {
        "exact@1.0": (Scope.RUNTIME, "==1.0"),
        "loose": (Scope.RUNTIME, ">=2"),
        "forked": (Scope.RUNTIME, "*"),
        "checker": (Scope.DEV, "*"),
    }
    assert found.issues[0].message.startswith("2 of 4 requirements")


def test_the_lock_file_takes_its_place() -> None:
    pins = {name: {"version": "==1.0"} for name in ("exact", "loose", "forked", "checker")}
    lock = json.dumps({"default": pins})
    found = inventory(python.EXTRACTORS, {"Pipfile": PIPFILE, "Pipfile.lock": lock})
    assert list(usages(found, "Pipfile")) == [f"pkg:pypi/{name}@1.0" for name in sorted(pins)]
    assert found.issues == ()


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"Pipfile": "[packages"})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"Pipfile": data})


DETAIL = tables("version", "git", "ref", "file", "path", "extras")


@given(st.dictionaries(st.sampled_from(["a", "b c"]), DETAIL | VALUES, max_size=2) | VALUES, VALUES)
def test_any_values_give_an_extraction(packages: object, other: object) -> None:
    survives(EXTRACTOR, {"Pipfile": toml({"packages": packages, "own": packages, "more": other})})
