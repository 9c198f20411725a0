# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Approved exceptions."""

from datetime import UTC, datetime

from paddock.engine.model.inventory import Inventory, Scope
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.verdict import Outcome, Verdict
from tests.engine.evaluator.worlds import component, judge, policy, project, world

A, B = "pkg:npm/a@1.0", "pkg:npm/b@1.0"
PROJECTS = [project("api", (A, Scope.RUNTIME, True)), project("web", (A, Scope.RUNTIME, True))]


def inventory() -> Inventory:
    return world([component(A, "GPL-3.0-only")], PROJECTS)


def waived(fields: str, now: datetime = datetime(2026, 11, 22, tzinfo=UTC), until: str = "2026-12-31") -> Verdict:
    config = f"waivers:\n  - {{rule: strong-copyleft-*, reason: bought, approved_by: legal, until: {until}, {fields}}}"
    return judge(inventory(), config=config, now=now)


def test_a_waiver_lifts_a_reason_and_stays_visible() -> None:
    verdict = waived("purl: pkg:npm/a, license: GPL-3.0-only, comment: Contract 7")

    assert verdict.outcome is Outcome.COMPLIANT
    assert verdict.sentence == "Compliant: 1 package, 1 waived."
    (reason,) = verdict.reasons
    assert reason.waiver is not None
    assert (reason.waiver.reason, reason.waiver.approved_by, reason.waiver.comment) == ("bought", "legal", "Contract 7")
    assert verdict.open_reasons == ()
    assert verdict.issues == ()


def test_it_holds_through_its_last_day_and_no_longer() -> None:
    last = waived("purl: pkg:npm/a", now=datetime(2026, 12, 31, 23, tzinfo=UTC))
    after = waived("purl: pkg:npm/a", now=datetime(2027, 1, 1, tzinfo=UTC))

    assert last.outcome is Outcome.COMPLIANT
    assert after.outcome is Outcome.NOT_COMPLIANT
    assert [(issue.severity, issue.line) for issue in after.issues] == [(Severity.WARNING, 2)]
    assert "expired on 2026-12-31" in after.issues[0].message


def test_what_does_not_match_is_not_lifted_and_the_waiver_is_idle() -> None:
    for fields in ("purl: pkg:npm/b", "license: GPL-2.0-only", "project: 'docs/**'", "message: nothing like it"):
        verdict = waived(fields)

        assert verdict.outcome is Outcome.NOT_COMPLIANT, fields
        assert any(issue.severity is Severity.HINT and "no effect" in issue.message for issue in verdict.issues)


def test_a_waiver_for_some_projects_leaves_the_others() -> None:
    verdict = waived("project: web")

    assert verdict.outcome is Outcome.NOT_COMPLIANT
    assert {reason.projects: reason.waiver is not None for reason in verdict.reasons} == {
        ("api",): False,
        ("web",): True,
    }
    assert {reason.projects: reason.paths for reason in verdict.reasons}["web",] == (("web", A),)


def test_what_nobody_may_waive_stays() -> None:
    rules = policy('  - {id: never, when: category == "strong-copyleft", message: x}')
    config = "waivers: [{rule: never, reason: r, approved_by: a, until: 2026-12-31}]"

    verdict = judge(inventory(), rules, config)

    assert verdict.outcome is Outcome.NOT_COMPLIANT
    assert "nobody may waive" in verdict.issues[0].message


def test_a_range_that_cannot_be_compared_does_not_waive() -> None:
    found = world([component("pkg:npm/a@main", "GPL-3.0-only")])
    config = "waivers: [{rule: '*', purl: pkg:npm/a, versions: '<2', reason: r, approved_by: a, until: 2026-12-31}]"

    verdict = judge(found, config=config)

    assert verdict.outcome is Outcome.NOT_COMPLIANT
    assert any("cannot be compared" in issue.message for issue in verdict.issues)


def test_a_message_pattern_matches_the_whole_message() -> None:
    assert waived("message: 'a 1.0 is under .*'").outcome is Outcome.COMPLIANT
    assert waived("message: 'is under'").outcome is Outcome.NOT_COMPLIANT


def test_files_that_were_not_understood_can_be_waived() -> None:
    issues = (
        Issue(Severity.ERROR, "pip", "line 3 is odd", "old/requirements.txt"),
        Issue(Severity.ERROR, "pip", "line 4 is odd", "new/requirements.txt"),
    )
    found = world([component(B, "MIT")], issues=issues)
    config = (
        "waivers: [{rule: analysis-incomplete, project: 'old/**', message: 'line .*', reason: r, approved_by: a,"
        " until: 2026-12-31}]"
    )

    verdict = judge(found, config=config)

    assert verdict.outcome is Outcome.UNDECIDED
    assert sorted(reason.waiver is not None for reason in verdict.reasons) == [False, True]
    assert judge(found, config=config.replace("old/**", "**")).outcome is Outcome.COMPLIANT


def test_an_expired_waiver_that_matches_nothing_is_idle_only() -> None:
    verdict = waived("purl: pkg:npm/zzz", until="2020-01-01")

    assert [issue.severity for issue in verdict.issues] == [Severity.HINT]


def test_a_question_can_be_waived_and_a_wildcard_covers_questions_too() -> None:
    found = world([component(B), component(A, "Free for friends")])
    rest = "reason: r, approved_by: a, until: 2026-12-31"

    one = judge(found, config=f"waivers: [{{rule: no-license, purl: pkg:npm/b, {rest}}}]")
    both = judge(found, config=f"waivers: [{{rule: '*', {rest}}}]")
    by_text = judge(found, config=f"waivers: [{{rule: unmapped-license, license: 'Free *', {rest}}}]")

    assert [reason.rule for reason in one.open_reasons] == ["unmapped-license"]
    assert both.outcome is Outcome.COMPLIANT
    assert [reason.rule for reason in by_text.open_reasons] == ["no-license"]


def test_a_wildcard_does_not_cover_what_nobody_could_read() -> None:
    unread = (Issue(Severity.ERROR, "pip", "odd", "requirements.txt"),)
    config = "waivers: [{rule: '*', reason: r, approved_by: a, until: 2026-12-31}]"

    verdict = judge(world([component(B, "MIT")], issues=unread), config=config)

    assert verdict.outcome is Outcome.UNDECIDED
    assert [issue.severity for issue in verdict.issues] == [Severity.HINT]


def test_of_two_waivers_an_expired_one_does_not_stand_in_the_way() -> None:
    waivers = [
        f"{{rule: strong-*, reason: r, approved_by: a, until: {until}}}" for until in ("2026-01-01", "2026-12-31")
    ]

    verdict = judge(inventory(), config=f"waivers: [{', '.join(waivers)}]")

    assert verdict.outcome is Outcome.COMPLIANT
    assert [issue.severity for issue in verdict.issues] == [Severity.WARNING]
