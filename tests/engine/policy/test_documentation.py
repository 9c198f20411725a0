# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The examples in docs/policy.md work, and what the page lists is what there is."""

import re
from pathlib import Path

import pytest

from paddock.engine.evaluator.evaluate import evaluate
from paddock.engine.model.inventory import Scope
from paddock.engine.model.verdict import Outcome, Verdict
from paddock.engine.policy.categories import BASE
from paddock.engine.policy.conditions import FACTS
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.nodes import InvalidFile
from paddock.engine.policy.read import default_policy, read_policy
from paddock.engine.policy.read_configuration import read_configuration
from paddock.engine.policy.types import BUILT_IN, Policy
from tests.engine.evaluator.worlds import NOON, component, project, world

PAGE = Path(__file__).parents[3] / "docs" / "policy.md"
CLASSIFICATIONS = b"""
categories: [{name: copyleft}, {name: include-in-notice-file}]
categorizations: [{id: GPL-3.0-only, categories: [copyleft, include-in-notice-file]}]
"""


def block(name: str) -> bytes:
    """The YAML example that begins with a comment of this name."""
    found = re.search(rf"```yaml\n# {re.escape(name)}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"docs/policy.md has no example {name}"
    return found.group(1).encode()


def policy() -> Policy:
    return read_policy(block("policy.yml"), "policy.yml")


def configuration() -> Configuration:
    return read_configuration(block(".paddock.yml"))


def judge(
    *found: tuple[str, str, Scope], at: str = "clients/android/app.gradle", licenses: tuple[str, ...] = ()
) -> Verdict:
    components = [component(purl, *filter(None, (license,))) for purl, license, _ in found]
    uses = [(item.ref, scope, True) for item, (_, _, scope) in zip(components, found, strict=True)]
    return evaluate(world(components, [project(at, *uses, licenses=licenses)]), None, policy(), configuration(), NOON)


@pytest.mark.parametrize(
    ("purl", "license", "scope", "outcome"),
    [
        ("pkg:npm/a@1", "MIT", Scope.RUNTIME, Outcome.COMPLIANT),
        ("pkg:npm/a@1", "GPL-3.0-only", Scope.RUNTIME, Outcome.NOT_COMPLIANT),
        ("pkg:npm/a@1", "GPL-3.0-only", Scope.DEV, Outcome.COMPLIANT),
        ("pkg:npm/a@1", "GPL-3.0-only", Scope.UNKNOWN, Outcome.UNDECIDED),
        ("pkg:npm/a@1", "MIT OR GPL-2.0-only", Scope.RUNTIME, Outcome.COMPLIANT),
        ("pkg:npm/a@1", "LicenseRef-new", Scope.RUNTIME, Outcome.UNDECIDED),
        ("pkg:npm/a@1", "LicenseRef-example-chart", Scope.RUNTIME, Outcome.COMPLIANT),
        ("pkg:npm/a@1", "", Scope.RUNTIME, Outcome.UNDECIDED),
        ("pkg:npm/a@1", "", Scope.TEST, Outcome.COMPLIANT),
        ("pkg:maven/log4j/log4j@1.2.17", "Apache-2.0", Scope.RUNTIME, Outcome.NOT_COMPLIANT),
        ("pkg:maven/org.example/x@1", "Example Software License", Scope.RUNTIME, Outcome.COMPLIANT),
        ("pkg:pypi/example-parser@1.3", "BSD", Scope.RUNTIME, Outcome.COMPLIANT),
        ("pkg:pypi/example-parser@2.0", "BSD", Scope.RUNTIME, Outcome.UNDECIDED),
        ("pkg:npm/example-chart@3.1", "GPL-3.0-only", Scope.RUNTIME, Outcome.COMPLIANT),
        ("pkg:npm/example-chart@4.0", "GPL-3.0-only", Scope.RUNTIME, Outcome.NOT_COMPLIANT),
    ],
)
def test_the_examples_decide_as_the_page_says(purl: str, license: str, scope: Scope, outcome: Outcome) -> None:
    assert judge((purl, license, scope)).outcome is outcome


def test_distribution_by_project() -> None:
    strong = ("pkg:npm/a@1", "GPL-3.0-only", Scope.RUNTIME)

    assert judge(strong, at="tools/gen/package.json").outcome is Outcome.COMPLIANT
    assert judge(strong, at="server/package.json").outcome is Outcome.COMPLIANT  # hosted: no copies are handed out


def test_the_rule_about_projects_warns() -> None:
    verdict = judge(("pkg:npm/a@1", "MIT", Scope.RUNTIME), licenses=("GPL-3.0-only",))

    assert verdict.outcome is Outcome.COMPLIANT
    assert [reason.rule for reason in verdict.reasons] == ["our-own-licence"]


def test_orts_classifications_can_be_used() -> None:
    found = read_policy(block("policy-with-ort.yml"), "p.yml", load=lambda _: CLASSIFICATIONS)
    inventory = world([component("pkg:npm/a@1", "GPL-3.0-only")])

    assert evaluate(inventory, None, found, Configuration(), NOON).outcome is Outcome.NOT_COMPLIANT


def test_the_fault_that_the_page_shows_is_the_one_that_is_given() -> None:
    example = block("policy.yml").decode()
    broken = example.replace('when: category == "unlisted"', 'when: categry == "unlisted"')

    with pytest.raises(InvalidFile, match="no fact is called 'categry'; did you mean 'category'") as caught:
        read_policy(broken.encode(), "policy.yml")
    shown = str(caught.value).partition("rules[")[2].partition(".")[2]
    assert shown in PAGE.read_text(encoding="utf-8")


def test_every_fact_category_and_built_in_rule_is_listed() -> None:
    text = PAGE.read_text(encoding="utf-8")

    for name in (*FACTS, *BASE.values(), *BUILT_IN, *(rule.id for rule in default_policy().rules)):
        assert f"`{name}`" in text, name
