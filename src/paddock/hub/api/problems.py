# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Problem documents (RFC 9457): the one shape in which programs learn that something did not work."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from paddock.hub.core.errors import HubError

MEDIA_TYPE = "application/problem+json"
MAX_PLACES = 50
"""How many wrong places one problem names; a document with more is wrong as a whole."""
TITLES: Mapping[int, str] = MappingProxyType(
    {
        400: _("Bad Request"),
        401: _("Unauthorized"),
        403: _("Forbidden"),
        404: _("Not Found"),
        405: _("Method Not Allowed"),
        413: _("Request Entity Too Large"),
        415: _("Unsupported Media Type"),
        429: _("Too Many Requests"),
        500: _("Internal Server Error"),
        503: _("Service Unavailable"),
    }
)
"""The status's own words, of those that are answered here."""


class Problem(Schema):
    """Why a request did not work, in the language that Accept-Language asks for: English or German."""

    type: str = Field("about:blank", description="Always about:blank: the status and the title say the kind.")
    title: str = Field(description="The kind of problem, the same for every case of it.")
    status: int = Field(description="The HTTP status.", ge=400, le=599)
    detail: str = Field(description="What happened, what was kept, and what to do next.")
    request_id: str = Field(description="By which the hub's log knows this request; also in X-Request-Id.")
    errors: list[str] = Field(description="Each place that is wrong, and what is wrong there.")


REFUSALS: Mapping[Any, Any] = MappingProxyType(
    {frozenset({400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503}): Problem}
)
"""What every operation may answer beside its own: for `response={200: …, **REFUSALS}`."""


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    *,
    title: str = "",
    errors: Iterable[str] = (),
    headers: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    """The answer that tells of a problem, in the language of the request.

    title: in English, as catalogues know it; the status's own words where none is given.
    """
    content = {
        "type": "about:blank",
        "title": gettext(title or TITLES.get(status) or HTTPStatus(status).phrase),
        "status": status,
        "detail": detail,
        "request_id": getattr(request, "request_id", ""),
        "errors": list(errors)[:MAX_PLACES],
    }
    return HttpResponse(json.dumps(content), status=status, content_type=MEDIA_TYPE, headers=dict(headers))


def of_hub_error(request: HttpRequest, error: HubError) -> HttpResponse:
    """What a service raised, as a problem."""
    return problem(request, error.status, error.message, title=error.title, errors=error.errors)
