# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Podfile.lock: pods, subspecs, edges, external sources."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.swift.podfile_lock import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages

LOCK = """
PODS:
  - Alpha (1.0.0):
    - Alpha/Core (= 1.0.0)
    - Beta (~> 2.0)
    - OnlyMac
  - Alpha/Core (1.0.0)
  - Alpha/private/Deep (1.0.0)
  - Beta (2.3.1)
  - Forked (0.9)
  - Near (0.1.0):
    - Beta
DEPENDENCIES:
  - Alpha (~> 1.0)
  - Forked (from `https://git.example.org/o/Forked.git`, branch `main`)
  - Near (from `../Near`)
  - Gone
EXTERNAL SOURCES:
  Forked:
    :git: https://git.example.org/o/Forked.git
    :branch: main
  Near:
    :path: "../Near"
CHECKOUT OPTIONS:
  Forked:
    :git: https://git.example.org/o/Forked.git
    :commit: 0123abc
SPEC CHECKSUMS:
  Alpha: 00112233445566778899AABBCCDDEEFF00112233
COCOAPODS: 1.16.2
"""
FORKED = "pkg:cocoapods/Forked@0.9?vcs_url=git%2Bhttps://git.example.org/o/Forked.git%400123abc"


def test_pods_and_subspecs_are_components() -> None:
    assert refs(extract(EXTRACTOR, {"ios/Podfile.lock": LOCK})) == [
        "pkg:cocoapods/Alpha@1.0.0",
        "pkg:cocoapods/Alpha@1.0.0#Core",
        "pkg:cocoapods/Alpha@1.0.0#private/Deep",
        "pkg:cocoapods/Beta@2.3.1",
        FORKED,
        "pkg:cocoapods/Near@0.1.0",
    ]


def test_edges_and_what_the_podfile_asks_for() -> None:
    found = extract(EXTRACTOR, {"ios/Podfile.lock": LOCK, "ios/Podfile": ""})
    assert edges(found) >= {
        ("pkg:cocoapods/Alpha@1.0.0", "pkg:cocoapods/Alpha@1.0.0#Core"),
        ("pkg:cocoapods/Alpha@1.0.0", "pkg:cocoapods/Beta@2.3.1"),
    }
    used = usages(found, "ios/Podfile")
    assert (used["pkg:cocoapods/Alpha@1.0.0"].direct, used["pkg:cocoapods/Alpha@1.0.0"].requirement) == (True, "~> 1.0")
    assert (used[FORKED].direct, used[FORKED].requirement) == (True, "")
    assert used["pkg:cocoapods/Beta@2.3.1"].direct is False


def test_a_checksum_of_a_podspec_is_a_property_not_a_hash() -> None:
    alpha = extract(EXTRACTOR, {"Podfile.lock": LOCK}).components[0]
    assert alpha.hashes == ()
    assert alpha.properties == (("cocoapods:podspec-sha1", "00112233445566778899aabbccddeeff00112233"),)


def test_a_pod_whose_podspec_is_in_the_tree_is_a_project() -> None:
    found = extract(EXTRACTOR, {"ios/Podfile.lock": LOCK, "Near/Near.podspec": "Pod::Spec.new"})
    assert [project.id for project in found.projects] == ["Near/Near.podspec", "ios/Podfile.lock"]
    assert usages(found, "ios/Podfile.lock")["Near/Near.podspec"].direct is True
    assert ("Near/Near.podspec", "pkg:cocoapods/Beta@2.3.1") in edges(found)
    assert "pkg:cocoapods/Near@0.1.0" not in refs(found)


def test_what_is_not_locked_is_told() -> None:
    hint, warning = extract(EXTRACTOR, {"Podfile.lock": LOCK}).issues
    assert (hint.severity, "Alpha needs OnlyMac" in hint.message) == (Severity.HINT, True)
    assert (warning.severity, "Gone" in warning.message) == (Severity.WARNING, True)


@pytest.mark.parametrize("text", ["", "- a", "PODS: ["])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"Podfile.lock": text})


SECTIONS = st.sampled_from(["PODS", "DEPENDENCIES", "EXTERNAL SOURCES", "CHECKOUT OPTIONS", "SPEC CHECKSUMS"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["A (1.0)", "A/B (1)", "/ (1)", "A", "..", "(("]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["A", "A (1.0)", ":path", ":git", ":tag", ""]), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"Podfile.lock": data})


@given(st.dictionaries(SECTIONS, VALUES))
def test_any_values_in_any_place_give_an_extraction_or_unreadable(document: Any) -> None:
    survives(EXTRACTOR, {"Podfile.lock": json.dumps(document)})
