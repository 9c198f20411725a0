# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which components and paths patterns mean."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.purl import parse_purl
from paddock.engine.policy.globs import InvalidGlob, Wildcard, compile_glob, compile_tokens
from paddock.engine.policy.pattern import InvalidPattern, PatternIndex, parse_pattern
from paddock.engine.policy.regex import InvalidRegex, check_regex, matches_whole
from paddock.engine.policy.version_range import InvalidRange, parse_range


@pytest.mark.parametrize(
    ("pattern", "purl", "expected"),
    [
        ("pkg:npm/left-pad", "pkg:npm/left-pad@1.3.0", True),
        ("pkg:npm/left-pad@1.3.0", "pkg:npm/left-pad@1.3.0", True),
        ("pkg:npm/left-pad@1.3.0", "pkg:npm/left-pad@1.3.1", False),
        ("pkg:npm/left-pad@1.*", "pkg:npm/left-pad@1.3.1", True),
        ("pkg:npm/@scope/name", "pkg:npm/%40scope/name@1", True),
        ("pkg:npm/%40scope/name@1", "pkg:npm/%40scope/name@1", True),
        ("pkg:npm/@scope/*", "pkg:npm/%40scope/name@1", True),
        ("pkg:npm/@scope/*@1", "pkg:npm/%40scope/name@2", False),
        ("pkg:npm/@scope/*", "pkg:npm/other@1", False),
        ("pkg:pypi/Some_Package", "pkg:pypi/some-package@1", True),
        ("pkg:maven/org.example.*", "pkg:maven/org.example.web/core@1", True),
        ("pkg:NPM/*", "pkg:npm/a@1", True),
        ("*", "pkg:gem/a@1", True),
    ],
)
def test_patterns_over_package_urls(pattern: str, purl: str, expected: bool) -> None:
    assert parse_pattern(pattern).matches(parse_purl(purl)) is expected


@pytest.mark.parametrize("text", ["", "left-pad", "pkg:", "pkg:npm", "pkg:npm/a?b=c", "npm/left-pad"])
def test_what_names_no_components_is_refused(text: str) -> None:
    with pytest.raises(InvalidPattern):
        parse_pattern(text)


@pytest.mark.parametrize(
    ("text", "version", "expected"),
    [
        (">=1.2, <2", "1.10", True),
        (">=1.2, <2", "2.0", False),
        (">=1.2 <2", "1.2.0", True),
        (">1.2", "1.2.0", False),
        ("1.2", "1.2.0", True),
        ("!=1.2", "1.3", True),
        ("[1.2,2.0[", "2.0", False),
        ("[1.2,2.0]", "2.0", True),
        ("]1.2,2.0]", "1.2", False),
        ("[1.2,)", "99", True),
        ("1.+", "1.9.9", True),
        ("1.+", "2.0", False),
        ("<2", "1.0-beta", None),
        ("=1.0-beta", "1.0-beta", True),
        ("<2", "", None),
        (">=1, <2", "v1.5", True),
    ],
)
def test_ranges_compare_numbers_and_admit_what_they_cannot(text: str, version: str, expected: bool | None) -> None:
    assert parse_range(text).contains(version) is expected


@pytest.mark.parametrize(
    ("versions", "purl", "expected"),
    [
        ("<2", "pkg:npm/a@2.0.0-beta", True),
        ("<2", "pkg:npm/a@main", None),
        ("<2", "pkg:unheard/a@1.5", True),
        ("<2", "pkg:unheard/a@1.0-beta", None),
        ("[1.0,1.1[", "pkg:maven/g/a@1.0.Final", True),
        ("<1.0", "pkg:deb/debian/a@1.0~rc1-1", True),
        ("(,1.0[,[2.0,)", "pkg:pypi/a@2.0", True),
        ("(,1.0[,[2.0,)", "pkg:pypi/a@1.0", False),
    ],
)
def test_ranges_are_compared_by_the_order_of_the_ecosystem(versions: str, purl: str, expected: bool | None) -> None:
    kind = purl.partition("@")[0]
    assert parse_pattern(kind, versions).matches(parse_purl(purl)) is expected


@pytest.mark.parametrize("text", [">=", "1 2 ><", ",", "<,>"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(InvalidRange):
        parse_range(text)


@given(st.text("[]()<>=!, .+v0123a", max_size=20), st.text("v0123.-a", max_size=12))
def test_any_range_answers_or_is_refused(text: str, version: str) -> None:
    try:
        allowed = parse_range(text)
    except InvalidRange:
        return
    assert allowed.contains(version) in {True, False, None}


def test_an_index_keeps_the_order_of_definition() -> None:
    index = PatternIndex(
        [
            (parse_pattern("pkg:npm/*"), "all"),
            (parse_pattern("pkg:npm/a"), "exact"),
            (None, "any"),
            (parse_pattern("pkg:npm/a", "<2"), "ranged"),
            (parse_pattern("pkg:npm/b"), "other"),
        ]
    )

    assert index.find(parse_purl("pkg:npm/a@1")) == [("all", True), ("exact", True), ("any", True), ("ranged", True)]
    assert index.find(parse_purl("pkg:npm/a@x"))[-1] == ("ranged", None)
    assert index.find(None) == [("any", True)]


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("docs/**", "docs/a/b.md", True),
        ("docs/**", "docs", False),
        ("docs/*", "docs/a/b.md", False),
        ("**/test/**", "test/a.py", True),
        ("**/test/**", "a/b/test/c/d.py", True),
        ("**/*.py", "a.py", True),
        ("docs/", "docs/a/b", True),
        ("./docs/*.md", "docs/a.md", True),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        (r"a\*c", "a*c", True),
        (r"a\*c", "abc", False),
        ("a.c", "abc", False),
    ],
)
def test_path_patterns(pattern: str, path: str, expected: bool) -> None:
    assert (compile_glob(pattern).match(path) is not None) is expected


def test_a_pattern_that_nobody_can_read_is_refused() -> None:
    with pytest.raises(InvalidGlob, match="wildcards"):
        compile_glob("*a" * 30)
    with pytest.raises(InvalidGlob, match="longer than any path"):
        compile_glob("a" * 5_000)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [("**a" * 20, "a" * 4_000 + "b"), ("*a" * 20, "a" * 4_000 + "b"), ("**/" * 20 + "x", "a/" * 2_000)],
)
def test_a_hostile_pattern_comes_to_an_end(pattern: str, path: str) -> None:
    assert compile_glob(pattern).match(path) is None


_SLOW = {Wildcard.ANYTHING: ".*", Wildcard.WITHIN: "[^/]*", Wildcard.FOLDERS: "(?:.*/)?"}


@given(
    st.lists(st.sampled_from(["a", "b", "/", *Wildcard]), max_size=9),
    st.lists(st.text(alphabet="ab/", max_size=9), min_size=1, max_size=9),
)
def test_settling_each_part_changes_no_answer(tokens: list[str | Wildcard], paths: list[str]) -> None:
    # A "**/" is one only at the start of a folder's name.
    whole = [
        token
        for token, before in zip(tokens, ["/", *tokens], strict=False)
        if token is not Wildcard.FOLDERS or before in ("/", Wildcard.FOLDERS)
    ]
    slow = re.compile("".join(_SLOW[token] if isinstance(token, Wildcard) else token for token in whole), re.DOTALL)

    for path in paths:
        assert bool(compile_tokens(whole).match(path)) is bool(slow.fullmatch(path)), path


def test_regular_expressions_match_whole_texts_in_linear_time() -> None:
    assert matches_whole("a.*c", "ab\nc")
    assert not matches_whole("b", "abc")
    assert not matches_whole("(a+)+b", "a" * 40)
    with pytest.raises(InvalidRegex, match="look-ahead"):
        check_regex("(?=a)")
    with pytest.raises(InvalidRegex, match="longer than"):
        check_regex("a" * 3_000)
