# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How often one caller may ask: enough for any build server, too little for guessing tokens or for a loop gone mad."""

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from paddock.hub.core.clock import now

MINUTE = 60
PROCESS = "process"
"""The cache that each process has for itself."""


def counted(kind: str, who: object) -> int:
    """Count one more of this kind for somebody; how many it were in this minute, in this process of the server."""
    key = f"{kind}:{who}:{int(now().timestamp()) // MINUTE}"
    caches[PROCESS].add(key, 0, MINUTE)
    try:
        return caches[PROCESS].incr(key)
    except ValueError:  # it was dropped between the two lines because the cache is full
        return 1


def address_of(request: HttpRequest) -> str:
    """The other end of the connection: what a header claims about it is the caller's own invention."""
    return str(request.META.get("REMOTE_ADDR", ""))


class CallerThrottle(BaseThrottle):
    """At most settings.API_RATE requests a minute of one actor, or of one address where nobody is known."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request, and say whether it may go on."""
        actor = getattr(request, "actor", None)
        who = (actor.id if actor is not None else None) or address_of(request)
        return counted("requests", who) <= int(settings.API_RATE)

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return MINUTE - now().timestamp() % MINUTE


def refused_too_often(request: HttpRequest) -> bool:
    """Whether this address has handed in more than settings.API_REFUSALS wrong tokens in this minute."""
    before: int = caches[PROCESS].get(f"refused:{address_of(request)}:{int(now().timestamp()) // MINUTE}", 0)
    return before >= int(settings.API_REFUSALS)


def note_refusal(request: HttpRequest) -> None:
    """Remember that this address handed in a wrong token."""
    counted("refused", address_of(request))
