# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From an inventory to a verdict: every rule for every licence of every component in every project that uses it."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from paddock.engine.evaluator.choose import Cost, apply_rules, choose
from paddock.engine.evaluator.decide import Outcome, RuleBook
from paddock.engine.evaluator.exposure import Exposure, missing_for
from paddock.engine.evaluator.facts import Facts, FactSource
from paddock.engine.evaluator.incomplete import incomplete_reasons
from paddock.engine.evaluator.reasons import (
    MAX_STATEMENT,
    ReasonCollector,
    in_one_line,
    sort_reasons,
    with_few_projects,
)
from paddock.engine.evaluator.sentence import outcome_of, sentence_for
from paddock.engine.evaluator.stated import Stated
from paddock.engine.evaluator.usages import Use, of_usage, used_components
from paddock.engine.evaluator.waive import Waivers
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory, Project, Scope
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import ComponentLicense, ScanFindings
from paddock.engine.model.paths import PathFinder
from paddock.engine.model.verdict import LicenseChoice, Reason, ReasonKind, Verdict
from paddock.engine.model.vulnerability import Finding, VulnerabilityFindings
from paddock.engine.policy.configuration import ChoiceRule, Configuration
from paddock.engine.policy.licensing import component_license, curations_by_purl, issue_at, project_license
from paddock.engine.policy.pattern import PatternIndex
from paddock.engine.policy.types import Policy, Subject
from paddock.engine.spdx.expression import Expression, Term, terms
from paddock.engine.spdx.names import statements_are_alternatives
from paddock.engine.spdx.parse import is_expression, parse


def evaluate(
    inventory: Inventory,
    scan: ScanFindings | None,
    policy: Policy,
    configuration: Configuration,
    now: datetime,
    *,
    advice: VulnerabilityFindings | None = None,
) -> Verdict:
    """The verdict on an inventory.

    scan: licences per component and project; where it is absent (None), or does not know a component, the declared and
    concluded licences of the inventory are used. advice: known vulnerabilities of components; where nobody looked them
    up, rules about them say nothing. now: for waivers with an end. The result depends on nothing else.
    """
    evaluation = _Evaluation(inventory, scan, policy, configuration, Exposure(advice, now))
    asked = evaluation.book.facts
    licenses = evaluation.project_licenses(inventory.projects) if "project_license" in asked else {}
    uses = used_components(inventory, configuration, evaluation.facts, by_project="project" in asked, licenses=licenses)
    for component in inventory.components:
        if component.ref in uses.by_ref:
            evaluation.judge_component(component, uses.by_ref[component.ref])
    for project in uses.projects:
        evaluation.judge_project(project)
    evaluation.judge_other_files()
    purls = {component.ref: component.purl for component in inventory.components}
    purls.update((project.id, project.purl) for project in inventory.projects if project.purl is not None)
    waivers = Waivers(configuration.waivers, now.date(), purls)
    found: list[Reason] = []
    for reason in evaluation.collector.reasons():
        resolved = evaluation.exposure.lifted_by(reason)
        parts = waivers.apply(reason) if resolved is None else [msgspec.structs.replace(reason, waiver=resolved)]
        found.extend(map(with_few_projects, parts))
    found.extend(incomplete_reasons(inventory, scan, configuration, waivers))
    reasons = sort_reasons(found)
    issues = {*configuration.issues, *evaluation.issues, *uses.issues, *waivers.issues(), *evaluation.idle_choices()}
    outcome = outcome_of(reasons)
    return Verdict(
        outcome=outcome,
        sentence=sentence_for(outcome, reasons, len(uses.by_ref)),
        reasons=reasons,
        choices=tuple(sorted(evaluation.choices, key=msgspec.structs.astuple)),
        categories=tuple(sorted(evaluation.categories.items())),
        issues=tuple(sorted(issues, key=lambda issue: (issue.path, issue.line or 0, issue.severity, issue.message))),
    )


class _Evaluation:
    """The running state of one evaluation: what is known, and what was found so far."""

    def __init__(
        self,
        inventory: Inventory,
        scan: ScanFindings | None,
        policy: Policy,
        configuration: Configuration,
        exposure: Exposure,
    ) -> None:
        self._configuration = configuration
        self._curations = curations_by_purl(configuration)
        self._scanned = {} if scan is None else {license.ref: license for license in scan.components}
        self._rules_of_choice: PatternIndex[ChoiceRule] = PatternIndex(
            (rule.pattern, rule) for rule in configuration.choices
        )
        self._choices_used: set[ChoiceRule] = set()
        self._preferences = {name: rank for rank, name in enumerate(policy.preferences)}
        self.book = RuleBook(policy)
        self.facts = FactSource(policy, configuration, self._curations)
        self.exposure = exposure
        self.collector = ReasonCollector(PathFinder(inventory))
        self.choices: set[LicenseChoice] = set()
        self.categories: dict[str, str] = {}
        self.issues: list[Issue] = []

    def judge_component(self, component: Component, uses: list[Use]) -> None:
        """Apply every rule to a component in all its uses."""
        license = self._license_of(component)
        facts = self.facts.of_component(component, license)
        stated = Stated(license, self._after_choices(component, license))
        exposed = self.exposure.of(component.ref)
        for use in uses:
            known = {**facts, **of_usage(use)}
            self._judge_use(component, stated, use, known)
            for finding, told in exposed:
                self._judge_finding(finding, use, {**known, **told})

    def _judge_finding(self, finding: Finding, use: Use, known: Facts) -> None:
        """Where it cannot be told whether the component is affected, what would be a violation is a question."""
        for outcome in self.book.for_vulnerability(known):
            if not finding.certain:
                if outcome.rule.severity is Severity.HINT:
                    continue
                missing = tuple(dict.fromkeys((missing_for(finding, known), *outcome.missing)))
                outcome = Outcome(outcome.rule, ReasonKind.QUESTION, missing, outcome.problem)
            self.collector.add(
                finding.ref,
                outcome,
                known,
                projects=use.projects,
                scope=use.scope,
                vulnerability=finding.vulnerability,
            )

    def _judge_use(self, component: Component, stated: Stated, use: Use, known: Facts) -> None:
        ref = component.ref
        for outcome in self.book.without_license(Subject.COMPONENTS, known):
            self.collector.add(ref, outcome, known, projects=use.projects, scope=use.scope)
        if stated.expression is None and not stated.license.unmapped:
            for outcome in self.book.no_license(known):
                self.collector.add(ref, outcome, known, projects=use.projects, scope=use.scope)
        for text in _questionable(component, stated.license):
            named: Facts = {**known, "license": in_one_line(text)}
            for outcome in self.book.unmapped(known):
                self.collector.add(
                    ref,
                    outcome,
                    named,
                    projects=use.projects,
                    scope=use.scope,
                    license=text[:MAX_STATEMENT],
                    source="declared",
                )
        self._judge_terms(stated, Subject.COMPONENTS, known, projects=use.projects, scope=use.scope)

    def judge_project(self, project: Project) -> None:
        """Apply the rules that are about projects; rules about components say nothing of a project's own licence."""
        license = self._project_license(project)
        known = self.facts.of_project(project, license)
        for outcome in self.book.without_license(Subject.PROJECTS, known):
            self.collector.add(project.id, outcome, known, projects=(project.id,))
        if license.effective:
            stated = Stated(license, parse(license.effective))
            self._judge_terms(stated, Subject.PROJECTS, known, projects=(project.id,))
            return
        unstated: Facts = {**known, "source": ""}
        for outcome in self.book.for_license(Subject.PROJECTS, unstated):
            self.collector.add(project.id, outcome, unstated, projects=(project.id,))

    def judge_other_files(self) -> None:
        """Apply the rules about the licences of projects to what was found in files that belong to no project."""
        scanned = self._scanned.get("")
        if scanned is None or not (license := readable(scanned)).effective:
            return
        known = self.facts.of_other_files(license)
        self._judge_terms(Stated(license, parse(license.effective)), Subject.PROJECTS, known, projects=("",))

    def _judge_terms(
        self,
        stated: Stated,
        subject: Subject,
        known: Facts,
        *,
        projects: tuple[str, ...],
        scope: Scope | None = None,
    ) -> None:
        if stated.expression is None:
            return
        kept = self._choose(stated, stated.expression, subject, known)
        about_all: Facts = {**known, "expression": str(kept)}
        for term in terms(kept):
            source = stated.source(term)
            full = self._with_term(about_all, term, source)
            for outcome in self.book.for_license(subject, full):
                self.collector.add(
                    stated.ref, outcome, full, projects=projects, scope=scope, license=term.id, source=source
                )

    def project_licenses(self, projects: tuple[Project, ...]) -> dict[str, str]:
        """The licence expression that each project declares for itself, by id; "" where it declares none."""
        return {project.id: self._project_license(project).declared for project in projects}

    def _project_license(self, project: Project) -> ComponentLicense:
        scanned = self._scanned.get(project.id)
        return readable(scanned) if scanned else project_license(project.id, project.declared_licenses)

    def idle_choices(self) -> Iterator[Issue]:
        """A hint for every explicit choice that changed nothing."""
        return idle_choice_issues(self._configuration.choices, self._choices_used)

    def _license_of(self, component: Component) -> ComponentLicense:
        scanned = self._scanned.get(component.ref)
        if scanned is not None:
            return readable(scanned)
        license, issues = component_license(component, self._curations)
        self.issues.extend(issues)
        return license

    def _after_choices(self, component: Component, license: ComponentLicense) -> Expression | None:
        if not license.effective:
            return None
        given = parse(license.effective)
        rules = [rule for rule, answer in self._rules_of_choice.find(component.purl) if answer]
        if not rules:
            return given
        chosen, used = apply_rules(given, rules)
        self._choices_used.update(used)
        if used:
            place = ", ".join(dict.fromkeys(rule.place for rule in used))
            self.choices.add(LicenseChoice(ref=component.ref, given=str(given), chosen=str(chosen), decided_by=place))
        return chosen

    def _choose(self, stated: Stated, expression: Expression, subject: Subject, known: Facts) -> Expression:
        for term in terms(expression):
            self.categories.setdefault(term.id, next(iter(self.facts.categories(term)), ""))
        if isinstance(expression, Term):
            return expression
        about_all: Facts = {**known, "expression": str(expression)}

        def cost(term: Term) -> Cost:
            outcomes = self.book.for_license(subject, self._with_term(about_all, term, stated.source(term)))
            return max((outcome.weight for outcome in outcomes), default=0), self._rank(term)

        kept = choose(expression, cost)
        if kept != expression:
            given, chosen = str(expression), str(kept)
            self.choices.add(LicenseChoice(ref=stated.ref, given=given, chosen=chosen, decided_by="policy"))
        return kept

    def _with_term(self, known: Facts, term: Term, source: str) -> Facts:
        facts = {**known, **self.facts.of_term(term)}
        return {**facts, "source": source} if source else facts

    def _rank(self, term: Term) -> int:
        names = (term.id, term.license, *self.facts.categories(term))
        return min(
            (self._preferences[name] for name in names if name in self._preferences), default=len(self._preferences)
        )


def readable(license: ComponentLicense) -> ComponentLicense:
    """A licence from a scan; an effective expression that cannot be read (a result of other making) becomes a
    statement that nobody understands, so that it is asked about.
    """
    if not license.effective or is_expression(license.effective):
        return license
    unmapped = (*license.unmapped, license.effective[:MAX_STATEMENT])
    return msgspec.structs.replace(license, effective="", basis="", concluded="", declared="", unmapped=unmapped)


def idle_choice_issues(choices: tuple[ChoiceRule, ...], used: set[ChoiceRule]) -> Iterator[Issue]:
    """A hint for every choice not in `used`."""
    for rule in choices:
        if rule not in used:
            text = f"the licence choice {rule.choice!r} has no effect: no component offers it"
            yield issue_at(rule.place, text, Severity.HINT)


def _questionable(component: Component, license: ComponentLicense) -> tuple[str, ...]:
    """Statements that nobody understood and that matter: a conclusion settles them, and so does an alternative."""
    if license.concluded or (license.declared and statements_are_alternatives(component.purl.type)):
        return ()
    return license.unmapped
