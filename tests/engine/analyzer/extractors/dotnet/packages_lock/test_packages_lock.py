# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""packages.lock.json."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import dotnet
from paddock.engine.analyzer.extractors.dotnet.packages_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.dotnet.arbitrary import PROJECTS, VALUES
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages

LOCK = {
    "version": 2,
    "dependencies": {
        "net8.0": {
            "Acme.Web": {
                "type": "Direct",
                "requested": "[2.0.0, )",
                "resolved": "2.0.0",
                "contentHash": base64.b64encode(b"\xab" * 64).decode(),
                "dependencies": {"acme.base": "1.0.0"},
            },
            "Acme.Design": {"type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0"},
            "Acme.Base": {"type": "CentralTransitive", "requested": "[1.0.0, )", "resolved": "1.1.0"},
            "core": {"type": "Project", "dependencies": {"Acme.Deep": "[3.0.0, )"}},
            "Acme.Deep": {"type": "Transitive", "resolved": "3.0.0", "contentHash": "no base64!"},
        },
        "net48": {"Acme.Web": {"type": "Direct", "resolved": "1.9.0"}},
    },
}
PROJECT = """<Project><ItemGroup>
<PackageReference Include="Acme.Web" /><PackageReference Include="Acme.Design" ExcludeAssets="all" />
<ProjectReference Include="../Core/Core.csproj" />
</ItemGroup></Project>"""
FILES: dict[str, str | bytes] = {
    "Shop/packages.lock.json": json.dumps(LOCK),
    "Shop/Shop.csproj": PROJECT,
    "Core/Core.csproj": "<Project/>",
}


def test_direct_transitive_and_projects() -> None:
    found = inventory(dotnet.EXTRACTORS, FILES)
    assert [project.id for project in found.projects] == ["Core/Core.csproj", "Shop/Shop.csproj"]
    used = usages(found, "Shop/Shop.csproj")
    web = used["pkg:nuget/Acme.Web@2.0.0"]
    assert (web.direct, web.requirement, web.scope) == (True, "[2.0.0, )", Scope.RUNTIME)
    assert used["pkg:nuget/Acme.Base@1.1.0"].direct is False
    assert used["pkg:nuget/Acme.Design@1.0.0"].scope is Scope.BUILD
    assert used["Core/Core.csproj"].direct is True
    assert "pkg:nuget/Acme.Web@1.9.0" in used
    assert found.issues == ()


def test_hashes_and_edges_without_regard_to_case() -> None:
    found = extract(EXTRACTOR, FILES)
    web = next(component for component in found.components if component.version == "2.0.0")
    assert web.hashes == (Hash("sha512", "ab" * 64),)
    assert edges(found) == {
        ("pkg:nuget/Acme.Web@2.0.0", "pkg:nuget/Acme.Base@1.1.0"),
        ("Core/Core.csproj", "pkg:nuget/Acme.Deep@3.0.0"),
    }


def test_without_project_file_scopes_are_not_known() -> None:
    found = extract(EXTRACTOR, {"packages.lock.json": json.dumps(LOCK)})
    assert usages(found, "packages.lock.json")["pkg:nuget/Acme.Web@2.0.0"].scope is Scope.UNKNOWN
    assert "core" not in " ".join(refs(found))


def test_the_name_of_the_file_may_name_the_project() -> None:
    files = {"packages.B.lock.json": json.dumps(LOCK), "A.csproj": "<Project/>", "B.csproj": "<Project/>"}
    assert [project.id for project in extract(EXTRACTOR, files).projects] == ["B.csproj"]


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"packages.lock.json": "[]"})


@given(VALUES, PROJECTS)
def test_any_values_give_an_extraction_or_unreadable(value: Any, project: str) -> None:
    survives(EXTRACTOR, {"packages.lock.json": json.dumps(value), "a.csproj": project})


@given(VALUES)
def test_any_packages_give_an_extraction_or_unreadable(value: Any) -> None:
    document = {"dependencies": {"net8.0": {"a": value, "A": value, "/": value}, "x": value}}
    survives(EXTRACTOR, {"packages.lock.json": json.dumps(document)})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"packages.lock.json": data})
