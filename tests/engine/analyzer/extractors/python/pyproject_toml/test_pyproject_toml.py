# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pyproject.toml without a lock file: identity, licences, requirements, groups, dynamic fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import python
from paddock.engine.analyzer.extractors.python.pyproject_toml import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES, tables, toml

PROJECT = """
[build-system]
requires = ["hatchling>=1"]
[project]
name = "Demo_App"
version = "1.0"
license = {text = "MIT License\\n\\nPermission is hereby granted"}
classifiers = ["License :: OSI Approved :: MIT License", "License :: OSI Approved", "Topic :: Internet"]
dependencies = ["web[tls]>=1 ; os_name == 'nt'", "exact==2.0", "not a requirement"]
[project.optional-dependencies]
fast = ["loop"]
dev = ["tidy"]
[dependency-groups]
test = ["checker", {include-group = "docs"}]
docs = ["sphinx", {include-group = "gone"}]
[tool.uv]
dev-dependencies = ["tool"]
"""


def test_every_table_has_its_scope() -> None:
    found = extract(EXTRACTOR, {"pyproject.toml": PROJECT})
    used = usages(found, "pyproject.toml")
    assert {ref.removeprefix("pkg:pypi/"): usage.scope for ref, usage in used.items()} == {
        "checker": Scope.TEST,
        "exact@2.0": Scope.RUNTIME,
        "hatchling": Scope.BUILD,
        "loop": Scope.OPTIONAL,
        "sphinx": Scope.DEV,
        "tidy": Scope.DEV,
        "tool": Scope.DEV,
        "web": Scope.RUNTIME,
    }
    assert {usage.direct for usage in used.values()} == {True}
    assert used["pkg:pypi/web"].requirement == ">=1 ; os_name == 'nt'"


def test_identity_licences_and_what_cannot_be_told() -> None:
    found = extract(EXTRACTOR, {"pyproject.toml": PROJECT})
    project = found.projects[0]
    assert (project.origin, str(project.purl)) == (Origin.DECLARED, "pkg:pypi/demo-app@1.0")
    assert project.declared_licenses == ("MIT License", "License :: OSI Approved :: MIT License")
    messages = " | ".join(issue.message for issue in found.issues)
    assert "7 of 8 requirements" in messages
    assert "'not a requirement'" in messages
    assert "'gone'" in messages


def test_a_licence_expression_replaces_classifiers() -> None:
    text = '[project]\nname="a"\nlicense="MIT OR Apache-2.0"\nclassifiers=["License :: OSI Approved :: MIT License"]\n'
    assert extract(EXTRACTOR, {"pyproject.toml": text}).projects[0].declared_licenses == ("MIT OR Apache-2.0",)


def test_poetry_tables() -> None:
    text = """
    [tool.poetry]
    name = "app"
    [tool.poetry.dependencies]
    python = "^3.11"
    exact = "1.2.3"
    caret = "^2"
    git = {git = "https://me:secret@example.org/git.git", tag = "v1"}
    several = [{version = "<2", python = "<3.8"}, {version = "3.0", python = ">=3.8"}]
    lib = {path = "../lib"}
    [tool.poetry.dev-dependencies]
    tidy = "*"
    """
    found = extract(EXTRACTOR, {"app/pyproject.toml": text, "lib/setup.py": ""})
    used = {
        ref.removeprefix("pkg:pypi/").partition("?")[0]: usage
        for ref, usage in usages(found, "app/pyproject.toml").items()
    }
    assert set(used) == {"exact@1.2.3", "caret", "git", "several", "several@3.0", "tidy", "lib/setup.py"}
    assert (used["tidy"].scope, used["caret"].requirement) == (Scope.DEV, "^2")
    assert next(c for c in found.components if c.purl.name == "git").vcs_url == "git+https://example.org/git.git@v1"


def test_a_file_with_only_the_configuration_of_tools_is_no_project() -> None:
    found = extract(EXTRACTOR, {"pyproject.toml": "[tool.black]\nline-length = 100\n"})
    assert (found.projects, found.components, found.issues) == ((), (), ())


def test_dynamic_requirements_are_read_from_the_files_named_for_them() -> None:
    text = """
    [project]
    name = "a"
    dynamic = ["dependencies", "optional-dependencies"]
    [tool.setuptools.dynamic]
    dependencies = {file = ["deps.in"]}
    optional-dependencies.fast = {file = "fast.in"}
    """
    found = extract(EXTRACTOR, {"pyproject.toml": text, "deps.in": "b==1\n"})
    assert usages(found, "pyproject.toml")["pkg:pypi/b@1"].scope is Scope.RUNTIME
    assert any("'fast.in'" in issue.message for issue in found.issues)


def test_dynamic_requirements_without_a_source_are_told() -> None:
    text = '[project]\nname="a"\ndynamic=["dependencies"]\n'
    assert "cannot be told" in extract(EXTRACTOR, {"pyproject.toml": text}).issues[0].message
    assert extract(EXTRACTOR, {"pyproject.toml": text, "setup.py": ""}).issues == ()


def test_the_manifests_of_one_folder_make_one_project() -> None:
    files: dict[str, str | bytes] = {
        "pyproject.toml": "[build-system]\nrequires=['setuptools']\n",
        "setup.cfg": "[metadata]\nname = demo\nlicense = MIT\n[options]\ninstall_requires =\n    a==1\n",
        "setup.py": "from setuptools import setup\nsetup()\n",
    }
    found = inventory(python.EXTRACTORS, files)
    assert [(project.id, project.name, project.declared_licenses) for project in found.projects] == [
        ("pyproject.toml", "demo", ("MIT",))
    ]
    assert refs(found) == ["pkg:pypi/a@1", "pkg:pypi/setuptools"]


def test_what_is_not_toml_is_refused_with_a_line() -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"pyproject.toml": "[project]\nname\n"})
    assert caught.value.line == 2


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"pyproject.toml": data})


@given(
    tables("name", "version", "dependencies", "optional-dependencies", "license", "classifiers", "dynamic"),
    tables("dependencies", "group", "dev-dependencies", "name", "extras"),
    VALUES,
)
def test_any_values_give_an_extraction(project: dict[str, object], poetry: dict[str, object], value: object) -> None:
    tool = {
        "poetry": poetry,
        "uv": value,
        "setuptools": {"dynamic": {"dependencies": value, "optional-dependencies": value}},
    }
    document = {"project": project, "tool": tool, "build-system": {"requires": value}, "dependency-groups": value}
    survives(EXTRACTOR, {"pyproject.toml": toml(document)})
