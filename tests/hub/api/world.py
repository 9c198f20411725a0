# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One of everything that the API has addresses for, in the unit Cockpit."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from paddock.hub.accounts.models import ApiToken
from paddock.hub.accounts.queries import actor_for
from paddock.hub.accounts.services import create_token
from paddock.hub.accounts.types import Permission
from paddock.hub.components.models import Package
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import now
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.products.models import Product, Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.models import Intake
from paddock.hub.scans.services import hand_in_document
from paddock.hub.webhooks.models import Message, Subscription
from paddock.hub.webhooks.services import create_subscription, send_test
from tests.hub.company import MOMENT, Company

BILL = b"""{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [
  {"type": "library", "name": "left-pad", "version": "1.3.0", "purl": "pkg:npm/left-pad@1.3.0",
   "licenses": [{"license": {"id": "MIT"}}]}]}"""


@dataclass
class World:
    """What is there."""

    company: Company
    product: Product
    release: Release
    intake: Intake
    policy: Policy
    subscription: Subscription
    message: Message
    token: ApiToken
    package: Package

    def path_values(self) -> dict[str, Any]:
        """For each name in an address, the id of the thing that is there. The token is the administrator's own."""
        return {
            "product_id": str(self.product.id),
            "release_id": str(self.release.id),
            "intake_id": str(self.intake.id),
            "unit_id": str(self.company.cockpit.id),
            "person_id": str(self.company.owner.id),
            "token_id": str(self.token.id),
            "policy_id": str(self.policy.id),
            "number": 1,
            "webhook_id": str(self.subscription.id),
            "message_id": str(self.message.id),
            "package_id": self.package.pk,
        }


def build_world(company: Company) -> World:
    """Make one of everything."""
    admin = actor_for(company.admin, now())
    product = create_product(actor=admin, name="Cluster", unit=company.cockpit, now=MOMENT)
    release = create_release(actor=admin, product=product, name="1.0", now=MOMENT)
    intake = hand_in_document(actor=admin, release=release, content=BILL, filename="bom.json", now=MOMENT)
    policy = Policy.objects.create(created_at=MOMENT, name="Cockpit", unit=company.cockpit)
    PolicyVersion.objects.create(created_at=MOMENT, policy=policy, number=1, content="", sha256="0" * 64)
    subscription, _ = create_subscription(
        actor=admin, unit=company.cockpit, url="https://ci.example.com/hook", topics=["release.evaluated"], now=MOMENT
    )
    message = send_test(actor=admin, subscription=subscription, now=MOMENT)
    return World(
        company, product, release, intake, policy, subscription, message, _token(company, admin),
        Package.objects.create(purl="pkg:npm/lodash", type="npm", name="lodash"),
    )  # fmt: skip


def _token(company: Company, admin: Actor) -> ApiToken:
    token, _ = create_token(
        actor=admin, person=company.admin, name="spare", unit=company.root, permissions=[Permission.SEE_PRODUCTS],
        expires_at=now() + timedelta(days=1), now=now(),
    )  # fmt: skip
    return token
