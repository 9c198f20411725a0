# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Making and revoking API tokens."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import ApiToken, Person, Unit
from paddock.hub.accounts.queries import digest_of
from paddock.hub.accounts.types import Permission, the_unit
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import Invalid, NotAllowed

MARK = "pdk_"
"""The beginning of every token, by which scanners for leaked secrets know it."""
LONGEST = timedelta(days=366)
"""A token that nobody renews ends within a year."""
NOTED_EVERY = timedelta(minutes=1)
"""How exact "last used" is: a program that calls a hundred times a second writes once a minute."""


@transaction.atomic
def create_token(
    *,
    actor: Actor,
    person: Person,
    name: str,
    unit: Unit,
    permissions: Iterable[str],
    expires_at: datetime,
    now: datetime,
) -> tuple[ApiToken, str]:
    """A new API token and its secret, which is kept nowhere. Raises NotFound, NotAllowed, Invalid.

    One makes tokens for oneself only, for permissions that one has in the unit, for a year at most; a program makes
    none.
    """
    chosen = sorted({str(permission) for permission in permissions})
    if actor.id != person.id:
        raise NotAllowed(_("A token acts for the person who makes it, so nobody makes one for somebody else."))
    actor.require(Permission.MANAGE_TOKENS, unit.path, see=Permission.SEE_PRODUCTS, what=the_unit(unit.name))
    missing = [permission for permission in chosen if not actor.may(permission, unit.path)]
    if missing or not chosen:
        raise Invalid(
            _("You may not give this token: %(missing)s.") % {"missing": ", ".join(missing)}
            if missing
            else _("Choose what it may do.")
        )
    if expires_at <= now:
        raise Invalid(_("The token would already have expired."))
    if expires_at > now + LONGEST:
        raise Invalid(_("A token is valid for a year at most."))
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        created_at=now, name=name, prefix=secret[:12], digest=digest_of(secret), person=person, unit=unit,
        permissions=chosen, expires_at=expires_at,
    )  # fmt: skip
    record(
        actor=actor, now=now, action="token.created", subject_type="token", subject_id=token.id, subject_name=name,
        unit_path=unit.path, details={"permissions": chosen, "prefix": token.prefix},
    )  # fmt: skip
    return token, secret


@transaction.atomic
def revoke_token(*, actor: Actor, token: ApiToken, now: datetime) -> ApiToken:
    """End a token at once and for good; one that was revoked before stays as it is.

    Raises NotFound unless it is the actor's own or the actor manages people in its unit.
    """
    if actor.person_id != token.person_id:
        actor.require(
            Permission.MANAGE_PEOPLE,
            token.unit.path,
            see=Permission.MANAGE_PEOPLE,
            what=_("the token %(token)s") % {"token": token.name},
        )
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        record(
            actor=actor, now=now, action="token.revoked", subject_type="token", subject_id=token.id,
            subject_name=token.name, unit_path=token.unit.path, details={"prefix": token.prefix},
        )  # fmt: skip
    token.refresh_from_db()
    return token


def note_token_use(*, secret: str, now: datetime) -> None:
    """Keep when the token with this secret was last used, to the minute. No record is written of each use."""
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
    ApiToken.objects.filter(stale, digest=digest_of(secret)).update(last_used_at=now)
