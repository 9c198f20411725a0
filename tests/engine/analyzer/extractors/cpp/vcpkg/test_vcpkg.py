# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""vcpkg.json: dependencies, overrides, registries, features."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.cpp.vcpkg import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

BASE = "0123456789abcdef0123456789abcdef01234567"
MANIFEST = {
    "name": "workshop",
    "version-semver": "1.2.0",
    "license": "MIT",
    "builtin-baseline": BASE,
    "dependencies": [
        "oil",
        {"name": "paint", "version>=": "2.0#1"},
        {"name": "brush", "host": True},
        {"name": "press", "platform": "windows"},
    ],
    "overrides": [{"name": "oil", "version": "1.4", "port-version": 3}, {"name": "brush", "version": "0.9#2"}],
    "default-features": ["shine"],
    "features": {
        "shine": {"dependencies": ["varnish", {"name": "workshop", "features": ["x"]}]},
        "extra": {"dependencies": ["glitter"]},
    },
}


def test_overrides_give_versions_the_rest_gives_requirements() -> None:
    found = extract(EXTRACTOR, {"vcpkg.json": json.dumps(MANIFEST)})
    revision = f"repository_revision={BASE}"
    oil, paint = f"pkg:vcpkg/oil@1.4?port_version=3&{revision}", f"pkg:vcpkg/paint?{revision}"
    assert refs(found) == [
        f"pkg:vcpkg/brush@0.9?port_version=2&{revision}",
        f"pkg:vcpkg/glitter?{revision}",
        oil,
        paint,
        f"pkg:vcpkg/press?{revision}",
        f"pkg:vcpkg/varnish?{revision}",
    ]
    used = usages(found, "vcpkg.json")
    assert used[paint].requirement == ">=2.0#1"
    assert {ref.partition("?")[0].partition("@")[0][10:]: usage.scope for ref, usage in used.items()} == {
        "oil": Scope.RUNTIME,
        "paint": Scope.RUNTIME,
        "brush": Scope.BUILD,
        "press": Scope.OPTIONAL,
        "varnish": Scope.RUNTIME,
        "glitter": Scope.OPTIONAL,
    }


def test_the_project_is_described_and_missing_versions_are_reported() -> None:
    found = extract(EXTRACTOR, {"vcpkg.json": json.dumps(MANIFEST)})
    (project,) = found.projects
    assert (project.name, project.version, project.declared_licenses) == ("workshop", "1.2.0", ("MIT",))
    (issue,) = found.issues
    assert issue.message.startswith("4 dependencies without a version")


def test_registries_are_chosen_by_name_then_by_longest_prefix() -> None:
    configuration = {
        "default-registry": {"kind": "git", "repository": "https://example.org/microsoft/vcpkg", "baseline": BASE},
        "registries": [
            {"kind": "git", "repository": "https://u:secret@example.org/wide", "baseline": "x", "packages": ["lib*"]},
            {
                "kind": "git",
                "repository": "https://example.org/close",
                "baseline": BASE,
                "packages": ["liboil*", "paint"],
            },
        ],
    }
    manifest = {"dependencies": ["liboil-light", "libfat", "paint", "tool"]}
    files = {"vcpkg.json": json.dumps(manifest), "vcpkg-configuration.json": json.dumps(configuration)}
    found = extract(EXTRACTOR, files)
    qualifiers = {component.purl.name: dict(component.purl.qualifiers) for component in found.components}
    assert qualifiers == {
        "liboil-light": {"repository_url": "https://example.org/close", "repository_revision": BASE},
        "libfat": {"repository_url": "https://example.org/wide"},
        "paint": {"repository_url": "https://example.org/close", "repository_revision": BASE},
        "tool": {"repository_revision": BASE},
    }


def test_a_broken_configuration_is_an_issue_of_that_file() -> None:
    found = extract(EXTRACTOR, {"vcpkg.json": '{"dependencies": ["oil"]}', "vcpkg-configuration.json": "{"})
    assert refs(found) == ["pkg:vcpkg/oil"]
    assert found.issues[0].path == "vcpkg-configuration.json"


@pytest.mark.parametrize("text", ["[]", "1", "{"])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"vcpkg.json": text})


KEYS = [
    "name",
    "version",
    "version>=",
    "port-version",
    "host",
    "platform",
    "dependencies",
    "features",
    "overrides",
    "default-features",
    "configuration",
    "default-registry",
    "registries",
    "packages",
    "kind",
    "repository",
    "baseline",
    "builtin-baseline",
]
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["oil", "git", "https://[", "*", BASE]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=15,
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES), VALUES)
def test_any_structure_gives_an_extraction_or_unreadable(manifest: dict[str, Any], configuration: object) -> None:
    survives(EXTRACTOR, {"vcpkg.json": json.dumps(manifest)})
    survives(EXTRACTOR, {"vcpkg.json": json.dumps(manifest), "vcpkg-configuration.json": json.dumps(configuration)})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"vcpkg.json": data})
