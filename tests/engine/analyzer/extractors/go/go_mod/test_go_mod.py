# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""go.mod: requirements, replacements, exclusions, checksums, the standard library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import go
from paddock.engine.analyzer.extractors.go.go_mod import EXTRACTOR
from paddock.engine.model.component import Location
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

MODERN = """\
module example.org/shop // the shop

go 1.22.0
toolchain go1.22.5

require (
\texample.org/direct v1.2.3
\t"example.org/Quoted" v0.0.0-20240102030405-0123456789ab
\texample.org/below v2.0.0+incompatible // indirect
)

require example.org/tools/v2 v2.1.0 // indirect

tool example.org/tools/v2/cmd/gen
retract [v1.0.0, v1.0.5] // broken
godebug default=go1.21
"""
SUMS = """\
example.org/direct v1.2.3 h1:AAAA=
example.org/direct v1.2.3/go.mod h1:BBBB=
"""


def test_requirements_are_direct_unless_marked_indirect() -> None:
    found = extract(EXTRACTOR, {"go.mod": MODERN})
    used = usages(found, "go.mod")
    assert set(used) == {
        "pkg:golang/example.org/direct@1.2.3",
        "pkg:golang/example.org/Quoted@0.0.0-20240102030405-0123456789ab",
        "pkg:golang/example.org/below@2.0.0%2Bincompatible",
        "pkg:golang/example.org/tools/v2@2.1.0",
        "pkg:golang/stdlib@1.22.5",
    }
    direct = used["pkg:golang/example.org/direct@1.2.3"]
    assert (direct.direct, direct.scope, direct.requirement) == (True, Scope.UNKNOWN, "v1.2.3")
    assert used["pkg:golang/example.org/below@2.0.0%2Bincompatible"].direct is False
    assert used["pkg:golang/example.org/tools/v2@2.1.0"].scope is Scope.DEV
    assert found.projects[0].name == "example.org/shop"
    assert found.projects[0].origin is Origin.LOCKED
    assert found.issues == ()


def test_lines_and_checksums_are_kept() -> None:
    found = extract(EXTRACTOR, {"go.mod": MODERN, "go.sum": SUMS})
    direct = next(component for component in found.components if component.purl.name == "direct")
    assert direct.locations == (Location("go.mod", 7),)
    assert direct.properties == (("go:h1", "h1:AAAA="),)
    assert found.covers == {"go.sum"}


def test_a_module_is_replaced_by_another_one() -> None:
    mod = (
        "require example.org/a v1.0.0\nrequire example.org/b v1.0.0\n"
        "replace example.org/a v1.0.0 => example.org/fork v1.0.1\n"
        "replace example.org/b v9.9.9 => example.org/no v1.0.0\n"
    )
    found = extract(EXTRACTOR, {"go.mod": mod})
    assert refs(found) == ["pkg:golang/example.org/b@1.0.0", "pkg:golang/example.org/fork@1.0.1"]
    assert found.components[1].properties == (("replaces", "example.org/a@v1.0.0"),)


def test_a_folder_in_the_tree_that_replaces_a_module_is_a_project() -> None:
    files: dict[str, str | bytes] = {
        "app/go.mod": "module app\ngo 1.20\nrequire example.org/lib v1.0.0\nreplace example.org/lib => ../lib\n",
        "lib/go.mod": "module example.org/lib\ngo 1.20\n",
    }
    found = inventory(go.EXTRACTORS, files)
    assert usages(found, "app/go.mod")["lib/go.mod"].direct is True
    assert refs(found) == ["pkg:golang/stdlib@1.20"]


def test_a_replacing_folder_whose_go_mod_is_damaged_still_is_a_project() -> None:
    mod = "module app\ngo 1.20\nrequire example.org/lib v1.0.0\nreplace example.org/lib => ../lib\n"
    found = inventory(go.EXTRACTORS, {"app/go.mod": mod, "lib/go.mod": "<html>"})
    assert [project.id for project in found.projects] == ["app/go.mod", "lib/go.mod"]
    assert found.projects[1].definition_files == ("lib/go.mod",)


def test_a_folder_outside_the_tree_is_an_issue_and_the_module_counts_as_modified() -> None:
    found = extract(EXTRACTOR, {"go.mod": "require example.org/a v1.0.0\nreplace example.org/a => ../../gone\n"})
    assert found.components[0].ref == "pkg:golang/example.org/a@1.0.0"
    assert found.components[0].modified is True
    assert "../../gone" in found.issues[0].message


def test_an_excluded_version_is_not_the_one_that_is_built() -> None:
    found = extract(EXTRACTOR, {"go.mod": "require example.org/a v1.0.0\nexclude example.org/a v1.0.0\ngo 1.17\n"})
    assert "pkg:golang/example.org/a" in refs(found)
    assert "excluded" in found.issues[0].message


def test_before_go_1_17_the_rest_comes_from_go_sum_in_the_highest_version() -> None:
    sums = (
        "example.org/a v1.0.0 h1:A=\nexample.org/t v1.9.0 h1:T=\nexample.org/t v1.10.0 h1:U=\n"
        "example.org/t v1.10.0-rc.1 h1:V=\nexample.org/only v1.0.0/go.mod h1:W=\n"
    )
    found = extract(EXTRACTOR, {"go.mod": "module m\ngo 1.16\nrequire example.org/a v1.0.0\n", "go.sum": sums})
    used = usages(found, "go.mod")
    assert used["pkg:golang/example.org/t@1.10.0"].direct is False
    assert len([ref for ref in used if "example.org" in ref]) == 2
    assert "go.sum" in found.issues[0].message


def test_before_go_1_17_without_go_sum_nothing_is_said_to_be_complete() -> None:
    found = extract(EXTRACTOR, {"go.mod": "module m\nrequire example.org/a v1.0.0\n"})
    assert found.projects[0].origin is Origin.DECLARED
    assert "transitive" in found.issues[0].message


def test_what_is_no_version_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"go.mod": "go 1.20\nrequire example.org/a master\nnonsense here\n"})
    assert "pkg:golang/example.org/a" in refs(found)
    assert {issue.line for issue in found.issues} == {2, 3}


def test_a_text_without_any_statement_is_refused_with_a_line() -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"go.mod": "\n<html>\n"})
    assert caught.value.line == 2


def test_a_long_unfinished_text_is_walked_once() -> None:
    found = extract(EXTRACTOR, {"go.mod": 'go 1.22\nrequire "' + '\\"' * 400_000})
    assert refs(found) == ["pkg:golang/stdlib@1.22"]


WORDS = st.sampled_from(
    [
        "require",
        "replace",
        "exclude",
        "go",
        "toolchain",
        "tool",
        "(",
        ")",
        "=>",
        "v1.2.3",
        "a/b",
        "/",
        "./x",
        "//",
        '"',
        "\n",
    ]
)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(mod: bytes, sums: bytes) -> None:
    survives(EXTRACTOR, {"go.mod": mod, "go.sum": sums})


@given(st.lists(WORDS | st.text(max_size=5), max_size=40).map(" ".join))
def test_any_statements_give_an_extraction_or_unreadable(text: str) -> None:
    survives(EXTRACTOR, {"a/go.mod": text, "a/go.sum": "a/b v1.2.3 h1:x=\n/ v1.2.3 h1:x="}, "a/go.mod")
