# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""mix.lock: Hex packages, git repositories, edges, checksums, damage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.elixir.mix_lock import EXTRACTOR, vcs_url
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages

INNER, OUTER = "1a" * 32, "2B" * 32
LOCK = f"""\
%{{
  "http": {{:hex, :http, "2.0.1", "{INNER}", [:mix], [{{:log, "~> 1.0", [hex: :log, repo: "hexpm", optional: false]}}, \
{{:gone, "~> 1.0", [hex: :gone, repo: "hexpm", optional: true]}}], "hexpm", "{OUTER}"}},
  "log": {{:hex, :log_ng, "1.3.0", "{INNER}", [:rebar3], [], "hexpm"}},
  "own": {{:hex, :own, "0.1.0", "{INNER}", [:mix], [], "hexpm:acme", "{OUTER}"}},
  "there": {{:hex, :there, "0.2.0", "{INNER}", [:mix], [], "elsewhere", "{OUTER}"}},
  "forked": {{:git, "https://me:secret@git.example.org/forked.git", "0123abc", [branch: "main"]}},
}}
"""


def test_hex_packages_and_repositories_are_read() -> None:
    found = extract(EXTRACTOR, {"mix.lock": LOCK})
    assert refs(found) == [
        "pkg:hex/acme/own@0.1.0",
        "pkg:hex/http@2.0.1",
        "pkg:hex/log_ng@1.3.0",
        "pkg:hex/there@0.2.0",
        "pkg:otp/forked?vcs_url=git%2Bhttps://git.example.org/forked.git%400123abc",
    ]
    parts = {component.purl.name: component for component in found.components}
    assert parts["http"].hashes == (Hash("sha256", OUTER.lower()),)
    assert parts["log_ng"].hashes == ()
    assert dict(parts["there"].properties) == {"hex-inner-checksum": "1a" * 32, "hex-repository": "elsewhere"}
    assert parts["forked"].vcs_url == "git+https://git.example.org/forked.git@0123abc"
    assert parts["forked"].locations[0].line == 6
    assert found.issues == ()


def test_edges_follow_application_names_to_packages() -> None:
    assert edges(extract(EXTRACTOR, {"mix.lock": LOCK})) == {("pkg:hex/http@2.0.1", "pkg:hex/log_ng@1.3.0")}


def test_the_project_is_that_of_the_mix_file_and_directness_is_not_told() -> None:
    found = extract(EXTRACTOR, {"mix.lock": LOCK, "mix.exs": "defmodule X do end"})
    assert usages(found, "mix.exs")["pkg:hex/http@2.0.1"].direct is None


def test_old_entries_are_read() -> None:
    found = extract(EXTRACTOR, {"mix.lock": '%{"a": {:package, "0.1.0"},\n "b" => {:hex, :b, "1.0.0"}}'})
    assert refs(found) == ["pkg:hex/a@0.1.0", "pkg:hex/b@1.0.0"]


def test_a_damaged_entry_is_an_issue_and_the_others_stand() -> None:
    found = extract(EXTRACTOR, {"mix.lock": '%{\n "a": {:hex, },\n "b": {:hex, :b, "1.0.0"},\n}'})
    assert refs(found) == ["pkg:hex/b@1.0.0"]
    assert [issue.line for issue in found.issues] == [2]


def test_a_file_cut_short_is_an_error_and_what_came_before_stands() -> None:
    found = extract(EXTRACTOR, {"mix.lock": LOCK[: LOCK.index('"own"') + 30]})
    assert refs(found) == ["pkg:hex/http@2.0.1", "pkg:hex/log_ng@1.3.0"]
    assert [issue.severity for issue in found.issues] == [Severity.ERROR]


@pytest.mark.parametrize("text", ["%{}", "# nothing yet\n%{\n}\n"])
def test_an_empty_lock_file_has_no_packages(text: str) -> None:
    assert refs(extract(EXTRACTOR, {"mix.lock": text})) == []


@pytest.mark.parametrize("text", ["", "[]", "<<<<<<< mine", "%{", '%{"a": {:hex, :a'])
def test_what_is_no_lock_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"mix.lock": text})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a.git", "git+https://example.org/a.git@r"),
        ("git@example.org:team/a.git", "git+ssh://git@example.org/team/a.git@r"),
        ("ssh://git@example.org/a.git", "git+ssh://git@example.org/a.git@r"),
    ],
)
def test_addresses(url: str, expected: str) -> None:
    assert vcs_url(url, "r") == expected


def test_nesting_without_end_is_no_crash() -> None:
    assert survives(EXTRACTOR, {"mix.lock": '%{"a": ' + "[" * 100_000}) is None


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"mix.lock": data})


TERMS = st.recursive(
    st.sampled_from([":hex", ":git", '"1.0"', '""', ":a", "nil", "12", '"a@b:c"', f'"{OUTER}"', '"hexpm:x"']),
    lambda inner: (
        st.lists(inner, max_size=8).map(lambda terms: "{" + ", ".join(terms) + "}")
        | st.lists(inner, max_size=4).map(lambda terms: "[" + ", ".join(terms) + "]")
        | inner.map(lambda term: f"[key: {term}]")
    ),
    max_leaves=20,
)


@given(st.lists(st.tuples(st.sampled_from(['"a"', '"b"', "c", '""']), TERMS)))
def test_any_terms_anywhere_give_an_extraction(entries: list[tuple[str, str]]) -> None:
    text = "%{" + ", ".join(f"{key}: {term}" for key, term in entries) + "}"
    assert survives(EXTRACTOR, {"mix.lock": text}) is not None
