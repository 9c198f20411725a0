# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""cpanfile.snapshot: distributions, edges through modules, the cpanfile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.perl.cpanfile_snapshot import EXTRACTOR
from paddock.engine.model.component import Location
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages

SNAPSHOT = """# carton snapshot format: version 1.0
DISTRIBUTIONS
  Class-Demo-2.12
    pathname: E/ET/ETHEL/Class-Demo-2.12.tar.gz
    provides:
      Class::Demo 2.12
      Class::Demo::More undef
    requirements:
      Carp 0
      Sub::Thing 1.3
  Sub-Thing-v1.4.0
    pathname: A/AB/ABE/Sub-Thing-v1.4.0.tgz
    provides:
      Sub::Thing v1.4.0
    requirements:
      perl 5.008
  Test-It-1.0
    pathname: Z/ZO/ZOE/Test-It-1.0.zip
    provides:
      Test::It 1.0
"""
CPANFILE = """
requires 'perl', '5.010';
requires 'Class::Demo::More', '>= 2';   # why
on 'test' => sub {
    requires "Test::It" => 1.0;
    recommends 'Sub::Thing';
};
feature 'fast', 'Fast' => sub {
    requires 'Sub::Thing';
};
"""
DEMO, THING, TEST = (
    "pkg:cpan/Class-Demo@2.12?author=ETHEL",
    "pkg:cpan/Sub-Thing@v1.4.0?author=ABE",
    "pkg:cpan/Test-It@1.0?author=ZOE",
)


def test_distributions_with_lines_and_edges() -> None:
    found = extract(EXTRACTOR, {"cpanfile.snapshot": SNAPSHOT})
    assert refs(found) == [DEMO, THING, TEST]
    assert edges(found) == {(DEMO, THING)}
    assert found.components[1].locations == (Location("cpanfile.snapshot", 11),)
    assert usages(found, "cpanfile.snapshot")[DEMO].direct is None
    assert found.issues == ()


def test_the_cpanfile_says_what_is_direct() -> None:
    found = extract(EXTRACTOR, {"cpanfile.snapshot": SNAPSHOT, "cpanfile": CPANFILE})
    assert (found.projects[0].id, found.projects[0].origin) == ("cpanfile", Origin.LOCKED)
    used = usages(found, "cpanfile")
    assert (used[DEMO].direct, used[DEMO].scope, used[DEMO].requirement) == (True, Scope.RUNTIME, ">= 2")
    assert (used[TEST].scope, used[TEST].requirement) == (Scope.TEST, "1.0")
    assert used[THING].scope is Scope.OPTIONAL


def test_a_distribution_without_a_pathname_is_told_by_its_heading() -> None:
    found = extract(EXTRACTOR, {"cpanfile.snapshot": "DISTRIBUTIONS\n  A-B-0.1\n  a::b\n"})
    assert refs(found) == ["pkg:cpan/A-B@0.1"]
    assert [issue.line for issue in found.issues] == [3]


@pytest.mark.parametrize(("text", "line"), [("anything\n", None), ("DISTRIBUTIONS\n    pathname: x\n", 2)])
def test_what_is_no_snapshot_is_refused(text: str, line: int | None) -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"cpanfile.snapshot": text})
    assert caught.value.line == line


def test_an_empty_snapshot_has_no_packages() -> None:
    assert refs(extract(EXTRACTOR, {"cpanfile.snapshot": "# carton\nDISTRIBUTIONS\n"})) == []


PIECES = st.sampled_from(
    [
        "DISTRIBUTIONS\n",
        "  A-1\n",
        "    pathname: x\n",
        "    provides:\n",
        "      A 1\n",
        "    requirements:\n",
        "      A\n",
        " ",
        "\n",
    ]
)
CODE = st.sampled_from(
    ["requires 'a'", "on test => sub {\n", "}\n", "feature x", "'", '"', ",", "=>", "\n", "recommends"]
)


@given(
    st.binary(max_size=200) | st.lists(PIECES | st.text(max_size=5), max_size=10).map("".join).map(str.encode),
    st.lists(CODE | st.text(max_size=5), max_size=10).map("".join),
)
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes, code: str) -> None:
    survives(EXTRACTOR, {"cpanfile.snapshot": data})
    survives(EXTRACTOR, {"cpanfile.snapshot": b"DISTRIBUTIONS\n" + data, "cpanfile": code})
