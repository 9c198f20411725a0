# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What happens in other rooms arrives at the receiver: intakes that fail, and policies that change."""

import json
from datetime import timedelta
from typing import Any

import pytest

from paddock.hub.accounts.models import Unit
from paddock.hub.outbox.models import Event
from paddock.hub.outbox.services import deliver as deliver_event
from paddock.hub.policies.events import PolicyChanged
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.services import create_policy, release_version, retire_policy
from paddock.hub.products.models import Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.events import IntakeFailed
from paddock.hub.scans.models import Intake
from paddock.hub.scans.services import cancel_intake, fail, fail_abandoned, hand_in_document
from paddock.hub.webhooks import handlers
from paddock.hub.webhooks.models import Message
from paddock.hub.webhooks.services import create_subscription, deliver
from paddock.hub.webhooks.types import Topic
from tests.hub.company import MOMENT, Company
from tests.hub.webhooks.receiver import Receiver


@pytest.fixture
def intake(company: Company) -> Intake:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Radio", unit=company.cockpit, now=MOMENT)
    release = create_release(actor=owner, product=product, name="1.0", now=MOMENT)
    return hand_in_document(
        actor=owner, release=release, filename="bom.json", now=MOMENT,
        content=b'{"bomFormat": "CycloneDX", "specVersion": "1.6"}',
    )  # fmt: skip


def subscribe(company: Company, url: str, topic: Topic, unit: Unit) -> None:
    create_subscription(actor=company.actor(company.admin), unit=unit, url=url, topics=[topic], now=MOMENT)


def sent_on() -> None:
    """What the workers do: events become messages, messages go out."""
    for event_id in Event.objects.values_list("pk", flat=True):
        deliver_event(event_id=event_id, now=MOMENT)
    for message_id in Message.objects.filter(state="waiting").values_list("pk", flat=True):
        deliver(message_id=message_id, clock=lambda: MOMENT)


def told(hook: Receiver, topic: str) -> list[dict[str, Any]]:
    bodies = [json.loads(body) for _, headers, body in hook.came if headers["Paddock-Topic"] == topic]
    return [body["facts"] for body in bodies]


def test_an_intake_that_failed_is_told_with_its_problems(company: Company, hook: Receiver, intake: Intake) -> None:
    subscribe(company, hook.url, Topic.INTAKE_FAILED, company.cars)
    fail(intake_id=intake.id, problems=["bom.json: line 1 is cut off", *["more"] * 30], now=MOMENT)
    fail(intake_id=intake.id, problems=["a second time"], now=MOMENT)
    sent_on()
    (facts,) = told(hook, "intake.failed")
    assert (facts["product"], facts["release"], facts["source"]) == ("Radio", "1.0", "bom.json")
    assert facts["problems"][0] == "bom.json: line 1 is cut off"
    assert len(facts["problems"]) == handlers.MOST_PROBLEMS
    assert facts["page"].endswith(f"/uploads/{intake.id}/")


def test_an_intake_that_no_worker_comes_back_to_is_told_and_a_cancelled_one_is_not(
    company: Company, hook: Receiver, intake: Intake
) -> None:
    subscribe(company, hook.url, Topic.INTAKE_FAILED, company.root)
    owner = company.actor(company.owner)
    cancelled = hand_in_document(
        actor=owner, release=Release.objects.get(), filename="b.json", now=MOMENT,
        content=b'{"bomFormat": "CycloneDX", "specVersion": "1.5"}',
    )  # fmt: skip
    cancel_intake(actor=owner, intake=cancelled, now=MOMENT)
    assert fail_abandoned(now=MOMENT + timedelta(minutes=1)) == 0
    Intake.objects.update(job_id=10**9)
    assert fail_abandoned(now=MOMENT + timedelta(minutes=1)) == 1
    sent_on()
    assert [facts["intake_id"] for facts in told(hook, "intake.failed")] == [str(intake.id)]


def test_an_intake_that_is_gone_is_told_to_nobody(company: Company, hook: Receiver, intake: Intake) -> None:
    subscribe(company, hook.url, Topic.INTAKE_FAILED, company.root)
    event = IntakeFailed(intake.release_id, intake.id)
    Intake.objects.all().delete()
    handlers.intake_failed(event, MOMENT)
    assert Message.objects.count() == 0


def released(company: Company, unit: Unit, name: str) -> PolicyVersion:
    admin, other = company.actor(company.admin), company.actor(company.coordinator)
    policy = create_policy(actor=other if unit != company.root else admin, unit=unit, name=name, now=MOMENT)
    draft = PolicyVersion.objects.get(policy=policy)
    return release_version(actor=admin, version=draft, revision=draft.revision, now=MOMENT)


def test_a_policy_that_changed_is_told_above_and_where_it_holds_below(company: Company, hook: Receiver) -> None:
    released(company, company.cockpit, "Cockpit's own")
    sent_on()
    for name, unit in (("root", company.root), ("cars", company.cars), ("cockpit", company.cockpit),
                       ("cloud", company.cloud)):  # fmt: skip
        subscribe(company, f"{hook.url}/{name}", Topic.POLICY_CHANGED, unit)
    version = released(company, company.cars, "Rules of Cars")
    sent_on()
    (facts, _) = told(hook, "policy.changed")
    assert sorted(path for path, _, _ in hook.came) == ["/hook/cars", "/hook/root"]
    assert (facts["policy"], facts["unit"], facts["change"], facts["version"]) == (
        "Rules of Cars", "Cars", "released", 1,
    )  # fmt: skip
    hook.came.clear()
    admin = company.actor(company.admin)
    retire_policy(actor=admin, policy=Policy.objects.get(name="Cockpit's own"), now=MOMENT)
    sent_on()
    assert sorted(path for path, _, _ in hook.came) == ["/hook/cars", "/hook/cockpit", "/hook/root"]
    assert told(hook, "policy.changed")[0]["change"] == "retired"
    hook.came.clear()
    handlers.policy_changed(PolicyChanged(version.policy_id, version.id, company.cars.id, company.cars.path), MOMENT)
    sent_on()
    assert sorted(path for path, _, _ in hook.came) == ["/hook/cars", "/hook/cockpit", "/hook/root"]
    gone = PolicyChanged(company.root.id, None, company.cars.id, company.cars.path)
    handlers.policy_changed(gone, MOMENT)
    sent_on()
    assert len(hook.came) == 3
