# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""setup.cfg: metadata, options, references to files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.python.setup_cfg import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, survives, usages

CFG = """
[metadata]
name = demo
version = attr: demo.__version__
license = BSD-3-Clause
classifiers =
    License :: OSI Approved :: BSD License
    Programming Language :: Python
[options]
install_requires =
    # a comment
    web>=1; python_version > "3"
    exact==2.0
setup_requires = wheel; setuptools>=40
tests_require = file: test.in
[options.extras_require]
fast = loop
docs =
    sphinx
"""


def test_requirements_by_section() -> None:
    found = extract(EXTRACTOR, {"setup.cfg": CFG, "test.in": "checker==7\n"})
    used = {ref.removeprefix("pkg:pypi/"): usage for ref, usage in usages(found, "setup.cfg").items()}
    assert {name: usage.scope for name, usage in used.items()} == {
        "web": Scope.RUNTIME,
        "exact@2.0": Scope.RUNTIME,
        "wheel": Scope.BUILD,
        "setuptools": Scope.BUILD,
        "checker@7": Scope.TEST,
        "loop": Scope.OPTIONAL,
        "sphinx": Scope.DEV,
    }
    assert used["web"].requirement == '>=1 ; python_version > "3"'


def test_identity_and_licences() -> None:
    project = extract(EXTRACTOR, {"setup.cfg": CFG}).projects[0]
    assert (project.name, project.version) == ("demo", "")
    assert project.declared_licenses == ("BSD-3-Clause", "License :: OSI Approved :: BSD License")


def test_a_file_that_is_not_there_is_told() -> None:
    assert any("'test.in'" in issue.message for issue in extract(EXTRACTOR, {"setup.cfg": CFG}).issues)


def test_a_file_with_only_the_configuration_of_tools_is_no_project() -> None:
    assert extract(EXTRACTOR, {"setup.cfg": "[flake8]\nmax-line-length = 100\n"}).projects == ()


@pytest.mark.parametrize("text", ["name = x\n", "[metadata]\nname\n"])
def test_what_is_no_configuration_file_is_refused_with_a_line(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"setup.cfg": text})
    assert caught.value.line == len(text.splitlines())


PIECES = st.sampled_from(
    [
        "[metadata]\n",
        "[options]\n",
        "[options.extras_require]\n",
        "name = a\n",
        "install_requires =\n",
        "  a\n",
        "x",
        "=",
        ":",
        "[",
        "]",
        "file: x\n",
        "\n",
    ]
)


@given(st.binary(max_size=200) | st.lists(PIECES | st.text(max_size=5), max_size=10).map("".join).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"setup.cfg": data})
