# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Signing in with an account of the hub, and what must not work about it."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from paddock.hub.accounts.models import Person
from paddock.hub.accounts.services import deactivate_person, make_link
from paddock.hub.audit.models import Entry
from paddock.hub.core.actor import system
from paddock.hub.core.clock import now
from tests.hub.company import Company

PASSWORD = "horse battery staple 7"
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def owner(company: Company) -> Person:
    """Somebody with a password."""
    company.owner.set_password(PASSWORD)
    company.owner.save()
    return company.owner


def sign_in(client: Client, password: str = PASSWORD, after: str = "", **headers: str) -> HttpResponse:
    form = {"login": "owner@halden.example", "password": password}
    return client.post("/accounts/login/", {**form, "next": after} if after else form, **headers)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_session_is_another_one_after_signing_in_and_gone_after_signing_out(owner: Person) -> None:
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    assert sign_in(client).status_code == 302
    assert is_in(client)
    inside = client.session.session_key
    assert inside != before
    client.post("/accounts/logout/")
    stolen = Client()
    stolen.cookies["sessionid"] = str(inside)
    assert stolen.get("/people/").status_code == 302


def test_wrong_passwords_are_slowed_down_and_recorded(owner: Person) -> None:
    client = Client()
    answers = [sign_in(client, f"wrong {number}").status_code for number in range(7)]
    assert answers[0] == 200
    assert 429 in answers or "Too many" in sign_in(client, "wrong").content.decode()
    sign_in(client)
    assert not is_in(client), "the right password does not help within the pause"
    refused = Entry.objects.filter(action="person.sign-in-refused", subject_id=str(owner.pk)).count()
    assert 1 <= refused <= 5


def test_an_address_without_an_account_is_answered_like_a_wrong_password(owner: Person) -> None:
    wrong = sign_in(Client(), "wrong").content.decode()
    form = {"login": "owner2@halden.example", "password": "wrong"}
    unknown = Client().post("/accounts/login/", form).content.decode()
    neutral = re.compile(r'owner2?@halden\.example|name="csrfmiddlewaretoken" value="[^"]+"')
    assert neutral.sub("", wrong) == neutral.sub("", unknown)


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(after: str, owner: Person) -> None:
    answer = sign_in(Client(), after=after)
    assert answer.status_code == 302
    parts = urlsplit(answer["Location"])
    assert (parts.scheme, parts.netloc, answer["Location"]) == ("", "", "/")


def test_signing_in_leads_to_where_one_wanted_to_go(owner: Person) -> None:
    assert sign_in(Client(), after="/people/?q=x")["Location"] == "/people/?q=x"


def test_forms_without_the_csrf_token_are_refused(owner: Person, company: Company) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in ("/settings/", "/settings/tokens/new/", "/accounts/logout/", "/accounts/login/", "/people/invite/"):
        assert client.post(address, {"name": "X"}).status_code == 403, address
    owner.refresh_from_db()
    assert owner.name == "Owner"


def test_nobody_signs_up_alone(company: Company) -> None:
    form = {"email": "new@halden.example", "password1": PASSWORD, "password2": PASSWORD}
    assert "invitation" in Client().post("/accounts/signup/", form).content.decode()
    assert not Person.objects.filter(email="new@halden.example").exists()


def choose(link: str, password: str) -> HttpResponse:
    client = Client()
    opened = client.get(urlsplit(link).path, follow=True)
    address = opened.redirect_chain[-1][0] if opened.redirect_chain else urlsplit(link).path
    return client.post(address, {"password1": password, "password2": password}, follow=True)


def test_the_link_of_an_invitation_works_once(company: Company) -> None:
    link = make_link(actor=company.actor(company.admin, now()), person=company.nobody, now=now())
    choose(link, PASSWORD)
    company.nobody.refresh_from_db()
    assert company.nobody.check_password(PASSWORD)
    choose(link, "another one, quite long")
    company.nobody.refresh_from_db()
    assert company.nobody.check_password(PASSWORD), "the link worked twice"
    assert "does not work any more" in Client().get(urlsplit(link).path, follow=True).content.decode()


@pytest.mark.parametrize("weak", ["short", "password1234", "nobody@halden.example"])
def test_weak_passwords_are_refused(weak: str, company: Company) -> None:
    link = make_link(actor=company.actor(company.admin, now()), person=company.nobody, now=now())
    choose(link, weak)
    company.nobody.refresh_from_db()
    assert not company.nobody.has_usable_password()


def test_a_locked_account_is_out_at_once_and_stays_out(owner: Person, company: Company) -> None:
    client = Client()
    sign_in(client)
    assert client.get("/people/").status_code == 200
    deactivate_person(actor=company.actor(company.admin, now()), person=owner, now=now())
    assert client.get("/people/").status_code == 302
    again = Client()
    sign_in(again)
    assert not is_in(again)


def test_a_second_factor_is_asked_for_and_each_code_works_once(
    owner: Person, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
) -> None:
    client = Client()
    sign_in(client)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 302, "not without the password again"
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    assert page.status_code == 200

    def code() -> str:
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    cache.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/accounts/2fa/totp/activate/", {"code": code()}).status_code == 302
    kinds = set(Authenticator.objects.filter(user=owner).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    other = Client()
    assert sign_in(other)["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_in(other)
    assert other.get("/people/").status_code == 302
    other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_in(other)
    cache.clear()
    other.post("/accounts/2fa/authenticate/", {"code": code()})
    assert is_in(other)
    replayed = Client()
    sign_in(replayed)
    replayed.post("/accounts/2fa/authenticate/", {"code": code()})
    assert not is_in(replayed), "a code that somebody looked at over the shoulder works again"
    told = set(Entry.objects.filter(subject_id=str(owner.pk)).values_list("action", flat=True))
    assert {"person.totp-activated", "person.signed-in"} <= told
    ways = Entry.objects.filter(action="person.signed-in", subject_id=str(owner.pk)).order_by("id")
    assert [entry.details["way"] for entry in ways] == ["password", "password, totp"]
    codes = Client()
    sign_in(codes)
    cache.clear()
    spare = Authenticator.objects.get(user=owner, type="recovery_codes").wrap().get_unused_codes()[0]
    codes.post("/accounts/2fa/authenticate/", {"code": spare})
    assert is_in(codes)


def test_no_secret_is_in_the_record_or_in_the_log(
    owner: Person, company: Company, caplog: pytest.LogCaptureFixture, signed_in: SignIn
) -> None:
    caplog.set_level(logging.DEBUG)
    client = Client()
    sign_in(client)
    cache.clear()
    sign_in(Client(), "not my password")
    link = make_link(actor=system("tests"), person=company.nobody, now=now())
    new = "a new pass phrase, long"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    owner.refresh_from_db()
    assert owner.check_password(new)
    form = {"name": "CI", "unit": "Cockpit", "permissions": ["upload"], "expires_on": now().date().isoformat()}
    made = client.post("/settings/tokens/new/", form)
    secret = re.search(r"pdk_[0-9A-Za-z_-]{40,}", made.content.decode())
    assert secret is not None
    assert "no-store" in made["Cache-Control"]
    for address in ("/settings/tokens/", f"/people/{owner.pk}/", f"/people/{owner.pk}/activity/"):
        assert secret[0] not in client.get(address).content.decode(), address
    record = json.dumps(list(Entry.objects.values("details", "content", "subject_name")))
    key = urlsplit(link).path.rstrip("/").rsplit("-", 1)[-1]
    for hidden in (PASSWORD, new, "not my password", secret[0], key):
        assert hidden not in record
        assert hidden not in caplog.text
    assert "person.password-changed" in record
