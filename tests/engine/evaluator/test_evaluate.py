# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From inventories to verdicts."""

from paddock.engine.model.inventory import Inventory, Scope
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import ComponentLicense, ScanFindings
from paddock.engine.model.verdict import Outcome, ReasonKind, Verdict
from paddock.engine.policy.types import Policy
from tests.engine.evaluator.worlds import component, judge, policy, project, world

COPYLEFT = """
  - id: copyleft
    when: category == "strong-copyleft" && !(scope in ["dev", "test"])
    cause: "{license} delivered"
    message: "{name} {version} is {license}"
    waivable_by: office
"""
A, B, C = "pkg:npm/a@1.0", "pkg:npm/b@1.0", "pkg:npm/c@1.0"


def one(*licenses: str, rules: str = COPYLEFT, scope: Scope = Scope.RUNTIME, config: str = "") -> Verdict:
    inventory = world([component(A, *licenses)], [project("app", (A, scope, True))])
    return judge(inventory, policy(rules), config)


def test_nothing_against_it_is_compliant() -> None:
    verdict = one("MIT")

    assert verdict.outcome is Outcome.COMPLIANT
    assert verdict.sentence == "Compliant: 1 package."
    assert verdict.reasons == ()
    assert verdict.categories == (("MIT", "permissive"),)


def test_a_broken_rule_is_not_compliant_and_says_why() -> None:
    verdict = one("GPL-3.0")

    assert verdict.outcome is Outcome.NOT_COMPLIANT
    assert verdict.sentence == "Not compliant: 1 cause in 1 package."
    (reason,) = verdict.reasons
    assert (reason.kind, reason.rule, reason.severity) == (ReasonKind.VIOLATION, "copyleft", Severity.ERROR)
    assert reason.cause == "GPL-3.0-only delivered"
    assert reason.message == "a 1.0 is GPL-3.0-only"
    assert (reason.ref, reason.license, reason.license_source) == (A, "GPL-3.0-only", "declared")
    assert (reason.projects, reason.scope, reason.paths) == (("app",), "runtime", (("app", A),))


def test_the_same_cause_groups_packages() -> None:
    inventory = world([component(A, "GPL-3.0"), component(B, "GPL-3.0"), component(C, "GPL-2.0")])

    verdict = judge(inventory, policy(COPYLEFT))

    assert verdict.sentence == "Not compliant: 2 causes in 3 packages."
    assert len({reason.cause for reason in verdict.reasons}) == 2


def test_development_scopes_are_exempt() -> None:
    assert one("GPL-3.0", scope=Scope.DEV).outcome is Outcome.COMPLIANT


def test_a_scope_that_is_not_known_is_a_question() -> None:
    verdict = one("GPL-3.0", scope=Scope.UNKNOWN)

    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.sentence == "Undecided: 1 open question about 1 package."
    (reason,) = verdict.reasons
    assert reason.kind is ReasonKind.QUESTION
    assert reason.cause == "GPL-3.0-only delivered? Not known: its scope"
    assert "without knowing its scope" in reason.message
    assert "manifest beside the lock file" in reason.how_to_fix


def test_no_licence_is_a_question() -> None:
    verdict = judge(world([component(A), component(B), component(C, "MIT")]), policy(COPYLEFT))

    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.sentence == "Undecided: 2 packages have no known licence."
    assert {reason.rule for reason in verdict.reasons} == {"no-license"}


def test_no_licence_is_a_question_even_where_no_rule_asks() -> None:
    assert judge(world([component(A)]), policy("  []")).outcome is Outcome.UNDECIDED


def test_a_policy_may_say_where_no_licence_matters() -> None:
    rules = (
        COPYLEFT
        + """
  - id: no-license
    when: scope != "dev"
"""
    )
    assert one(rules=rules, scope=Scope.DEV).outcome is Outcome.COMPLIANT
    assert one(rules=rules).outcome is Outcome.UNDECIDED


def test_a_statement_that_nobody_understands_is_a_question() -> None:
    verdict = judge(world([component("pkg:pypi/a@1", "Our own terms", "MIT")]), policy(COPYLEFT))

    assert verdict.outcome is Outcome.UNDECIDED
    (reason,) = verdict.reasons
    assert (reason.rule, reason.license) == ("unmapped-license", "Our own terms")
    assert '"Our own terms"' in reason.cause


def test_where_statements_are_alternatives_one_that_is_understood_suffices() -> None:
    assert one("MIT", "Our own terms").outcome is Outcome.COMPLIANT  # npm
    gem = world([component("pkg:gem/a@1", "MIT", "Our own terms")])
    assert judge(gem, policy(COPYLEFT)).outcome is Outcome.UNDECIDED


def test_a_category_that_the_policy_does_not_know_is_a_question() -> None:
    verdict = one("LicenseRef-ours")

    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.reasons[0].cause == "LicenseRef-ours delivered? Not known: the category of its licence"
    assert verdict.categories == (("LicenseRef-ours", ""),)


def test_warnings_do_not_decide() -> None:
    verdict = one("GPL-3.0", rules=COPYLEFT + "    severity: warning\n")

    assert verdict.outcome is Outcome.COMPLIANT
    assert verdict.sentence == "Compliant: 1 package, 1 warning."
    assert len(verdict.reasons) == 1


def test_a_rule_may_ask_a_question() -> None:
    verdict = one("GPL-3.0", rules=COPYLEFT + "    kind: question\n")

    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.reasons[0].kind is ReasonKind.QUESTION


def test_a_question_that_could_only_become_a_warning_does_not_decide() -> None:
    verdict = one("GPL-3.0", rules=COPYLEFT + "    severity: warning\n", scope=Scope.UNKNOWN)

    assert verdict.outcome is Outcome.COMPLIANT
    assert verdict.reasons[0].kind is ReasonKind.QUESTION


def test_one_reason_covers_all_projects_that_it_concerns() -> None:
    projects = [
        project("api", (A, Scope.RUNTIME, True)),
        project("tool", (A, Scope.DEV, True)),
        project("web", (A, Scope.OPTIONAL, False), (B, Scope.RUNTIME, True)),
    ]
    inventory = world([component(A, "GPL-3.0"), component(B, "MIT")], projects, [(B, A)])

    (reason,) = judge(inventory, policy(COPYLEFT)).reasons

    assert reason.projects == ("api", "web")
    assert reason.scope == "runtime"
    assert reason.paths == (("api", A), ("web", B, A))


def test_components_that_no_project_uses_are_judged_as_of_unknown_scope() -> None:
    inventory = Inventory(components=(component(A, "GPL-3.0"),))

    verdict = judge(inventory, policy(COPYLEFT))

    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.reasons[0].projects == ()


def test_a_purl_rule_holds_whatever_the_licence() -> None:
    rules = """
  - id: banned
    when: purl.startsWith("pkg:npm/a@")
    message: no
"""
    verdict = one("MIT", rules=rules)

    assert verdict.outcome is Outcome.NOT_COMPLIANT
    assert verdict.reasons[0].license == ""


def test_a_rule_may_look_at_the_project() -> None:
    rules = """
  - id: only-tools
    when: category == "strong-copyleft" && !project.startsWith("tools/")
    message: "{project}"
"""
    projects = [project("tools/x", (A, Scope.RUNTIME, True)), project("web", (A, Scope.RUNTIME, True))]

    (reason,) = judge(world([component(A, "GPL-3.0")], projects), policy(rules)).reasons

    assert reason.projects == ("web",)


def test_facts_of_use_come_from_configuration_then_source_then_policy() -> None:
    rules = """
  - id: changed
    when: modified && linkage == "static"
    message: "{linkage}"
"""
    base = policy(rules)
    inventory = world([component(A, "MIT", modified=True)])

    assert judge(inventory, base).outcome is Outcome.UNDECIDED
    static = "components: [{purl: pkg:npm/a, linkage: static}]"
    assert judge(inventory, base, static).outcome is Outcome.NOT_COMPLIANT
    assert judge(inventory, base, "components: [{purl: 'pkg:npm/*', linkage: dynamic}]").outcome is Outcome.COMPLIANT
    assert judge(inventory, base, static[:-2] + ", modified: no}]").outcome is Outcome.COMPLIANT
    curated = "curations: [{purl: pkg:npm/a, modified: no}]"
    assert judge(inventory, base, curated).outcome is Outcome.COMPLIANT


def test_distribution_by_project_then_repository_then_policy() -> None:
    rules = policy("""
  - id: handed-out
    when: category == "strong-copyleft" && distribution == "app"
    message: x
""")
    inventory = world([component(A, "GPL-3.0")])

    assert judge(inventory, rules).outcome is Outcome.UNDECIDED
    assert judge(inventory, rules, "distribution: app").outcome is Outcome.NOT_COMPLIANT
    assert judge(inventory, rules, "distribution: hosted").outcome is Outcome.COMPLIANT
    own = "distribution: app\nprojects: [{path: app, distribution: internal}]"
    assert judge(inventory, rules, own).outcome is Outcome.COMPLIANT


def test_a_condition_that_fails_is_a_question_not_a_crash() -> None:
    rules = """
  - id: odd
    when: int(version) > 3
    message: x
"""
    verdict = one("MIT", rules=rules)

    assert verdict.outcome is Outcome.UNDECIDED
    assert "failed" in verdict.reasons[0].message


def test_what_was_not_read_is_a_question_for_each_source() -> None:
    issues = (
        Issue(Severity.ERROR, "python/pip", "no", "a.txt"),
        Issue(Severity.ERROR, "python/pip", "no", "b.txt"),
        Issue(Severity.ERROR, "js/npm", "no", "c.json"),
        Issue(Severity.WARNING, "js/npm", "only a warning", "d.json"),
    )
    verdict = judge(world([component(A, "MIT")], issues=issues), policy(COPYLEFT))

    assert verdict.outcome is Outcome.UNDECIDED
    assert [reason.cause for reason in verdict.reasons] == [
        "1 file not understood by js/npm",
        "2 files not understood by python/pip",
    ]
    assert "the analysis is incomplete" in verdict.sentence
    excluded = "excludes: {paths: [{pattern: '*.txt', reason: x}, {pattern: c.json, reason: x}]}"
    found = judge(world([component(A, "MIT")], issues=issues), policy(COPYLEFT), excluded)
    assert found.outcome is Outcome.COMPLIANT


def test_errors_of_the_scan_count_too() -> None:
    scan = ScanFindings(issues=(Issue(Severity.ERROR, "scanner", "no", "x"),))

    assert judge(world([component(A, "MIT")]), policy(COPYLEFT), scan=scan).outcome is Outcome.UNDECIDED


def test_nothing_found_is_not_compliant_by_silence() -> None:
    assert judge(Inventory()).outcome is Outcome.UNDECIDED
    assert judge(world([], [project("app")])).outcome is Outcome.COMPLIANT


def test_excluded_projects_and_scopes_do_not_count() -> None:
    projects = [project("web/p", (A, Scope.RUNTIME, True)), project("docs/p", (B, Scope.TEST, True))]
    inventory = world([component(A, "MIT"), component(B, "GPL-3.0")], projects)
    rules = policy(COPYLEFT.replace('["dev", "test"]', "[]"))

    assert judge(inventory, rules).outcome is Outcome.NOT_COMPLIANT
    by_path = judge(inventory, rules, "excludes: {paths: [{pattern: 'docs/**', reason: x}]}")
    assert by_path.sentence == "Compliant: 1 package."
    by_scope = judge(inventory, rules, "excludes: {scopes: [{scope: test, reason: x}, {scope: dev, reason: x}]}")
    assert by_scope.sentence == "Compliant: 1 package."
    assert [(issue.severity, issue.message) for issue in by_scope.issues] == [
        (Severity.HINT, "the exclude of scope 'dev' has no effect")
    ]


def test_licences_of_the_scan_beat_those_of_the_inventory() -> None:
    found = ComponentLicense(
        ref=A, declared="MIT", detected="GPL-3.0-only", effective="MIT AND GPL-3.0-only", basis="declared AND detected"
    )
    verdict = judge(world([component(A, "MIT")]), policy(COPYLEFT), scan=ScanFindings(components=(found,)))

    assert verdict.outcome is Outcome.NOT_COMPLIANT
    assert verdict.reasons[0].license_source == "detected"


def test_an_expression_of_a_scan_that_cannot_be_read_is_a_question() -> None:
    found = ComponentLicense(ref=A, declared="MIT WITH", effective="MIT WITH", basis="declared")

    verdict = judge(world([component(A, "MIT")]), policy(COPYLEFT), scan=ScanFindings(components=(found,)))

    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.reasons[0].license == "MIT WITH"


def test_a_conclusion_settles_the_licence() -> None:
    inventory = world([component(A, "GPL-3.0", "Our own terms", concluded="MIT")])

    verdict = judge(inventory, policy(COPYLEFT))

    assert verdict.outcome is Outcome.COMPLIANT
    curated = "curations: [{purl: pkg:npm/a, concluded_license: GPL-3.0-only}]"
    assert judge(inventory, policy(COPYLEFT), curated).reasons[0].license_source == "concluded"


def test_a_conclusion_that_is_no_expression_is_an_issue() -> None:
    verdict = judge(world([component(A, "MIT", concluded="see file")]), policy(COPYLEFT))

    assert verdict.outcome is Outcome.COMPLIANT
    assert "concluded licence not used" in verdict.issues[0].message


def test_rules_about_projects_judge_their_own_licence() -> None:
    rules = policy("""
  - id: ours
    when: category == "strong-copyleft" && distribution == "app"
    about: [projects]
    message: "{name} is {license}"
""")
    inventory = world([component(A, "GPL-3.0")], [project("app", (A, Scope.RUNTIME, True), licenses=("GPL-3.0",))])

    (reason,) = judge(inventory, rules, "distribution: app").reasons

    assert (reason.ref, reason.projects, reason.paths) == ("app", ("app",), ())
    unlicensed = world([component(A, "MIT")])
    assert judge(unlicensed, rules, "distribution: app").outcome is Outcome.UNDECIDED


def test_the_same_input_gives_the_same_verdict_in_any_order() -> None:
    rules: Policy = policy(COPYLEFT)
    components = [component(f"pkg:npm/p{number}@1", "GPL-3.0" if number % 3 else "") for number in range(30)]
    projects = [project(name, *((item.ref, Scope.RUNTIME, True) for item in components)) for name in ("x", "y")]

    assert judge(world(components, projects), rules) == judge(world(components[::-1], projects[::-1]), rules)


def test_a_component_in_very_many_projects_is_one_reason_that_stays_small() -> None:
    names = [f"p{number:03}" for number in range(100)]
    inventory = world([component(A, "GPL-3.0")], [project(name, (A, Scope.RUNTIME, True)) for name in names[::-1]])

    (reason,) = judge(inventory, policy(COPYLEFT)).reasons

    assert (len(reason.projects), reason.further_projects) == (30, 70)
    assert list(reason.projects) == names[:30]
    waiver = "waivers: [{rule: copyleft, project: p09*, reason: r, approved_by: a, until: 2026-12-31}]"
    parts = judge(inventory, policy(COPYLEFT), waiver).reasons
    assert sorted((len(part.projects) + part.further_projects, part.waiver is not None) for part in parts) == [
        (10, True),
        (90, False),
    ]


def test_a_very_long_statement_is_shown_in_one_short_line() -> None:
    verdict = one("Our own\n  terms " * 100_000)

    (reason,) = verdict.reasons
    assert reason.cause.startswith('Licence statement not understood: "Our own terms Our own')
    assert max(map(len, (reason.cause, reason.message, reason.license))) <= 400


def test_a_text_may_name_the_projects_even_where_no_condition_asks_for_them() -> None:
    rules = policy(COPYLEFT.replace("{name} {version} is {license}", "in {project}"))
    projects = [project(name, (A, Scope.RUNTIME, True)) for name in ("a", "b", "c", "d", "e")]

    assert judge(world([component(A, "GPL-3.0")], projects[:1]), rules).reasons[0].message == "in a"
    assert judge(world([component(A, "GPL-3.0")], projects), rules).reasons[0].message == "in a, b, c and 2 more"


def test_whether_a_hint_applies_is_no_question() -> None:
    rule = "\n  - {id: tool, when: 'scope == \"build\"', severity: hint, message: look at it, waivable_by: office}\n"

    assert one("MIT", rules=rule, scope=Scope.UNKNOWN).reasons == ()
    assert len(one("MIT", rules=rule, scope=Scope.BUILD).reasons) == 1


def test_thousands_of_licences_and_endless_statements_are_judged_one_by_one() -> None:
    # Each licence once: anything that looked at all of them for each would take minutes here.
    wide = [f"LicenseRef-a{number}" for number in range(3_000)]
    choice = one(" OR ".join([*wide, "MIT"]))
    every = one(" AND ".join([*wide, "GPL-3.0-only"]))
    texts = world([component(f"pkg:npm/p{number}@1", f"{number} word " * 100_000) for number in range(20)])

    assert (choice.outcome, choice.choices[0].chosen) == (Outcome.COMPLIANT, "MIT")
    assert every.outcome is Outcome.NOT_COMPLIANT
    assert len(every.reasons) == 3_001
    assert len(judge(texts, policy(COPYLEFT)).reasons) == 20
