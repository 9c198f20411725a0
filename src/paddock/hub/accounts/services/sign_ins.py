# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What goes into the record about signing in: who came in and how, what was refused, what changed about an account's
security. Never a password, a code or a token."""

from datetime import datetime

from paddock.hub.accounts.models import Person
from paddock.hub.accounts.queries import root_path
from paddock.hub.accounts.services.people import place_of
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor, ActorKind, system


def _record(person: Person, action: str, now: datetime, **details: str) -> None:
    record(
        actor=Actor(ActorKind.PERSON, person.id, person.name, person_id=person.id), now=now, action=action,
        subject_type="person", subject_id=person.id, subject_name=person.name, unit_path=place_of(person),
        details=details,
    )  # fmt: skip


def note_sign_in(*, person: Person, way: str, now: datetime) -> None:
    """Somebody signed in; way: "password", "password, totp", "webauthn", or the name of a directory."""
    _record(person, "person.signed-in", now, way=way)


def note_security_change(*, person: Person, change: str, now: datetime) -> None:
    """Somebody changed how they prove who they are; change: "password_changed", "totp_activated" and the like."""
    _record(person, f"person.{change.replace('_', '-')}", now)


def note_sign_in_refused(*, email: str, now: datetime) -> None:
    """A password was wrong. About an account that does not exist nothing is kept: people mistype passwords there."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is not None:
        record(
            actor=system("sign-in"), now=now, action="person.sign-in-refused", subject_type="person",
            subject_id=person.id, subject_name=person.name, unit_path=place_of(person) or root_path(),
        )  # fmt: skip
