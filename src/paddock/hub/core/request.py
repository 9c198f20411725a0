# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a request of the hub carries beside Django's own: the middleware of the portal puts it there."""

from typing import cast

from django.http import HttpRequest

from paddock.hub.core.actor import Actor


class HubRequest(HttpRequest):
    """For type checkers: views of people who are signed in get one of these.

    request_id: what this request's log lines share. actor: who asks, with rights resolved.
    unit_path: of the unit that the person has chosen to look at, "" for all; lists show what lies in it.
    """

    request_id: str
    actor: Actor
    unit_path: str


def acting(request: HttpRequest) -> Actor:
    """Who acts in this request: an actor without rights when nobody is signed in."""
    return cast("HubRequest", request).actor
