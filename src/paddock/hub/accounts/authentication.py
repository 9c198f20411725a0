# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Who calls the API: a program by its token, or a page by the session of whoever is signed in."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError, Throttled
from ninja.security import APIKeyCookie, APIKeyHeader, HttpBearer
from ninja.utils import check_csrf

from paddock.hub.accounts.queries import actor_for_token
from paddock.hub.accounts.services import note_token_use
from paddock.hub.api.throttle import MINUTE, note_refusal, refused_too_often
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import now
from paddock.hub.core.request import HubRequest

MAX_TOKEN = 200


def actor_of_token(request: HttpRequest, secret: str) -> Actor | None:
    """The actor of a token, who from now on is the one that the request acts for; None when it is not valid.

    Raises Throttled when this address has tried too many wrong ones.
    """
    if refused_too_often(request):
        raise Throttled(MINUTE)
    ours = cast("HubRequest", request)
    actor = None
    if 0 < len(secret) <= MAX_TOKEN and secret.isascii():
        actor = actor_for_token(secret, now(), request_id=ours.request_id)
    if actor is None:
        note_refusal(request)
        return None
    note_token_use(secret=secret, now=now())
    ours.actor = actor
    return actor


def given_token(request: HttpRequest) -> str:
    """The token that the request carries, in either header; "" for none."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else request.headers.get("X-Api-Key", "").strip()


class BearerToken(HttpBearer):
    """`Authorization: Bearer pdk_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The token's actor."""
        return actor_of_token(request, token.strip())


class KeyHeader(APIKeyHeader):
    """`X-Api-Key: pdk_…`, as clients of other systems send it."""

    param_name = "X-Api-Key"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """The token's actor."""
        return actor_of_token(request, key.strip()) if key else None


class Session(APIKeyCookie):
    """The session of somebody who is signed in; what changes anything needs the CSRF token too."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Whoever is signed in. A token that was sent and is not valid is not made good by a cookie."""
        actor = cast("HubRequest", request).actor
        if not key or given_token(request) or actor.id is None:
            return None
        if check_csrf(request):
            raise HttpError(403, _("The CSRF token is missing or wrong. Send it as X-CSRFToken."))
        return actor
