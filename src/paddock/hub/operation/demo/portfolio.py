# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Products, releases, policies and what was handed in, each by the person who would do it and at its time."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import transaction

from paddock.hub.accounts.queries import actor_for
from paddock.hub.core.actor import Actor, system
from paddock.hub.dry_runs.services import request_dry_run, try_slice
from paddock.hub.operation.demo.files import what_is_handed_in
from paddock.hub.operation.demo.people import At, Cast
from paddock.hub.operation.demo.programs import make_token, make_webhook
from paddock.hub.operation.demo.story import (
    HandedIn,
    PolicyPlan,
    Portfolio,
    ProductPlan,
    ReleasePlan,
    VersionPlan,
    folder,
)
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.services import create_policy, draft_version, release_version
from paddock.hub.products.models import Product, Release
from paddock.hub.products.queries import releases_for
from paddock.hub.products.services import (
    add_repository,
    change_release_state,
    create_product,
    create_release,
    update_product,
)
from paddock.hub.products.types import ReleaseState
from paddock.hub.scans.models import Intake
from paddock.hub.scans.services import evaluate_release, hand_in_document, take_in

Step = tuple[int, str, Callable[[], object]]
"""Days before the demonstration, what is done in words, and the doing."""
PATHS = {
    "development": (),
    "released": (ReleaseState.RELEASED,),
    "supported": (ReleaseState.RELEASED, ReleaseState.SUPPORTED),
    "ended": (ReleaseState.RELEASED, ReleaseState.ENDED),
}
"""From a state to the steps that lead there."""
READING = timedelta(seconds=2)
"""How long a worker takes in this story."""


class Tale:
    """Everything that happens to products and policies, to be told in the order of time."""

    def __init__(self, plan: Portfolio, cast: Cast, at: At) -> None:
        self._plan, self._cast, self._at = plan, cast, at
        self._products: dict[str, Product] = {}
        self._releases: dict[tuple[str, str], Release] = {}
        self._policies: dict[str, Policy] = {}

    def steps(self) -> list[Step]:
        """All steps, the earliest first."""
        found: list[Step] = []
        for product in self._plan.products:
            found.extend(self._of_product(product))
        for policy in self._plan.policies:
            found.extend(self._of_policy(policy))
        found.extend(self._of_programs())
        return sorted(found, key=lambda step: -step[0])

    def _of_programs(self) -> Iterator[Step]:
        for token in self._plan.tokens:
            yield token.made, token.name, partial(make_token, token, self._cast, self._at)
        for webhook in self._plan.webhooks:
            yield webhook.made, webhook.url, partial(make_webhook, webhook, self._cast, self._at)

    def _of_product(self, plan: ProductPlan) -> Iterator[Step]:
        first = max((release.created for release in plan.releases), default=30) + 1
        yield first, plan.name, partial(self._product, plan, self._at(first))
        for release in plan.releases:
            label = f"{plan.name} {release.name}"
            yield release.created, label, partial(self._release, plan, release)
            for one in release.handed_in:
                yield one.days, f"{label}: {Path(one.file).name}", partial(self._hand_in, plan, release, one)

    def _of_policy(self, plan: PolicyPlan) -> Iterator[Step]:
        for number, version in enumerate(plan.versions, 1):
            label = f"{plan.name}, version {number}"
            yield version.drafted, label, partial(self._draft, plan, version)
            if version.released is not None:
                yield version.released, f"{label} released", partial(self._release_policy, plan, version)
            if version.dry_run is not None:
                yield version.dry_run, f"{label} tried on the portfolio", partial(self._dry_run, plan, version)

    def _actor(self, key: str, now: datetime) -> Actor:
        return actor_for(self._cast.people[key], now)

    def _product(self, plan: ProductPlan, now: datetime) -> None:
        actor = self._actor(plan.owner, now)
        made = create_product(
            actor=actor, name=plan.name, unit=self._cast.units[plan.unit], now=now, owner=self._cast.people[plan.owner],
            distribution=plan.distribution, criticality=plan.criticality, description=plan.description,
            support_ends_on=None if plan.support_ends is None else self._at(plan.support_ends).date(),
        )  # fmt: skip
        if plan.tags:
            made = update_product(actor=actor, product=made, now=now, changes={"tags": list(plan.tags)})
        if plan.repository:
            add_repository(actor=actor, product=made, url=plan.repository, now=now)
        self._products[plan.name] = made

    def _release(self, plan: ProductPlan, release: ReleasePlan) -> None:
        now = self._at(release.created)
        actor = self._actor(plan.owner, now)
        made = create_release(
            actor=actor, product=self._products[plan.name], name=release.name, now=now, is_latest=release.latest
        )
        self._releases[plan.name, release.name] = made

    def _hand_in(self, plan: ProductPlan, release: ReleasePlan, one: HandedIn) -> None:
        """In one transaction with reading it, so that no worker begins with it as well."""
        now = self._at(one.days)
        content, name = what_is_handed_in(one, now)
        made = self._releases[plan.name, release.name]
        with transaction.atomic():
            intake = hand_in_document(
                actor=self._actor(plan.owner, now), release=made, content=content, filename=name, now=now
            )
            take_in(intake_id=intake.id, now=now + READING)
            date_back(intake.id, now + READING)
        if one is release.handed_in[-1]:
            for state in PATHS[release.state]:
                made = change_release_state(actor=self._actor(plan.owner, now), release=made, to=state, now=now)

    def _draft(self, plan: PolicyPlan, version: VersionPlan) -> None:
        now = self._at(version.drafted)
        content = (folder() / version.file).read_text("utf-8")
        actor = self._actor(version.author, now)
        policy = self._policies.get(plan.name)
        if policy is not None:
            draft_version(actor=actor, policy=policy, content=content, note=version.note, now=now)
            return
        unit = self._cast.units[plan.unit]
        self._policies[plan.name] = create_policy(
            actor=actor, unit=unit, name=plan.name, now=now, content=content, note=version.note
        )

    def _newest(self, plan: PolicyPlan) -> PolicyVersion:
        return self._policies[plan.name].versions.select_related("policy__unit").latest("number")

    def _release_policy(self, plan: PolicyPlan, version: VersionPlan) -> None:
        """And what follows from it: releases that were there already are decided about anew on the same day."""
        now = self._at(version.released or 0)
        draft = self._newest(plan)
        release_version(actor=self._actor(version.by, now), version=draft, revision=draft.revision, now=now)
        below = releases_for(system("demonstration")).filter(product__unit__path__startswith=draft.policy.unit.path)
        for release_id in below.exclude(inventory=None).values_list("pk", flat=True):
            evaluate_release(release_id=release_id, now=now + timedelta(minutes=1))

    def _dry_run(self, plan: PolicyPlan, version: VersionPlan) -> None:
        now = self._at(version.dry_run or 0)
        with transaction.atomic():
            dry_run = request_dry_run(actor=self._actor(version.author, now), version=self._newest(plan), now=now)
            while try_slice(dry_run_id=dry_run.pk, now=now):
                pass


def date_back(intake_id: UUID, moment: datetime) -> None:
    """Services note by the clock when they ended; in this story that was long ago."""
    intake = Intake.objects.get(pk=intake_id)
    log = [[moment.isoformat(timespec="seconds"), text] for _, text in intake.log]
    Intake.objects.filter(pk=intake_id).update(finished_at=moment, heartbeat_at=moment, log=log)
