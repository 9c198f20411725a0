# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Rules about known vulnerabilities: in three values, and only where vulnerabilities were looked up."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from paddock.engine.evaluator.evaluate import evaluate
from paddock.engine.model.inventory import Scope
from paddock.engine.model.verdict import Outcome, Reason, ReasonKind, Verdict
from paddock.engine.model.vulnerability import (
    AdvisoryKind,
    AdvisorySource,
    Assessment,
    Epss,
    Finding,
    KnownExploitation,
    Resolution,
    Ssvc,
    Status,
    Vulnerability,
    VulnerabilityFindings,
)
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.nodes import InvalidFile
from paddock.engine.policy.read import default_policy
from paddock.engine.policy.types import Policy
from tests.engine.advice import advice, finding, vulnerability
from tests.engine.evaluator.worlds import NOON, component, policy, project, world

REF = "pkg:npm/n@1.0.0"
KEV = KnownExploitation(added=date(2026, 1, 1))


def verdict(
    found: VulnerabilityFindings | None, rules: Policy, *, scope: Scope = Scope.RUNTIME, version: bool = True
) -> Verdict:
    """The verdict on one component under the MIT licence."""
    ref = REF if version else "pkg:npm/n"
    inventory = world([component(ref, "MIT")], [project("app", (ref, scope, True))])
    return evaluate(inventory, None, rules, Configuration(), NOON, advice=found)


def one(known: Vulnerability, *, scope: Scope = Scope.RUNTIME, fixed: str = "2.0.0") -> tuple[Outcome, list[str]]:
    """What the default policy says about one vulnerability: the outcome and the rules."""
    found = verdict(advice(finding(known.id, REF, fixed), known=(known,)), default_policy(), scope=scope)
    return found.outcome, [reason.rule for reason in found.reasons]


OK, NO, ASK = Outcome.COMPLIANT, Outcome.NOT_COMPLIANT, Outcome.UNDECIDED


@pytest.mark.parametrize(
    ("known", "options", "expected"),
    [
        (vulnerability("CVE-1", "critical"), {}, (NO, ["critical-vulnerability"])),
        (vulnerability("CVE-1", "critical"), {"fixed": ""}, (ASK, ["critical-vulnerability-without-fix"])),
        (vulnerability("CVE-1", "critical", kev=KEV), {}, (NO, ["known-exploited"])),
        (vulnerability("CVE-1", "low", kev=KEV), {"fixed": ""}, (NO, ["known-exploited"])),
        (vulnerability("CVE-1", "high"), {}, (OK, ["high-vulnerability"])),
        (vulnerability("CVE-1", "medium"), {}, (OK, [])),
        (vulnerability("CVE-1"), {}, (OK, [])),
        (vulnerability("MAL-1", kind=AdvisoryKind.MALWARE), {}, (NO, ["malicious-package"])),
        (vulnerability("MAL-1", kind=AdvisoryKind.MALWARE), {"scope": Scope.DEV}, (NO, ["malicious-package"])),
        (vulnerability("CVE-1", "critical"), {"scope": Scope.DEV}, (OK, ["vulnerable-tool"])),
        (vulnerability("CVE-1", "low", kev=KEV), {"scope": Scope.BUILD}, (OK, ["vulnerable-tool"])),
        (vulnerability("CVE-1", "critical"), {"scope": Scope.OPTIONAL}, (NO, ["critical-vulnerability"])),
        (vulnerability("R-1", "critical", kind=AdvisoryKind.UNMAINTAINED), {}, (OK, [])),
    ],
)
def test_the_policy_that_ships_with_paddock(known: Vulnerability, options: dict, expected: tuple) -> None:
    assert one(known, **options) == expected


def test_where_the_scope_is_not_known_a_question_takes_the_place_of_no() -> None:
    outcome, rules = one(vulnerability("CVE-1", "critical"), scope=Scope.UNKNOWN)
    assert (outcome, set(rules)) == (ASK, {"critical-vulnerability", "vulnerable-tool"})


def test_without_the_catalogue_of_exploitation_nothing_is_asked_about_it() -> None:
    known = vulnerability("CVE-1", "critical")
    sources = (AdvisorySource(name="npm", records=1),)
    found = verdict(advice(finding("CVE-1", REF, "2"), known=(known,), sources=sources), default_policy())
    assert [reason.rule for reason in found.reasons] == ["critical-vulnerability"]


def test_where_nothing_was_looked_up_rules_about_vulnerabilities_say_nothing() -> None:
    rules = policy("- {id: any, when: 'kev || severity == \"critical\"', message: x}\n")
    for found in (None, VulnerabilityFindings()):
        assert verdict(found, rules).outcome is OK
        assert verdict(found, default_policy()).reasons == ()


def reasons(condition: str, known: Vulnerability, **more) -> tuple[Reason, ...]:
    message = "{name} {vulnerability} {severity} {fixed_version}"
    rules = policy(f"- id: r\n  when: >-\n    {condition}\n  message: '{message}'\n")
    return verdict(advice(finding(known.id, REF, "2.0.0", **more), known=(known,)), rules).reasons


@pytest.mark.parametrize(
    "condition",
    [
        'vulnerability == "CVE-1"', '"GHSA-1" in aliases', 'advisory_kind == "vulnerability"', 'severity == "high"',
        "cvss >= 7.5", "epss > 0.5", "epss_percentile > 0.9", "kev", "ransomware", 'exploitation == "active"',
        'automatable == "yes"', 'technical_impact == "total"', 'weaknesses.exists(w, w == "CWE-79")', "fixable",
        'fixed_version == "2.0.0"', "days_known > 200", 'assessment == ""', 'kev && scope == "runtime" && name == "n"',
    ],
)  # fmt: skip
def test_every_fact_can_be_asked_for(condition: str) -> None:
    known = vulnerability(
        "CVE-1",
        "high",
        score=7.5,
        aliases=("GHSA-1",),
        epss=Epss(probability=0.6, percentile=0.95),
        kev=KnownExploitation(ransomware=True),
        ssvc=Ssvc(exploitation="active", automatable="yes", technical_impact="total"),
        weaknesses=("CWE-79",),
    )
    (reason,) = reasons(condition, known)
    assert (reason.kind, reason.vulnerability, reason.ref) == (ReasonKind.VIOLATION, "CVE-1", REF)
    assert reason.message == "n CVE-1 high 2.0.0"


def test_a_fact_that_is_not_known_makes_a_question() -> None:
    (reason,) = reasons("epss > 0.5", vulnerability("CVE-1"))
    assert reason.kind is ReasonKind.QUESTION
    assert "how likely the vulnerability is exploited" in reason.message
    assert reasons('!("epss" in unknown) && epss > 0.5', vulnerability("CVE-1")) == ()


def test_what_could_not_be_told_is_a_question_where_it_would_be_a_violation() -> None:
    known = vulnerability("CVE-1", "critical")
    lesser = vulnerability("CVE-2", "medium")
    findings = [
        Finding(
            vulnerability=one.id, ref="pkg:npm/n", certain=False, reason="no version is told", fixed_versions=("2",)
        )
        for one in (known, lesser)
    ]
    found = verdict(advice(*findings, known=(known, lesser)), default_policy(), version=False)
    (reason,) = found.reasons
    assert (found.outcome, reason.kind, reason.vulnerability) == (ASK, ReasonKind.QUESTION, "CVE-1")
    assert reason.cause == "Critical vulnerabilities for which there is a fix? Not known: which version it is"
    assert "pin the version" in reason.how_to_fix


def test_what_is_settled_does_not_count() -> None:
    known = vulnerability("CVE-1", "critical")
    resolved = finding(
        "CVE-1", REF, "2", resolution=Resolution(reason="INEFFECTIVE", comment="c", until=date(2027, 1, 1))
    )
    found = verdict(advice(resolved, known=(known,)), default_policy())
    (reason,) = found.reasons
    assert found.outcome is OK
    assert reason.waiver is not None
    assert (reason.waiver.reason, reason.waiver.until) == ("INEFFECTIVE", date(2027, 1, 1))
    for status, outcome in ((Status.NOT_AFFECTED, OK), (Status.FIXED, OK), (Status.AFFECTED, NO)):
        assessed = finding("CVE-1", REF, "2", assessment=Assessment(status=status))
        assert verdict(advice(assessed, known=(known,)), default_policy()).outcome is outcome


def test_time_is_that_of_the_evaluation() -> None:
    known = vulnerability("CVE-1", published=datetime(2026, 1, 1, tzinfo=UTC))
    rules = policy("- {id: old, when: days_known > 30, message: '{days_known}'}\n")
    inventory = world([component(REF, "MIT")])
    found = advice(finding("CVE-1", REF), known=(known,))

    def outcome(days: int) -> Outcome:
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days)
        return evaluate(inventory, None, rules, Configuration(), now, advice=found).outcome

    assert [outcome(days) for days in (0, 30, 31)] == [OK, OK, NO]


def test_findings_of_unknown_vulnerabilities_or_components_are_passed_over() -> None:
    known = vulnerability("CVE-1", "critical")
    strays = advice(finding("CVE-9", REF), finding("CVE-1", "pkg:npm/other@1"), known=(known,))
    assert verdict(strays, default_policy()).reasons == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- {id: r, when: 'kev && license == \"MIT\"', message: x}", "about both: kev, license"),
        ("- {id: r, when: kev, about: projects, message: x}", "a rule about projects sees none"),
        ("- {id: r, when: kevv, message: x}", "did you mean 'kev'"),
        ("- {id: r, when: kev, message: '{aliases}'}", "no fact is called 'aliases'"),
    ],
)
def test_rules_that_cannot_be_are_refused(text: str, fault: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        policy(text)
    assert fault in str(caught.value.faults[0])


def test_many_findings_of_one_vulnerability_are_judged_once() -> None:
    """Equal facts are decided once, whatever the number of components."""
    from paddock.engine.policy.conditions import Condition

    known = vulnerability("CVE-1", "critical")
    refs = [f"pkg:npm/n{number}@1.0.0" for number in range(300)]
    inventory = world([component(ref, "MIT") for ref in refs])
    found = advice(*(finding("CVE-1", ref, "2") for ref in refs), known=(known,))
    calls = 0
    original = Condition.decide

    def counted(self: Condition, known: dict[str, object]):
        nonlocal calls
        calls += 1
        return original(self, known)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Condition, "decide", counted)
        found_verdict = evaluate(inventory, None, default_policy(), Configuration(), NOON, advice=found)
    assert len(found_verdict.reasons) == 300
    assert calls < 100
    assert msgspec.json.encode(found_verdict, enc_hook=str)
