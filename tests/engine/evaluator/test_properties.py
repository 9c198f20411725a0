# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What holds for every verdict."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from paddock.engine.evaluator.evaluate import evaluate
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Inventory, Scope
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import ScanFindings
from paddock.engine.model.verdict import Outcome, ReasonKind, Verdict
from paddock.engine.policy.configuration import Configuration, Waiver
from paddock.engine.policy.licensing import combine_sources
from paddock.engine.policy.pattern import parse_pattern
from paddock.engine.policy.read import default_policy
from paddock.engine.policy.types import Distribution, Policy
from paddock.engine.spdx.names import map_statements
from tests.engine.evaluator.worlds import NOON, component, configuration, policy, project, world

_WORSE = [Outcome.COMPLIANT, Outcome.UNDECIDED, Outcome.NOT_COMPLIANT]
_STATEMENTS = (
    "",
    "MIT",
    "BSD",
    "GPL-2.0-only",
    "SSPL-1.0",
    "LGPL-2.1-only",
    "AGPL-3.0-only",
    "LicenseRef-ours",
    "NOASSERTION",
    "Free for friends",
    "MIT OR GPL-3.0-only",
    "ISC OR Apache-2.0",
    "GPL-3.0-only OR SSPL-1.0",
    "(MIT OR Apache-2.0) AND MPL-2.0",
    "GPL-2.0-only WITH Classpath-exception-2.0",
)
NOTHING = Configuration()
_PURLS = [f"pkg:{kind}/{name}@1.0" for kind in ("npm", "cargo", "conan", "pypi") for name in "abc"]
_REFS = st.sampled_from(_PURLS)
_COMPONENTS = st.builds(
    component,
    _REFS,
    st.sampled_from(_STATEMENTS),
    concluded=st.sampled_from(["", "", "", "MIT", "GPL-2.0-only"]),
    modified=st.sampled_from([None, True, False]),
)
_ISSUES = st.builds(
    Issue,
    st.sampled_from(Severity),
    st.sampled_from(["js/npm", "python/pip"]),
    st.sampled_from(["odd", "worse"]),
    st.sampled_from(["", "a/package.json", "b.txt"]),
)


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    components = draw(st.lists(_COMPONENTS, max_size=6, unique_by=lambda found: found.ref))
    uses = st.tuples(
        st.sampled_from([found.ref for found in components] or [""]),
        st.sampled_from(Scope),
        st.sampled_from([True, False, None]),
    )
    projects = [
        project(
            f"{name}/package.json",
            *(use for use in draw(st.lists(uses, max_size=6, unique_by=lambda use: use[0])) if use[0]),
        )
        for name in draw(st.sets(st.sampled_from("xyz"), max_size=3))
    ]
    edges = [
        (draw(st.sampled_from(components)).ref, draw(st.sampled_from(components)).ref)
        for _ in range(draw(st.integers(0, 4)) if components else 0)
    ]
    return world(
        components, sorted(projects, key=lambda one: one.id), edges, tuple(draw(st.lists(_ISSUES, max_size=2)))
    )


_WAIVERS = st.builds(
    Waiver,
    rule=st.sampled_from(["*", "strong-*", "no-license", "unmapped-license", "lgpl-static", "analysis-incomplete"]),
    pattern=st.sampled_from([None, *map(parse_pattern, ("pkg:npm/*", "pkg:cargo/a", "*"))]),
    license=st.sampled_from(["*", "GPL-2.0-only", "BSD"]),
    project=st.sampled_from(["**", "x/**", "y/package.json"]),
    reason=st.just("r"),
    approved_by=st.just("office"),
    until=st.sampled_from([None, NOON.date(), NOON.date() - timedelta(days=1), NOON.date() + timedelta(days=9)]),
    place=st.just(".paddock.yml:3"),
)
_CONFIGURATIONS = st.builds(
    Configuration,
    distribution=st.sampled_from([None, *Distribution]),
    waivers=st.lists(_WAIVERS, max_size=2).map(tuple),
)


def verdict(inventory: Inventory, config: Configuration = NOTHING, rules: Policy | None = None) -> Verdict:
    return evaluate(inventory, None, rules or default_policy(), config, NOON)


def rank(found: Verdict) -> int:
    return _WORSE.index(found.outcome)


@given(inventories(), _CONFIGURATIONS, _WAIVERS)
@settings(max_examples=150)
def test_a_waiver_more_never_makes_it_worse(inventory: Inventory, config: Configuration, waiver: Waiver) -> None:
    more = msgspec.structs.replace(config, waivers=(*config.waivers, waiver))

    assert rank(verdict(inventory, more)) <= rank(verdict(inventory, config))


@given(inventories(), _CONFIGURATIONS, _COMPONENTS, st.sampled_from([None, *Scope]))
@settings(max_examples=150)
def test_a_component_more_never_makes_a_bad_outcome_better(
    inventory: Inventory, config: Configuration, found: Component, scope: Scope | None
) -> None:
    if found.ref in {known.ref for known in inventory.components}:
        return
    projects = inventory.projects
    if scope is not None:
        projects = (*projects, project("zz/package.json", (found.ref, scope, True)))
    more = msgspec.structs.replace(inventory, components=(*inventory.components, found), projects=projects)
    before = verdict(inventory, config)

    # That nothing at all was found is a question, which the first component answers.
    assert rank(verdict(more, config)) >= rank(before) or not (inventory.projects or inventory.components)


@given(inventories(), _CONFIGURATIONS, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_order_changes_nothing(inventory: Inventory, config: Configuration, chance: random.Random) -> None:
    def shuffled(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(items, len(items)))

    other = msgspec.structs.replace(
        inventory,
        components=shuffled(inventory.components),
        projects=shuffled(inventory.projects),
        issues=shuffled(inventory.issues),
    )
    rules = msgspec.structs.replace(default_policy(), rules=shuffled(default_policy().rules))

    assert verdict(other, config, rules) == verdict(inventory, config)


@given(inventories(), _CONFIGURATIONS)
@settings(max_examples=100)
def test_the_outcome_follows_from_the_open_reasons(inventory: Inventory, config: Configuration) -> None:
    found = verdict(inventory, config)
    errors = {reason.kind for reason in found.open_reasons if reason.severity is Severity.ERROR}

    assert (found.outcome is Outcome.NOT_COMPLIANT) == (ReasonKind.VIOLATION in errors)
    assert (found.outcome is Outcome.COMPLIANT) == (not errors)
    for reason in found.reasons:
        assert reason.message
        assert reason.how_to_fix
        assert reason.cause
        assert "unknown" not in reason.cause
        assert list(reason.projects) == sorted(set(reason.projects))
        assert all(path[0] in reason.projects and path[-1] == reason.ref for path in reason.paths)


@given(inventories(), _CONFIGURATIONS, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
@settings(max_examples=50)
def test_time_matters_to_waivers_only(inventory: Inventory, config: Configuration, day: date) -> None:
    plain = msgspec.structs.replace(config, waivers=())
    now = datetime.combine(day, time(8), tzinfo=UTC)

    assert evaluate(inventory, None, default_policy(), plain, now) == verdict(inventory, plain)


@given(inventories(), _CONFIGURATIONS)
@settings(max_examples=50)
def test_a_scan_that_found_nothing_more_changes_nothing(inventory: Inventory, config: Configuration) -> None:
    facts = []
    for found in inventory.components:
        known = map_statements(found.declared_licenses, either=found.purl.type == "npm")
        facts.append(combine_sources(found.ref, known.expression, known.unmapped, "", found.concluded_license))
    scan = ScanFindings(components=tuple(facts))

    assert evaluate(inventory, scan, default_policy(), config, NOON).reasons == verdict(inventory, config).reasons


def test_rules_of_one_cause_come_in_one_order() -> None:
    first, second = (
        f'\n  - {{id: {name}, when: category == "strong-copyleft", cause: same, message: m}}' for name in "ab"
    )
    inventory = world([component("pkg:npm/a@1", "GPL-2.0-only")])

    found = [verdict(inventory, rules=policy(text)).reasons for text in (first + second, second + first)]

    assert found[0] == found[1]


def test_the_same_package_in_two_versions_is_two_components() -> None:
    config = configuration("curations: [{purl: pkg:npm/a@1.0, concluded_license: MIT}]")
    inventory = world([component("pkg:npm/a@1.0", "GPL-2.0-only"), component("pkg:npm/a@2.0", "GPL-2.0-only")])

    assert [reason.ref for reason in verdict(inventory, config).reasons] == ["pkg:npm/a@2.0"]


def test_an_edge_to_nowhere_does_no_harm() -> None:
    inventory = world([component("pkg:npm/a@1.0", "GPL-2.0-only")], edges=[("pkg:npm/a@1.0", "pkg:npm/gone@1")])

    assert Edge("pkg:npm/a@1.0", "pkg:npm/gone@1") in inventory.edges
    assert verdict(inventory).outcome is Outcome.NOT_COMPLIANT
