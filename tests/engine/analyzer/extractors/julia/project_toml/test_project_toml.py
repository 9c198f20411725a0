# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Project.toml without a manifest: what is asked for, and in which scope."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.julia.project_toml import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import extract, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables, toml

A, B, C, D = (f"{digit * 8}-0000-0000-0000-000000000000" for digit in "abcd")
PROJECT = f"""
name = "Demo"
uuid = "{D}"
version = "1.2.3"
license = "MIT"
[deps]
Alpha = "{A}"
Broken = "no uuid"
[weakdeps]
Beta = "{B}"
[extras]
Test = "{C}"
Alpha = "{A}"
[targets]
test = ["Test", "Alpha"]
[compat]
Alpha = "=1.0.1"
Beta = "2, 3"
julia = "1.6"
"""


def test_needs_scopes_and_pins() -> None:
    found = extract(EXTRACTOR, {"Project.toml": PROJECT})
    used = usages(found, "Project.toml")
    assert {ref: (usage.scope, usage.requirement) for ref, usage in used.items()} == {
        f"pkg:julia/Alpha@1.0.1?uuid={A}": (Scope.RUNTIME, "=1.0.1"),
        f"pkg:julia/Beta?uuid={B}": (Scope.OPTIONAL, "2, 3"),
        f"pkg:julia/Test?uuid={C}": (Scope.TEST, ""),
    }
    messages = [issue.message for issue in found.issues]
    assert any("'Broken'" in message for message in messages)
    assert any(message.startswith("2 of 4") for message in messages)


def test_the_project_itself_is_no_component() -> None:
    project = extract(EXTRACTOR, {"Project.toml": PROJECT}).projects[0]
    assert (project.origin, str(project.purl)) == (Origin.DECLARED, f"pkg:julia/Demo@1.2.3?uuid={D}")
    assert project.declared_licenses == ("MIT",)


def test_another_tools_file_is_no_project() -> None:
    assert extract(EXTRACTOR, {"Project.toml": "[settings]\na = 1\n"}).projects == ()


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"Project.toml": "<"})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"Project.toml": data})


@given(tables("name", "uuid", "version", "deps", "weakdeps", "extras", "targets", "compat", "license"))
def test_any_values_give_an_extraction(document: dict[str, object]) -> None:
    survives(EXTRACTOR, {"Project.toml": toml(document)})


@given(VALUES)
def test_any_targets_give_an_extraction(value: object) -> None:
    survives(EXTRACTOR, {"Project.toml": toml({"targets": {"test": value}, "deps": {"A": value, "B": A}})})
