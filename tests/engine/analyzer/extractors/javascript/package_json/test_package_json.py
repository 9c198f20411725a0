# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""package.json without a lock file: requirements, members, sources, and what it may not be taken for."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import javascript
from paddock.engine.analyzer.extractors.javascript.package_json import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages


def manifest(**document: Any) -> dict[str, str | bytes]:
    return {"package.json": json.dumps(document)}


def test_the_project_and_what_it_declares() -> None:
    found = extract(
        EXTRACTOR,
        manifest(
            name="@house/app",
            version="1.2.3",
            license="MIT",
            dependencies={"pinned": "1.0.0", "ranged": "^2.0.0", "short": "npm:@real/name@3.1.0"},
            devDependencies={"tool": "latest", "peer": "1.0.0"},
            optionalDependencies={"ranged": "^2.0.0"},
            peerDependencies={"peer": ">=1", "host": "1 || 2"},
        ),
    )
    (project,) = found.projects
    assert (project.name, project.version, project.declared_licenses) == ("@house/app", "1.2.3", ("MIT",))
    assert project.origin is Origin.DECLARED
    used = usages(found, "package.json")
    assert {ref: (usage.scope, usage.requirement) for ref, usage in used.items()} == {
        "pkg:npm/%40real/name@3.1.0": (Scope.RUNTIME, "npm:@real/name@3.1.0"),
        "pkg:npm/host": (Scope.RUNTIME, "1 || 2"),
        "pkg:npm/peer@1.0.0": (Scope.DEV, "1.0.0"),
        "pkg:npm/pinned@1.0.0": (Scope.RUNTIME, "1.0.0"),
        "pkg:npm/ranged": (Scope.OPTIONAL, "^2.0.0"),
        "pkg:npm/tool": (Scope.DEV, "latest"),
    }
    assert all(usage.direct for usage in used.values())
    (issue,) = found.issues
    assert issue.severity is Severity.WARNING
    assert issue.message.startswith("3 dependencies have no pinned version: ")


@pytest.mark.parametrize(
    ("requirement", "ref", "pinned"),
    [
        (
            "git+https://git.example.org/o/r.git#0123abcdef",
            "pkg:npm/a?vcs_url=git%2Bhttps://git.example.org/o/r.git%400123abcdef",
            True,
        ),
        ("o/r#v1.0.0", "pkg:npm/a?vcs_url=git%2Bhttps://github.com/o/r%40v1.0.0", False),
        ("gitlab:o/r", "pkg:npm/a?vcs_url=git%2Bhttps://gitlab.com/o/r", False),
        ("git@git.example.org:o/r.git", "pkg:npm/a?vcs_url=git%2Bssh://git%40git.example.org/o/r.git", False),
        ("https://example.org/a.tgz", "pkg:npm/a?download_url=https://example.org/a.tgz", False),
    ],
)
def test_sources_outside_registries(requirement: str, ref: str, pinned: bool) -> None:
    found = extract(EXTRACTOR, manifest(dependencies={"a": requirement}))
    assert refs(found) == [ref]
    assert (not found.issues) is pinned


def test_members_are_projects_that_may_need_each_other() -> None:
    files = manifest(name="house", workspaces=["packages/*", "!packages/old"])
    files["packages/app/package.json"] = (
        '{"name": "app", "dependencies": {"lib": "workspace:^", "tool": "file:../../tool"}}'
    )
    files["packages/lib/package.json"] = '{"name": "lib"}'
    files["packages/old/package.json"] = '{"name": "old", "dependencies": {"lib": "workspace:*"}}'
    files["tool/package.json"] = '{"name": "tool"}'
    found = inventory(javascript.EXTRACTORS, files)
    assert list(usages(found, "packages/app/package.json")) == ["packages/lib/package.json", "tool/package.json"]
    assert [issue.path for issue in found.issues] == ["packages/old/package.json"]
    assert "lib@workspace:*" in found.issues[0].message


def test_members_named_by_pnpm() -> None:
    files = manifest(name="house")
    files["pnpm-workspace.yaml"] = "packages: [apps/*]"
    files["apps/one/package.json"] = '{"name": "one", "dependencies": {"two": "workspace:*"}}'
    files["apps/two/package.json"] = '{"name": "two"}'
    assert list(usages(inventory(javascript.EXTRACTORS, files), "apps/one/package.json")) == ["apps/two/package.json"]


def test_what_is_installed_tells_the_version() -> None:
    files = manifest(name="x", devDependencies={"a": "^1.0.0"})
    files["node_modules/a/package.json"] = '{"name": "a", "version": "1.4.2", "dependencies": {"b": "1"}}'
    files["node_modules/b/package.json"] = '{"name": "b", "version": "1.0.0"}'
    found = inventory(javascript.EXTRACTORS, files)
    assert refs(found) == ["pkg:npm/a@1.4.2", "pkg:npm/b@1.0.0"]
    used = usages(found, "package.json")
    assert [(usage.scope, usage.direct) for usage in used.values()] == [(Scope.DEV, True), (Scope.DEV, False)]
    assert found.issues == ()


def test_an_installed_package_is_no_project() -> None:
    found = extract(EXTRACTOR, {"node_modules/a/package.json": '{"name": "a", "dependencies": {"b": "1"}}'})
    assert (found.projects, found.components) == ((), ())


def test_a_file_that_only_sets_the_module_type_is_no_project() -> None:
    assert extract(EXTRACTOR, manifest(type="module")).projects == ()


def test_unity_packages_are_not_npms() -> None:
    found = extract(EXTRACTOR, manifest(name="org.example.x", unity="2020.3", dependencies={"com.example.y": "1.0.0"}))
    assert refs(found) == []
    assert "Unity" in found.issues[0].message


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"package.json": "[1]"})


KEYS = st.sampled_from(
    [
        "name",
        "version",
        "license",
        "licenses",
        "type",
        "workspaces",
        "packages",
        "dependencies",
        "peerDependencies",
        "peerDependenciesMeta",
        "optional",
        "a",
        "@",
        "@s/",
        "a/b",
        "",
    ]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["file:../../..", "npm:", "npm:@", "*", "**/../*", "link:\0", "workspace:a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"package.json": data})


@given(st.dictionaries(KEYS, VALUES, max_size=6), VALUES)
def test_any_values_in_any_place_give_an_extraction_or_unreadable(document: Any, other: Any) -> None:
    survives(EXTRACTOR, {"package.json": json.dumps(document), "pnpm-workspace.yaml": json.dumps(other)})
