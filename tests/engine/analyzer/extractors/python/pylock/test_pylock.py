# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pylock.toml: sources, markers on extras and groups, the project itself, named files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.python.pylock import EXTRACTOR, scope_of_marker
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables, toml

LOCK = (
    """
lock-version = "1.0"
created-by = "hand"

[[packages]]
name = "me"
directory = { path = ".", editable = true }

[[packages]]
name = "web"
version = "1"
dependencies = [{ name = "core" }]
sdist = { url = "https://example.org/web-1.tar.gz", hashes = { sha256 = "AB", md5 = "CD" } }

[[packages]]
name = "core"
version = "2"
wheels = [{ url = "https://example.org/core-2.whl", hashes = { sha256 = "EF" } }]

[[packages]]
name = "tidy"
version = "3"
marker = "python_version > '3' and 'lint' in dependency_groups"

[[packages]]
name = "loop"
version = "4"
marker = "'fast' in extras"

[[packages]]
name = "forked"
version = "5"
vcs = { type = "git", url = "https://example.org/forked.git", commit-id = "0123abc" }
""".replace("AB", "ab" * 32)
    .replace("CD", "cd" * 16)
    .replace("EF", "ef" * 32)
)


def test_scopes_hashes_edges_and_repositories() -> None:
    found = extract(EXTRACTOR, {"pylock.toml": LOCK})
    used = usages(found, "pylock.toml")
    assert [used[ref].scope for ref in ("pkg:pypi/web@1", "pkg:pypi/tidy@3", "pkg:pypi/loop@4")] == [
        Scope.RUNTIME,
        Scope.DEV,
        Scope.OPTIONAL,
    ]
    assert edges(found) == {("pkg:pypi/web@1", "pkg:pypi/core@2")}
    by_name = {component.purl.name: component for component in found.components}
    assert by_name["web"].hashes == (Hash("md5", "cd" * 16), Hash("sha256", "ab" * 32))
    assert by_name["forked"].vcs_url == "git+https://example.org/forked.git@0123abc"
    assert "me" not in by_name


def test_the_manifest_beside_says_what_is_direct() -> None:
    manifest = '[project]\nname = "me"\ndependencies = ["web>=1"]\n[dependency-groups]\nlint = ["tidy"]\n'
    found = extract(EXTRACTOR, {"pylock.toml": LOCK, "pyproject.toml": manifest})
    used = usages(found, "pyproject.toml")
    assert (used["pkg:pypi/web@1"].direct, used["pkg:pypi/web@1"].requirement) == (True, ">=1")
    # Tools export groups without a marker too, so that "no marker" does not mean "needed at run time".
    assert (used["pkg:pypi/core@2"].direct, used["pkg:pypi/core@2"].scope) == (False, Scope.UNKNOWN)
    assert found.covers == frozenset({"pyproject.toml"})


def test_a_named_lock_file_is_a_project_of_its_own() -> None:
    files: dict[str, str | bytes] = {
        "pylock.dev.toml": LOCK,
        "pyproject.toml": '[project]\nname="me"\ndependencies=["web"]\n',
    }
    found = extract(EXTRACTOR, files)
    assert EXTRACTOR.claims.match("pylock.dev.toml")
    assert usages(found, "pylock.dev.toml")["pkg:pypi/core@2"].scope is Scope.DEV
    assert found.covers == frozenset()


@pytest.mark.parametrize(
    ("marker", "scope"),
    [
        ("", Scope.RUNTIME),
        ("'test' in dependency_groups", Scope.TEST),
        ("'default' in dependency_groups", Scope.RUNTIME),
        ("'test' in dependency_groups or 'fast' in extras", Scope.OPTIONAL),
        ("'test' in dependency_groups or os_name == 'nt'", Scope.RUNTIME),
    ],
)
def test_markers(marker: str, scope: Scope) -> None:
    assert scope_of_marker(marker, Scope.RUNTIME) is scope


def test_a_folder_is_a_project() -> None:
    lock = '[[packages]]\nname="lib"\ndirectory={path="lib"}\n'
    found = extract(EXTRACTOR, {"pylock.toml": lock, "lib/setup.py": ""})
    assert (refs(found), list(usages(found, "pylock.toml"))) == ([], ["lib/setup.py"])


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"pylock.toml": "\x00"})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"pylock.toml": data})


PACKAGE = tables("name", "version", "marker", "directory", "vcs", "archive", "sdist", "wheels", "dependencies")
NAMED = PACKAGE.map(lambda package: {**package, "name": "a", "version": "1"})


@given(tables("packages", "extras", value=st.lists(NAMED | PACKAGE | VALUES, max_size=4) | VALUES))
def test_any_values_give_an_extraction(document: dict[str, object]) -> None:
    survives(EXTRACTOR, {"pylock.toml": toml(document), "pyproject.toml": "[project]\nname='a'\n"})
