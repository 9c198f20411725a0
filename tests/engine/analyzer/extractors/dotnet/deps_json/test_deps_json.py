# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""*.deps.json of built programs."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.dotnet.deps_json import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.dotnet.arbitrary import VALUES
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages

RUNTIME = ".NETCoreApp,Version=v8.0"
DEPS = {
    "runtimeTarget": {"name": RUNTIME, "signature": ""},
    "targets": {
        RUNTIME: {
            "Shop/1.0.0": {"dependencies": {"Acme.Web": "2.0.0", "Core": "1.0.0"}},
            "Acme.Web/2.0.0": {"dependencies": {"Acme.Base": "1.0.0"}},
            "Core/1.0.0": {"dependencies": {"Acme.Base": "1.0.0"}},
        },
        "other": {},
    },
    "libraries": {
        "Shop/1.0.0": {"type": "project", "sha512": ""},
        "Core/1.0.0": {"type": "project", "sha512": ""},
        "Acme.Web/2.0.0": {"type": "package", "sha512": "sha512-" + base64.b64encode(b"\x02" * 64).decode()},
        "Acme.Base/1.0.0": {"type": "package"},
        "runtimepack.Acme.Runtime.linux-x64/8.0.1": {"type": "runtimepack"},
        "Old.Assembly/4.0.0.0": {"type": "reference"},
        "Broken": {"type": "package"},
    },
}


def test_the_program_is_the_project_and_packages_are_components() -> None:
    found = extract(EXTRACTOR, {"bin/Shop.deps.json": json.dumps(DEPS)})
    program = found.projects[0]
    assert (program.id, program.name, program.version) == ("bin/Shop.deps.json", "Shop", "1.0.0")
    assert refs(found) == [
        "pkg:generic/Old.Assembly@4.0.0.0",
        "pkg:nuget/Acme.Base@1.0.0",
        "pkg:nuget/Acme.Runtime.linux-x64@8.0.1",
        "pkg:nuget/Acme.Web@2.0.0",
    ]
    used = usages(found, program.id)
    assert (used["pkg:nuget/Acme.Web@2.0.0"].direct, used["pkg:nuget/Acme.Base@1.0.0"].direct) == (True, False)
    assert used["bin/Shop.deps.json#Core"].direct is True
    assert {usage.scope for usage in used.values()} == {Scope.RUNTIME}
    assert found.components[3].hashes == (Hash("sha512", "02" * 64),)
    assert ("pkg:nuget/Acme.Web@2.0.0", "pkg:nuget/Acme.Base@1.0.0") in edges(found)


def test_what_cannot_be_told_is_an_issue() -> None:
    messages = " ".join(issue.message for issue in extract(EXTRACTOR, {"Shop.deps.json": json.dumps(DEPS)}).issues)
    assert "Broken" in messages
    assert "Old.Assembly" in messages


def test_with_two_possible_programs_nothing_is_said_about_direct() -> None:
    libraries = {"A/1.0.0": {"type": "project"}, "B/1.0.0": {"type": "project"}, "C/1.0.0": {"type": "package"}}
    document = {"targets": {"x": {"A/1.0.0": {"dependencies": {"C": "1.0.0"}}}}, "libraries": libraries}
    found = extract(EXTRACTOR, {"Shop.deps.json": json.dumps(document)})
    assert usages(found, "Shop.deps.json")["pkg:nuget/C@1.0.0"].direct is None


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"a.deps.json": "3"})


@given(VALUES)
def test_any_values_give_an_extraction_or_unreadable(value: Any) -> None:
    survives(EXTRACTOR, {"a.deps.json": json.dumps(value)})


@given(VALUES, st.sampled_from(["package", "project", "reference", "runtimepack"]))
def test_any_parts_give_an_extraction_or_unreadable(value: Any, kind: str) -> None:
    document = {"targets": {"x": {"a/1": value, "//1": value}}, "libraries": {"a/1": value, "//1": {"type": kind}}}
    survives(EXTRACTOR, {"a.deps.json": json.dumps(document)})
