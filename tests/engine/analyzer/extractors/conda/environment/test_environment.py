# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""environment.yml: match specs, the pip section, other tools' files of that name."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.conda.environment import EXTRACTOR
from paddock.engine.analyzer.extractors.conda.package import Spec, parse_spec
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages
from tests.engine.analyzer.extractors.structured import VALUES

ENVIRONMENT = """
name: demo
channels: [main]
dependencies:
  - python=3.11
  - numpy=1.26.4=py311h_0
  - forge::scipy==1.11.0
  - pandas>=2,<3
  - pip
  - "!!!"
  - pip:
      - requests==2.31.0
      - flask>=2
      - -r more.txt
      - ./lib
"""


def test_components_pins_and_what_is_not_pinned() -> None:
    found = extract(EXTRACTOR, {"environment.yml": ENVIRONMENT, "more.txt": "click==8.0\n"})
    assert refs(found) == [
        "pkg:conda/numpy@1.26.4?build=py311h_0",
        "pkg:conda/pandas",
        "pkg:conda/pip",
        "pkg:conda/python",
        "pkg:conda/scipy@1.11.0?channel=forge",
        "pkg:pypi/click@8.0",
        "pkg:pypi/flask",
        "pkg:pypi/requests@2.31.0",
    ]
    used = usages(found, "environment.yml")
    assert (used["pkg:conda/python"].requirement, used["pkg:conda/python"].direct) == ("=3.11", True)
    assert found.projects[0].name == "demo"
    messages = [issue.message for issue in found.issues if issue.severity is Severity.WARNING]
    assert any(message.startswith("4 of 8 requirements") for message in messages)
    assert any("'!!!'" in message for message in messages)
    assert any("./lib" in message for message in messages)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("numpy", Spec("numpy")),
        ("numpy=1.11", Spec("numpy", "=1.11")),
        ("numpy=1.11=py_0", Spec("numpy", "=1.11=py_0", "1.11", "py_0")),
        ("numpy=1.11=py*", Spec("numpy", "=1.11=py*")),
        ("numpy==1.11", Spec("numpy", "==1.11", "1.11")),
        ("numpy 1.11 py_0", Spec("numpy", "1.11 py_0", "1.11", "py_0")),
        ("numpy >=1.8,<2", Spec("numpy", ">=1.8,<2")),
        ("numpy 1.11|1.12", Spec("numpy", "1.11|1.12")),
        ("forge/linux-64::numpy", Spec("numpy", "", "", "", "forge", "linux-64")),
        ("https://example.org/main/noarch::numpy=1=0", Spec("numpy", "=1=0", "1", "0", "main", "noarch")),
        ("numpy[version='==1.11', build=py_0, channel=forge]", Spec("numpy", "==1.11", "1.11", "py_0", "forge")),
        ("numpy[version='>=1.11']", Spec("numpy", ">=1.11")),
        ("numpy  # why", Spec("numpy")),
    ],
)
def test_match_specs(text: str, spec: Spec) -> None:
    assert parse_spec(text) == spec


@pytest.mark.parametrize("text", ["", "!x", "numpy@1", "::", "ä"])
def test_what_is_no_spec(text: str) -> None:
    assert parse_spec(text) is None


def test_the_file_of_another_tool_tells_nothing() -> None:
    found = extract(EXTRACTOR, {"environment.yml": "services: {}\n"})
    assert (found.projects, found.issues) == ((), ())


def test_an_unknown_section_is_told() -> None:
    found = extract(EXTRACTOR, {"environment.yml": "dependencies:\n  - npm: [left-pad]\n"})
    assert "'npm'" in found.issues[0].message


def test_what_is_not_yaml_is_refused_with_a_line() -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"environment.yml": "a: 1\nb: [\n"})
    assert caught.value.line is not None


@given(st.text(max_size=30))
def test_any_text_is_a_spec_or_none(text: str) -> None:
    parse_spec(text)


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"environment.yml": data})


SPECS = st.sampled_from(["a=1", "b::c", "-r x", "-e .", "d @ e", "[", "a[version="]) | st.text(max_size=5)


@given(
    st.lists(
        SPECS | VALUES | st.dictionaries(st.just("pip"), st.lists(SPECS | VALUES, max_size=3) | VALUES), max_size=4
    )
    | VALUES
)
def test_any_values_give_an_extraction(dependencies: object) -> None:
    survives(EXTRACTOR, {"environment.yml": json.dumps({"name": dependencies, "dependencies": dependencies})})
