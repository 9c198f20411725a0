# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What is read from documents by others, JSON and XML, with the traps of each version."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from paddock.engine.formats.document import Document, InvalidDocument
from paddock.engine.formats.read import read
from paddock.engine.model.component import Component, Hash, Location
from paddock.engine.model.inventory import Edge, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import parse_purl

SERIAL = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79"


def bom(spec: str = "1.6", **parts: Any) -> Document:
    """A JSON document, read."""
    value = {"bomFormat": "CycloneDX", "specVersion": spec, "version": 1, **parts}
    return read(msgspec.json.encode(value))


def xml(body: str, version: str = "1.6", attributes: str = "") -> Document:
    """An XML document, read."""
    return read(f'<bom xmlns="http://cyclonedx.org/schema/bom/{version}" {attributes}>{body}</bom>'.encode())


def library(name: str, **facts: Any) -> dict[str, Any]:
    return {"type": "library", "name": name, "version": "1", "purl": f"pkg:npm/{name}@1", "bom-ref": name, **facts}


def component(document: Document) -> Component:
    """The only component."""
    (found,) = document.inventory.components
    return found


def project(document: Document) -> Project:
    """The only project."""
    (found,) = document.inventory.projects
    return found


def usages(document: Document) -> dict[str, Usage]:
    return {usage.ref: usage for usage in project(document).usages}


def messages(document: Document) -> list[str]:
    return [issue.message for issue in document.inventory.issues]


def test_the_project_is_metadata_component() -> None:
    described = {
        "type": "application",
        "group": "org",
        "name": "app",
        "version": "3",
        "purl": "pkg:npm/app@3",
        "licenses": [{"license": {"id": "MIT"}}],
    }
    document = bom(metadata={"component": described}, components=[library("a")])
    assert project(document) == Project(
        id="org/app",
        origin=Origin.DESCRIBED,
        name="app",
        version="3",
        purl=parse_purl("pkg:npm/app@3"),
        declared_licenses=("MIT",),
        usages=(Usage("pkg:npm/a@1", Scope.RUNTIME),),
    )
    assert document.inventory.name == "app"


def test_a_document_that_does_not_say_what_it_describes_still_has_a_project() -> None:
    document = bom(components=[library("a")])
    assert project(document).id == "document"
    assert messages(document) == ["the document does not say what it describes (metadata.component)"]


def test_direct_is_told_by_the_dependencies_of_the_project() -> None:
    document = bom(
        metadata={"component": {"type": "application", "name": "app", "bom-ref": "root"}},
        components=[library("a"), library("b"), library("c")],
        dependencies=[{"ref": "root", "dependsOn": ["a"]}, {"ref": "a", "dependsOn": ["b"]}],
    )
    assert {ref: usage.direct for ref, usage in usages(document).items()} == {
        "pkg:npm/a@1": True,
        "pkg:npm/b@1": False,
        "pkg:npm/c@1": None,
    }
    assert document.inventory.edges == (Edge("pkg:npm/a@1", "pkg:npm/b@1"),)


def test_without_dependencies_nothing_is_direct_or_transitive() -> None:
    document = bom(components=[library("a")])
    assert usages(document)["pkg:npm/a@1"].direct is None


@pytest.mark.parametrize(
    ("stated", "scope"),
    [("required", Scope.RUNTIME), ("optional", Scope.OPTIONAL), ("excluded", Scope.DEV), (None, Scope.RUNTIME)],
)
def test_scopes(stated: str | None, scope: Scope) -> None:
    document = bom(components=[library("a", **({"scope": stated} if stated else {}))])
    assert usages(document)["pkg:npm/a@1"].scope is scope


def test_nested_components_are_components_with_an_edge_from_their_parent() -> None:
    document = bom(components=[library("a", components=[library("b", components=[library("c")])])])
    assert document.inventory.edges == (Edge("pkg:npm/a@1", "pkg:npm/b@1"), Edge("pkg:npm/b@1", "pkg:npm/c@1"))
    assert sorted(usages(document)) == ["pkg:npm/a@1", "pkg:npm/b@1", "pkg:npm/c@1"]


def test_what_is_nested_in_the_project_is_direct() -> None:
    root = {"type": "application", "name": "app", "components": [library("a")]}
    assert usages(bom(metadata={"component": root}))["pkg:npm/a@1"].direct is True


def test_nesting_needs_no_bom_refs() -> None:
    inner = {"type": "library", "name": "b", "purl": "pkg:npm/b@1"}
    outer = {"type": "library", "name": "a", "purl": "pkg:npm/a@1", "components": [inner]}
    assert bom(components=[outer]).inventory.edges == (Edge("pkg:npm/a@1", "pkg:npm/b@1"),)


def test_a_component_without_package_url_is_named_by_the_reader() -> None:
    document = bom(components=[{"type": "library", "group": "g", "name": "a b", "version": "1"}])
    assert component(document).ref == "pkg:generic/g/a%20b@1"
    assert ("purl", "made up by the reader") in component(document).properties
    assert any("1 of 1 components have no package URL" in message for message in messages(document))


def test_an_unreadable_package_url_is_an_issue_and_kept() -> None:
    document = bom(components=[{"type": "library", "name": "a", "version": "1", "purl": "npm:a@1"}])
    assert component(document).ref == "pkg:generic/a@1"
    assert ("unreadable purl", "npm:a@1") in component(document).properties
    assert document.inventory.issues[0].severity is Severity.WARNING
    assert "'npm:a@1'" in messages(document)[0]


def test_a_package_url_without_version_takes_the_stated_one() -> None:
    document = bom(components=[{"type": "library", "name": "a", "version": "2", "purl": "pkg:npm/a"}])
    assert component(document).ref == "pkg:npm/a@2"


def test_a_version_that_differs_from_the_package_url_is_kept() -> None:
    document = bom(components=[{"type": "library", "name": "a", "version": "1.0", "purl": "pkg:golang/a@v1.0"}])
    assert component(document).ref == "pkg:golang/a@v1.0"
    assert ("version", "1.0") in component(document).properties


@pytest.mark.parametrize("as_list", [True, False])
def test_identity_evidence_may_be_one_or_several_and_names_the_package(as_list: bool) -> None:
    identity: Any = {"field": "purl", "concludedValue": "pkg:npm/a@1"}
    entry = {"type": "library", "name": "a", "evidence": {"identity": [identity] if as_list else identity}}
    assert component(bom(components=[entry])).ref == "pkg:npm/a@1"


def test_duplicate_package_urls_become_one_component() -> None:
    document = bom(
        components=[
            library("a", scope="optional", licenses=[{"license": {"id": "MIT"}}]),
            library("a", scope="required", **{"bom-ref": "a-again"}, description="text"),
            library("b"),
        ],
        dependencies=[{"ref": "a-again", "dependsOn": ["b"]}],
    )
    first = document.inventory.components[0]
    assert (first.ref, first.declared_licenses, first.description) == ("pkg:npm/a@1", ("MIT",), "text")
    assert usages(document)["pkg:npm/a@1"].scope is Scope.RUNTIME
    assert document.inventory.edges == (Edge("pkg:npm/a@1", "pkg:npm/b@1"),)
    assert "1 components are listed more than once; they were merged" in messages(document)


def test_many_entries_with_one_package_url_are_united_in_order() -> None:
    entries = [
        library("a", **{"bom-ref": str(number)}, licenses=[{"license": {"name": f"L{number}"}}]) for number in range(7)
    ]
    assert component(bom(components=entries)).declared_licenses == tuple(f"L{number}" for number in range(7))


def test_dependencies_that_lead_nowhere_are_an_issue() -> None:
    document = bom(
        components=[library("a")],
        dependencies=[{"ref": "ghost", "dependsOn": ["a"]}, {"ref": "a", "dependsOn": ["shade"]}],
    )
    assert document.inventory.edges == ()
    assert "dependencies name 'ghost', 'shade', which the document does not define" in messages(document)


def test_dependencies_on_services_are_no_fault() -> None:
    document = bom(
        components=[library("a")],
        services=[{"name": "s", "bom-ref": "outer", "services": [{"name": "t", "bom-ref": "inner"}]}],
        dependencies=[{"ref": "a", "dependsOn": ["outer", "inner"]}],
    )
    assert "1 services are described; they are no components" in messages(document)
    assert not any("does not define" in message for message in messages(document))


def test_dependencies_by_package_url_instead_of_bom_ref_are_understood() -> None:
    document = bom(
        components=[library("a"), library("b")],
        dependencies=[{"ref": "pkg:npm/a@1", "dependsOn": ["pkg:npm/b@1"]}],
    )
    assert document.inventory.edges == (Edge("pkg:npm/a@1", "pkg:npm/b@1"),)


def test_bom_links_into_the_document_itself_are_local_and_others_are_an_issue() -> None:
    link = SERIAL.replace("uuid", "cdx")
    document = bom(
        serialNumber=SERIAL,
        components=[library("a"), library("b")],
        dependencies=[{"ref": "a", "dependsOn": [f"{link}/1#b", f"{link}/2#b"]}],
    )
    assert document.inventory.edges == (Edge("pkg:npm/a@1", "pkg:npm/b@1"),)
    assert any(
        f"other documents, whose contents are not known here: '{link}/2#b'" in text for text in messages(document)
    )


def test_licences_by_id_name_and_expression() -> None:
    by_name = bom(components=[library("a", licenses=[{"license": {"id": "MIT"}}, {"license": {"name": "House"}}])])
    by_expression = bom(components=[library("a", licenses=[{"expression": "MIT OR ISC"}])])
    assert component(by_name).declared_licenses == ("MIT", "House")
    assert component(by_expression).declared_licenses == ("MIT OR ISC",)


def test_concluded_licences_are_kept_apart_from_declared_ones() -> None:
    licenses = [
        {"license": {"id": "MIT", "acknowledgement": "declared"}},
        {"license": {"id": "Zlib", "acknowledgement": "concluded"}},
        {"license": {"id": "ISC", "acknowledgement": "concluded"}},
    ]
    found = component(bom(components=[library("a", licenses=licenses)]))
    assert (found.declared_licenses, found.concluded_license) == (("MIT",), "Zlib AND ISC")


def test_1_7_mixes_several_expressions_with_named_licences() -> None:
    licenses = [
        {"expression": "MIT OR ISC", "acknowledgement": "concluded"},
        {"expression": "Apache-2.0 WITH LLVM-exception", "acknowledgement": "concluded"},
        {"expression": "MIT", "expressionDetails": [{"licenseIdentifier": "MIT"}]},
        {"license": {"name": "House"}},
    ]
    found = component(bom("1.7", components=[library("a", licenses=licenses)]))
    assert found.declared_licenses == ("MIT", "House")
    assert found.concluded_license == "(MIT OR ISC) AND (Apache-2.0 WITH LLVM-exception)"


def test_a_concluded_name_becomes_a_reference_with_an_issue() -> None:
    licenses = [{"license": {"name": "House licence, 2nd", "acknowledgement": "concluded"}}]
    document = bom(components=[library("a", licenses=licenses)])
    assert component(document).concluded_license == "LicenseRef-House-licence-2nd"
    assert any("'House licence, 2nd' is no SPDX expression" in message for message in messages(document))


def test_an_expression_that_is_none_is_an_issue_and_stays() -> None:
    document = bom(components=[library("a", licenses=[{"expression": "MIT OR"}])])
    assert component(document).declared_licenses == ("MIT OR",)
    assert any("ends too early" in message for message in messages(document))


def test_external_components_of_1_7_have_a_range_instead_of_a_version() -> None:
    entry = {"type": "library", "name": "a", "purl": "pkg:npm/a", "isExternal": True, "versionRange": "vers:npm/>=1|<2"}
    document = bom("1.7", components=[entry])
    assert component(document).ref == "pkg:npm/a"
    assert {("external", "true"), ("version-range", "vers:npm/>=1|<2")} <= set(component(document).properties)
    assert usages(document)["pkg:npm/a"].requirement == "vers:npm/>=1|<2"


def test_facts_of_a_component() -> None:
    entry = library(
        "a",
        type="framework",
        supplier={"name": "Supplier"},
        publisher="Publisher",
        authors=[{"name": "Ada", "email": "ada@example.org"}, {"name": "Bob"}],
        description="Text",
        hashes=[{"alg": "SHA-256", "content": "AB" * 32}],
        copyright="(c) Ada\n(c) Bob",
        cpe="cpe:2.3:a:x:a:1:*:*:*:*:*:*:*",
        swid={"tagId": "tag", "name": "a"},
        externalReferences=[
            {"type": "website", "url": "https://example.org"},
            {"type": "vcs", "url": "git@example.org:x/a.git"},
            {"type": "distribution", "url": "https://example.org/a.tgz"},
            {"type": "issue-tracker", "url": "https://example.org/issues"},
        ],
        properties=[{"name": "key", "value": "value"}],
        evidence={
            "occurrences": [{"location": "lib/a.js", "line": 3}, {"location": "lib/b.js"}],
            "copyright": [{"text": "(c) Cy"}],
        },
        modified=False,
    )
    assert component(bom(components=[entry])) == Component(
        purl=parse_purl("pkg:npm/a@1"),
        copyrights=("(c) Ada", "(c) Bob", "(c) Cy"),
        authors=("Ada <ada@example.org>", "Bob"),
        supplier="Supplier",
        description="Text",
        homepage="https://example.org",
        download_url="https://example.org/a.tgz",
        vcs_url="git+ssh://git@example.org/x/a.git",
        hashes=(Hash("sha256", "ab" * 32),),
        locations=(Location("lib/a.js", 3), Location("lib/b.js")),
        modified=False,
        properties=(
            ("cpe", "cpe:2.3:a:x:a:1:*:*:*:*:*:*:*"),
            ("key", "value"),
            ("publisher", "Publisher"),
            ("reference:issue-tracker", "https://example.org/issues"),
            ("swid", "tag"),
            ("type", "framework"),
        ),
    )


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("git+https://example.org/a.git@v1", "git+https://example.org/a.git@v1"),
        ("https://example.org/a.git", "git+https://example.org/a.git"),
        ("https://example.org/a.git#v1", "git+https://example.org/a.git@v1"),
        ("scm:git:https://example.org/a.git", "git+https://example.org/a.git"),
        ("git://example.org/a", "git+git://example.org/a"),
        ("https://example.org/browse/a", "https://example.org/browse/a"),
    ],
)
def test_addresses_of_repositories(stated: str, expected: str) -> None:
    entry = library("a", externalReferences=[{"type": "vcs", "url": stated}])
    assert component(bom(components=[entry])).vcs_url == expected


@pytest.mark.parametrize(
    "pedigree", [{"commits": [{"uid": "1"}]}, {"patches": [{"type": "backport"}]}, {"ancestors": [library("old")]}]
)
def test_a_pedigree_of_changes_means_modified(pedigree: dict[str, Any]) -> None:
    document = bom(components=[library("a", pedigree=pedigree)])
    assert component(document).modified is True
    assert len(document.inventory.components) == 1


def test_tools_as_list_and_as_object() -> None:
    old = bom("1.4", metadata={"tools": [{"vendor": "Example", "name": "maker", "version": "1"}]})
    new = bom(
        metadata={
            "tools": {
                "components": [{"type": "application", "group": "Example", "name": "maker", "version": "1"}],
                "services": [{"name": "service"}],
            }
        }
    )
    assert old.tools == ("Example maker 1",)
    assert new.tools == ("Example maker 1", "service")


def test_the_document_itself() -> None:
    document = bom(
        serialNumber=SERIAL,
        version=4,
        metadata={
            "timestamp": "2026-01-02T03:04:05.678901+01:00",
            "authors": [{"name": "Ada", "email": "a@example.org"}],
        },
    )
    assert document.serial == SERIAL
    assert document.revision == 4
    assert document.created == datetime(2026, 1, 2, 2, 4, 5, 678901, tzinfo=UTC)
    assert document.authors == ("Ada <a@example.org>",)
    assert str(document.kind) == "CycloneDX 1.6 (JSON)"


def test_incomplete_parts_are_an_issue() -> None:
    compositions = [{"aggregate": "incomplete_third_party_only"}, {"aggregate": "complete"}]
    assert any("1 of its parts are incomplete" in text for text in messages(bom(compositions=compositions)))


def test_xml_says_the_same_as_json() -> None:
    document = xml(
        """
        <metadata>
          <timestamp>2026-01-02T03:04:05</timestamp>
          <tools><tool><vendor>Example</vendor><name>maker</name></tool></tools>
          <authors><author><name>Ada</name></author></authors>
          <component type="application" bom-ref="root"><name>app</name></component>
        </metadata>
        <components>
          <component type="framework" bom-ref="a">
            <supplier><name>Supplier</name></supplier>
            <authors><author><name>Ada</name><email>ada@example.org</email></author></authors>
            <name> a </name><version>1</version><description>Text</description><scope>optional</scope>
            <hashes><hash alg="MD5">00000000000000000000000000000000</hash></hashes>
            <licenses>
              <license acknowledgement="concluded"><id>MIT</id></license>
              <license><name>House</name></license>
            </licenses>
            <copyright>(c) Ada</copyright>
            <purl>pkg:npm/a@1</purl>
            <swid tagId="tag" name="a"/>
            <modified>true</modified>
            <externalReferences>
              <reference type="website"><url>https://example.org</url></reference>
            </externalReferences>
            <properties><property name="key"> value </property></properties>
            <components>
              <component type="library" bom-ref="b"><name>b</name><purl>pkg:npm/b@1</purl></component>
            </components>
            <evidence>
              <identity><field>purl</field><concludedValue>pkg:npm/other@1</concludedValue></identity>
              <occurrences><occurrence><location>lib/a.js</location><line>3</line></occurrence></occurrences>
              <copyright><text>(c) Cy</text></copyright>
            </evidence>
            <extension xmlns="https://example.org/other"><name>foreign</name></extension>
          </component>
        </components>
        <services><service bom-ref="s"><name>s</name><services/></service></services>
        <dependencies>
          <dependency ref="root"><dependency ref="a"/><dependency ref="s"/></dependency>
        </dependencies>
        <compositions><composition><aggregate>incomplete</aggregate></composition></compositions>
        """,
        attributes=f'serialNumber="{SERIAL}" version="2"',
    )
    assert document.inventory.components[0] == Component(
        purl=parse_purl("pkg:npm/a@1"),
        declared_licenses=("House",),
        concluded_license="MIT",
        copyrights=("(c) Ada", "(c) Cy"),
        authors=("Ada <ada@example.org>",),
        supplier="Supplier",
        description="Text",
        homepage="https://example.org",
        hashes=(Hash("md5", "0" * 32),),
        locations=(Location("lib/a.js", 3),),
        modified=True,
        properties=(("key", " value "), ("swid", "tag"), ("type", "framework")),
    )
    assert document.inventory.edges == (Edge("pkg:npm/a@1", "pkg:npm/b@1"),)
    assert usages(document) == {
        "pkg:npm/a@1": Usage("pkg:npm/a@1", Scope.OPTIONAL, True),
        "pkg:npm/b@1": Usage("pkg:npm/b@1", Scope.RUNTIME, False),
    }
    assert (document.serial, document.revision, document.authors) == (SERIAL, 2, ("Ada",))
    assert document.tools == ("Example maker",)
    assert document.created == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert len(messages(document)) == 2


def test_xml_1_7_detailed_expressions_and_external_components() -> None:
    document = xml(
        """
        <components>
          <component type="library" isExternal="true">
            <name>a</name><versionRange>vers:npm/*</versionRange>
            <licenses>
              <expression>MIT OR ISC</expression>
              <expression-detailed expression="Zlib AND MIT"><details license-identifier="MIT"/></expression-detailed>
            </licenses>
            <purl>pkg:npm/a</purl>
          </component>
        </components>
        """,
        "1.7",
    )
    assert component(document).declared_licenses == ("MIT OR ISC", "Zlib AND MIT")
    assert usages(document)["pkg:npm/a"].requirement == "vers:npm/*"


def test_xml_tools_as_components_and_services() -> None:
    document = xml(
        """
        <metadata><tools>
          <components><component type="application"><name>maker</name><version>1</version></component></components>
          <services><service><name>service</name></service></services>
        </tools></metadata>
        """
    )
    assert document.tools == ("maker 1", "service")


def test_the_oldest_xml_versions_are_read() -> None:
    body = (
        '<components><component type="library"><name>a</name><version>1</version>'
        "<purl>pkg:npm/a@1</purl><modified>false</modified></component></components>"
    )
    assert component(xml(body, "1.0", 'version="1"')).modified is False
    assert component(xml(body, "1.1", 'version="1"')).ref == "pkg:npm/a@1"


def test_an_invalid_document_is_refused_with_every_fault() -> None:
    with pytest.raises(InvalidDocument) as caught:
        bom(components=[{"type": "library"}, {"type": "thing", "name": "a"}])
    assert [fault.place for fault in caught.value.faults] == ["components[0]", "components[1].type"]
