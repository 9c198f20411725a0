# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""*.csproj and relatives: properties, imports, central versions, conditions, scopes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import dotnet
from paddock.engine.analyzer.extractors.dotnet.nuget import asset_scope, pinned_version
from paddock.engine.analyzer.extractors.dotnet.project_file import EXTRACTOR
from paddock.engine.model.component import Location
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.dotnet.arbitrary import PROJECTS
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

CENTRAL = """<Project>
  <PropertyGroup>
    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
    <Shared>4.0.0</Shared>
  </PropertyGroup>
  <ItemGroup>
    <PackageVersion Include="Acme.Web" Version="$(Shared)" />
    <PackageVersion Include="Acme.Log" Version="1.1.0" />
    <GlobalPackageReference Include="Acme.Checker" Version="2.0.0" />
  </ItemGroup>
</Project>"""
PROJECT = """<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <PackageId>Own.Shop</PackageId>
    <Version>1.2.0</Version>
    <PackageLicenseExpression>MIT</PackageLicenseExpression>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="acme.web" />
    <PackageReference Include="Acme.Log" VersionOverride="1.0.9" />
    <PackageReference Include="Acme.Design">
      <Version>[3.0.0]</Version>
      <PrivateAssets>all</PrivateAssets>
      <IncludeAssets>build; analyzers</IncludeAssets>
    </PackageReference>
    <ProjectReference Include="..\\Core\\Core.csproj" />
  </ItemGroup>
</Project>"""
FILES: dict[str, str | bytes] = {
    "src/Shop/Shop.csproj": PROJECT,
    "src/Core/Core.csproj": '<Project><ItemGroup><PackageReference Include="Acme.Web" /></ItemGroup></Project>',
    "Directory.Packages.props": CENTRAL,
}


BUILD_PROPS = """<Project>
  <Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" />
  <Import Project="$(MSBuildThisFileDirectory)more.props" />
</Project>"""


def one(items: str, properties: str = "") -> str:
    return f"<Project><PropertyGroup>{properties}</PropertyGroup><ItemGroup>{items}</ItemGroup></Project>"


def test_central_versions_overrides_and_global_references() -> None:
    found = inventory(dotnet.EXTRACTORS, FILES)
    used = usages(found, "src/Shop/Shop.csproj")
    assert {ref: usage.scope for ref, usage in used.items()} == {
        "pkg:nuget/Acme.Checker@2.0.0": Scope.DEV,
        "pkg:nuget/Acme.Design@3.0.0": Scope.BUILD,
        "pkg:nuget/Acme.Log@1.0.9": Scope.RUNTIME,
        "pkg:nuget/Acme.Web@4.0.0": Scope.RUNTIME,
        "src/Core/Core.csproj": Scope.RUNTIME,
    }
    assert [project.id for project in found.projects] == ["src/Core/Core.csproj", "src/Shop/Shop.csproj"]


def test_what_the_project_says_about_itself() -> None:
    found = extract(EXTRACTOR, FILES)
    shop = next(project for project in found.projects if project.id == "src/Shop/Shop.csproj")
    assert (shop.name, shop.version, shop.declared_licenses) == ("Own.Shop", "1.2.0", ("MIT",))
    assert str(shop.purl) == "pkg:nuget/Own.Shop@1.2.0"
    assert shop.definition_files == ("Directory.Packages.props", "src/Shop/Shop.csproj")
    log = next(component for component in found.components if component.purl.name == "Acme.Log")
    assert log.locations == (Location("src/Shop/Shop.csproj", 9),)


def test_one_warning_says_that_the_rest_is_not_known() -> None:
    found = extract(EXTRACTOR, {"a.csproj": one('<PackageReference Include="A" Version="1.*" />')})
    assert [issue.message.split()[0] for issue in found.issues] == ["1", "packages"]
    assert usages(found, "a.csproj")["pkg:nuget/A"].requirement == "1.*"


def test_properties_come_from_the_files_above_and_their_imports() -> None:
    files: dict[str, str | bytes] = {
        "src/app/a.csproj": one(
            '<PackageReference Include="A" Version="$(AVersion)" /><PackageReference Include="B" Version="$(b)" />'
        ),
        "src/Directory.Build.props": BUILD_PROPS,
        "Directory.Build.props": "<Project><PropertyGroup><AVersion>1.0.0</AVersion></PropertyGroup></Project>",
        "src/more.props": "<Project><PropertyGroup><B>2.0.0</B></PropertyGroup></Project>",
    }
    assert refs(extract(EXTRACTOR, files)) == ["pkg:nuget/A@1.0.0", "pkg:nuget/B@2.0.0"]


def test_targets_after_the_project_may_set_and_remove() -> None:
    files: dict[str, str | bytes] = {
        "a.csproj": one('<PackageReference Include="A" /><PackageReference Include="B" Version="1.0" />'),
        "Directory.Build.targets": one(
            '<PackageReference Update="A" Version="5.0.0" /><PackageReference Remove="B" />'
        ),
    }
    assert refs(extract(EXTRACTOR, files)) == ["pkg:nuget/A@5.0.0"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("'$(Mine)' == 'yes'", ["pkg:nuget/A@1.0.0"]),
        ("'$(Mine)' != 'YES'", []),
        ("'$(Unset)' == ''", ["pkg:nuget/A@1.0.0"]),
        ("'$(TargetFramework)' == 'net8.0'", ["pkg:nuget/A@1.0.0"]),
        ("'$(Mine)' == 'no' or '$(Mine)' == 'yes'", ["pkg:nuget/A@1.0.0"]),
        ("'$(Mine)' == 'yes' and '$(Mine)' == 'no'", []),
        ("Exists('x')", ["pkg:nuget/A@1.0.0"]),
    ],
)
def test_what_a_condition_rules_out_is_left_out_and_the_unknown_counts(condition: str, expected: list[str]) -> None:
    text = one(f'<PackageReference Include="A" Version="1.0.0" Condition="{condition}" />', "<Mine>yes</Mine>")
    assert refs(extract(EXTRACTOR, {"a.csproj": text})) == expected


def test_versions_that_depend_on_the_unknown_are_all_kept() -> None:
    text = one(
        '<PackageReference Include="A" Version="1.0.0" Condition="\'$(TargetFramework)\' == \'net6.0\'" />'
        '<PackageReference Include="A" Version="2.0.0" Condition="\'$(TargetFramework)\' == \'net8.0\'" />'
    )
    assert refs(extract(EXTRACTOR, {"a.csproj": text})) == ["pkg:nuget/A@1.0.0", "pkg:nuget/A@2.0.0"]


def test_a_version_that_cannot_be_told_is_an_issue() -> None:
    text = one('<PackageReference Include="A" Version="$(Elsewhere)" />')
    found = extract(EXTRACTOR, {"a.csproj": text})
    assert refs(found) == ["pkg:nuget/A"]
    assert any("computed" in issue.message for issue in found.issues)


def test_the_needs_of_a_test_project_are_for_tests() -> None:
    test_sdk = '<PackageReference Include="Microsoft.NET.Test.Sdk" Version="17.0.0" />'
    text = one(f'{test_sdk}<PackageReference Include="A" Version="1.0.0" />')
    used = usages(extract(EXTRACTOR, {"a.csproj": text}), "a.csproj")
    assert {usage.scope for usage in used.values()} == {Scope.TEST}


@pytest.mark.parametrize(
    ("requirement", "version"),
    [
        ("1.2.3", "1.2.3"),
        ("[1.2.3]", "1.2.3"),
        ("1.0.0-beta.1", "1.0.0-beta.1"),
        ("[1.0", ""),
        ("[1,2)", ""),
        ("1.*", ""),
        ("", ""),
    ],
)
def test_pinned_versions(requirement: str, version: str) -> None:
    assert pinned_version(requirement) == version


def test_private_assets_alone_do_not_tell() -> None:
    assert asset_scope(private="all", include="", exclude="") is Scope.UNKNOWN
    assert asset_scope(private="all", include="runtime; build", exclude="") is Scope.DEV
    assert asset_scope(private="", include="", exclude="all") is Scope.BUILD


def test_properties_that_double_themselves_end() -> None:
    doubling = "<P>xx</P>" + "<P>$(P)$(P)</P>" * 60
    assert refs(extract(EXTRACTOR, {"a.csproj": one('<PackageReference Include="A" Version="$(P)" />', doubling)}))


def test_a_referenced_project_that_is_damaged_still_is_one() -> None:
    found = inventory(dotnet.EXTRACTORS, {**FILES, "src/Core/Core.csproj": "not xml"})
    assert "src/Core/Core.csproj" in usages(found, "src/Shop/Shop.csproj")
    assert [project.id for project in found.projects] == ["src/Core/Core.csproj", "src/Shop/Shop.csproj"]
    assert any(issue.path == "src/Core/Core.csproj" and issue.severity == "error" for issue in found.issues)


@pytest.mark.parametrize("text", ["not xml", "<packages/>"])
def test_what_is_no_project_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"a.csproj": text})


@given(PROJECTS, PROJECTS, PROJECTS)
def test_any_projects_give_an_extraction_or_unreadable(project: str, props: str, central: str) -> None:
    files: dict[str, str | bytes] = {
        "a/a.csproj": project,
        "Directory.Build.props": props,
        "Directory.Packages.props": central,
        "a.props": props,
    }
    survives(EXTRACTOR, files, "a/a.csproj")


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"a.csproj": data, "Directory.Build.props": data})
