# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What every request carries: an id that its log lines and its answer share, and who is acting."""

import re
from collections.abc import Callable
from typing import cast
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from paddock.hub.accounts.models import Person
from paddock.hub.accounts.queries import actor_for, units_within
from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor, ActorKind
from paddock.hub.core.clock import now
from paddock.hub.core.errors import HubError
from paddock.hub.core.request import HubRequest

Answer = Callable[[HttpRequest], HttpResponse]
_GIVEN = re.compile(r"[0-9A-Za-z_-]{8,64}\Z")
UNIT = "unit"
"""The session's key for the id of the unit that somebody looks at."""
ANONYMOUS = Actor(ActorKind.PERSON, None, "")


def request_context(get_response: Answer) -> Answer:
    """Gives the request an id, the caller's own where it sent a plain one, and binds it to the log."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        ours = cast("HubRequest", request)
        ours.request_id = given if _GIVEN.match(given) else uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=ours.request_id)
        response = get_response(request)
        response["X-Request-Id"] = ours.request_id
        return response

    return middleware


def acting(get_response: Answer) -> Answer:
    """Gives the request its actor, looked up when first asked for, the unit that is looked at, and the language.

    Answers say that parts of a page and whole ones are not the same, or a browser would show a part on the way back.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = in_language(request)
        patch_vary_headers(response, ["HX-Target"])
        return response

    def in_language(request: HttpRequest) -> HttpResponse:
        ours = cast("HubRequest", request)
        ours.actor = cast("Actor", SimpleLazyObject(lambda: _actor(ours)))
        chosen = request.session.get(UNIT)
        ours.unit_path = _unit_path(ours.actor, chosen) if chosen else ""
        language = getattr(request.user, "language", "")
        if not language:
            return get_response(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return get_response(request)

    return middleware


class Errors:
    """Turns what services raise into a page that says what happened and what to do now."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a HubError; None for everything else, which is a fault of ours."""
        if not isinstance(exception, HubError):
            return None
        return render(request, "portal/error.html", {"error": exception}, status=exception.status)


def _unit_path(actor: Actor, unit_id: str) -> str:
    """The path of the unit; "" where it is gone or out of reach meanwhile."""
    units = units_within(actor, Permission.SEE_PRODUCTS).filter(pk=unit_id)
    return units.values_list("path", flat=True).first() or ""


def _actor(request: HubRequest) -> Actor:
    if not isinstance(request.user, Person):
        return ANONYMOUS
    return actor_for(request.user, now(), request_id=request.request_id)
