# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""packages.config."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import dotnet
from paddock.engine.analyzer.extractors.dotnet.packages_config import EXTRACTOR
from paddock.engine.model.component import Location
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

TEXT = """<?xml version="1.0" encoding="utf-8"?>
<packages>
  <package id="Acme.Web" version="5.2.0" targetFramework="net48" allowedVersions="[5,6)" />
  <package id="Acme.Tool" version="1.0.0" developmentDependency="true" />
  <package id="Acme.None" />
  <package version="1.0.0" />
</packages>
"""


def test_packages_with_lines_and_development_marks() -> None:
    found = extract(EXTRACTOR, {"packages.config": TEXT})
    assert refs(found) == ["pkg:nuget/Acme.Tool@1.0.0", "pkg:nuget/Acme.Web@5.2.0"]
    used = usages(found, "packages.config")
    assert used["pkg:nuget/Acme.Tool@1.0.0"].scope is Scope.DEV
    web = used["pkg:nuget/Acme.Web@5.2.0"]
    assert (web.scope, web.direct, web.requirement) == (Scope.RUNTIME, None, "[5,6)")
    assert found.components[1].locations == (Location("packages.config", 3),)
    assert [issue.line for issue in found.issues] == [5, 6]


def test_the_project_beside_the_list_is_the_project() -> None:
    project = '<Project xmlns="http://example.org/msbuild"><PropertyGroup><AssemblyName>Own</AssemblyName></PropertyGroup></Project>'
    found = inventory(dotnet.EXTRACTORS, {"a/packages.config": TEXT, "a/Shop.csproj": project})
    assert [(found_project.id, found_project.name) for found_project in found.projects] == [("a/Shop.csproj", "Own")]
    assert "pkg:nuget/Acme.Web@5.2.0" in usages(found, "a/Shop.csproj")


@pytest.mark.parametrize("text", ["not xml", "<Project/>"])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"packages.config": text})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"packages.config": data, "a.csproj": data})


@given(
    st.lists(st.tuples(st.sampled_from(["id", "version", "other"]), st.sampled_from(["/", "", "1", "a"])), max_size=3)
)
def test_any_attributes_give_an_extraction_or_unreadable(attributes: list[tuple[str, str]]) -> None:
    text = "".join(f' {name}="{value}"' for name, value in dict(attributes).items())
    survives(EXTRACTOR, {"packages.config": f"<packages><package{text}/><!-- x --><a/></packages>"})
