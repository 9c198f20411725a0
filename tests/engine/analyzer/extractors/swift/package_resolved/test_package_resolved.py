# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Package.resolved, versions 1 to 3: pins, purls, what Package.swift says."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.swift.package_resolved import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

LOCK = "Package.resolved"


def pin(location: str, kind: str = "remoteSourceControl", identity: str = "x", **state: str) -> dict[str, Any]:
    return {"identity": identity, "kind": kind, "location": location, "state": state}


def lock(*pins: dict[str, Any], version: int = 2) -> str:
    return json.dumps({"pins": pins, "version": version, "originHash": "00"})


def test_version_1_and_later_say_the_same_in_other_words() -> None:
    old = {
        "object": {
            "pins": [
                {
                    "package": "Kit",
                    "repositoryURL": "https://git.example.org/Owner/Kit.git",
                    "state": {"branch": None, "revision": "0123abc", "version": "1.2.0"},
                }
            ]
        },
        "version": 1,
    }
    new = lock(pin("https://git.example.org/Owner/Kit.git", revision="0123abc", version="1.2.0"), version=3)
    for text in (json.dumps(old), new):
        (component,) = extract(EXTRACTOR, {LOCK: text}).components
        assert component.ref == "pkg:swift/git.example.org/Owner/Kit@1.2.0"
        assert component.vcs_url == "git+https://git.example.org/Owner/Kit.git@0123abc"


@pytest.mark.parametrize(
    ("entry", "ref"),
    [
        (
            pin("git@git.example.org:group/sub/kit.git", version="1.0.0"),
            "pkg:swift/git.example.org/group/sub/kit@1.0.0",
        ),
        (
            pin("https://user@git.example.org/o/kit", branch="main", revision="0123abc"),
            "pkg:swift/git.example.org/o/kit@0123abc",
        ),
        (pin("", "registry", "scope.kit", version="2.0.0"), "pkg:swift/scope/kit@2.0.0"),
        (pin("/Users/me/kit", "localSourceControl", "kit", revision="0123abc"), "pkg:generic/kit@0123abc"),
    ],
)
def test_locations_give_host_and_owner(entry: dict[str, Any], ref: str) -> None:
    assert refs(extract(EXTRACTOR, {LOCK: lock(entry)})) == [ref]


def test_what_package_swift_names_literally_is_direct() -> None:
    manifest = """// swift-tools-version:5.9
    let package = Package(name: "App", dependencies: [
        .package(url: "https://git.example.org/o/Direct.git", from: "1.0.0"),
        .package(name: "Named", url: "git@git.example.org:o/named", .upToNextMinor(from: "2.0.0")),
        // .package(url: "https://git.example.org/o/other", from: "1.0.0"),
    ])
    """
    pins = (
        pin("https://git.example.org/o/direct", version="1.5.0"),
        pin("https://git.example.org/o/named.git", version="2.0.3"),
        pin("https://git.example.org/o/other", version="1.0.0"),
    )
    used = usages(extract(EXTRACTOR, {LOCK: lock(*pins), "Package.swift": manifest}), "Package.swift")
    assert [(usage.direct, usage.requirement) for usage in used.values()] == [
        (True, 'from: "1.0.0"'),
        (True, '.upToNextMinor(from: "2.0.0"'),
        (None, ""),
    ]


def test_a_pin_without_a_name_is_an_issue() -> None:
    found = extract(
        EXTRACTOR, {LOCK: lock(pin("", identity=""), pin("https://git.example.org/o/kit", version="1.0.0"))}
    )
    assert len(found.components) == 1
    assert "pin 1" in found.issues[0].message


@pytest.mark.parametrize("text", ["{}", '{"version": 9, "pins": []}', "[]", "{"])
def test_unknown_versions_and_other_files_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {LOCK: text})


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from(["https://[", "ssh://", "a@b:c", "https://h:x/a/b", "://", "x.y"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["pins", "state", "version", "location", "identity", "kind", "object", "revision"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=10,
)


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {LOCK: data, "Package.swift": data})


@given(st.sampled_from([1, 2, "3"]), VALUES, st.text(alphabet='.package(url: "a@b:/"),\n', max_size=60))
def test_any_values_in_any_place_give_an_extraction_or_unreadable(version: Any, pins: Any, manifest: str) -> None:
    document = {"version": version, "pins": pins, "object": {"pins": pins}}
    survives(EXTRACTOR, {LOCK: json.dumps(document), "Package.swift": manifest})
