# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Conditions in three values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.policy.conditions import FACTS, Decision, InvalidCondition, compile_condition


def decide(source: str, **known: object) -> Decision:
    return compile_condition(source).decide(known)


def test_known_facts_decide() -> None:
    assert decide('category == "x" && !(scope in ["dev"])', category="x", scope="runtime").value is True
    assert decide('category == "x" && !(scope in ["dev"])', category="x", scope="dev").value is False
    assert decide('purl.startsWith("pkg:npm/")', purl="pkg:npm/a@1").value is True
    assert decide('categories.exists(c, c == "b")', categories=["a", "b"]).value is True


@pytest.mark.parametrize("order", ['linkage == "static" && category == "x"', 'category == "x" && linkage == "static"'])
def test_a_fact_that_is_not_known_is_neither_true_nor_false(order: str) -> None:
    assert decide(order, category="x") == Decision(None, ("linkage",))
    assert decide(order, category="y").value is False


def test_an_answer_that_holds_whatever_the_fact_may_be_is_an_answer() -> None:
    assert decide('linkage == "static" || linkage == "dynamic"').value is True
    assert decide("modified || !modified").value is True
    assert decide('distribution in ["app"] || category == "x"', category="x").value is True


def test_only_the_facts_that_matter_are_named() -> None:
    assert decide('(modified && false) || linkage == "static"').missing == ("linkage",)
    assert decide('epss > 0.5 && linkage == "static"').missing == ("epss", "linkage")
    assert decide("direct ? true : modified").missing == ("direct", "modified")


def test_knowledge_itself_can_be_asked_about() -> None:
    assert decide('"linkage" in unknown').value is True
    assert decide('"linkage" in unknown', linkage="static").value is False


def test_facts_of_the_future_are_undecided_not_false() -> None:
    assert decide("kev") == Decision(None, ("kev",))
    assert decide('severity in ["critical", "high"]').value is None
    assert decide('epss > 0.5 && type == "npm"', type="pypi").value is False


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        ("category ==", 1, 12, "ends too early"),
        ('category = "x"', 1, 10, 'write "=="'),
        ('categry == "x"', 1, 1, "did you mean 'category'"),
        ('category == "x" &&\n  lisense == "y"', 2, 3, "did you mean 'license'"),
        ("lower(license) == 'x'", 1, 1, "no function is called 'lower'"),
        ('purl.matches("(")', 1, 14, "not a regular expression"),
        ('linkage == "unknown"', 1, 1, 'write "linkage" in unknown'),
        ('namespace == "x"', 1, 1, "the fact is called purl_namespace"),
        ("license", 1, 1, "neither true nor false"),
        ("license + 1 == 2", 1, 1, "string + int"),
        ("true" + " && true" * 1_000, 1, 1, "longer than"),
    ],
)
def test_mistakes_are_found_before_anything_is_judged(source: str, line: int, column: int, message: str) -> None:
    with pytest.raises(InvalidCondition) as caught:
        compile_condition(source)
    assert message in caught.value.reason
    assert (caught.value.line, caught.value.column) == (line, column)


def test_names_in_texts_and_bound_by_macros_are_no_facts() -> None:
    assert decide('license == "categry"', license="categry").value is True
    assert decide("[1, 2].all(number, number > 0)").value is True


def test_a_condition_that_fails_on_real_values_says_so() -> None:
    found = decide("int(version) > 3", version="1.2")

    assert found.value is None
    assert found.problem


_PIECES = st.sampled_from([*sorted(FACTS), "&&", "||", "!", "(", ")", '"x"', "==", "in", "[", "]", "1", ".", "?", ":"])


@given(st.lists(_PIECES, max_size=12).map(" ".join) | st.text(max_size=40))
def test_any_text_compiles_or_is_refused(source: str) -> None:
    try:
        condition = compile_condition(source)
    except InvalidCondition:
        return
    decision = condition.decide({})
    assert decision.value in {True, False, None}
