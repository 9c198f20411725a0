# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a draft would change is known before it is released."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from paddock.hub.accounts.models import Unit
from paddock.hub.core.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from paddock.hub.dry_runs import services
from paddock.hub.dry_runs.models import Change, DryRun
from paddock.hub.dry_runs.queries import changes_of, tally_of, time_left
from paddock.hub.dry_runs.services import request_dry_run, stop_dry_run, try_slice
from paddock.hub.policies.events import PolicyChanged
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.services import create_policy, draft_version, edit_draft, release_version
from paddock.hub.products.models import Release
from paddock.hub.products.services import archive_product, create_product, create_release
from paddock.hub.scans.handlers import decide_anew
from paddock.hub.scans.models import Evaluation
from paddock.hub.scans.services import evaluate_release, hand_in_document, take_in
from tests.hub.company import MOMENT, Company

RULES = """name: Ours
distribution: app
rules:
  - id: not-wanted
    when: license == '{license}'
    cause: "{{license}} is not wanted"
    message: "{{name}} is under {{license}}"
    why: Because.
    how_to_fix: Replace it.
"""


def bom(*licenses: str) -> bytes:
    components = [
        {
            "type": "library", "bom-ref": license, "name": license.lower(), "version": "1.0.0",
            "purl": f"pkg:npm/{license.lower()}@1.0.0", "licenses": [{"license": {"id": license}}],
        }
        for license in licenses
    ]  # fmt: skip
    about = {"component": {"type": "application", "bom-ref": "app", "name": "app"}}
    links = [{"ref": "app", "dependsOn": list(licenses)}]
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": about, "components": components}
    return json.dumps({**document, "dependencies": links}).encode()


def release(company: Company, unit: Unit, name: str, *licenses: str) -> Release:
    admin = company.actor(company.admin)
    product = create_product(actor=admin, name=name, unit=unit, now=MOMENT, distribution="app")
    made = create_release(actor=admin, product=product, name="1.0", now=MOMENT)
    if licenses:
        intake = hand_in_document(actor=admin, release=made, content=bom(*licenses), filename="b.json", now=MOMENT)
        take_in(intake_id=intake.id, now=MOMENT)
    made.refresh_from_db()
    return made


def released(company: Company, unit: Unit, license: str) -> Policy:
    """A policy in force that forbids one licence."""
    admin = company.actor(company.admin)
    content = RULES.format(license=license)
    policy = create_policy(
        actor=company.actor(company.coordinator) if unit != company.root else admin,
        unit=unit, name=unit.name, now=MOMENT, content=content,
    )  # fmt: skip
    PolicyVersion.objects.filter(policy=policy).update(editors=[])
    release_version(actor=admin, version=policy.versions.get(), revision=1, now=MOMENT)
    return policy


@pytest.fixture
def draft(company: Company) -> PolicyVersion:
    """Cars forbid MPL-2.0 today; a draft forbids Apache-2.0 instead."""
    policy = released(company, company.cars, "MPL-2.0")
    coordinator = company.actor(company.coordinator)
    return draft_version(actor=coordinator, policy=policy, now=MOMENT, content=RULES.format(license="Apache-2.0"))


def run_through(company: Company, draft: PolicyVersion) -> DryRun:
    dry_run = request_dry_run(actor=company.actor(company.coordinator), version=draft, now=MOMENT)
    while try_slice(dry_run_id=dry_run.pk, now=MOMENT):
        pass
    dry_run.refresh_from_db()
    return dry_run


def test_it_says_which_verdicts_turn_and_why(company: Company, draft: PolicyVersion) -> None:
    turns_bad = release(company, company.cockpit, "Bad", "Apache-2.0", "MIT")
    turns_good = release(company, company.cars, "Good", "MPL-2.0")
    other_cause = release(company, company.cars, "Both", "MPL-2.0", "Apache-2.0")
    release(company, company.cars, "Same", "MIT")
    release(company, company.cars, "Empty")
    before = list(Evaluation.objects.values_list("pk", flat=True))
    dry_run = run_through(company, draft)
    assert (dry_run.state, dry_run.done, dry_run.total, dry_run.nothing_known) == ("done", 4, 4, 1)
    found = {change.release_id: change for change in changes_of(dry_run, company.actor(company.coordinator))}
    assert set(found) == {turns_bad.pk, turns_good.pk, other_cause.pk}
    assert (found[turns_bad.pk].before, found[turns_bad.pk].after) == ("compliant", "not compliant")
    assert [cause["title"] for cause in found[turns_bad.pk].came] == ["Apache-2.0 is not wanted"]
    assert [cause["title"] for cause in found[turns_good.pk].went] == ["MPL-2.0 is not wanted"]
    assert not found[other_cause.pk].turns
    tally = tally_of(dry_run, company.actor(company.coordinator))
    assert (tally.into_not_compliant, tally.into_compliant, tally.only_causes, tally.turned) == (1, 1, 1, 2)
    assert list(Evaluation.objects.values_list("pk", flat=True)) == before, "a dry run decides nothing"


def test_units_with_rules_of_their_own_and_archived_products_are_left_alone(
    company: Company, draft: PolicyVersion
) -> None:
    released(company, company.cockpit, "MIT")
    release(company, company.cockpit, "Own rules", "Apache-2.0")
    release(company, company.cloud, "Elsewhere", "Apache-2.0")
    gone = release(company, company.cars, "Archived", "Apache-2.0")
    archive_product(actor=company.actor(company.admin), product=gone.product, now=MOMENT)
    here = release(company, company.cars, "Here", "Apache-2.0")
    dry_run = run_through(company, draft)
    assert list(Change.objects.filter(dry_run=dry_run).values_list("release", flat=True)) == [here.pk]


def test_slices_that_are_run_twice_find_nothing_twice(
    company: Company, draft: PolicyVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "SLICE", 2)
    for number in range(5):
        release(company, company.cars, f"Product {number}", "Apache-2.0")
    dry_run = request_dry_run(actor=company.actor(company.coordinator), version=draft, now=MOMENT)
    assert try_slice(dry_run_id=dry_run.pk, now=MOMENT)
    dry_run.refresh_from_db()
    assert (dry_run.state, dry_run.done) == ("running", 2)
    left = time_left(dry_run, MOMENT)
    assert left is not None
    assert left.total_seconds() == 0
    while try_slice(dry_run_id=dry_run.pk, now=MOMENT):
        pass
    assert not try_slice(dry_run_id=dry_run.pk, now=MOMENT)
    dry_run.refresh_from_db()
    assert (dry_run.state, dry_run.done, dry_run.changes.count()) == ("done", 5, 5)
    assert ProcrastinateJob.objects.filter(task_name=services.TASK).count() == 3


def test_a_newer_one_stops_the_one_that_runs_and_people_can(company: Company, draft: PolicyVersion) -> None:
    coordinator = company.actor(company.coordinator)
    release(company, company.cars, "A", "Apache-2.0")
    first = request_dry_run(actor=coordinator, version=draft, now=MOMENT)
    second = request_dry_run(actor=coordinator, version=draft, now=MOMENT)
    first.refresh_from_db()
    assert first.state == "stopped"
    stop_dry_run(actor=coordinator, dry_run=second, now=MOMENT)
    assert not try_slice(dry_run_id=second.pk, now=MOMENT)
    with pytest.raises(ChangedMeanwhile):
        stop_dry_run(actor=coordinator, dry_run=second, now=MOMENT)
    assert not Change.objects.exists()


def test_only_who_manages_the_policy_may_and_a_text_with_faults_is_refused(
    company: Company, draft: PolicyVersion
) -> None:
    with pytest.raises(NotAllowed):
        request_dry_run(actor=company.actor(company.colleague), version=draft, now=MOMENT)
    with pytest.raises(NotFound):
        request_dry_run(actor=company.actor(company.stranger), version=draft, now=MOMENT)
    coordinator = company.actor(company.coordinator)
    wrong = edit_draft(actor=coordinator, version=draft, revision=1, content="name: x\n", note="", now=MOMENT)
    with pytest.raises(Invalid) as raised:
        request_dry_run(actor=coordinator, version=wrong, now=MOMENT)
    assert raised.value.errors


def test_what_was_tried_is_the_text_of_then(company: Company, draft: PolicyVersion) -> None:
    coordinator = company.actor(company.coordinator)
    release(company, company.cars, "A", "Apache-2.0")
    dry_run = request_dry_run(actor=coordinator, version=draft, now=MOMENT)
    edit_draft(actor=coordinator, version=draft, revision=1, content=RULES.format(license="MIT"), note="", now=MOMENT)
    try_slice(dry_run_id=dry_run.pk, now=MOMENT)
    assert Change.objects.get(dry_run=dry_run).came[0]["title"] == "Apache-2.0 is not wanted"


def test_changes_are_listed_in_one_query(
    company: Company, draft: PolicyVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        release(company, company.cars, f"Product {number}", "Apache-2.0")
    dry_run = run_through(company, draft)
    actor = company.actor(company.coordinator)
    with django_assert_num_queries(1):
        assert len([one.release.product.unit.name for one in changes_of(dry_run, actor)]) == 3
    assert changes_of(dry_run, company.actor(company.stranger)).count() == 0


def test_a_release_of_a_policy_has_every_release_it_holds_for_decided_anew(
    company: Company, draft: PolicyVersion
) -> None:
    here = release(company, company.cars, "Here", "Apache-2.0")
    release(company, company.cloud, "Elsewhere", "Apache-2.0")
    release(company, company.cars, "Empty")
    assert here.outcome == "compliant"
    version = release_version(actor=company.actor(company.admin), version=draft, revision=1, now=MOMENT)
    decide_anew(PolicyChanged(version.policy_id, version.pk, company.cars.pk, company.cars.path), MOMENT)
    jobs = ProcrastinateJob.objects.filter(task_name="scans.evaluate").values_list("args", flat=True)
    assert [job["release_id"] for job in jobs] == [str(here.pk)]
    evaluate_release(release_id=here.pk, now=MOMENT)
    here.refresh_from_db()
    assert here.outcome == "not compliant"


def test_what_no_worker_will_come_back_to_is_told_as_failed(company: Company, draft: PolicyVersion) -> None:
    dry_run = request_dry_run(actor=company.actor(company.coordinator), version=draft, now=MOMENT)
    later = MOMENT + timedelta(minutes=1)
    assert services.fail_abandoned(now=later) == 0
    job = ProcrastinateJob.objects.filter(task_name=services.TASK)
    with connection.cursor() as cursor:
        for status in ("doing", "failed"):
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job.get().pk])
    assert services.fail_abandoned(now=later) == 1
    dry_run.refresh_from_db()
    assert (dry_run.state, dry_run.finished_at) == ("failed", later)
    assert services.fail_abandoned(now=later) == 0
    assert try_slice(dry_run_id=dry_run.pk, now=later) is False
