# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""build.sbt.lock: modules, checksums, configurations."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.java.sbt_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

FILE = "build.sbt.lock"


def module(name: str, *configurations: str, artifacts: object = ()) -> dict[str, object]:
    return {"org": "org.a", "name": name, "version": "1", "artifacts": artifacts, "configurations": configurations}


def lock(*modules: object, version: object = 1) -> str:
    configurations = ["compile", "runtime", "test", "provided", "optional"]
    return json.dumps({"lockVersion": version, "configurations": configurations, "dependencies": list(modules)})


def test_configurations_become_scopes() -> None:
    text = lock(
        module("run", "compile", "runtime", "test"),
        module("given", "compile", "provided"),
        module("check", "test"),
        module("extra", "optional"),
        module("own", "docker"),
    )
    found = extract(EXTRACTOR, {FILE: text, "build.sbt": ""})
    assert {ref: usage.scope for ref, usage in usages(found, "build.sbt").items()} == {
        "pkg:maven/org.a/run@1": Scope.RUNTIME,
        "pkg:maven/org.a/given@1": Scope.BUILD,
        "pkg:maven/org.a/check@1": Scope.TEST,
        "pkg:maven/org.a/extra@1": Scope.OPTIONAL,
        "pkg:maven/org.a/own@1": Scope.UNKNOWN,
    }
    assert found.issues == ()


def test_the_checksum_is_that_of_the_module_itself() -> None:
    artifacts = [{"name": "run-linux.jar", "hash": "sha1:11"}, {"name": "run.jar", "hash": "sha1:AB"}]
    found = extract(EXTRACTOR, {FILE: lock(module("run", "compile", artifacts=artifacts))})
    assert found.components[0].hashes == (Hash("sha1", "ab"),)


def test_a_module_without_version_and_an_unknown_lock_version_are_issues() -> None:
    found = extract(EXTRACTOR, {FILE: lock({"org": "a", "name": "b"}, version=9)})
    assert refs(found) == []
    assert len(found.issues) == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"dependencies": {}}'])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {FILE: text})


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {FILE: data})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("a"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["org", "name", "version", "artifacts", "configurations", "hash"]), inner, max_size=6
        )
    ),
    max_leaves=20,
)


@given(VALUES, VALUES)
def test_any_values_anywhere_give_an_extraction(first: object, second: object) -> None:
    entry = {"org": "a", "name": "b", "version": first, "artifacts": [first, {"name": second, "hash": first}]}
    document = {"lockVersion": first, "configurations": second, "dependencies": [first, entry, second]}
    assert survives(EXTRACTOR, {FILE: json.dumps(document)}) is not None
    survives(EXTRACTOR, {FILE: json.dumps({"dependencies": first})})
