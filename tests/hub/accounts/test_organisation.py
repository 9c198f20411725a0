# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Units, people, roles and tokens change as they should, and only by whom they should."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from paddock.hub.accounts import services
from paddock.hub.accounts.models import ApiToken, Grant, Membership, Person, Unit
from paddock.hub.accounts.queries import actor_for_token, unit_named
from paddock.hub.accounts.types import Permission, Role
from paddock.hub.audit.models import Entry
from paddock.hub.core.actor import system
from paddock.hub.core.clock import now, today
from paddock.hub.core.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from tests.hub.company import MOMENT, Company

SignIn = Callable[..., Client]


def last_action() -> str:
    return Entry.objects.order_by("-id").values_list("action", flat=True)[0]


def test_a_path_that_a_unit_had_is_never_given_again(company: Company) -> None:
    by = system("tests")
    old = services.create_unit(actor=by, name="Radio", parent=company.cars, now=MOMENT).path
    services.move_unit(actor=by, unit=Unit.objects.get(name="Radio"), parent=company.cloud, now=MOMENT)
    new = services.create_unit(actor=by, name="Seats", parent=company.cars, now=MOMENT).path
    assert new != old
    assert Unit.objects.get(name="Radio").path == company.cloud.path + old[-9:]


def test_names_of_neighbours_differ_when_units_are_renamed_and_moved(company: Company) -> None:
    by = system("tests")
    twin = services.create_unit(actor=by, name="Cockpit", parent=company.cloud, now=MOMENT)
    with pytest.raises(Invalid, match="already has a unit"):
        services.move_unit(actor=by, unit=company.cockpit, parent=company.cloud, now=MOMENT)
    services.create_unit(actor=by, name="Edge", parent=company.cloud, now=MOMENT)
    with pytest.raises(Invalid, match="already is a unit"):
        services.rename_unit(actor=by, unit=twin, name="Edge", now=MOMENT)
    stale = Unit.objects.get(pk=twin.pk)
    services.rename_unit(actor=by, unit=twin, name="Dashboard", now=MOMENT)
    with pytest.raises(ChangedMeanwhile):
        services.rename_unit(actor=by, unit=stale, name="Board", now=MOMENT)


def test_a_unit_is_named_by_its_full_name_where_its_name_is_not_enough(company: Company) -> None:
    actor = company.actor(company.admin)
    services.create_unit(actor=actor, name="Cockpit", parent=company.cloud, now=MOMENT)
    with pytest.raises(NotFound, match="Several units"):
        unit_named(actor, Permission.SEE_PRODUCTS, "cockpit")
    arrow = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
    full = f"Halden Mobility {arrow} Cars {arrow} Cockpit"
    assert unit_named(actor, Permission.SEE_PRODUCTS, full).pk == company.cockpit.pk
    with pytest.raises(NotFound):
        unit_named(company.actor(company.stranger), Permission.SEE_PRODUCTS, full)


def test_nobody_gives_what_they_may_not_do_themselves(company: Company) -> None:
    coordinator = company.actor(company.coordinator)
    for role in (Role.COMPLIANCE_OFFICER, Role.LEGAL, Role.SECURITY, Role.AUDITOR, Role.OFFICE_HEAD):
        with pytest.raises(NotAllowed):
            services.grant_role(actor=coordinator, person=company.colleague, role=role, unit=company.cars, now=MOMENT)
    given = services.grant_role(
        actor=coordinator, person=company.colleague, role=Role.AMBASSADOR, unit=company.cars, now=MOMENT
    )
    assert given.granted_by_id == company.coordinator.pk


def test_a_coordinator_cannot_take_over_an_account_that_may_more(company: Company) -> None:
    by, coordinator = system("tests"), company.actor(company.coordinator)
    services.join_unit(actor=by, person=company.admin, unit=company.cars, now=MOMENT)
    for attempt in (services.make_link, services.deactivate_person):
        with pytest.raises(NotAllowed):
            attempt(actor=coordinator, person=company.admin, now=MOMENT)
    with pytest.raises(NotAllowed):
        services.change_person(
            actor=coordinator, person=company.admin, email="mine@x.example", name="Admin", kind="employee", now=MOMENT
        )
    assert "/password/reset/key/" in services.make_link(actor=coordinator, person=company.colleague, now=MOMENT)


def test_a_deputy_goes_when_the_holder_goes(company: Company) -> None:
    by = system("tests")
    grant = company.coordinator.grants.get()
    deputy = services.appoint_deputy(actor=by, grant=grant, person=company.owner, now=MOMENT)
    assert company.actor(company.owner).may(Permission.MANAGE_PEOPLE, company.cars.path)
    with pytest.raises(Invalid):
        services.appoint_deputy(actor=by, grant=deputy, person=company.colleague, now=MOMENT)
    services.end_role(actor=by, grant=grant, now=MOMENT)
    assert not company.actor(company.owner).may(Permission.MANAGE_PEOPLE, company.cars.path)
    assert not company.actor(company.coordinator).rights


def test_a_role_ends_after_its_last_day(company: Company) -> None:
    grant, last = company.owner.grants.get(), today(MOMENT) + timedelta(days=3)
    services.end_role(actor=system("tests"), grant=grant, ends_on=last, now=MOMENT)
    assert company.actor(company.owner, MOMENT + timedelta(days=3)).rights
    assert not company.actor(company.owner, MOMENT + timedelta(days=4)).rights
    with pytest.raises(Invalid):
        services.end_role(actor=system("tests"), grant=grant, ends_on=last + timedelta(days=1), now=MOMENT)


def test_a_role_of_a_directory_is_ended_by_the_directory_alone(company: Company) -> None:
    services.map_group(
        actor=system("tests"), provider="company", group="g", role=Role.DEVELOPER, unit=company.cloud, now=MOMENT
    )
    assert services.follow_groups(person=company.nobody, provider="company", groups=["g"], now=MOMENT) == (1, 0)
    with pytest.raises(Invalid, match="group in company"):
        services.end_role(actor=system("tests"), grant=company.nobody.grants.get(), now=MOMENT)
    assert services.follow_groups(person=company.nobody, provider="other", groups=[], now=MOMENT) == (0, 0)
    assert services.follow_groups(person=company.nobody, provider="company", groups=[], now=MOMENT) == (0, 1)


def test_locking_an_account_ends_everything_it_had_and_unlocking_gives_no_role_back(company: Company) -> None:
    admin = company.actor(company.admin)
    _, secret = services.create_token(
        actor=company.actor(company.owner), person=company.owner, name="CI", unit=company.cockpit,
        permissions=[Permission.UPLOAD], expires_at=MOMENT + timedelta(days=9), now=MOMENT,
    )  # fmt: skip
    services.deactivate_person(actor=admin, person=company.owner, now=MOMENT)
    assert actor_for_token(secret, MOMENT) is None
    assert not Grant.objects.filter(person=company.owner, ends_on=None).exists()
    assert Membership.objects.get(person=company.owner).ends_on == today(MOMENT)
    services.reactivate_person(actor=admin, person=company.owner, unit=company.cockpit, now=MOMENT)
    assert actor_for_token(secret, MOMENT) is None
    assert not company.actor(Person.objects.get(pk=company.owner.pk)).rights
    assert last_action() == "person.reactivated"
    with pytest.raises(NotAllowed):
        services.deactivate_person(actor=admin, person=company.admin, now=MOMENT)


def test_memberships_do_not_overlap(company: Company) -> None:
    by, day = system("tests"), today(MOMENT)
    with pytest.raises(Invalid, match="already belongs"):
        services.join_unit(actor=by, person=company.owner, unit=company.cockpit, now=MOMENT)
    services.end_membership(actor=by, membership=company.owner.memberships.get(), ends_on=day, now=MOMENT)
    next_day = day + timedelta(days=1)
    services.join_unit(actor=by, person=company.owner, unit=company.cockpit, starts_on=next_day, now=MOMENT)
    with pytest.raises(Invalid, match="before it begins"):
        services.join_unit(actor=by, person=company.owner, unit=company.cloud, ends_on=day - timedelta(1), now=MOMENT)


def test_a_token_is_revoked_at_once_and_its_use_is_noted_once_a_minute(company: Company) -> None:
    owner = company.actor(company.owner)
    token, secret = services.create_token(
        actor=owner, person=company.owner, name="CI", unit=company.cockpit, permissions=[Permission.UPLOAD],
        expires_at=MOMENT + timedelta(days=9), now=MOMENT,
    )  # fmt: skip
    for seconds in (0, 30, 59):
        services.note_token_use(secret=secret, now=MOMENT + timedelta(seconds=seconds))
        assert ApiToken.objects.get().last_used_at == MOMENT
    services.note_token_use(secret=secret, now=MOMENT + timedelta(seconds=61))
    assert ApiToken.objects.get().last_used_at == MOMENT + timedelta(seconds=61)
    with pytest.raises(NotFound):
        services.revoke_token(actor=company.actor(company.stranger), token=token, now=MOMENT)
    services.revoke_token(actor=owner, token=token, now=MOMENT)
    assert actor_for_token(secret, MOMENT) is None
    with pytest.raises(Invalid, match="a year"):
        services.create_token(
            actor=owner, person=company.owner, name="CI", unit=company.cockpit, permissions=[Permission.UPLOAD],
            expires_at=MOMENT + timedelta(days=400), now=MOMENT,
        )  # fmt: skip


def test_settings_hold_for_the_page_that_follows(company: Company, signed_in: SignIn) -> None:
    client = signed_in(company.nobody)
    assert '<html lang="en"' in client.get("/settings/").content.decode()
    client.post("/settings/", {"name": "Nomen Nescio", "language": "de", "theme": "dark"})
    page = client.get("/settings/").content.decode()
    assert '<html lang="de" data-theme="dark">' in page
    assert "Nomen Nescio" in page
    refused = client.post("/settings/", {"name": "", "language": "xx", "theme": "dark"})
    assert refused.status_code == 422


def test_what_is_typed_wrong_comes_back_with_the_place(company: Company, signed_in: SignIn) -> None:
    client = signed_in(company.admin)
    form = {"name": "X", "email": "OWNER@halden.example", "kind": "employee", "unit": "Cockpit"}
    answer = client.post("/people/invite/", form)
    assert answer.status_code == 422
    assert "already is an account" in answer.content.decode()
    answer = client.post("/people/invite/", form | {"email": "x", "unit": "Nowhere", "kind": "alien"})
    assert answer.status_code == 422
    assert {"email", "unit", "kind"} <= set(answer.context["form"].errors)
    assert Person.objects.count() == 7


def test_what_happened_to_somebody_in_another_unit_shows_to_its_readers_alone(
    company: Company, signed_in: SignIn
) -> None:
    by = system("tests")
    services.grant_role(actor=by, person=company.nobody, role=Role.STREAM_LEAD, unit=company.cars, now=now())
    services.grant_role(actor=by, person=company.owner, role=Role.AMBASSADOR, unit=company.cloud, now=now())
    address = f"/people/{company.owner.pk}/activity/"
    lead = signed_in(company.nobody).get(address).content.decode()
    assert "product-owner" in lead
    assert "ambassador" not in lead
    for reader in (company.owner, company.auditor):
        assert "ambassador" in signed_in(reader).get(address).content.decode()


def test_the_record_is_read_within_reach_filtered_and_exported_without_formulas(
    company: Company, signed_in: SignIn
) -> None:
    services.create_unit(actor=company.actor(company.admin), name="=cmd()", parent=company.cloud, now=now())
    services.grant_role(actor=system("t"), person=company.nobody, role=Role.STREAM_LEAD, unit=company.cars, now=now())
    everything = signed_in(company.auditor).get("/audit/?action=unit.").content.decode()
    assert "=cmd()" in everything
    assert "role granted" not in everything
    assert "=cmd()" not in signed_in(company.nobody).get("/audit/").content.decode()
    assert "Cockpit" in signed_in(company.nobody).get("/audit/").content.decode()
    sheet = b"".join(signed_in(company.auditor).get("/audit/?export=csv&who=Admin")).decode()
    assert "'=cmd()" in sheet
    assert "person created" not in sheet
    for address in ("?since=2026-11-02", "?since=nonsense", "?until=9999-12-31", "?page=999999", "?sort=-nothing"):
        assert signed_in(company.auditor).get(f"/audit/{address}").status_code == 200, address
