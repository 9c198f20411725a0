# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Signing in through a real OpenID Connect provider: code flow with PKCE, and roles that follow groups."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from paddock.hub.accounts.models import Grant, Person
from paddock.hub.accounts.queries import in_term
from paddock.hub.accounts.services import deactivate_person, grant_role, map_group
from paddock.hub.accounts.types import Role
from paddock.hub.audit.models import Entry
from paddock.hub.core.actor import system
from paddock.hub.core.clock import now
from tests.hub.company import Company
from tests.hub.oidc.conftest import Directory, SignIn

ALICE = {"name": "Alice Ahorn", "email": "alice@halden.example", "email_verified": True, "groups": ["devs", "owners"]}


def mapped(company: Company) -> None:
    by = system("tests")
    map_group(actor=by, provider="company", group="devs", role=Role.DEVELOPER, unit=company.cars, now=now())
    map_group(actor=by, provider="company", group="owners", role=Role.PRODUCT_OWNER, unit=company.cockpit, now=now())


def roles(person: Person) -> set[tuple[str, str, str]]:
    held = Grant.objects.filter(in_term(now()), person=person)
    return set(held.values_list("role", "unit__name", "origin"))


def test_whoever_the_directory_lets_in_is_in_and_has_the_roles_of_their_groups(
    company: Company, directory: Directory, sign_in: SignIn
) -> None:
    mapped(company)
    directory.knows(alice=ALICE)
    hub, answer, passed = sign_in("alice")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    asked = parse_qs(urlsplit(passed[0]).query)
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    assert asked["state"][0]
    person = Person.objects.get(email="alice@halden.example")
    assert person.name == "Alice Ahorn"
    assert not person.has_usable_password()
    assert roles(person) == {("developer", "Cars", "company"), ("product-owner", "Cockpit", "company")}
    assert hub.get(f"/organisation/units/{company.cockpit.pk}/").status_code == 200
    told = Entry.objects.filter(subject_id=str(person.pk)).order_by("id")
    assert list(told.values_list("action", flat=True)) == ["role.granted", "role.granted", "person.signed-in"]


def test_roles_of_groups_end_at_the_next_sign_in_and_those_given_by_hand_stay(
    company: Company, directory: Directory, sign_in: SignIn
) -> None:
    mapped(company)
    directory.knows(alice=ALICE)
    sign_in("alice")
    person = Person.objects.get(email="alice@halden.example")
    grant_role(actor=system("tests"), person=person, role=Role.AMBASSADOR, unit=company.cars, now=now())
    directory.knows(alice={**ALICE, "groups": ["devs"]})
    sign_in("alice")
    assert roles(person) == {("developer", "Cars", "company"), ("ambassador", "Cars", "hub")}
    directory.knows(alice={key: value for key, value in ALICE.items() if key != "groups"})
    sign_in("alice")
    assert roles(person) == {("ambassador", "Cars", "hub")}
    assert Entry.objects.filter(action="role.ended", subject_id=str(person.pk)).count() == 2


def test_groups_that_the_directory_does_not_tell_take_nothing_away(
    company: Company, directory: Directory, sign_in: SignIn
) -> None:
    mapped(company)
    directory.knows(alice=ALICE)
    sign_in("alice")
    person, held = Person.objects.get(email="alice@halden.example"), 2
    silent = {key: value for key, value in ALICE.items() if key != "groups"}
    directory.knows(alice={**silent, "_claim_names": {"groups": "src1"}})
    sign_in("alice")
    assert len(roles(person)) == held
    assert Entry.objects.filter(action="groups.unknown", subject_id=str(person.pk)).exists()


def test_whoever_was_invited_first_keeps_that_account_when_the_address_is_proven(
    company: Company, directory: Directory, sign_in: SignIn
) -> None:
    directory.knows(owner={"name": "Owner", "email": "OWNER@halden.example", "email_verified": True})
    hub, answer, _ = sign_in("owner")
    assert answer.status_code == 302
    assert hub.session["_auth_user_id"] == str(company.owner.pk)
    assert roles(company.owner) == {("product-owner", "Cockpit", "hub")}


@pytest.mark.parametrize("verified", [False, None])
def test_an_address_that_nobody_proved_takes_over_no_account(
    verified: bool | None, company: Company, directory: Directory, sign_in: SignIn
) -> None:
    directory.knows(eve={"name": "Eve", "email": "admin@halden.example", "email_verified": verified})
    hub, answer, _ = sign_in("eve")
    assert answer.status_code == 403
    assert "_auth_user_id" not in hub.session
    assert Person.objects.filter(email__iexact="admin@halden.example").count() == 1


def test_a_locked_account_stays_out(company: Company, directory: Directory, sign_in: SignIn) -> None:
    directory.knows(alice=ALICE)
    sign_in("alice")
    person = Person.objects.get(email="alice@halden.example")
    deactivate_person(actor=system("tests"), person=person, now=now())
    hub, answer, _ = sign_in("alice")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/inactive/")
    assert "_auth_user_id" not in hub.session


def test_an_answer_for_another_browser_is_refused(company: Company, directory: Directory, sign_in: SignIn) -> None:
    directory.knows(alice=ALICE)
    _, _, passed = sign_in("alice")
    parts = urlsplit(passed[-1])
    stranger = Client()
    answer = stranger.get(f"{parts.path}?{parts.query}")
    assert answer.status_code in (401, 403)
    assert "_auth_user_id" not in stranger.session


def test_the_session_is_another_one_after_signing_in(company: Company, directory: Directory, sign_in: SignIn) -> None:
    directory.knows(alice=ALICE)
    hub = Client()
    hub.get("/accounts/login/")
    hub.session.save()
    before = hub.session.session_key
    hub, _, _ = sign_in("alice", hub)
    assert hub.session.session_key != before
