# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What every request carries: an id that its log lines and its answer share, and who is acting."""

import re
from collections.abc import Callable
from typing import cast
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from paddock.hub.accounts.models import Person
from paddock.hub.accounts.queries import actor_for
from paddock.hub.core.actor import Actor, ActorKind
from paddock.hub.core.clock import now
from paddock.hub.core.request import HubRequest

Answer = Callable[[HttpRequest], HttpResponse]
_GIVEN = re.compile(r"[0-9A-Za-z_-]{8,64}\Z")
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
    """Gives the request `actor`, looked up when first asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        ours = cast("HubRequest", request)
        ours.actor = cast("Actor", SimpleLazyObject(lambda: _actor(ours)))
        return get_response(request)

    return middleware


def _actor(request: HubRequest) -> Actor:
    if not isinstance(request.user, Person):
        return ANONYMOUS
    return actor_for(request.user, now(), request_id=request.request_id)
