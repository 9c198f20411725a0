# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""uv.lock: workspaces, extras, groups, sources."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import python
from paddock.engine.analyzer.extractors.python.uv_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, folder, inventory, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables, toml

WORKSPACE = folder(Path(__file__).parent / "data" / "workspace")


def test_every_member_is_a_project_that_knows_what_it_needs() -> None:
    found = inventory(python.EXTRACTORS, WORKSPACE)
    assert [(project.id, project.origin) for project in found.projects] == [
        ("api/pyproject.toml", Origin.LOCKED),
        ("core/pyproject.toml", Origin.LOCKED),
    ]
    api = usages(found, "api/pyproject.toml")
    assert {ref: (usage.scope, usage.direct, usage.requirement) for ref, usage in api.items()} == {
        "core/pyproject.toml": (Scope.RUNTIME, True, ""),
        "pkg:pypi/base@3": (Scope.RUNTIME, False, ""),
        crypt_ref(found.components): (Scope.RUNTIME, False, ""),
        "pkg:pypi/loop@5": (Scope.OPTIONAL, True, ""),
        "pkg:pypi/tidy@2": (Scope.DEV, True, ">=2"),
        "pkg:pypi/web@1.5": (Scope.RUNTIME, True, ">=1"),
    }
    assert list(usages(found, "core/pyproject.toml")) == ["pkg:pypi/base@3"]
    assert found.projects[0].declared_licenses == ("Apache-2.0",)
    assert found.issues == ()


def crypt_ref(components: tuple[object, ...]) -> str:
    return next(ref for component in components if "crypt" in (ref := str(getattr(component, "ref", ""))))


def test_an_extra_that_nobody_asks_for_brings_no_edge() -> None:
    found = extract(EXTRACTOR, WORKSPACE, "uv.lock")
    assert ("pkg:pypi/web@1.5", crypt_ref(found.components)) in edges(found)
    assert ("pkg:pypi/web@1.5", "pkg:pypi/loop@5") not in edges(found)


def test_hashes_and_repositories() -> None:
    found = {component.purl.name: component for component in extract(EXTRACTOR, WORKSPACE, "uv.lock").components}
    assert found["base"].hashes == (Hash("sha256", "ab" * 32), Hash("sha256", "cd" * 32))
    assert found["crypt"].vcs_url == "git+https://example.org/crypt.git@0123abc"


def test_a_member_outside_the_tree_is_a_project_of_the_lock_file() -> None:
    lock = (
        '[[package]]\nname="me"\nversion="1"\nsource={editable="../me"}\ndependencies=[{name="a"}]\n'
        '[[package]]\nname="a"\nversion="1"\nsource={registry="x"}\n'
    )
    found = extract(EXTRACTOR, {"uv.lock": lock})
    assert list(usages(found, "uv.lock#me")) == ["pkg:pypi/a@1"]


def test_a_root_that_is_no_package_has_its_groups() -> None:
    lock = """
    [manifest.dependency-groups]
    test = [{name = "a", specifier = ">=1"}]
    [[package]]
    name = "a"
    version = "1"
    source = {registry = "x"}
    dependencies = [{name = "b", version = "2"}]
    [[package]]
    name = "b"
    version = "2"
    source = {registry = "x"}
    [[package]]
    name = "b"
    version = "3"
    source = {registry = "x"}
    """
    used = usages(extract(EXTRACTOR, {"uv.lock": lock}), "uv.lock")
    assert {ref: (usage.scope, usage.direct) for ref, usage in used.items()} == {
        "pkg:pypi/a@1": (Scope.TEST, True),
        "pkg:pypi/b@2": (Scope.UNKNOWN, False),
    }


def test_a_lock_file_without_members_keeps_everything() -> None:
    found = extract(EXTRACTOR, {"uv.lock": '[[package]]\nname="a"\nversion="1"\nsource={registry="x"}\n'})
    assert usages(found, "uv.lock")["pkg:pypi/a@1"].direct is None
    assert refs(extract(EXTRACTOR, {"uv.lock": "version = 1\n"})) == []


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"uv.lock": "version = \n"})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"uv.lock": data})


PACKAGE = tables(
    "name",
    "version",
    "source",
    "dependencies",
    "optional-dependencies",
    "dev-dependencies",
    "metadata",
    "sdist",
    "wheels",
)
NAMED = PACKAGE.map(lambda package: {**package, "name": "a", "version": "1"})
MEMBER = NAMED.map(lambda package: {**package, "source": {"virtual": "."}})


@given(tables("package", "manifest", value=st.lists(NAMED | MEMBER | PACKAGE | VALUES, max_size=4) | VALUES), VALUES)
def test_any_values_give_an_extraction(document: dict[str, object], manifest: object) -> None:
    survives(EXTRACTOR, {"uv.lock": toml(document), "pyproject.toml": toml({"project": manifest})})
    survives(
        EXTRACTOR,
        {"uv.lock": toml({**document, "manifest": {"dependency-groups": manifest, "requirements": manifest}})},
    )
