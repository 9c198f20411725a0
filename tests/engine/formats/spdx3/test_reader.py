# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading SPDX 3: what its elements and relationships become."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from paddock.engine.formats.document import Document, DocumentFormat, InvalidDocument, Kind
from paddock.engine.formats.spdx3.reader import read_document
from paddock.engine.formats.spdx3.validator import faults
from paddock.engine.model.component import Component, Hash
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import parse_purl

APP = (Path(__file__).parent / "data" / "app.spdx3.json").read_bytes()
KIND = Kind(DocumentFormat.SPDX3_JSON, "3.0.1")
INFO = {
    "type": "CreationInfo",
    "@id": "_:i",
    "specVersion": "3.0.1",
    "created": "2026-01-02T03:04:05Z",
    "createdBy": ["urn:x:ada"],
}
ADA = {"type": "Person", "spdxId": "urn:x:ada", "creationInfo": "_:i", "name": "Ada"}


def element(type: str, key: str, **facts: Any) -> dict[str, Any]:
    return {"type": type, "spdxId": f"urn:x:{key}", "creationInfo": "_:i", **facts}


def package(key: str, **facts: Any) -> dict[str, Any]:
    return element("software_Package", key, name=key, **facts)


def related(source: str, kind: str, *targets: Any, **facts: Any) -> dict[str, Any]:
    to = [f"urn:x:{target}" if isinstance(target, str) and ":" not in target else target for target in targets]
    kind_of = "LifecycleScopedRelationship" if "scope" in facts else "Relationship"
    name = f"{source}-{kind}-{len(targets)}-{targets[0] if isinstance(targets[0], str) else 'inline'}"
    return element(
        kind_of, name.replace(":", "-"), **{"from": f"urn:x:{source}"}, relationshipType=kind, to=to, **facts
    )


def document(*elements: dict[str, Any], roots: tuple[str, ...] = ("app",)) -> dict[str, Any]:
    root = element("SpdxDocument", "doc", name="doc", rootElement=[f"urn:x:{key}" for key in roots])
    return {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [INFO, ADA, root, *elements]}


def inventory(*elements: dict[str, Any], roots: tuple[str, ...] = ("app",)) -> Inventory:
    data = json.dumps(document(*elements, roots=roots)).encode()
    return read_document(data, KIND).inventory


def test_a_whole_document() -> None:
    assert faults(APP, KIND) == ()
    assert read_document(APP, KIND) == Document(
        kind=KIND,
        serial="https://example.org/app",
        created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        authors=("Ada", "Example Works"),
        tools=("maker-1.0",),
        inventory=Inventory(
            name="app",
            projects=(
                Project(
                    id="app@1.0",
                    origin=Origin.DESCRIBED,
                    name="app",
                    version="1.0",
                    usages=(
                        Usage("pkg:generic/tester", Scope.TEST, True),
                        Usage("pkg:npm/left-pad@1.3.0", Scope.RUNTIME, True),
                    ),
                ),
            ),
            components=(
                Component(
                    purl=parse_purl("pkg:generic/tester"),
                    concluded_license="NONE",
                    properties=(("purl", "made up by the reader"),),
                ),
                Component(
                    purl=parse_purl("pkg:npm/left-pad@1.3.0"),
                    declared_licenses=("WTFPL OR LicenseRef-pad",),
                    authors=("Example Works",),
                    supplier="Ada",
                    description="Pads.",
                    homepage="https://example.org/left-pad",
                    download_url="https://example.org/left-pad-1.3.0.tgz",
                    hashes=(Hash("sha256", "0" * 62 + "ab"),),
                    properties=(
                        ("LicenseRef-pad name", "Pad Licence"),
                        ("LicenseRef-pad text", "Pad as you like."),
                        ("cpe", "cpe:2.3:a:pad:left-pad:1.3.0:*:*:*:*:*:*:*"),
                        ("reference other", "pad/1"),
                    ),
                ),
            ),
            edges=(Edge("pkg:generic/tester", "pkg:npm/left-pad@1.3.0"),),
            issues=(
                Issue(
                    Severity.WARNING,
                    "spdx3",
                    "relationships with other documents, whose contents are not known here: 1",
                ),
                Issue(Severity.HINT, "spdx3", "files and snippets that are listed and are no components: 2"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("kind", "facts", "usage"),
    [
        ("dependsOn", {}, Usage("pkg:npm/a@1", Scope.UNKNOWN, True)),
        ("dependsOn", {"scope": "runtime"}, Usage("pkg:npm/a@1", Scope.RUNTIME, True)),
        ("dependsOn", {"scope": "build"}, Usage("pkg:npm/a@1", Scope.BUILD, True)),
        ("dependsOn", {"scope": "development"}, Usage("pkg:npm/a@1", Scope.DEV, True)),
        ("dependsOn", {"scope": "test"}, Usage("pkg:npm/a@1", Scope.TEST, True)),
        ("dependsOn", {"scope": "other"}, Usage("pkg:npm/a@1", Scope.UNKNOWN, True)),
        ("hasOptionalDependency", {}, Usage("pkg:npm/a@1", Scope.OPTIONAL, True)),
        ("hasProvidedDependency", {}, Usage("pkg:npm/a@1", Scope.BUILD, True)),
        ("hasStaticLink", {}, Usage("pkg:npm/a@1", Scope.RUNTIME, True)),
        ("contains", {}, Usage("pkg:npm/a@1", Scope.RUNTIME, None)),
        ("hasOptionalComponent", {}, Usage("pkg:npm/a@1", Scope.OPTIONAL, None)),
        ("packagedBy", {}, Usage("pkg:npm/a@1")),
        ("hasTest", {}, Usage("pkg:npm/a@1")),
    ],
)
def test_what_a_relationship_says(kind: str, facts: dict[str, str], usage: Usage) -> None:
    found = inventory(
        package("app"), package("a", software_packageUrl="pkg:npm/a@1"), related("app", kind, "a", **facts)
    )
    assert found.projects[0].usages == (usage,)


def test_several_targets_and_roots() -> None:
    found = inventory(
        package("web"),
        package("api"),
        package("a", software_packageUrl="pkg:npm/a@1"),
        package("b", software_packageUrl="pkg:npm/b@1"),
        related("web", "dependsOn", "a", "b"),
        related("api", "dependsOn", "b"),
        roots=("web", "api"),
    )
    assert {project.id: [usage.ref for usage in project.usages] for project in found.projects} == {
        "web": ["pkg:npm/a@1", "pkg:npm/b@1"],
        "api": ["pkg:npm/b@1"],
    }


LICENSES = [
    (["https://spdx.org/licenses/MIT"], "MIT"),
    (["https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense"], ""),
    (["expandedlicensing_NoneLicense"], "NONE"),
    ([{"type": "simplelicensing_LicenseExpression", "simplelicensing_licenseExpression": "MIT OR ISC"}], "MIT OR ISC"),
    ([{"type": "simplelicensing_LicenseExpression", "simplelicensing_licenseExpression": "NOASSERTION"}], ""),
    (
        [
            {
                "type": "expandedlicensing_ConjunctiveLicenseSet",
                "expandedlicensing_member": [
                    "https://spdx.org/licenses/MIT",
                    {
                        "type": "expandedlicensing_DisjunctiveLicenseSet",
                        "expandedlicensing_member": [
                            {
                                "type": "expandedlicensing_OrLaterOperator",
                                "expandedlicensing_subjectLicense": "https://spdx.org/licenses/LGPL-2.1",
                            },
                            {
                                "type": "expandedlicensing_WithAdditionOperator",
                                "expandedlicensing_subjectExtendableLicense": "https://spdx.org/licenses/GPL-2.0-only",
                                "expandedlicensing_subjectAddition": "https://spdx.org/licenses/Classpath-exception-2.0",
                            },
                        ],
                    },
                ],
            }
        ],
        "MIT AND (LGPL-2.1+ OR GPL-2.0-only WITH Classpath-exception-2.0)",
    ),
    (
        [
            {
                "type": "expandedlicensing_CustomLicense",
                "spdxId": "urn:x:#house one",
                "simplelicensing_licenseText": "Ask.",
            }
        ],
        "LicenseRef-house-one",
    ),
    (["https://spdx.org/licenses/MIT", "https://spdx.org/licenses/ISC"], "MIT AND ISC"),
]


@pytest.mark.parametrize(("to", "expression"), LICENSES)
def test_licences_in_all_their_forms(to: list[Any], expression: str) -> None:
    found = inventory(package("app"), package("a"), related("a", "hasConcludedLicense", *to))
    assert found.components[0].concluded_license == expression


def test_a_licence_that_is_not_defined_is_told() -> None:
    found = inventory(package("app"), package("a"), related("a", "hasDeclaredLicense", "urn:x:nowhere"))
    assert found.components[0].declared_licenses == ()
    assert any("'urn:x:nowhere' is not defined" in issue.message for issue in found.issues)


def test_a_licence_that_contains_itself_ends() -> None:
    ring = element(
        "expandedlicensing_ConjunctiveLicenseSet", "ring", expandedlicensing_member=["urn:x:ring", "urn:x:ring"]
    )
    found = inventory(package("app"), package("a"), ring, related("a", "hasDeclaredLicense", "ring"))
    assert any("contains itself" in issue.message for issue in found.issues)


def test_elements_may_stand_inline_and_alone() -> None:
    value = {
        "@context": "https://spdx.org/rdf/3.0.0/spdx-context.jsonld",
        **package("a", software_packageUrl="pkg:npm/a@1"),
        "creationInfo": {**INFO, "createdBy": [{**ADA, "creationInfo": "_:i"}]},
        "suppliedBy": {"type": "Organization", "spdxId": "urn:x:o", "creationInfo": "_:i", "name": "Works"},
    }
    kind = Kind(DocumentFormat.SPDX3_JSON, "3.0.0")
    assert faults(json.dumps(value).encode(), kind) == ()
    found = read_document(json.dumps(value).encode(), kind).inventory
    assert [(item.ref, item.supplier) for item in found.components] == [("pkg:npm/a@1", "Works")]


def test_files_are_components_where_there_is_no_package() -> None:
    found = inventory(element("software_File", "f", name="lib.so"), roots=())
    assert [item.name for item in found.components] == ["lib.so"]


def test_relationships_that_lead_nowhere_are_told() -> None:
    found = inventory(package("app"), package("a"), related("app", "dependsOn", "ghost"))
    assert "relationships name 'urn:x:ghost', which the document does not define" in {i.message for i in found.issues}


def test_a_package_without_name_goes_by_its_id() -> None:
    found = inventory(package("app"), element("software_Package", "a"))
    assert found.components[0].purl.name == "urn:x:a"


@pytest.mark.parametrize("version", ["3.1.0", "2.3"])
def test_other_versions_are_refused_by_name(version: str) -> None:
    with pytest.raises(InvalidDocument, match=f"{version} .JSON. is not read here"):
        read_document(APP, Kind(DocumentFormat.SPDX3_JSON, version))
