# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""obj/project.assets.json."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import dotnet
from paddock.engine.analyzer.extractors.dotnet.project_assets import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.dotnet.arbitrary import VALUES
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages

ASSETS = {
    "version": 3,
    "targets": {
        "net8.0": {
            "Acme.Web/2.0.0": {"type": "package", "dependencies": {"Acme.Base": "1.0.0"}},
            "Acme.Base/1.1.0": {"type": "package"},
            "Acme.Check/1.0.0": {"type": "package"},
            "Core/1.0.0": {"type": "project", "dependencies": {"Acme.Base": "1.1.0"}},
        }
    },
    "libraries": {
        "Acme.Web/2.0.0": {"type": "package", "sha512": base64.b64encode(b"\x01" * 64).decode()},
        "Acme.Base/1.1.0": {"type": "package", "sha512": ""},
        "Acme.Check/1.0.0": {"type": "package"},
        "Core/1.0.0": {"type": "project", "path": "../Core/Core.csproj", "msbuildProject": "../Core/Core.csproj"},
        "Nameless": {"type": "package"},
    },
    "project": {
        "version": "1.0.0",
        "restore": {"projectName": "Shop", "projectPath": "C:\\\\build\\\\Shop.csproj"},
        "frameworks": {
            "net8.0": {
                "dependencies": {
                    "Acme.Web": {"target": "Package", "version": "[2.0.0, )"},
                    "Acme.Check": {"include": "Analyzers, Build", "suppressParent": "All", "version": "[1.0.0, )"},
                }
            }
        },
    },
}
SHOP = '<Project><ItemGroup><ProjectReference Include="..\\Core\\Core.csproj" /></ItemGroup></Project>'
PATH = "Shop/obj/project.assets.json"
FILES: dict[str, str | bytes] = {
    PATH: json.dumps(ASSETS),
    "Shop/Shop.csproj": SHOP,
    "Shop/Other.csproj": "<Project/>",
    "Core/Core.csproj": "<Project/>",
}


def test_the_project_above_obj_with_its_requirements() -> None:
    found = inventory(dotnet.EXTRACTORS, FILES)
    used = usages(found, "Shop/Shop.csproj")
    web = used["pkg:nuget/Acme.Web@2.0.0"]
    assert (web.direct, web.scope, web.requirement) == (True, Scope.RUNTIME, "[2.0.0, )")
    assert used["pkg:nuget/Acme.Check@1.0.0"].scope is Scope.BUILD
    assert (used["pkg:nuget/Acme.Base@1.1.0"].direct, used["pkg:nuget/Acme.Base@1.1.0"].scope) == (False, Scope.RUNTIME)
    assert used["Core/Core.csproj"].direct is True


def test_hashes_edges_and_what_has_no_version() -> None:
    found = extract(EXTRACTOR, FILES)
    assert found.components[2].hashes == (Hash("sha512", "01" * 64),)
    assert edges(found) == {
        ("pkg:nuget/Acme.Web@2.0.0", "pkg:nuget/Acme.Base@1.1.0"),
        ("Core/Core.csproj", "pkg:nuget/Acme.Base@1.1.0"),
    }
    assert "Nameless" in found.issues[0].message


def test_without_project_file_the_assets_are_the_project() -> None:
    found = extract(EXTRACTOR, {PATH: FILES[PATH]})
    assert [(project.id, project.name) for project in found.projects] == [(PATH, "Shop")]
    assert len(refs(found)) == 3


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {PATH: "[]"})


@given(VALUES)
def test_any_values_give_an_extraction_or_unreadable(value: Any) -> None:
    survives(EXTRACTOR, {PATH: json.dumps(value), "Shop/Shop.csproj": "<Project/>"})


@given(VALUES)
def test_any_parts_give_an_extraction_or_unreadable(value: Any) -> None:
    document = {
        "targets": {"x": value},
        "libraries": {"a/1": value, "///": value},
        "project": value,
        "frameworks": value,
    }
    survives(EXTRACTOR, {PATH: json.dumps(document)})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {PATH: data})
