# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""rebar.lock: Hex packages, repositories, levels, checksums."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.erlang.rebar_lock import EXTRACTOR
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

LOCK = """\
{{"1.2.0",
[{{<<"http">>,{{pkg,<<"http_ng">>,<<"2.0.1">>}},0}},
 {{<<"log">>,{{pkg,<<"log">>,<<"1.0.0">>}},1}},
 {{<<"forked">>,
  {{git,"https://example.org/forked.git",
       {{ref,"0123abc"}}}},
  0}},
 {{<<"part">>,{{git_subdir,"git@example.org:team/mono.git",{{ref,"456"}},"apps/part"}},1}},
 {{<<"old">>,{{hg,"https://example.org/old",{{ref,"789"}}}},0}}]}}.
[
{{pkg_hash,[{{<<"http">>, <<"{}">>}}]}},
{{pkg_hash_ext,[
 {{<<"http">>, <<"{}">>}},
 {{<<"log">>, <<"short">>}}]}}
].
""".format("1A" * 32, "2B" * 32)


def test_packages_and_repositories_are_read_with_level_and_line() -> None:
    found = extract(EXTRACTOR, {"rebar.lock": LOCK})
    assert {ref: usage.direct for ref, usage in usages(found, "rebar.lock").items()} == {
        "pkg:hex/http_ng@2.0.1": True,
        "pkg:hex/log@1.0.0": False,
        "pkg:otp/forked?vcs_url=git%2Bhttps://example.org/forked.git%400123abc": True,
        "pkg:otp/old?vcs_url=hg%2Bhttps://example.org/old%40789": True,
        "pkg:otp/part?vcs_url=git%2Bssh://git%40example.org/team/mono.git%40456#apps/part": False,
    }
    assert {part.purl.name: part.locations[0].line for part in found.components}["part"] == 8


def test_hashes_are_those_of_the_downloaded_file() -> None:
    parts = {component.purl.name: component for component in extract(EXTRACTOR, {"rebar.lock": LOCK}).components}
    assert parts["http_ng"].hashes == (Hash("sha256", "2b" * 32),)
    assert parts["log"].hashes == ()


def test_the_project_is_that_of_the_configuration() -> None:
    found = extract(EXTRACTOR, {"rebar.lock": LOCK, "rebar.config": ""})
    assert [project.id for project in found.projects] == ["rebar.config"]


@pytest.mark.parametrize("text", ["", "[].", "% nothing\n[]."])
def test_an_empty_lock_file_has_no_packages(text: str) -> None:
    assert refs(extract(EXTRACTOR, {"rebar.lock": text})) == []


def test_the_older_form_is_read() -> None:
    found = extract(EXTRACTOR, {"rebar.lock": '[{<<"a">>,{pkg,<<"a">>,<<"1">>},0}].'})
    assert refs(found) == ["pkg:hex/a@1"]


def test_a_source_of_another_kind_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"rebar.lock": '[{<<"a">>,{raw,"x"},0}].'})
    assert (refs(found), found.issues[0].line) == ([], 1)


@pytest.mark.parametrize("text", ["{", "]", "[{]}.", "a ^ b", '"x".', "[a"])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"rebar.lock": text})


def test_nesting_without_end_is_no_crash() -> None:
    assert survives(EXTRACTOR, {"rebar.lock": "[" * 100_000}) is None


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"rebar.lock": data})


TERMS = st.recursive(
    st.sampled_from(
        ["pkg", "git", "pkg_hash_ext", '<<"a">>', "<<>>", '"1"', "0", "1.5", "'A b'", '"' + "2b" * 32 + '"']
    ),
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda terms: "{" + ",".join(terms) + "}")
        | st.lists(inner, max_size=4).map(lambda terms: "[" + ",".join(terms) + "]")
    ),
    max_leaves=20,
)


@given(TERMS, TERMS)
def test_any_terms_anywhere_give_an_extraction_or_unreadable(first: str, second: str) -> None:
    survives(EXTRACTOR, {"rebar.lock": f"{first}.\n{second}."})
    assert survives(EXTRACTOR, {"rebar.lock": f'{{"1.2.0",[{first},{{{second},{first}}}]}}.\n{second}.'}) is not None
