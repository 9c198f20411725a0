# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How allauth behaves here: nobody signs up alone, people come by invitation or from the company's directory."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from paddock.hub.accounts.directory import groups_of, verified_address
from paddock.hub.accounts.models import Person
from paddock.hub.accounts.services import follow_groups, note_security_change, note_sign_in, note_sign_in_refused
from paddock.hub.core.clock import now

MAX_NAME = 200


def _way(request: HttpRequest, person: Person) -> str:
    """By what somebody proved who they are: "password", "password, totp", "webauthn"."""
    proofs = get_authentication_records(request, person)
    return ", ".join(str(one.get("type") or one.get("method")) for one in proofs) or "hub"


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never: an administrator invites people."""
        return False

    def new_user(self, _request: HttpRequest) -> Person:
        """A person who begins to exist now."""
        return Person(created_at=now())

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Somebody is in, every factor included: their groups' roles are given and ended, and the record says so."""
        login = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        moment = now()
        if login is not None:
            groups = groups_of(login.account.extra_data, login.provider.app.settings or {})
            follow_groups(person=user, provider=login.account.provider, groups=groups, now=moment)
        note_sign_in(person=user, way=login.account.provider if login else _way(request, user), now=moment)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A password was wrong."""
        super().authentication_failed(request, **credentials)
        note_sign_in_refused(email=str(credentials.get("email") or "")[:254], now=now())

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """allauth tells of every change of a password or second factor this way; the record keeps them all."""
        note_security_change(person=user, change=template_prefix.rsplit("/", 1)[-1], now=now())
        super().send_notification_mail(template_prefix, user, context, email)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts of the company's directory."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        """Whoever the directory lets in gets an account, with no role until somebody or a group mapping gives one."""
        return True

    def new_user(self, _request: HttpRequest, _sociallogin: Any) -> Person:
        """A person who begins to exist now."""
        return Person(created_at=now())

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """The name and address that the directory gives."""
        person: Person = super().populate_user(request, sociallogin, data)
        whole = " ".join(part for part in (data.get("first_name"), data.get("last_name")) if part)
        person.name = str(data.get("name") or whole or person.email)[:MAX_NAME]
        return person

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Whoever was invited before they came through the directory keeps that account.

        Only where the directory says that the address is proven (or the file of providers says so for all of its
        addresses): otherwise anybody who may write an address into the directory could take over an account.
        """
        if sociallogin.is_existing:
            return
        address = verified_address(sociallogin, sociallogin.provider.app.settings or {})
        given = (sociallogin.user.email or "").strip()
        known = Person.objects.filter(email__iexact=address or given).first() if address or given else None
        if address and known is not None:
            sociallogin.connect(request, known)
        elif known is not None or not given:
            page = render(request, "accounts/address_refused.html", {"address": given}, status=403)
            raise ImmediateHttpResponse(page)
