# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What this room does when something happens elsewhere (config/wiring.py): it tells whoever wants to know."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from paddock.hub.core.actor import system
from paddock.hub.core.errors import NotFound
from paddock.hub.policies.events import PolicyChanged
from paddock.hub.policies.queries import policy_by_id, units_with_other_rules, versions_of
from paddock.hub.products.events import ReleaseCreated, VerdictChanged
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.events import IntakeFailed, ReleaseEvaluated
from paddock.hub.scans.queries import intake_by_id
from paddock.hub.webhooks.queries import listening_below
from paddock.hub.webhooks.services import announce
from paddock.hub.webhooks.types import Topic

MOST_PROBLEMS = 20
"""Of an intake in one message; its page has all."""


def release_created(event: ReleaseCreated, now: datetime) -> None:
    """There is a new release."""
    _tell(Topic.RELEASE_CREATED, event.release_id, {}, now)


def release_evaluated(event: ReleaseEvaluated, now: datetime) -> None:
    """There is a new verdict about a release."""
    _tell(Topic.RELEASE_EVALUATED, event.release_id, {"evaluation_id": event.evaluation_id}, now)


def verdict_changed(event: VerdictChanged, now: datetime) -> None:
    """The verdict about a release is another than before."""
    _tell(Topic.VERDICT_CHANGED, event.release_id, {"before": event.before, "after": event.after}, now)


def intake_failed(event: IntakeFailed, now: datetime) -> None:
    """Something that was handed in for a release could not be read."""
    try:
        intake = intake_by_id(system("webhooks"), event.intake_id)
    except NotFound:
        return  # it went with its release meanwhile
    facts = {
        "intake_id": intake.id,
        "kind": intake.kind,
        "source": intake.source,
        "revision": intake.revision,
        "submitted_by": intake.submitted_by,
        "problems": intake.problems[:MOST_PROBLEMS],
        "page": page("intake", intake.id),
    }
    _tell(Topic.INTAKE_FAILED, event.release_id, facts, now)


def policy_changed(event: PolicyChanged, now: datetime) -> None:
    """Other rules hold in a unit: also the units below it are told, as far as they have no rules of their own."""
    actor = system("webhooks")
    try:
        policy = policy_by_id(actor, event.policy_id)
    except NotFound:
        return  # it was removed meanwhile
    facts: dict[str, Any] = {
        "policy_id": policy.id,
        "policy": policy.name,
        "unit_id": policy.unit_id,
        "unit": policy.unit.name,
        "change": "retired" if event.version_id is None else "released",
        "page": page("policy", policy.id),
    }
    if event.version_id is not None:
        facts |= versions_of(policy).filter(pk=event.version_id).values("note", version=F("number")).first() or {}
    others = units_with_other_rules(event.unit_path)
    further = listening_below(Topic.POLICY_CHANGED, event.unit_path, but=others)
    announce(topic=Topic.POLICY_CHANGED, unit_path=event.unit_path, facts=facts, now=now, further=further)


def page(name: str, key: UUID) -> str:
    """The full address of a page of the hub."""
    return f"{settings.BASE_URL}{reverse(name, args=[key])}"


def _tell(topic: Topic, release_id: UUID, more: Mapping[str, Any], now: datetime) -> None:
    try:
        release = release_by_id(system("webhooks"), release_id)
    except NotFound:
        return  # it was removed meanwhile
    facts = {
        "release_id": release.id,
        "product_id": release.product_id,
        "product": release.product.name,
        "release": release.name,
        "outcome": release.outcome,
        "sentence": release.sentence,
        "violations": release.violations,
        "questions": release.questions,
        "page": page("release", release.id),
        **more,
    }
    announce(topic=topic, unit_path=release.product.unit.path, facts=facts, now=now)
