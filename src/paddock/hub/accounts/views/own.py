# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Oneself: settings and API tokens."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from paddock.hub.accounts import services
from paddock.hub.accounts.forms.organisation import NothingForm
from paddock.hub.accounts.forms.own import SettingsForm, TokenForm
from paddock.hub.accounts.queries import token_of
from paddock.hub.accounts.queries.people import grants_of, memberships_of, tokens_made_by
from paddock.hub.accounts.types import Permission, Role
from paddock.hub.accounts.views.changing_organisation import fills_in
from paddock.hub.accounts.views.filling import Page, back_to, fill_in, given, oneself
from paddock.hub.accounts.views.organisation import tabs_of
from paddock.hub.accounts.views.tables import term, tokens_table
from paddock.hub.core.clock import now, today
from paddock.hub.core.errors import NotAllowed
from paddock.hub.core.request import acting
from paddock.hub.pages.tables import Empty, respond

THEME_COOKIE = "theme"
"""What was chosen for one device only; what somebody saves here holds everywhere."""


@login_required
@fills_in
def settings(request: HttpRequest) -> HttpResponse:
    """Name, language and theme; and what one is here."""
    actor, person = acting(request), oneself(request)
    initial = {"name": person.name, "language": person.language, "theme": person.theme}
    form = SettingsForm(given(request), actor=actor, initial=initial)
    page = Page(_("Settings"), _("Save"), back_to("own-settings"))

    def do(values: dict[str, Any]) -> str:
        services.change_settings(actor=actor, person=person, **values, now=now())
        with translation.override(values["language"]):
            return _("Saved.")

    if form.is_bound and form.is_valid():
        answer = fill_in(request, form, page, do)
        for cookie in {django_settings.LANGUAGE_COOKIE_NAME, THEME_COOKIE} & set(request.COOKIES):
            answer.delete_cookie(cookie)
        return answer
    day = today(now())
    context = {
        "form": form, "page": page, "person": person, "tabs": _tabs("own-settings"),
        "memberships": [(one, term(one, day)) for one in memberships_of(actor, person)[:50]],
        "grants": [(one, Role(one.role).label, term(one, day)) for one in grants_of(actor, person)[:50]],
    }  # fmt: skip
    return render(request, "accounts/settings.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def tokens(request: HttpRequest) -> HttpResponseBase:
    """One's own tokens, with what each may, until when, and when it was last used."""
    actor = acting(request)
    makes = actor.may_somewhere(Permission.MANAGE_TOKENS)
    empty = Empty(sentence=_("You have no tokens. Programs, such as a pipeline that uploads, sign in with one."))
    if makes:
        empty = Empty(sentence=empty.sentence, label=_("New API token"), url=reverse("token-new"))
    rows = tokens_made_by(actor, oneself(request))
    context = {"makes": makes, "tabs": _tabs("own-tokens")}
    return respond(request, tokens_table(now(), empty), rows, "accounts/tokens.html", context)


def _tabs(here: str) -> list[dict[str, Any]]:
    own = [
        ("own-settings", _("You")),
        ("own-tokens", _("API tokens")),
        ("own-security", _("Password and second factor")),
    ]
    return tabs_of(own, here)


@login_required
@never_cache
@fills_in
def new_token(request: HttpRequest) -> HttpResponse:
    """A token; its secret is shown on the answer to this form and never again."""
    actor, person = acting(request), oneself(request)
    if not actor.may_somewhere(Permission.MANAGE_TOKENS):
        raise NotAllowed(_("You have no role that may make tokens. Ask the coordinator of your unit."))
    page = Page(_("New API token"), _("Create token"), back_to("own-tokens"))
    form = TokenForm(given(request), actor=actor, day=timezone.localtime(now()))

    def do(values: dict[str, Any]) -> HttpResponse:
        end = datetime.combine(values["expires_on"] + timedelta(days=1), time.min, timezone.get_current_timezone())
        token, secret = services.create_token(
            actor=actor, person=person, name=values["name"], unit=values["unit"], permissions=values["permissions"],
            expires_at=end, now=now(),
        )  # fmt: skip
        return render(request, "accounts/token_made.html", {"token": token, "secret": secret})

    return fill_in(request, form, page, do)


@login_required
@fills_in
def revoke_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End one of one's own tokens."""
    actor = acting(request)
    token = token_of(actor, token_id)
    intro = _("Programs that use it are refused from now on. This cannot be undone; make a new token instead.")
    page = Page(_("Revoke %s") % token.name, _("Revoke token"), back_to("own-tokens"), intro, danger=True)

    def do(_values: dict[str, Any]) -> str:
        services.revoke_token(actor=actor, token=token, now=now())
        return _("The token was revoked.")

    return fill_in(request, NothingForm(given(request), actor=actor), page, do)


@login_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Password, second factors and where they are set."""
    person = oneself(request)
    context = {
        "tabs": _tabs("own-security"), "person": person, "has_password": person.has_usable_password(),
        "totp": is_mfa_enabled(person, [Authenticator.Type.TOTP]),
        "passkeys": Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count(),
        "codes": is_mfa_enabled(person, [Authenticator.Type.RECOVERY_CODES]),
        "provable": person.has_usable_password() or is_mfa_enabled(person),
        "accounts": SocialAccount.objects.filter(user=person),
    }  # fmt: skip
    return render(request, "accounts/security.html", context)
