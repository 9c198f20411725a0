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


def test_a_list_within_a_list_is_refused() -> None:
    with pytest.raises(InvalidCondition, match="within another") as caught:
        compile_condition('categories.exists(c,\n ["a"].exists(d, d == c))')
    assert caught.value.line == 2
    compile_condition('categories.exists(c, c == "a") || categories.all(c, (c == "b"))')


FINITE: dict[str, tuple[object, ...]] = {
    "scope": ("runtime", "optional", "build", "test", "dev"),
    "direct": (True, False),
    "linkage": ("static", "dynamic"),
    "modified": (True, False),
}
_ATOMS = st.sampled_from(
    [
        "direct",
        "modified",
        'linkage == "static"',
        'scope in ["dev", "test"]',
        'scope != "runtime"',
        'category == "x"',
        'category.startsWith("y")',
        'categories.exists(c, c == "x")',
        "true",
        "false",
    ]
)
_CONDITIONS = st.recursive(
    _ATOMS,
    lambda part: st.one_of(
        part.map(lambda one: f"!({one})"),
        st.tuples(part, part).map(lambda two: f"({two[0]}) && ({two[1]})"),
        st.tuples(part, part).map(lambda two: f"({two[0]}) || ({two[1]})"),
        st.tuples(part, part, part).map(lambda three: f"(({three[0]}) ? ({three[1]}) : ({three[2]}))"),
    ),
    max_leaves=6,
)
_VALUES = {
    **{name: st.sampled_from(values) for name, values in FINITE.items()},
    "category": st.sampled_from(["x", "y", "z"]),
    "categories": st.lists(st.sampled_from(["x", "y"]), max_size=2),
}


@given(_CONDITIONS, st.fixed_dictionaries(_VALUES), st.sets(st.sampled_from(sorted(_VALUES))))
def test_what_is_decided_with_few_facts_stays_so_with_more(
    source: str, facts: dict[str, object], hidden: set[str]
) -> None:
    condition = compile_condition(source)
    with_all = condition.decide(facts)
    with_few = condition.decide({name: value for name, value in facts.items() if name not in hidden})

    assert with_all.value is not None
    assert with_few.value in (None, with_all.value)
    assert (with_few.value is None) == bool(with_few.missing)
    assert set(with_few.missing) <= hidden


@given(_CONDITIONS, st.fixed_dictionaries(_VALUES), st.sampled_from(sorted(FINITE)))
def test_one_missing_fact_is_asked_for_only_where_it_matters(source: str, facts: dict[str, object], name: str) -> None:
    condition = compile_condition(source)
    answers = {condition.decide({**facts, name: value}).value for value in FINITE[name]}

    found = condition.decide({key: value for key, value in facts.items() if key != name})

    assert found.value is (answers.pop() if len(answers) == 1 else None)
