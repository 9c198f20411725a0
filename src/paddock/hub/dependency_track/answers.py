# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How this interface answers: its headers, its statuses, its two kinds of error."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Concatenate, ParamSpec, cast

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import Throttled

from paddock import __version__
from paddock.hub.accounts.authentication import actor_of_token, given_token
from paddock.hub.api.problems import problem
from paddock.hub.api.throttle import CallerThrottle
from paddock.hub.core.errors import ChangedMeanwhile, HubError, Invalid, NotAllowed, NotFound, TooLarge
from paddock.hub.core.request import HubRequest

ANSWERS_LIKE = "4.13.2"
"""The version of Dependency-Track whose clients find here what they expect."""
POWERED_BY = f"Dependency-Track v{ANSWERS_LIKE} (Paddock {__version__})"
PAGE, LARGEST_PAGE = 100, 1_000
Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HubRequest, Parameters], HttpResponse]
PlainView = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]


class MayNotMake(HubError):
    """The token may upload, but not make projects: clients expect 401 here, not 403."""

    status = 401


def answered(*methods: str) -> Callable[[View[Parameters]], PlainView[Parameters]]:
    """Makes a view of a function that takes only these methods, and only requests with a valid token."""

    def around(view: View[Parameters]) -> PlainView[Parameters]:
        def inner(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
            ours = cast("HubRequest", request)
            response = refusal(ours, methods) or _run(lambda: view(ours, *args, **kwargs), ours)
            response["X-Powered-By"] = POWERED_BY
            return response

        # A token is sent by a program on purpose; no browser adds it to a request that another site makes.
        return csrf_exempt(inner)

    return around


def refusal(request: HubRequest, methods: Sequence[str]) -> HttpResponse | None:
    """Why the request is not even looked at; None when it is."""
    if request.method not in methods:
        return HttpResponseNotAllowed(methods)
    try:
        actor = actor_of_token(request, given_token(request)) if given_token(request) else None
    except Throttled:
        return text(429, "Too many wrong keys.", **{"Retry-After": "60"})
    if actor is None:
        return text(401, "", **{"WWW-Authenticate": "X-Api-Key"})
    if not CallerThrottle().allow_request(request):
        return text(429, "Too many requests.", **{"Retry-After": "60"})
    return None


def _run(view: Callable[[], HttpResponse], request: HubRequest) -> HttpResponse:
    try:
        return view()
    except (NotFound, NotAllowed, MayNotMake, ChangedMeanwhile) as error:
        return text(error.status, error.message)
    except (TooLarge, RequestDataTooBig):
        return problem(request, 413, "The document is larger than the hub takes.")
    except Invalid as error:
        return problem(request, 400, error.message, title="The uploaded BOM is invalid", errors=error.errors)
    except HubError as error:
        return problem(request, error.status, error.message, title=error.title, errors=error.errors)
    except (MultiPartParserError, UnreadablePostError, SuspiciousOperation):
        return problem(request, 400, "The request could not be read.")


def text(status: int, message: str, **headers: str) -> HttpResponse:
    """A plain answer, as most errors are."""
    return HttpResponse(message, status=status, content_type="text/plain", headers=headers)


def document(content: Any, *, status: int = 200, total: int | None = None) -> HttpResponse:
    """An answer in JSON. total: of the list that it is a page of."""
    headers = {} if total is None else {"X-Total-Count": str(total)}
    return HttpResponse(json.dumps(content), status=status, content_type="application/json", headers=headers)


def page_bounds(request: HttpRequest) -> tuple[int, int]:
    """First row and the one after the last, from pageNumber (from 1) and pageSize, or from offset and limit."""
    size = _number(request, "pageSize", _number(request, "limit", PAGE, LARGEST_PAGE), LARGEST_PAGE)
    size = max(size, 1)
    if "offset" in request.GET:
        start = _number(request, "offset", 0, 10_000_000)
    else:
        start = (max(_number(request, "pageNumber", 1, 10_000_000), 1) - 1) * size
    return start, start + size


def _number(request: HttpRequest, name: str, default: int, most: int) -> int:
    value = request.GET.get(name, "")
    return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 10 else default


def page(request: HttpRequest, rows: Sequence[Any]) -> HttpResponse:
    """One page of a list that is there as a whole, with X-Total-Count."""
    start, end = page_bounds(request)
    return document(list(rows[start:end]), total=len(rows))
