# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Counts and logs every request: what was asked, by whom, how it ended, how long it took. No bodies, no queries, no
headers."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from paddock.hub.core.actor import Actor
from paddock.hub.observability.figures import count

log = structlog.get_logger("paddock.request")
QUIET = frozenset({"healthz", "readyz", "metrics"})
"""Routes that machines ask all the time: counted, not logged."""


def measured(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Stands outside all other middleware but the one that gives the request its id."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        response = get_response(request)
        seconds = time.monotonic() - started
        match = request.resolver_match
        route = match.route if match is not None else "none"
        count(request.method, route, response.status_code, seconds)
        if route not in QUIET:
            log.info(
                "request", method=request.method, route=route, status=response.status_code, actor=_actor(request),
                milliseconds=round(seconds * 1000, 1),
            )  # fmt: skip
        return response

    return middleware


def _actor(request: HttpRequest) -> str | None:
    """The id of the person or token; who is signed in is not looked up for the log alone."""
    actor = getattr(request, "actor", None)
    known = getattr(actor, "_wrapped", actor)  # what stands behind Django's lazy object, once somebody asked for it
    return str(known.id) if isinstance(known, Actor) and known.id else None
