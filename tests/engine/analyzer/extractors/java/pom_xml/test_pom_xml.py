# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pom.xml: properties, parents, managed versions, modules, profiles, plug-ins, and what the tree does not tell."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import java
from paddock.engine.analyzer.extractors.java.pom_xml import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Inventory, Origin, Scope
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, folder, inventory, refs, survives, usages

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def build() -> Inventory:
    return inventory(java.EXTRACTORS, folder(DATA / "build"))


def dependency(coordinates: str, more: str = "") -> str:
    group, artifact, version = (*coordinates.split(":"), "")[:3]
    stated = f"<version>{version}</version>" if version else ""
    return f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>{stated}{more}</dependency>"


def project(*dependencies: str, more: str = "", artifact: str = "app") -> str:
    return (
        f"<project><groupId>org.example</groupId><artifactId>{artifact}</artifactId><version>1</version>{more}"
        f"<dependencies>{''.join(dependencies)}</dependencies></project>"
    )


def test_an_aggregator_gives_one_project_a_module(build: Inventory) -> None:
    assert [found.id for found in build.projects] == ["app/pom.xml", "lib/pom.xml", "platform/pom.xml", "pom.xml"]
    app = build.projects[0]
    assert app.purl is not None
    assert app.purl.to_string() == "pkg:maven/org.example/shop-app@3.1"
    assert app.declared_licenses == ("Apache License, Version 2.0",)
    assert app.definition_files == ("app/pom.xml",)


def test_a_module_that_needs_another_names_the_project_and_gets_what_that_passes_on(build: Inventory) -> None:
    app = usages(build, "app/pom.xml")
    assert app["lib/pom.xml"].direct is True
    passed_on = app["pkg:maven/org.net/http-client@4.5"]
    assert (passed_on.scope, passed_on.direct) == (Scope.RUNTIME, False)
    assert "pkg:maven/org.log/log-api@2.17" not in app
    assert ("lib/pom.xml", "pkg:maven/org.net/http-client@4.5") in edges(build)


def test_a_bom_in_the_tree_manages_versions_but_own_management_wins(build: Inventory) -> None:
    lib = usages(build, "lib/pom.xml")
    assert lib["pkg:maven/org.net/http-client@4.5"].scope is Scope.RUNTIME
    assert lib["pkg:maven/org.checks/checks@5.0"].scope is Scope.TEST


def test_properties_are_filled_in_from_parents_and_nested(build: Inventory) -> None:
    usage = usages(build, "lib/pom.xml")["pkg:maven/org.log/log-api@2.17"]
    assert (usage.scope, usage.direct, usage.requirement) == (Scope.BUILD, True, "2.17")


def test_optional_dependencies_are_optional(build: Inventory) -> None:
    assert usages(build, "app/pom.xml")["pkg:maven/org.extra/codec@1.2"].scope is Scope.OPTIONAL


def test_plugins_are_build_tools_with_managed_versions_and_unused_ones_are_left_out(build: Inventory) -> None:
    lib = usages(build, "lib/pom.xml")
    assert lib["pkg:maven/org.apache.maven.plugins/maven-compiler-plugin@3.13.0"].scope is Scope.BUILD
    assert lib["pkg:maven/org.lint/lint-core@0.9"].scope is Scope.BUILD
    assert not any("unused" in ref for ref in refs(build))


def test_the_only_thing_a_complete_build_cannot_tell_is_what_dependencies_bring_in(build: Inventory) -> None:
    (issue,) = build.issues
    assert (issue.severity, issue.path) == (Severity.WARNING, "pom.xml")
    assert "dependency:tree" in issue.message


def test_locations_name_the_pom_and_the_line_even_when_inherited(build: Inventory) -> None:
    checks = next(component for component in build.components if component.purl.name == "checks")
    assert ("pom.xml", 41) in {(location.path, location.line) for location in checks.locations}


def test_a_parent_outside_the_tree_leaves_versions_open() -> None:
    pom = """<project>
      <parent><groupId>org.far</groupId><artifactId>away</artifactId><version>7</version></parent>
      <artifactId>app</artifactId>
      <dependencies>
        <dependency><groupId>a</groupId><artifactId>b</artifactId></dependency>
        <dependency><groupId>a</groupId><artifactId>c</artifactId><version>${c.version}</version></dependency>
      </dependencies>
    </project>"""
    found = extract(EXTRACTOR, {"pom.xml": pom})
    assert refs(found) == ["pkg:maven/a/b", "pkg:maven/a/c"]
    assert usages(found, "pom.xml")["pkg:maven/a/c"].requirement == "${c.version}"
    assert found.projects[0].purl is not None
    assert found.projects[0].purl.to_string() == "pkg:maven/org.far/app@7"
    messages = " ".join(issue.message for issue in found.issues)
    assert "parent org.far:away:7 is not in the tree" in messages
    assert "no version can be told for 2 artefacts (a:b, a:c)" in messages


def test_a_bom_outside_the_tree_is_named() -> None:
    management = (
        "<dependencyManagement><dependencies>"
        + dependency("org.far:bom:9", "<type>pom</type><scope>import</scope>")
        + "</dependencies></dependencyManagement>"
    )
    found = extract(EXTRACTOR, {"pom.xml": project(dependency("a:b"), more=management)})
    assert any("the BOM org.far:bom:9" in issue.message for issue in found.issues)
    assert refs(found) == ["pkg:maven/a/b"]


def test_a_parent_is_found_among_the_modules_of_the_aggregator() -> None:
    files: dict[str, str | bytes] = {
        "pom.xml": project(more="<modules><module>conf/parent</module><module>app</module></modules>", artifact="all"),
        "conf/parent/pom.xml": project(more="<properties><v>4</v></properties>", artifact="parent"),
        "app/pom.xml": "<project><parent><groupId>org.example</groupId><artifactId>parent</artifactId>"
        "<version>1</version><relativePath/></parent><artifactId>app</artifactId>"
        f"<dependencies>{dependency('a:b:${v}')}</dependencies></project>",
    }
    found = inventory(java.EXTRACTORS, files)
    assert usages(found, "app/pom.xml")["pkg:maven/a/b@4"].direct is True


def test_a_parent_of_another_version_is_not_taken_for_the_parent() -> None:
    files: dict[str, str | bytes] = {
        "app/pom.xml": "<project><parent><groupId>org.example</groupId><artifactId>parent</artifactId>"
        f"<version>2</version></parent><artifactId>app</artifactId><dependencies>{dependency('a:b:${v}')}"
        "</dependencies></project>",
        "pom.xml": project(more="<properties><v>4</v></properties>", artifact="parent"),
    }
    assert refs(extract(EXTRACTOR, files)) == ["pkg:maven/a/b"]


def test_a_released_version_of_a_module_is_a_component() -> None:
    files: dict[str, str | bytes] = {
        "pom.xml": project(dependency("org.example:lib:0.9"), more="<modules><module>lib</module></modules>"),
        "lib/pom.xml": project(artifact="lib"),
    }
    assert refs(inventory(java.EXTRACTORS, files)) == ["pkg:maven/org.example/lib@0.9"]


def test_profiles_that_are_not_active_by_default_are_optional_and_said_so() -> None:
    profiles = (
        "<profiles><profile><id>cloud</id><dependencies>"
        + dependency("a:b:1")
        + dependency("a:t:1", "<scope>test</scope>")
        + "</dependencies></profile><profile><id>usual</id><activation><activeByDefault>true</activeByDefault>"
        f"</activation><dependencies>{dependency('a:c:1')}</dependencies></profile></profiles>"
    )
    found = extract(EXTRACTOR, {"pom.xml": project(more=profiles)})
    scopes = {ref: usage.scope for ref, usage in usages(found, "pom.xml").items()}
    assert scopes == {
        "pkg:maven/a/b@1": Scope.OPTIONAL,
        "pkg:maven/a/c@1": Scope.RUNTIME,
        "pkg:maven/a/t@1": Scope.TEST,
    }
    hints = [issue.message for issue in found.issues if issue.severity is Severity.HINT]
    assert len(hints) == 1
    assert "'cloud' is not active by default" in hints[0]


@pytest.mark.parametrize(
    ("stated", "scope"),
    [
        ("compile", Scope.RUNTIME),
        ("runtime", Scope.RUNTIME),
        ("test", Scope.TEST),
        ("provided", Scope.BUILD),
        ("system", Scope.BUILD),
        ("surprise", Scope.UNKNOWN),
    ],
)
def test_scopes(stated: str, scope: Scope) -> None:
    found = extract(EXTRACTOR, {"pom.xml": project(dependency("a:b:1", f"<scope>{stated}</scope>"))})
    assert usages(found, "pom.xml")["pkg:maven/a/b@1"].scope is scope
    assert any("surprise" in issue.message for issue in found.issues) == (stated == "surprise")


@pytest.mark.parametrize(
    ("stated", "version"),
    [
        ("1.0", "1.0"),
        ("[1.0]", "1.0"),
        ("[1,2)", ""),
        ("(,1.0]", ""),
        ("[1,2),[3,4)", ""),
        ("LATEST", ""),
        ("RELEASE", ""),
    ],
)
def test_only_exact_versions_are_versions(stated: str, version: str) -> None:
    found = extract(EXTRACTOR, {"pom.xml": project(dependency(f"a:b:{stated}"))})
    assert found.components[0].version == version
    assert any("not pinned" in issue.message for issue in found.issues) == (not version)
    assert usages(found, "pom.xml")[refs(found)[0]].requirement == stated


def test_type_and_classifier_are_qualifiers() -> None:
    more = "<type>test-jar</type><classifier>tests</classifier>"
    found = extract(EXTRACTOR, {"pom.xml": project(dependency("a:b:1", more), dependency("a:c:1", "<type>jar</type>"))})
    assert refs(found) == ["pkg:maven/a/b@1?classifier=tests&type=test-jar", "pkg:maven/a/c@1"]


def test_a_dependency_without_group_is_left_out_with_an_issue() -> None:
    found = extract(EXTRACTOR, {"pom.xml": project("<dependency><artifactId>x</artifactId></dependency>")})
    assert refs(found) == []
    assert "':x'" in found.issues[0].message


@pytest.mark.parametrize(
    "properties",
    ["<v>${w}</v><w>${v}</w>", "<v>${v}</v>", "<v>${project.version.of.nothing}</v>", "<v>" + "${v}" * 200 + "</v>"],
)
def test_properties_in_circles_end_open(properties: str) -> None:
    pom = project(dependency("a:b:${v}"), more=f"<properties>{properties}</properties>")
    assert refs(extract(EXTRACTOR, {"pom.xml": pom})) == ["pkg:maven/a/b"]


def test_properties_that_grow_without_bound_end_open() -> None:
    names = "abcdefghijklmnop"
    doubling = "".join(f"<{name}>${{{before}}}${{{before}}}</{name}>" for before, name in itertools.pairwise(names))
    pom = project(dependency("x:y:${p}"), more=f"<properties><a>12345678</a>{doubling}</properties>")
    assert refs(extract(EXTRACTOR, {"pom.xml": pom})) == ["pkg:maven/x/y"]


def test_parents_boms_and_modules_in_circles_end() -> None:
    looped = (
        "<project><parent><groupId>g</groupId><artifactId>{parent}</artifactId><version>1</version>"
        "<relativePath>../{parent}</relativePath></parent><artifactId>{own}</artifactId>"
        "<modules><module>../{parent}</module></modules><dependencyManagement><dependencies>"
        + dependency("g:{parent}:1", "<type>pom</type><scope>import</scope>")
        + "</dependencies></dependencyManagement></project>"
    )
    files: dict[str, str | bytes] = {
        "one/pom.xml": looped.format(parent="two", own="one"),
        "two/pom.xml": looped.format(parent="one", own="two"),
    }
    assert {found.id for found in extract(EXTRACTOR, files).projects} == {"one/pom.xml", "two/pom.xml"}


def test_a_module_that_is_not_there_and_one_that_is_broken_are_said() -> None:
    files: dict[str, str | bytes] = {
        "pom.xml": project(more="<modules><module>gone</module><module>bad</module></modules>"),
        "bad/pom.xml": "<project>",
    }
    found = inventory(java.EXTRACTORS, files)
    assert {(issue.severity, issue.path) for issue in found.issues} == {
        (Severity.WARNING, "pom.xml"),
        (Severity.ERROR, "bad/pom.xml"),
    }


def test_the_pom_of_an_unpacked_archive_is_a_component() -> None:
    pom = project(dependency("a:b:1"), more="<licenses><license><name>MIT</name></license></licenses>")
    found = extract(EXTRACTOR, {"web/META-INF/maven/org.example/app/pom.xml": pom})
    assert refs(found) == ["pkg:maven/org.example/app@1"]
    assert found.components[0].declared_licenses == ("MIT",)
    assert found.projects[0].origin is Origin.INSTALLED


def test_names_of_characters_and_undeclared_namespaces_are_understood() -> None:
    pom = (
        '<project xsi:schemaLocation="x"><groupId>g</groupId><artifactId>a</artifactId><version>1</version>'
        "<licenses><license><name>Fr&eacute;e &amp; easy</name></license></licenses></project>"
    )
    assert extract(EXTRACTOR, {"pom.xml": pom}).projects[0].declared_licenses == ("Frée & easy",)


def test_entities_are_not_expanded() -> None:
    pom = '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><project><artifactId>&x;</artifactId></project>'
    assert extract(EXTRACTOR, {"pom.xml": pom}).projects[0].name == ""


@pytest.mark.parametrize("text", ["", "not xml", "<html/>", "<project>"])
def test_what_is_no_pom_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"pom.xml": text})


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"pom.xml": data})


TAGS = [
    "parent",
    "groupId",
    "artifactId",
    "version",
    "relativePath",
    "packaging",
    "properties",
    "dependencies",
    "dependency",
    "scope",
    "type",
    "classifier",
    "optional",
    "dependencyManagement",
    "build",
    "plugins",
    "plugin",
    "extensions",
    "extension",
    "pluginManagement",
    "profiles",
    "profile",
    "id",
    "activation",
    "activeByDefault",
    "modules",
    "module",
    "licenses",
    "license",
    "name",
    "url",
    "v",
]
TEXTS = st.sampled_from(
    ["", "a", "org.b", "1", "${v}", "${project.version}", "${", "true", "import", "pom", "..", "x/y", "[1,2)", "ä \n"]
)
ELEMENTS: st.SearchStrategy[str] = st.recursive(
    TEXTS.map(lambda text: text.replace("&", "")),
    lambda inner: st.lists(st.tuples(st.sampled_from(TAGS), inner), max_size=6).map(
        lambda pairs: "".join(f"<{tag}>{text}</{tag}>" for tag, text in pairs)
    ),
    max_leaves=30,
)


@given(ELEMENTS, ELEMENTS)
def test_any_elements_anywhere_give_an_extraction(first: str, second: str) -> None:
    files: dict[str, str | bytes] = {
        "x/pom.xml": f"<project>{first}<modules><module>y</module></modules></project>",
        "x/y/pom.xml": f"<project>{second}</project>",
        "pom.xml": f"<project>{second}{first}</project>",
    }
    assert survives(EXTRACTOR, files) is not None
