# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pdm.lock: groups, extras as entries of their own, repositories, older layouts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.python.pdm_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables, toml

LOCK = """
[metadata]
groups = ["default", "fast", "lint", "test"]
lock_version = "4.5.0"

[[package]]
name = "web"
version = "1.0"
summary = "Serves"
groups = ["default"]
dependencies = ["core>=2", "absent; sys_platform == 'win32'"]
files = [{file = "web.whl", hash = "sha256:%s"}]

[[package]]
name = "web"
version = "1.0"
extras = ["tls"]
groups = ["default"]
dependencies = ["crypt", "web==1.0"]

[[package]]
name = "core"
version = "2.1"
groups = ["default", "lint"]

[[package]]
name = "crypt"
version = "3"
groups = ["default"]

[[package]]
name = "loop"
version = "4"
groups = ["fast"]

[[package]]
name = "tidy"
version = "5"
groups = ["lint"]

[[package]]
name = "checker"
version = "6"
groups = ["test"]
git = "https://example.org/checker.git"
revision = "0123abc"
""" % ("ab" * 32)
MANIFEST = """
[project]
name = "app"
version = "1"
dependencies = ["web[tls]~=1.0"]
[project.optional-dependencies]
fast = ["loop"]
[dependency-groups]
lint = ["tidy>=5"]
[tool.pdm.dev-dependencies]
test = ["checker", "-e file:///${PROJECT_ROOT}/x#egg=x"]
"""


def test_groups_and_manifest_give_scope_and_direct() -> None:
    used = usages(extract(EXTRACTOR, {"pdm.lock": LOCK, "pyproject.toml": MANIFEST}), "pyproject.toml")
    told = {ref.removeprefix("pkg:pypi/").partition("@")[0]: (usage.scope, usage.direct) for ref, usage in used.items()}
    assert told == {
        "web": (Scope.RUNTIME, True),
        "core": (Scope.RUNTIME, False),
        "crypt": (Scope.RUNTIME, False),
        "loop": (Scope.OPTIONAL, True),
        "tidy": (Scope.DEV, True),
        "checker": (Scope.TEST, True),
    }
    assert used["pkg:pypi/web@1.0"].requirement == "~=1.0"


def test_the_entry_with_extras_is_the_same_package() -> None:
    found = extract(EXTRACTOR, {"pdm.lock": LOCK, "pyproject.toml": MANIFEST})
    assert len(refs(found)) == 6
    assert edges(found) == {("pkg:pypi/web@1.0", "pkg:pypi/core@2.1"), ("pkg:pypi/web@1.0", "pkg:pypi/crypt@3")}
    web = next(component for component in found.components if component.purl.name == "web")
    assert (web.hashes, web.description) == ((Hash("sha256", "ab" * 32),), "Serves")


def test_without_a_manifest_a_group_may_be_an_extra_and_is_not_guessed() -> None:
    used = usages(extract(EXTRACTOR, {"pdm.lock": LOCK}), "pdm.lock")
    assert used["pkg:pypi/loop@4"].scope is Scope.UNKNOWN
    assert used["pkg:pypi/tidy@5"].scope is Scope.DEV
    assert used["pkg:pypi/web@1.0"].direct is None


def test_hashes_of_older_files_stand_in_the_metadata() -> None:
    lock = '[[package]]\nname="a"\nversion="1"\n[metadata.files]\n"a 1" = [{file="a.whl", hash="sha256:%s"}]' % (
        "ef" * 32
    )
    assert extract(EXTRACTOR, {"pdm.lock": lock}).components[0].hashes == (Hash("sha256", "ef" * 32),)


def test_a_path_is_a_project() -> None:
    lock = '[[package]]\nname="lib"\nversion="1"\npath="./lib"\n'
    found = extract(EXTRACTOR, {"pdm.lock": lock, "lib/pyproject.toml": ""})
    assert (refs(found), list(usages(found, "pdm.lock"))) == ([], ["lib/pyproject.toml"])


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"pdm.lock": "{"})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"pdm.lock": data})


PACKAGE = tables(
    "name", "version", "groups", "extras", "files", "dependencies", "git", "revision", "path", "url", "summary"
)
NAMED = PACKAGE.map(lambda package: {**package, "name": "a", "version": "1"})
PROJECT = tables("name", "dependencies", "optional-dependencies", "license", "classifiers", "dynamic")


@given(tables("package", "metadata", value=st.lists(NAMED | PACKAGE | VALUES, max_size=3) | VALUES), PROJECT, VALUES)
def test_any_values_give_an_extraction(document: dict[str, object], project: dict[str, object], groups: object) -> None:
    manifest = toml({"project": project, "dependency-groups": groups, "tool": {"pdm": {"dev-dependencies": groups}}})
    survives(EXTRACTOR, {"pdm.lock": toml(document), "pyproject.toml": manifest})
