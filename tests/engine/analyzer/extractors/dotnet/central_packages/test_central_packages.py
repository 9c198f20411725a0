# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Directory.Packages.props, with and without projects."""

import pytest
from hypothesis import given

from paddock.engine.analyzer.extractors import dotnet
from paddock.engine.analyzer.extractors.dotnet.central_packages import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.dotnet.arbitrary import PROJECTS
from tests.engine.analyzer.extractors.extraction import extract, inventory, survives, usages

PATH = "Directory.Packages.props"
TEXT = """<Project><ItemGroup>
<PackageVersion Include="Acme.Web" Version="1.0.0" /><PackageVersion Include="Acme.Range" Version="[1,2)" />
<GlobalPackageReference Include="Acme.Checker" Version="2.0.0" />
</ItemGroup></Project>"""


def test_without_projects_every_central_version_is_listed_with_a_warning() -> None:
    found = extract(EXTRACTOR, {PATH: TEXT})
    used = usages(found, PATH)
    assert set(used) == {"pkg:nuget/Acme.Web@1.0.0", "pkg:nuget/Acme.Range", "pkg:nuget/Acme.Checker@2.0.0"}
    assert used["pkg:nuget/Acme.Web@1.0.0"].scope is Scope.UNKNOWN
    assert len(found.issues) == 2


def test_a_project_in_the_tree_takes_its_place() -> None:
    project = '<Project><ItemGroup><PackageReference Include="Acme.Web" /></ItemGroup></Project>'
    found = inventory(dotnet.EXTRACTORS, {PATH: TEXT, "a/a.fsproj": project})
    assert [found_project.id for found_project in found.projects] == ["a/a.fsproj"]
    assert "pkg:nuget/Acme.Range" not in usages(found, "a/a.fsproj")


def test_what_is_no_project_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {PATH: "not xml"})


@given(PROJECTS)
def test_any_projects_give_an_extraction_or_unreadable(text: str) -> None:
    survives(EXTRACTOR, {PATH: text})
