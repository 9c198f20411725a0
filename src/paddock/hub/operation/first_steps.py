# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a new installation needs before anybody can sign in: the company and its first administrator."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from paddock.hub.accounts.models import Grant, LegalEntity, Person, Unit
from paddock.hub.accounts.services import create_person, create_unit, grant_role
from paddock.hub.accounts.types import Role
from paddock.hub.core.actor import Actor, system

UNNAMED = "My company"
"""What the topmost unit is called until somebody gives it a name."""


def company(*, actor: Actor, name: str, now: datetime) -> Unit:
    """The topmost unit; made with a legal entity of the same name when there is none yet."""
    root = Unit.objects.filter(parent=None).order_by("path").first()
    if root is not None:
        return root
    entity, _ = LegalEntity.objects.get_or_create(name=name, defaults={"created_at": now, "country": "DE"})
    return create_unit(actor=actor, name=name, legal_entity=entity, now=now)


@transaction.atomic
def make_administrator(*, email: str, name: str, now: datetime) -> Person:
    """The person with this address, as administrator of the whole company; everything that is missing is made."""
    actor = system("paddock hub createadmin")
    root = company(actor=actor, name=settings.COMPANY or UNNAMED, now=now)
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = create_person(actor=actor, email=email, name=name, unit=root, now=now)
    if not Grant.objects.filter(person=person, role=Role.ADMINISTRATOR, unit=root, ends_on=None).exists():
        grant_role(actor=actor, person=person, role=Role.ADMINISTRATOR, unit=root, now=now)
    return person


def has_administrator() -> bool:
    """Whether anybody can administer this hub."""
    return Grant.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True, ends_on=None).exists()


def first_link(person: Person) -> str:
    """The address at which the person chooses a password; it works once, for three days."""
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    uid, _, token = key.partition("-")
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
