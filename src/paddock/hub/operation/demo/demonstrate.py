# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The whole demonstration in order: is the hub empty, who is there, what happens, and with what people sign in."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from paddock.hub.accounts.models import Person, Unit
from paddock.hub.accounts.types import Role
from paddock.hub.core.actor import system
from paddock.hub.core.errors import HubError
from paddock.hub.operation.demo.people import found_company
from paddock.hub.operation.demo.portfolio import Tale
from paddock.hub.operation.demo.story import Organisation, organisation, portfolio
from paddock.hub.products.models import Product

Progress = Callable[[str, int, int], None]
"""Called with (what is done, done, total)."""
PASSWORD_BYTES = 12


class NotEmpty(HubError):
    """The hub holds something that is not the demonstration's."""

    title = "Not empty"
    status = 409


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody to sign in as, and the role by which they are shown."""

    email: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What a person is told: whom to sign in as, and the password of them all, made at random just now."""

    made: bool
    accounts: tuple[Account, ...]
    password: str


def demonstrate(*, now: datetime, progress: Progress) -> Demonstration:
    """Found the company in an empty hub, or leave it as it is where it stands already; a new password in both cases.

    Everything happens in one transaction: whoever interrupts it has an empty hub again. Raises NotEmpty.
    """
    plan = organisation()
    with transaction.atomic():
        there = is_there(plan)
        if not there:
            require_empty()
            _tell(plan, now, progress)
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        return Demonstration(not there, _accounts(plan, password), password)


def is_there(plan: Organisation) -> bool:
    """Whether the demonstration's people and products are in the hub."""
    addresses = [person.email for person in plan.people]
    return Person.objects.filter(email__in=addresses).count() == len(addresses) and Product.objects.exists()


def require_empty() -> None:
    """Raise NotEmpty unless there is nothing but, at most, the company itself and its administrators."""
    found = [
        word
        for word, there in (
            ("products", Product.objects.exists()),
            ("units", Unit.objects.exclude(parent=None).exists()),
            ("people", Person.objects.exclude(grants__role=Role.ADMINISTRATOR).exists()),
        )
        if there
    ]
    if found:
        raise NotEmpty(
            f"This hub holds {' and '.join(found)} already. The demonstration goes into an empty one only: set "
            "PADDOCK_HUB_FOLDER to another folder, or DATABASE_URL to an empty database. Nothing was changed."
        )


def _tell(plan: Organisation, now: datetime, progress: Progress) -> None:
    midday = now.replace(hour=10, minute=0, second=0, microsecond=0)

    def at(days: int) -> datetime:
        return midday - timedelta(days=days)

    progress("people", 0, 1)
    cast = found_company(plan, actor=system("paddock hub demo"), at=at)
    steps = Tale(portfolio(), cast, at).steps()
    for number, (_, what, do) in enumerate(steps):
        progress(what, number, len(steps))
        do()
    progress("done", len(steps), len(steps))


def _accounts(plan: Organisation, password: str) -> tuple[Account, ...]:
    """Set everybody's password; the first person of each role, in the order of the data file."""
    everybody = Person.objects.filter(email__in=[one.email for one in plan.people])
    everybody.update(password=make_password(password))  # hashed once: that it is the same is told to everybody anyway
    shown: dict[str, Account] = {}
    for one in plan.people:
        for role in one.roles:
            shown.setdefault(role.role, Account(one.email, one.name, str(Role(role.role).label)))
    return tuple(shown.values())
