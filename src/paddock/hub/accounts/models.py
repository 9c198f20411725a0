# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of people and of the organisation they work in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Lower

from paddock.hub.accounts.types import PersonKind, Role
from paddock.hub.core.models import Record, new_id


class LegalEntity(Record):
    """A company of the group: who is liable. country: two letters (ISO 3166-1)."""

    name = models.CharField(max_length=200, unique=True)
    country = models.CharField(max_length=2)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"


class Unit(Record):
    """A node of the organisation's tree.

    path: the steps from the root, each of eight characters and a slash ("0000002a/0000002b/"), so that everything
    below a
    unit is found by the beginning of its path; a unit that moves takes its subtree along.
    """

    name = models.CharField(max_length=200)
    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=180, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["path"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_in_parent", nulls_distinct=False)
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(OpClass("path", name="text_pattern_ops"), name="unit_path_prefix")
        ]


class People(BaseUserManager["Person"]):
    """Finds people by what they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this address, however it is capitalised. Raises Person.DoesNotExist."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an account. email: what they sign in with, unique without regard to case.

    language: "en" or "de"; theme: "auto", "light" or "dark".
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField()
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=PersonKind, default=PersonKind.EMPLOYEE)
    language = models.CharField(max_length=8, default="en")
    theme = models.CharField(max_length=8, default="auto")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[People] = People()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "email"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="person_email_once")
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """What pages show."""
        return self.name

    def get_short_name(self) -> str:
        """The first part of the name, for greetings."""
        return self.name.split(" ", 1)[0]


class Membership(Record):
    """A person works in a unit, from one day until another (None: open)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            )
        ]


class Grant(Record):
    """A role that a person has in a unit and everything below it, for a term.

    deputy_of: the grant whose holder this person stands in for. origin: "hub", or the name of the directory whose
    groups
    gave the role, which then alone takes it away again.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    deputy_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="deputies")
    origin = models.CharField(max_length=100, default="hub")
    granted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person", "ends_on"], name="grant_of_person")]


class GroupMapping(Record):
    """Whoever signs in through this provider and is in this group has the role in the unit.

    provider: the provider_id of the file that PADDOCK_HUB_SIGN_IN names. group: exactly as the provider writes it.
    """

    provider = models.CharField(max_length=100)
    group = models.CharField(max_length=300)
    role = models.CharField(max_length=40, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["provider", "group", "role"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["provider", "group", "role", "unit"], name="group_mapping_once")
        ]


class ApiToken(Record):
    """What a program signs in with. The secret is shown once; only its SHA-256 is kept.

    prefix: its first characters, by which people and logs tell tokens apart. unit: what it reaches, with everything
    below.
    permissions: never more than its maker has at the moment of use.
    """

    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    permissions = ArrayField(models.CharField(max_length=40))
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
