# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which texts are licence expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.formats.bill.expressions import fault_in, is_listed_expression, joined, references_in

EXPRESSIONS = st.recursive(
    st.sampled_from(
        ["MIT", "GPL-2.0+", "GPL-2.0-only WITH Classpath-exception-2.0", "LicenseRef-a.b", "DocumentRef-x:LicenseRef-y"]
    ),
    lambda inner: (
        st.builds("{} {} {}".format, inner, st.sampled_from(["AND", "OR", "and", "or"]), inner)
        | st.builds("({})".format, inner)
        | st.builds("( {} )".format, inner)
    ),
)


@given(text=EXPRESSIONS)
def test_expressions(text: str) -> None:
    assert fault_in(text) == ""
    assert is_listed_expression(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ends too early"),
        ("MIT AND", "ends too early"),
        ("(MIT", "ends too early"),
        ("MIT)", "never opened"),
        ("AND MIT", "'AND' where a licence is due"),
        ("MIT ISC", "'ISC' where an operator is due"),
        ("()", "')' where a licence is due"),
        ("MIT (ISC)", "opening parenthesis where an operator is due"),
        ("MIT WITH (x)", "opening parenthesis where an operator is due"),
        ("MIT, ISC", "characters"),
        ("MIT/X11", "characters"),
        ("Public Domain", "'Domain' where an operator is due"),
    ],
)
def test_texts_that_are_none(text: str, reason: str) -> None:
    assert reason in fault_in(text)
    assert not is_listed_expression(text)


@pytest.mark.parametrize("text", ["BSD", "MIT AND Foo", "NONE", "NOASSERTION"])
def test_expressions_of_ids_that_are_not_listed(text: str) -> None:
    assert not is_listed_expression(text)


@given(text=st.text(alphabet="()MITAND+- ", max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(fault_in(text), str)


def test_depth_costs_nothing() -> None:
    assert fault_in("(" * 100_000 + "MIT" + ")" * 100_000) == ""


def test_references() -> None:
    assert references_in("LicenseRef-a AND (LicenseRef-b OR DocumentRef-x:LicenseRef-c) AND LicenseRef-a") == (
        "LicenseRef-a",
        "LicenseRef-b",
    )


def test_joining() -> None:
    assert joined(["MIT OR ISC"]) == "MIT OR ISC"
    assert joined(["MIT OR ISC", "Zlib"]) == "(MIT OR ISC) AND Zlib"
