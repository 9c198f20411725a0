# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Choosing among alternatives."""

import pytest

from paddock.engine.evaluator.choose import apply_rules, choose
from paddock.engine.model.issue import Severity
from paddock.engine.model.verdict import LicenseChoice, Outcome
from paddock.engine.policy.configuration import ChoiceRule
from paddock.engine.policy.nodes import InvalidFile
from paddock.engine.spdx.parse import parse
from tests.engine.evaluator.worlds import component, judge, policy, world

A = "pkg:npm/a@1.0"


def test_the_alternative_that_breaks_no_rule_is_chosen_and_recorded() -> None:
    verdict = judge(world([component(A, "GPL-3.0-only OR MIT")]))

    assert verdict.outcome is Outcome.COMPLIANT
    assert verdict.choices == (LicenseChoice(ref=A, given="GPL-3.0-only OR MIT", chosen="MIT", decided_by="policy"),)


def test_what_must_be_kept_is_judged() -> None:
    verdict = judge(world([component(A, "(GPL-3.0-only OR MIT) AND GPL-2.0-only")]))

    assert [reason.license for reason in verdict.reasons] == ["GPL-2.0-only"]
    assert verdict.choices[0].chosen == "MIT AND GPL-2.0-only"


def test_a_broken_rule_is_worse_than_an_open_question() -> None:
    verdict = judge(world([component(A, "GPL-3.0-only OR LicenseRef-ours")]))

    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.choices[0].chosen == "LicenseRef-ours"


def test_among_good_alternatives_the_preferred_then_the_first_wins() -> None:
    rules = policy("  []")
    inventory = world([component(A, "ISC OR MIT OR X11")])

    assert judge(inventory, rules).choices[0].chosen == "ISC"
    preferring = judge(inventory, policy("  []\npreferences: [MIT, permissive]"))
    assert preferring.choices[0].chosen == "MIT"


def test_an_explicit_choice_comes_first() -> None:
    inventory = world([component(A, "GPL-3.0-only OR MIT")])
    config = "license_choices: [{given: MIT OR GPL-3.0-only, choice: GPL-3.0-only}]"

    verdict = judge(inventory, config=config)

    assert verdict.outcome is Outcome.NOT_COMPLIANT
    assert verdict.choices == (
        LicenseChoice(ref=A, given="GPL-3.0-only OR MIT", chosen="GPL-3.0-only", decided_by=".paddock.yml:1"),
    )


def test_a_choice_for_one_package_leaves_others_alone() -> None:
    inventory = world([component(A, "ISC OR MIT"), component("pkg:npm/b@1", "ISC OR MIT")])

    verdict = judge(inventory, config="license_choices: [{purl: pkg:npm/b, choice: MIT}]")

    assert {choice.ref: choice.chosen for choice in verdict.choices} == {A: "ISC", "pkg:npm/b@1": "MIT"}


def test_a_choice_without_effect_is_a_hint() -> None:
    (issue,) = judge(world([component(A, "MIT")]), config="license_choices: [{given: ISC OR X11, choice: X11}]").issues

    assert (issue.severity, issue.path, issue.line) == (Severity.HINT, ".paddock.yml", 1)
    assert "no effect" in issue.message


def test_an_impossible_choice_is_refused_or_has_no_effect() -> None:
    with pytest.raises(InvalidFile, match="none of the alternatives"):
        judge(world([]), config="license_choices: [{given: MIT OR ISC, choice: X11}]")
    verdict = judge(
        world([component(A, "GPL-3.0-only OR MIT")]), config="license_choices: [{purl: pkg:npm/a, choice: X11}]"
    )
    assert verdict.choices[0].decided_by == "policy"
    assert "no effect" in verdict.issues[0].message


@pytest.mark.parametrize(
    ("expression", "given", "choice", "expected"),
    [
        ("MIT OR ISC", "ISC OR MIT", "ISC", "ISC"),
        ("(MIT OR ISC) AND X11", "MIT OR ISC", "MIT", "MIT AND X11"),
        ("MIT OR ISC OR X11", "MIT OR ISC", "MIT", "MIT OR X11"),
        ("MIT AND X11", "MIT OR ISC", "MIT", "MIT AND X11"),
        ("MIT OR ISC", "", "MIT", "MIT"),
        ("MIT OR ISC", "", "X11", "MIT OR ISC"),
    ],
)
def test_explicit_choices_replace_parts(expression: str, given: str, choice: str, expected: str) -> None:
    changed, used = apply_rules(parse(expression), [ChoiceRule(given=given, choice=choice)])

    assert str(changed) == expected
    assert bool(used) is (expected != expression)


def test_choosing_a_very_wide_expression_is_linear() -> None:
    wide = parse(" AND ".join(f"(LicenseRef-a{number} OR MIT)" for number in range(900)))

    assert str(choose(wide, lambda term: (int(term.license != "MIT"), 0))) == "MIT"
