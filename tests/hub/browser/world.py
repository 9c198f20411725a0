# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A small company at work, in which every page has something to show."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from paddock.hub.accounts.models import Person
from paddock.hub.accounts.services import create_token, map_group
from paddock.hub.accounts.types import Permission, Role
from paddock.hub.core.actor import Actor, system
from paddock.hub.core.clock import now
from paddock.hub.dry_runs.services import request_dry_run, try_slice
from paddock.hub.policies.services import create_policy, draft_version, release_version
from paddock.hub.products.models import Product, Release
from paddock.hub.products.services import add_repository, archive_product, create_product, create_release
from paddock.hub.scans.models import Intake
from paddock.hub.scans.services import hand_in_document, take_in
from paddock.hub.scans.types import IntakeState
from paddock.hub.webhooks.services import create_subscription, send_test
from tests.hub.company import Company, found
from tests.hub.scans.test_intake import bom

DAY = timedelta(days=1)
PASSWORD = "horse battery staple 7"
PARTS = [(f"part-{number:02}", "1.0.0", "MIT") for number in range(56)]
"""More than fit on one page of a table."""
LONG_NAME = "a-package-with-a-name-that-is-longer-than-a-telephone-is-wide"
BEFORE = bom(("left-pad", "1.2.0", "MIT"), ("gone", "1.0.0", "MIT"), *PARTS)
AFTER = bom(
    ("left-pad", "1.3.0", "MIT"), ("copied", "2.1.0", "GPL-3.0-only"), ("unheard-of", "0.1.0", "CC-BY-NC-4.0"),
    (LONG_NAME, "2026.11.27-beta.3", "Apache-2.0"),
    *PARTS,
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """variables: name of a variable part of an address -> its value. Whoever adds a page with another one adds a row.

    product: Cockpit UI. release: 4.2 of it, not compliant. bare: 4.3, of which nothing is known.
    good: a compliant one of another product.
    """

    company: Company
    product: Product
    release: Release
    bare: Release
    good: Release
    failed: Intake
    waiting: Intake
    variables: dict[str, Any]


def build_world() -> World:
    """Found it. The administrator, who looks at the pages, has a password and a second factor."""
    company, moment = found(), now()
    by = company.actor(company.owner, moment)
    product = create_product(
        actor=by, name="Cockpit UI", unit=company.cockpit, now=moment - 30 * DAY, distribution="embedded",
        criticality="critical", description="Displays, touch, buttons", owner=company.owner,
        support_ends_on=date(2031, 5, 7),
    )  # fmt: skip
    create_release(actor=by, product=product, name="4.1", now=moment - 20 * DAY)
    release = create_release(actor=by, product=product, name="4.2", now=moment - 3 * DAY, is_latest=True)
    bare = create_release(actor=by, product=product, name="4.3", now=moment - DAY)
    other = create_product(actor=by, name="Navigation", unit=company.cockpit, now=moment - 9 * DAY)
    good = create_release(actor=by, product=other, name="1.0", now=moment - 8 * DAY, is_latest=True)
    past = create_product(actor=by, name="Radio", unit=company.cockpit, now=moment - 90 * DAY)
    archive_product(actor=by, product=past, now=moment)
    hand_in(by, release, "bom.cdx.json", BEFORE, moment - 2 * DAY)
    hand_in(by, release, "bom.cdx.json", AFTER, moment - DAY)
    hand_in(by, good, "bom.cdx.json", bom(("left-pad", "1.3.0", "MIT")), moment - DAY)
    failed = hand_in(by, bare, "sources.zip", b"PK\x03\x04 and no more", moment)
    waiting = hand_in_document(actor=by, release=bare, content=BEFORE, filename="next.cdx.json", now=moment)
    Intake.objects.filter(pk=waiting.pk).update(state=IntakeState.RUNNING, done=1_200, total=4_000)
    secure(company.admin)
    variables = {
        "product_id": product.pk, "release_id": release.pk, "slug": "notice", "intake_id": failed.pk,
        "unit_id": company.cockpit.pk, "person_id": company.colleague.pk,
        "entity_id": company.root.legal_entity_id,
        "membership_id": company.colleague.memberships.get().pk, "grant_id": company.colleague.grants.get().pk,
        "provider_id": "company", "organization_slug": "company", "uidb36": "1", "key": "no-such-key", "pk": 1,
        "repository_id": add_repository(
            actor=by, product=product, url="https://git.halden.example/cockpit/ui.git", now=moment
        ).pk,
        **administration(company, moment), **rules(company, moment), **messages(company, moment),
    }  # fmt: skip
    return World(company, product, release, bare, good, failed, waiting, variables)


def hand_in(by: Actor, release: Release, name: str, content: bytes, moment: datetime) -> Intake:
    intake = hand_in_document(actor=by, release=release, content=content, filename=name, now=moment)
    take_in(intake_id=intake.pk, now=moment)
    intake.refresh_from_db()
    release.refresh_from_db()
    return intake


def secure(person: Person) -> None:
    person.set_password(PASSWORD)
    person.save()
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)


def administration(company: Company, moment: datetime) -> dict[str, Any]:
    admin = company.actor(company.admin, moment)
    token, _ = create_token(
        actor=admin, person=company.admin, name="CI", unit=company.cockpit,
        permissions=[Permission.UPLOAD], expires_at=moment + 30 * DAY, now=moment,
    )  # fmt: skip
    mapping = map_group(
        actor=system("tests"), provider="company", group="devs", role=Role.DEVELOPER, unit=company.cockpit, now=moment
    )
    return {"token_id": token.pk, "mapping_id": mapping.pk}


def rules(company: Company, moment: datetime) -> dict[str, Any]:
    """A policy in force, a draft of its next version, and a dry run that tried it."""
    by, reviewer = company.actor(company.coordinator, moment), company.actor(company.admin, moment)
    policy = create_policy(actor=by, unit=company.cars, name="Cars", now=moment, note="First")
    first = policy.versions.select_related("policy__unit").get()
    release_version(actor=reviewer, version=first, revision=first.revision, now=moment)
    stricter = first.content.replace("severity: warning", "severity: error")
    draft = draft_version(actor=by, policy=policy, content=stricter, now=moment, note="Stricter")
    dry_run = request_dry_run(actor=by, version=draft, now=moment)
    try_slice(dry_run_id=dry_run.pk, now=moment)
    return {"policy_id": policy.pk, "number": first.number, "dry_run_id": dry_run.pk}


def messages(company: Company, moment: datetime) -> dict[str, Any]:
    """A webhook with one message that waits to be sent."""
    by = company.actor(company.owner, moment)
    webhook, _ = create_subscription(
        actor=by, unit=company.cockpit, url="https://ci.example.com/", topics=["release.created"], now=moment
    )
    return {"webhook_id": webhook.pk, "message_id": send_test(actor=by, subscription=webhook, now=moment).pk}
