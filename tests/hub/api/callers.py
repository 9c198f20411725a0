# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs that call the API for the people of the company."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from paddock.hub.accounts.models import ApiToken, Person, Unit
from paddock.hub.accounts.queries import actor_for, digest_of
from paddock.hub.accounts.services import create_token
from paddock.hub.accounts.types import PERMISSIONS, Permission, Role
from paddock.hub.core.clock import now
from tests.hub.company import Company

ROLES = {"admin": Role.ADMINISTRATOR, "owner": Role.PRODUCT_OWNER, "colleague": Role.DEVELOPER}


@dataclass
class Caller:
    """A client that sends a token, or none."""

    secret: str = ""
    client: Client = field(default_factory=Client)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request; body: of JSON. headers: as `if_match`."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret and "X-Api-Key" not in sent:
            sent["Authorization"] = f"Bearer {self.secret}"
        if body is None:
            return self.client.generic(method, path, headers=sent)
        return self.client.generic(method, path, json.dumps(body), content_type="application/json", headers=sent)

    def upload(self, path: str, fields: dict[str, Any]) -> HttpResponse:
        """A form with a file."""
        headers = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        answer: Any = self.client.post(path, fields, headers=headers)
        return answer


def give_token(person: Person, unit: Unit, permissions: frozenset[Permission]) -> tuple[ApiToken, str]:
    """A token of a person with all that they may in the unit."""
    moment = now()
    actor = actor_for(person, moment)
    if not actor.may(Permission.MANAGE_TOKENS, unit.path):
        # Whoever may not make tokens has one all the same here: what it may is bounded when it is used.
        return _granted(person, unit, permissions)
    return create_token(
        actor=actor, person=person, name="build", unit=unit, permissions=permissions,
        expires_at=moment + timedelta(days=30), now=moment,
    )  # fmt: skip


def _granted(person: Person, unit: Unit, permissions: frozenset[Permission]) -> tuple[ApiToken, str]:
    secret = f"pdk_{person.id}"
    token = ApiToken.objects.create(
        created_at=now(), name="build", prefix=secret[:12], digest=digest_of(secret), person=person, unit=unit,
        permissions=sorted(permissions), expires_at=now() + timedelta(days=30),
    )  # fmt: skip
    return token, secret


def caller(company: Company, who: str) -> Caller:
    """A program of the person with this name, for all that their role carries in the unit where they have it."""
    if who == "anonymous":
        return Caller()
    places = {"admin": company.root, "auditor": company.root, "stranger": company.cloud, "nobody": company.cloud}
    roles = {**ROLES, "stranger": Role.DEVELOPER, "auditor": Role.AUDITOR, "nobody": Role.DEVELOPER}
    _, secret = give_token(getattr(company, who), places.get(who, company.cockpit), PERMISSIONS[roles[who]])
    return Caller(secret)
