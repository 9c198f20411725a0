# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Who does something, as a frozen value: services and queries decide by it and never look anything up themselves."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from paddock.hub.core.errors import NotAllowed, NotFound


class ActorKind(StrEnum):
    """PERSON: signed in. PROGRAM: one with an API token. SYSTEM: the hub itself, by a schedule or a policy."""

    PERSON = "person"
    PROGRAM = "program"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody may do in one organisation unit and everything below it.

    unit_path: see `accounts.models.Unit.path`; "" is the whole company. permissions: values of
    `accounts.types.Permission`.
    """

    unit_path: str
    permissions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with every right already resolved for the day of the request.

    id: of the person or the token; None for the hub itself. person_id: the person, for a program its maker.
    """

    kind: ActorKind
    id: UUID | None
    name: str
    rights: tuple[Right, ...] = ()
    person_id: UUID | None = None
    request_id: str = ""

    def may(self, permission: str, unit_path: str) -> bool:
        """Whether the permission holds in the unit with this path."""
        if self.kind is ActorKind.SYSTEM:
            return True
        return any(permission in right.permissions and unit_path.startswith(right.unit_path) for right in self.rights)

    def may_somewhere(self, permission: str) -> bool:
        """Whether the permission holds in any unit at all: what decides if a menu entry or a button is shown."""
        return self.kind is ActorKind.SYSTEM or any(permission in right.permissions for right in self.rights)

    def reach(self, permission: str) -> tuple[str, ...]:
        """The paths of the units in which (and below which) the permission holds; the shortest ones only, sorted."""
        if self.kind is ActorKind.SYSTEM:
            return ("",)
        paths = sorted({right.unit_path for right in self.rights if permission in right.permissions})
        return tuple(path for path in paths if not any(path != up and path.startswith(up) for up in paths))

    def within(self, permission: str, field: str = "unit__path") -> Q:
        """The condition that keeps the rows in reach; `field` leads to the path of a row's unit."""
        reach = self.reach(permission)
        if "" in reach:
            return ~Q(pk__in=())  # not Q(): `Q() | other` is `other`
        condition = Q(pk__in=())
        for path in reach:
            condition |= Q(**{f"{field}__startswith": path})
        return condition

    def require(self, permission: str, unit_path: str, *, see: str, what: str) -> None:
        """Raise NotFound when the actor may not even know of the thing (permission `see`), NotAllowed otherwise.

        what: the thing in the message, as in "the release 4.2 of Cockpit", in the reader's language.
        """
        if self.may(permission, unit_path):
            return
        if not self.may(see, unit_path):
            raise NotFound(_("There is no such thing as %(what)s, or you may not see it.") % {"what": what})
        raise NotAllowed(
            _("You may see %(what)s, but not do this to it. Ask the person responsible for its unit.") % {"what": what}
        )


def system(name: str) -> Actor:
    """The hub itself acting; `name` says by what: "schedule", "policy 3 of Cars"."""
    return Actor(ActorKind.SYSTEM, None, name)
