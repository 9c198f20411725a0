# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pipfile.lock: sections, the Pipfile's say on what is direct, sources other than an index."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import python
from paddock.engine.analyzer.extractors.python.pipfile_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables

LOCK = json.dumps(
    {
        "_meta": {"hash": {"sha256": "00"}, "pipfile-spec": 6},
        "default": {
            "requests": {"hashes": ["sha256:" + "AB" * 32], "version": "==2.31.0", "index": "main"},
            "idna": {"version": "==3.4"},
            "me": {"editable": True, "path": "."},
            "forked": {"git": "https://u:p@example.org/forked.git", "ref": "0123abc"},
        },
        "develop": {"pytest": {"version": "==7.0"}},
        "docs": {"sphinx": {"version": "==5.0"}},
    }
)
PIPFILE = (
    '[packages]\nRequests = ">=2"\nforked = {git = "https://example.org/forked.git"}\n[dev-packages]\npytest = "*"\n'
)


def test_the_pipfile_tells_direct_from_transitive() -> None:
    found = inventory(python.EXTRACTORS, {"Pipfile.lock": LOCK, "Pipfile": PIPFILE, "setup.py": "setup(name='me')"})
    used = usages(found, "Pipfile")
    assert (used["pkg:pypi/requests@2.31.0"].direct, used["pkg:pypi/requests@2.31.0"].requirement) == (True, ">=2")
    assert used["pkg:pypi/idna@3.4"].direct is False
    assert (used["pkg:pypi/pytest@7.0"].scope, used["pkg:pypi/pytest@7.0"].requirement) == (Scope.DEV, "*")
    assert used["pkg:pypi/sphinx@5.0"].scope is Scope.DEV
    assert "setup.py" in used
    assert next(project for project in found.projects if project.id == "Pipfile").origin is Origin.LOCKED


def test_without_a_pipfile_direct_is_not_told() -> None:
    found = extract(EXTRACTOR, {"Pipfile.lock": LOCK})
    assert {usage.direct for usage in usages(found, "Pipfile.lock").values()} == {None}
    assert any("'.'" in issue.message for issue in found.issues)


def test_hashes_and_repositories() -> None:
    found = {component.purl.name: component for component in extract(EXTRACTOR, {"Pipfile.lock": LOCK}).components}
    assert found["requests"].hashes == (Hash("sha256", "ab" * 32),)
    assert found["forked"].vcs_url == "git+https://example.org/forked.git@0123abc"


def test_a_broken_pipfile_is_not_covered() -> None:
    found = extract(EXTRACTOR, {"Pipfile.lock": LOCK, "Pipfile": "<html>"})
    assert found.covers == frozenset()
    assert usages(found, "Pipfile.lock")["pkg:pypi/idna@3.4"].direct is None


def test_impossible_names_are_told() -> None:
    found = extract(EXTRACTOR, {"Pipfile.lock": '{"default": {"a b": {"version": "==1"}}}'})
    assert refs(found) == []
    assert "'a b'" in found.issues[0].message


@pytest.mark.parametrize("text", ["[]", "nothing", "", "{"])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"Pipfile.lock": text})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"Pipfile.lock": data})
    survives(EXTRACTOR, {"Pipfile.lock": LOCK, "Pipfile": data})


DETAILS = tables("version", "hashes", "git", "ref", "path", "file", "index")


@given(
    tables(
        "default",
        "develop",
        "_meta",
        "other",
        value=st.dictionaries(st.text(max_size=4), DETAILS | VALUES, max_size=3) | VALUES,
    )
)
def test_any_values_give_an_extraction(document: dict[str, object]) -> None:
    survives(EXTRACTOR, {"Pipfile.lock": json.dumps(document), "Pipfile": PIPFILE})
