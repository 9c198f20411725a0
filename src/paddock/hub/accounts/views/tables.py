# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The lists of this room, as the pages show and export them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paddock.hub.accounts.models import ApiToken, Grant, Membership, Person, Unit
from paddock.hub.accounts.queries import people_called
from paddock.hub.accounts.queries.units import unit_search
from paddock.hub.accounts.types import Role
from paddock.hub.pages.tables import Column, Empty, Filter, Table

HOLDERS = Mapping[UUID, list[Grant]]


def _person_address(person: Person) -> str:
    return reverse("person", args=[person.pk])


def _unit_address(unit: Unit) -> str:
    return reverse("unit", args=[unit.pk])


def _roles(person: Any) -> str:
    return ", ".join(f"{Role(grant.role).label} ({grant.unit.name})" for grant in person.roles)


def _by_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(is_active=value == "active")


def people_table(empty: Empty) -> Table:
    """People; the rows carry `places` and `roles` (`queries.people.with_places`)."""
    return Table(
        name="people",
        caption=gettext_lazy("People"),
        columns=[
            Column(name="name", title=_("Name"), value=lambda one: one.name, order=("name",), link=_person_address),
            Column(name="email", title=_("E-mail address"), value=lambda one: one.email, order=("email",)),
            Column(name="unit", title=_("Unit"), value=lambda one: ", ".join(m.unit.name for m in one.places)),
            Column(name="roles", title=_("Roles"), value=_roles),
            Column(name="kind", title=_("Kind"), value=lambda one: one.get_kind_display(), order=("kind",)),
            Column(
                name="state", title=_("Account"), order=("is_active",),
                value=lambda one: _("active") if one.is_active else _("locked"),
                status=lambda one: "active" if one.is_active else "ended",
            ),
        ],
        sort="name",
        empty=empty,
        filters=[
            Filter(
                name="account", title=_("Account"), choices=[("active", _("active")), ("locked", _("locked"))],
                apply=_by_state,
            )
        ],
        search=people_called,
        search_label=gettext_lazy("Name or e-mail address"),
    )  # fmt: skip


def holders_of(unit: Unit, holders: HOLDERS) -> str:
    """Who is responsible, in words: "Vera Ohm (FOSS coordinator), Tim Au (deputy)"."""
    found = holders.get(unit.pk, [])
    return ", ".join(
        f"{grant.person.name} ({_('deputy') if grant.deputy_of_id else Role(grant.role).label})" for grant in found
    )


def units_table(holders: HOLDERS, empty: Empty) -> Table:
    """Units; the rows carry `below`, how many units each has directly below."""
    return Table(
        name="units",
        caption=gettext_lazy("Units"),
        columns=[
            Column(name="name", title=_("Name"), value=lambda one: one.name, order=("name",), link=_unit_address),
            Column(name="responsible", title=_("Responsible"), value=lambda one: holders_of(one, holders)),
            Column(name="entity", title=_("Legal entity"), value=lambda one: one.legal_entity.name),
            Column(name="below", title=_("Units below"), value=lambda one: one.below, order=("below",), numeric=True),
        ],
        sort="name",
        empty=empty,
        search=unit_search,
        search_label=gettext_lazy("Name of a unit"),
    )


def term_state(starts_on: date, ends_on: date | None, day: date) -> str:
    """Whether a term runs on that day: "active", "ended", or "waiting" when it begins later."""
    if ends_on is not None and ends_on < day:
        return "ended"
    return "waiting" if starts_on > day else "active"


def term(row: Membership | Grant, day: date) -> tuple[str, str]:
    """State and words of a term on that day."""
    return term_state(row.starts_on, row.ends_on, day), term_words(row.starts_on, row.ends_on, day)


def term_words(starts_on: date, ends_on: date | None, day: date) -> str:
    """The same in words, with the day that matters."""
    state = term_state(starts_on, ends_on, day)
    if state == "ended":
        return _("ended on %s") % ends_on
    if state == "waiting":
        return _("from %s") % starts_on
    return _("until %s") % ends_on if ends_on else _("open")


def roles_table(day: date, giveable: frozenset[str], empty: Empty) -> Table:
    """Grants of one unit. giveable: the roles that the actor may end."""

    def ends(grant: Grant) -> bool:
        return grant.role in giveable and grant.origin == "hub" and term_state(
            grant.starts_on, grant.ends_on, day
        ) != "ended"  # fmt: skip

    def held(grant: Grant) -> bool:
        return ends(grant) and grant.deputy_of_id is None

    def origin(grant: Grant) -> str:
        if grant.origin != "hub":
            return _("group of %s") % grant.origin
        return grant.granted_by.name if grant.granted_by else _("the hub")

    def running(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        unended = Q(ends_on=None) | Q(ends_on__gte=day)
        return rows.filter(unended if value == "now" else ~unended)

    return Table(
        name="roles",
        caption=gettext_lazy("Roles"),
        columns=[
            Column(
                name="person", title=_("Person"), value=lambda one: one.person.name, order=("person__name",),
                link=lambda one: _person_address(one.person),
            ),
            Column(name="role", title=_("Role"), value=lambda one: Role(one.role).label, order=("role",)),
            Column(
                name="deputy", title=_("Stands in for"),
                value=lambda one: one.deputy_of.person.name if one.deputy_of else "",
            ),
            Column(
                name="term", title=_("Term"), order=("ends_on",),
                value=lambda one: term_words(one.starts_on, one.ends_on, day),
                status=lambda one: term_state(one.starts_on, one.ends_on, day),
            ),
            Column(name="origin", title=_("Given by"), value=origin),
            Column(
                name="more", title=_("Deputy"), value=lambda one: _("Appoint") if held(one) else "",
                link=lambda one: reverse("role-deputy", args=[one.pk]) if held(one) else "",
            ),
            Column(
                name="end", title=_("Change"), value=lambda one: _("End") if ends(one) else "",
                link=lambda one: reverse("role-end", args=[one.pk]) if ends(one) else "",
            ),
        ],
        sort="role",
        empty=empty,
        filters=[
            Filter(
                name="term", title=_("Term"), choices=[("now", _("running or to come")), ("past", _("ended"))],
                apply=running,
            )
        ],
    )  # fmt: skip


def entities_table(*, manages: bool, empty: Empty) -> Table:
    """Legal entities; the rows carry `units`."""
    return Table(
        name="entities",
        caption=gettext_lazy("Legal entities"),
        columns=[
            Column(
                name="name", title=_("Name"), value=lambda one: one.name, order=("name",),
                link=(lambda one: reverse("entity-change", args=[one.pk])) if manages else None,
            ),
            Column(name="country", title=_("Country"), value=lambda one: one.country, order=("country",)),
            Column(name="units", title=_("Units"), value=lambda one: one.units, order=("units",), numeric=True),
        ],
        sort="name",
        empty=empty,
        search=lambda rows, text: rows.filter(name__icontains=text),
        search_label=gettext_lazy("Name of a legal entity"),
    )  # fmt: skip


def groups_table(names: Mapping[str, str], empty: Empty) -> Table:
    """Rules from groups to roles. names: provider_id to the name that people know."""
    return Table(
        name="groups",
        caption=gettext_lazy("Roles by group"),
        columns=[
            Column(name="group", title=_("Group"), value=lambda one: one.group, order=("group",)),
            Column(
                name="provider", title=_("Sign-in provider"), order=("provider",),
                value=lambda one: names.get(one.provider) or _("%s (not configured)") % one.provider,
            ),
            Column(name="role", title=_("Role"), value=lambda one: Role(one.role).label, order=("role",)),
            Column(
                name="unit", title=_("Unit"), value=lambda one: one.unit.name, order=("unit__name",),
                link=lambda one: _unit_address(one.unit),
            ),
            Column(
                name="end", title=_("Change"), value=lambda _one: _("Remove"),
                link=lambda one: reverse("group-end", args=[one.pk]),
            ),
        ],
        sort="group",
        empty=empty,
        search=lambda rows, text: rows.filter(group__icontains=text),
        search_label=gettext_lazy("Name of a group"),
    )  # fmt: skip


def token_state(token: ApiToken, moment: datetime) -> str:
    """ "active" or "ended"."""
    return "active" if token.revoked_at is None and token.expires_at > moment else "ended"


def tokens_table(moment: datetime, empty: Empty) -> Table:
    """One's own tokens."""

    def words(token: ApiToken) -> str:
        if token.revoked_at is not None:
            return _("revoked on %s") % token.revoked_at.date()
        kind = _("expired on %s") if token.expires_at <= moment else _("until %s")
        return kind % token.expires_at.date()

    def live(token: ApiToken) -> bool:
        return token_state(token, moment) == "active"

    return Table(
        name="tokens",
        caption=gettext_lazy("API tokens"),
        columns=[
            Column(name="name", title=_("Name"), value=lambda one: f"{one.name} ({one.prefix}…)", order=("name",)),
            Column(name="unit", title=_("Unit"), value=lambda one: one.unit.name, order=("unit__name",)),
            Column(name="may", title=_("May"), value=lambda one: ", ".join(one.permissions)),
            Column(
                name="state", title=_("Valid"), value=words, order=("expires_at",),
                status=lambda one: token_state(one, moment),
            ),
            Column(
                name="used", title=_("Last used"), order=("last_used_at",),
                value=lambda one: one.last_used_at or _("never"),
            ),
            Column(
                name="revoke", title=_("Change"), value=lambda one: _("Revoke") if live(one) else "",
                link=lambda one: reverse("token-revoke", args=[one.pk]) if live(one) else "",
            ),
        ],
        sort="name",
        empty=empty,
    )  # fmt: skip
