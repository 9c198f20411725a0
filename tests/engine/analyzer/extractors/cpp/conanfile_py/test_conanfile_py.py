# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""conanfile.py: literal requirements are read, computed ones reported, nothing is run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.cpp.conanfile_py import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

RECIPE = """
from conan import ConanFile

raise SystemExit("never run")


class Engine(ConanFile):
    name = "engine"
    version = "3.1"
    license = ("MIT", "Apache-2.0")
    requires = "oil/1.4", ("grease/2", "override")
    python_requires = "helper/1.0@shop/stable"

    def requirements(self):
        self.requires("paint/2.0")
        self.requires("gtest/1.0", test=True)
        self.requires("ninja/1.0", build=True)
        if self.options.shiny:
            self.requires("varnish/[>=3]", transitive_headers=True)
        self.requires(f"wax/{self.version}")

    def build_requirements(self):
        self.tool_requires("brush/0.9")
        self.test_requires(ref="check/3")
        other.requires("not/ours")
"""


def test_literal_requirements_with_their_scopes() -> None:
    found = extract(EXTRACTOR, {"conanfile.py": RECIPE})
    used = usages(found, "conanfile.py")
    assert {ref: usage.scope for ref, usage in used.items()} == {
        "pkg:conan/oil@1.4": Scope.RUNTIME,
        "pkg:conan/grease@2": Scope.RUNTIME,
        "pkg:conan/helper@1.0?channel=stable&user=shop": Scope.BUILD,
        "pkg:conan/paint@2.0": Scope.RUNTIME,
        "pkg:conan/gtest@1.0": Scope.TEST,
        "pkg:conan/ninja@1.0": Scope.BUILD,
        "pkg:conan/varnish": Scope.OPTIONAL,
        "pkg:conan/brush@0.9": Scope.BUILD,
        "pkg:conan/check@3": Scope.TEST,
    }
    assert used["pkg:conan/varnish"].requirement == ">=3"


def test_the_recipe_tells_name_version_and_licences() -> None:
    (project,) = extract(EXTRACTOR, {"conanfile.py": RECIPE}).projects
    assert (project.name, project.version, project.declared_licenses) == ("engine", "3.1", ("MIT", "Apache-2.0"))
    assert project.purl is not None
    assert project.purl.to_string() == "pkg:conan/engine@3.1"


def test_what_is_computed_is_an_issue_with_its_line() -> None:
    found = extract(EXTRACTOR, {"conanfile.py": RECIPE})
    computed = [issue for issue in found.issues if "computed" in issue.message]
    assert [(issue.line, "self.version" in issue.message) for issue in computed] == [(20, True)]


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        ("oil/<host_version>", "pkg:conan/oil@1.4"),
        ("brush/<host_version:oil>", "pkg:conan/brush@1.4"),
        ("brush/<host_version>", "pkg:conan/brush"),
        ("brush/<host_version:wax>", "pkg:conan/brush"),
    ],
)
def test_a_tool_in_the_version_of_a_library_has_that_version(tool: str, expected: str) -> None:
    body = f"    self.requires('oil/1.4')\n    self.requires('wax/[>1]')\n    self.tool_requires('{tool}')\n"
    found = extract(EXTRACTOR, {"conanfile.py": f"class T(ConanFile):\n  def requirements(self):\n{body}"})
    assert expected in refs(found)


def test_the_package_under_test_is_no_requirement() -> None:
    text = "class T(ConanFile):\n  def requirements(self):\n    self.requires(self.tested_reference_str)\n"
    found = extract(EXTRACTOR, {"conanfile.py": text})
    assert (refs(found), found.issues) == ([], ())


def test_a_recipe_with_a_base_class_of_its_own_is_read() -> None:
    text = "class T(base.Shared):\n  def requirements(self):\n    self.requires('oil/1.4')\n"
    assert refs(extract(EXTRACTOR, {"conanfile.py": text})) == ["pkg:conan/oil@1.4"]


def test_python_2_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"conanfile.py": "class A(ConanFile):\n  pass\nprint 'x'\n"})
    assert caught.value.line == 3


@pytest.mark.parametrize(
    "text",
    ["x = " + "(" * 5000, "x = " + "-" * 200_000 + "1", "class A(ConanFile):\n  requires = " + "a." * 3000 + "b"],
)
def test_deep_nesting_ends_in_an_answer(text: str) -> None:
    survives(EXTRACTOR, {"conanfile.py": text})


EXPRESSIONS = st.recursive(
    st.sampled_from(["'a/1'", "'/'", "''", "None", "1", "b'x'", "self.x", "f'{x}/1'", "*y"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"({', '.join(parts)},)" if parts else "()")
        | st.lists(inner, max_size=2).map(lambda parts: f"[{', '.join(parts)}]")
    ),
    max_leaves=5,
)


@given(EXPRESSIONS, EXPRESSIONS)
def test_any_values_give_an_extraction(value: str, other: str) -> None:
    first, second = value.replace("*", ""), other.replace("*", "")
    text = f"class A(ConanFile):\n name = {first}\n requires = {second}\n def f(self):\n  self.requires({value})\n"
    survives(EXTRACTOR, {"conanfile.py": text})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"conanfile.py": data})
