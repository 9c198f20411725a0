# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Rule and licence files: facts, text, and what breaks the format."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.errors import Unreadable
from paddock.engine.scanner.licenses.rules import Kind, LicenseName, read_license, read_rule, relevance_by_length
from tests.license_data import as_file


def rule_of(text: str):
    return read_rule("x.RULE", text.encode())


def test_a_rule_with_everything() -> None:
    facts = {
        "license_expression": "mit OR isc",
        "is_license_notice": True,
        "is_continuous": True,
        "relevance": 80,
        "minimum_coverage": 70,
        "referenced_filenames": ["LICENSE", "COPYING"],
        "language": "de",
        "notes": "for people",
    }
    rule = rule_of(as_file(facts, "Some {{text}}\n---\nwith a line"))
    assert rule is not None
    assert (rule.name, rule.text.strip()) == ("x.RULE", "Some {{text}}\n---\nwith a line")
    assert (rule.expression, rule.kinds) == ("mit OR isc", Kind.NOTICE | Kind.CONTINUOUS)
    assert (rule.relevance, rule.minimum_coverage, rule.language) == (80, 70, "de")
    assert rule.referenced_files == ("LICENSE", "COPYING")


def test_a_rule_with_nothing() -> None:
    rule = rule_of("---\nlicense_expression: mit\n---\ntext")
    assert rule is not None
    assert (rule.kinds, rule.relevance, rule.minimum_coverage, rule.referenced_files) == (Kind(0), None, 0, ())
    assert rule.language == "en"


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("is_license_text", Kind.TEXT),
        ("is_license_notice", Kind.NOTICE),
        ("is_license_reference", Kind.REFERENCE),
        ("is_license_tag", Kind.TAG),
        ("is_license_intro", Kind.INTRO),
        ("is_license_clue", Kind.CLUE),
        ("is_false_positive", Kind.FALSE_POSITIVE),
        ("is_continuous", Kind.CONTINUOUS),
        ("is_required_phrase", Kind.REQUIRED_PHRASE),
    ],
)
def test_every_kind(field, kind) -> None:
    rule = rule_of(f"---\n{field}: yes\n---\ntext")
    assert rule is not None
    assert rule.kinds == kind


def test_a_rule_out_of_use_is_none() -> None:
    assert rule_of("---\nlicense_expression: mit\nis_deprecated: yes\n---\ntext") is None


def test_windows_line_ends_and_a_file_without_text() -> None:
    rule = rule_of("---\r\nlicense_expression: mit\r\n---\r\ntext\r\n")
    assert rule is not None
    assert (rule.expression, rule.text.strip()) == ("mit", "text")
    empty = rule_of("---\nlicense_expression: mit\n---")
    assert empty is not None
    assert empty.text == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "---"),
        (b"text only", "---"),
        (b"---\nlicense_expression: mit\n", "---"),
        (b"---\n- a\n---\ntext", "key: value"),
        (b"---\njust words\n---\ntext", "key: value"),
        (b"---\na: [\n---\ntext", "x.RULE"),
        (b"---\na: !!python/object:os.system {}\n---\ntext", "x.RULE"),
        (b"---\na: \xff\n---\ntext", "x.RULE"),
        (b"---\na: b\n---\n\xff", "x.RULE"),
        (b"---\nrelevance: much\n---\ntext", "relevance"),
        (b"---\nminimum_coverage: [1]\n---\ntext", "minimum_coverage"),
        (b"---\nrelevance: 101\n---\ntext", "relevance"),
        (b"---\nminimum_coverage: -1\n---\ntext", "minimum_coverage"),
    ],
)
def test_what_breaks_the_format_is_refused_by_name(data, reason) -> None:
    with pytest.raises(Unreadable, match=r"x\.RULE") as caught:
        read_rule("x.RULE", data)
    assert reason in caught.value.reason


def taken_or_refused(data: bytes) -> None:
    """The file is read both as a rule and as a licence, or refused by its name."""
    for read in (read_rule, read_license):
        refused = None
        try:
            read("the-file", data)
        except Unreadable as error:
            refused = error.reason
        assert refused is None or "the-file" in refused


@given(st.binary(max_size=200))
def test_any_bytes_are_a_rule_or_refused(data) -> None:
    for content in (data, b"---\n" + data, b"---\n" + data + b"\n---\ntext", b"---\na: b\n---\n" + data):
        taken_or_refused(content)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)
FIELDS = st.sampled_from(
    [
        "license_expression", "relevance", "minimum_coverage", "referenced_filenames", "language", "is_license_text",
        "is_deprecated", "key", "spdx_license_key", "other_spdx_license_keys", "name", "is_exception",
    ]
)  # fmt: skip


@given(st.dictionaries(FIELDS, VALUES, max_size=6))
def test_values_of_any_type_are_taken_or_refused(facts) -> None:
    taken_or_refused(f"---\n{yaml.safe_dump(facts)}---\ntext\n".encode())


LICENSE = {
    "key": "meadow",
    "name": "Meadow Licence",
    "short_name": "Meadow",
    "category": "Permissive",
    "spdx_license_key": "Meadow-1.0",
    "other_spdx_license_keys": ["Meadow-1"],
    "is_exception": True,
    "minimum_coverage": 80,
}


def license_of(text: str = "graze", **changes: object):
    return read_license("meadow.LICENSE", as_file(LICENSE | changes, text).encode())


def test_a_licence_is_a_name_and_a_rule() -> None:
    name, rule = license_of()
    assert name == LicenseName(
        key="meadow",
        spdx_id="Meadow-1.0",
        other_spdx_ids=("Meadow-1",),
        name="Meadow Licence",
        short_name="Meadow",
        category="Permissive",
        is_exception=True,
    )
    assert rule is not None
    assert (rule.name, rule.expression, rule.kinds, rule.relevance, rule.minimum_coverage) == (
        "meadow.LICENSE",
        "meadow",
        Kind.TEXT,
        100,
        80,
    )


def test_a_licence_without_text_or_out_of_use_is_a_name_only() -> None:
    assert license_of(" \n")[1] is None
    name, rule = license_of(is_deprecated=True)
    assert (name.is_deprecated, rule) == (True, None)


def test_a_licence_without_spdx_id_has_one_of_the_data() -> None:
    assert license_of(spdx_license_key=None)[0].spdx_id == "LicenseRef-scancode-meadow"


def test_a_licence_needs_a_key() -> None:
    with pytest.raises(Unreadable, match="has no key"):
        license_of(key="")


def test_relevance_grows_with_length_up_to_all() -> None:
    values = [relevance_by_length(length) for length in range(1, 60)]
    assert values == sorted(values)
    assert 0 < values[0] < 10
    assert values[-1] == 100
