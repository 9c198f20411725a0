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
from paddock.hub.accounts.types import PERMISSION_LABELS, Role
from paddock.hub.pages.status import Status
from paddock.hub.pages.tables import Column, Empty, Filter, Table, nothing

HOLDERS = Mapping[UUID, list[Grant]]


def _person_address(person: Person) -> str:
    return reverse("person", args=[person.pk])


def _unit_address(unit: Unit) -> str:
    return reverse("unit", args=[unit.pk])


def _roles(person: Any) -> str:
    return ", ".join(f"{Role(grant.role).label} ({grant.unit.name})" for grant in person.roles)


def _allowed(token: ApiToken) -> str:
    return ", ".join(str(PERMISSION_LABELS.get(one, one)) for one in token.permissions)


def _by_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(is_active=value == "active")


def people_table(empty: Empty) -> Table:
    """People; the rows carry `places` and `roles` (`queries.people.with_places`)."""
    return Table(
        name="people",
        caption=gettext_lazy("People"),
        columns=(
            Column(name="name", label=_("Name"), value=lambda one: one.name, sort="name", link=_person_address),
            Column(name="email", label=_("E-mail address"), value=lambda one: one.email, sort="email"),
            Column(name="unit", label=_("Unit"), value=lambda one: ", ".join(m.unit.name for m in one.places)),
            Column(name="roles", label=_("Roles"), value=_roles),
            Column(name="kind", label=_("Kind"), value=lambda one: one.get_kind_display(), sort="kind"),
            Column(
                name="state", label=_("Account"), sort="is_active",
                value=lambda one: Status("good", _("active")) if one.is_active else Status("none", _("locked")),
            ),
        ),
        order="name",
        empty=empty,
        filters=(
            Filter(
                name="account", label=_("Account"), choices=[("active", _("active")), ("locked", _("locked"))],
                apply=_by_state,
            ),
            Filter(name="q", label=_("Name or e-mail address"), apply=people_called),
        ),
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
        columns=(
            Column(name="name", label=_("Name"), value=lambda one: one.name, sort="name", link=_unit_address),
            Column(name="responsible", label=_("Responsible"), value=lambda one: holders_of(one, holders)),
            Column(name="entity", label=_("Legal entity"), value=lambda one: one.legal_entity.name),
            Column(name="below", label=_("Units below"), value=lambda one: one.below, sort="below", number=True),
        ),
        order="name",
        empty=empty,
        filters=(Filter(name="q", label=_("Name of a unit"), apply=unit_search),),
    )


def term_state(starts_on: date, ends_on: date | None, day: date) -> str:
    """Whether a term runs on that day: "active", "ended", or "waiting" when it begins later."""
    if ends_on is not None and ends_on < day:
        return "ended"
    return "waiting" if starts_on > day else "active"


TONES = {"active": "good", "waiting": "info", "ended": "none"}


def term(row: Membership | Grant, day: date) -> Status:
    """How a term stands on that day."""
    return Status(TONES[term_state(row.starts_on, row.ends_on, day)], term_words(row.starts_on, row.ends_on, day))


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
        columns=(
            Column(
                name="person", label=_("Person"), value=lambda one: one.person.name, sort="person__name",
                link=lambda one: _person_address(one.person),
            ),
            Column(name="role", label=_("Role"), value=lambda one: Role(one.role).label, sort="role"),
            Column(
                name="deputy", label=_("Stands in for"),
                value=lambda one: one.deputy_of.person.name if one.deputy_of else "",
            ),
            Column(
                name="term", label=_("Term"), sort="ends_on",
                value=lambda one: term(one, day),
            ),
            Column(name="origin", label=_("Given by"), value=origin),
            Column(
                name="more", label=_("Deputy"), value=lambda one: _("Appoint") if held(one) else "",
                link=lambda one: reverse("role-deputy", args=[one.pk]) if held(one) else "",
            ),
            Column(
                name="end", label=_("Change"), value=lambda one: _("End") if ends(one) else "",
                link=lambda one: reverse("role-end", args=[one.pk]) if ends(one) else "",
            ),
        ),
        order="role",
        empty=empty,
        filters=(
            Filter(
                name="term", label=_("Term"), choices=[("now", _("running or to come")), ("past", _("ended"))],
                apply=running,
            ),
        ),
    )  # fmt: skip


def entities_table(*, manages: bool, empty: Empty) -> Table:
    """Legal entities; the rows carry `units`."""
    return Table(
        name="entities",
        caption=gettext_lazy("Legal entities"),
        columns=(
            Column(
                name="name", label=_("Name"), value=lambda one: one.name, sort="name",
                link=(lambda one: reverse("entity-change", args=[one.pk])) if manages else nothing,
            ),
            Column(name="country", label=_("Country"), value=lambda one: one.country, sort="country"),
            Column(name="units", label=_("Units"), value=lambda one: one.units, sort="units", number=True),
        ),
        order="name",
        empty=empty,
        filters=(
            Filter(name="q", label=_("Name"), apply=lambda rows, text: rows.filter(name__icontains=text)),
        ),
    )  # fmt: skip


def groups_table(names: Mapping[str, str], empty: Empty) -> Table:
    """Rules from groups to roles. names: provider_id to the name that people know."""
    return Table(
        name="groups",
        caption=gettext_lazy("Roles by group"),
        columns=(
            Column(name="group", label=_("Group"), value=lambda one: one.group, sort="group"),
            Column(
                name="provider", label=_("Sign-in provider"), sort="provider",
                value=lambda one: names.get(one.provider) or _("%s (not configured)") % one.provider,
            ),
            Column(name="role", label=_("Role"), value=lambda one: Role(one.role).label, sort="role"),
            Column(
                name="unit", label=_("Unit"), value=lambda one: one.unit.name, sort="unit__name",
                link=lambda one: _unit_address(one.unit),
            ),
            Column(
                name="end", label=_("Change"), value=lambda _one: _("Remove"),
                link=lambda one: reverse("group-end", args=[one.pk]),
            ),
        ),
        order="group",
        empty=empty,
        filters=(
            Filter(name="q", label=_("Group"), apply=lambda rows, text: rows.filter(group__icontains=text)),
        ),
    )  # fmt: skip


def live(token: ApiToken, moment: datetime) -> bool:
    """Whether the token lets anybody in."""
    return token.revoked_at is None and token.expires_at > moment


def validity(token: ApiToken, moment: datetime) -> Status:
    """Until when a token is valid, or since when it is not."""
    if token.revoked_at is not None:
        return Status("none", _("revoked on %s") % token.revoked_at.date())
    if token.expires_at <= moment:
        return Status("none", _("expired on %s") % token.expires_at.date())
    return Status("good", _("until %s") % token.expires_at.date())


def tokens_table(moment: datetime, empty: Empty) -> Table:
    """One's own tokens."""
    return Table(
        name="tokens",
        caption=gettext_lazy("API tokens"),
        columns=(
            Column(name="name", label=_("Name"), value=lambda one: f"{one.name} ({one.prefix}…)", sort="name"),
            Column(name="unit", label=_("Unit"), value=lambda one: one.unit.name, sort="unit__name"),
            Column(name="may", label=_("May"), value=_allowed),
            Column(
                name="state", label=_("Valid"), value=lambda one: validity(one, moment), sort="expires_at",
            ),
            Column(
                name="used", label=_("Last used"), sort="last_used_at",
                value=lambda one: one.last_used_at or _("never"),
            ),
            Column(
                name="revoke", label=_("Change"), value=lambda one: _("Revoke") if live(one, moment) else "",
                link=lambda one: reverse("token-revoke", args=[one.pk]) if live(one, moment) else "",
            ),
        ),
        order="name",
        empty=empty,
    )  # fmt: skip
