# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The link with which somebody comes in for the first time, or back in."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import Person
from paddock.hub.accounts.permissions import require_governs_person
from paddock.hub.accounts.services.people import place_of
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import Invalid


@transaction.atomic
def make_link(*, actor: Actor, person: Person, now: datetime) -> str:
    """The address at which the person chooses a password; it works once, for three days, and is kept nowhere.

    Raises NotFound, NotAllowed unless the actor governs the whole account (the link is as good as its password),
    Invalid for an account that is locked.
    """
    require_governs_person(actor, person, now)
    if not person.is_active:
        raise Invalid(_("The account of %(person)s is locked. Unlock it first.") % {"person": person.name})
    key = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    record(
        actor=actor, now=now, action="person.link-made", subject_type="person", subject_id=person.id,
        subject_name=person.name, unit_path=place_of(person),
    )  # fmt: skip
    return settings.BASE_URL + path
