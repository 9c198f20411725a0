# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The API's base: how errors are told, how bodies are read, how answers are tagged, and what its schema says of it."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.types import DictStrAny

from paddock.hub.api.entity_tags import names, tag_of
from paddock.hub.api.problems import MEDIA_TYPE, of_hub_error, problem
from paddock.hub.core.errors import HubError, TooLarge

MAX_BODY = 1024 * 1024
"""Bytes of a JSON body; files come as multipart/form-data and have their own limit."""
SAFE = ("GET", "HEAD")
SCHEMES = {"WWW-Authenticate": 'Bearer realm="Paddock"'}


FORM = "multipart/form-data"


class JsonBody(Parser):
    """Reads bodies: JSON as the standard has it, without NaN."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The body as Python values; ninja turns whatever this raises into a problem of status 400."""
        body: DictStrAny = json.loads(request.body, parse_constant=_no_constant)
        return body


def _check_body(request: HttpRequest) -> None:
    """Raise HttpError (415) for a body that is neither JSON nor a form with a file, TooLarge for too much JSON."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if not length or request.content_type == FORM:
        return
    if request.content_type != "application/json":
        raise HttpError(415, _("Send the body as application/json, a file as %(form)s.") % {"form": FORM})
    if length > MAX_BODY:
        raise TooLarge(_("A body of JSON may have at most %(most)s bytes.") % {"most": MAX_BODY})


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


class HubApi(NinjaAPI):
    """NinjaAPI with our problems, entity tags and schema."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(parser=JsonBody(), docs_url=None, **settings)
        for kind, told in _TOLD:
            self.add_exception_handler(kind, told)

    def set_default_exception_handlers(self) -> None:
        """None of ninja's: what nobody expects is Django's to log, and our middleware's to tell."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """What ninja begins every operation with, before it reads the body: the place to refuse one."""
        _check_body(request)
        return super().create_temporal_response(request)

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        """The answer; what is read has a tag, and is not sent again to whoever has it already."""
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        if request.method in SAFE and response.status_code == 200:
            response["ETag"] = tag_of(response.content)
            response["Cache-Control"] = "private, no-cache"
            if names(request.headers.get("If-None-Match", ""), response["ETag"]):
                response.status_code, response.content = 304, b""
        return response

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: DictStrAny | None = None
    ) -> OpenAPISchema:
        """OpenAPI 3.1, with problems as application/problem+json, tags, and the headers of answers."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for path in schema["paths"].values():
            for method, operation in path.items():
                _complete(method, operation)
        return schema

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The function's name: it is a verb and a noun, and unique (a test asserts it)."""
        return str(operation.view_func.__name__)


def _complete(method: str, operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        if int(status) >= 400 and "content" in answer:
            answer["content"] = {MEDIA_TYPE: next(iter(answer["content"].values()))}
    if method == "get":
        tag = {"description": "Of this content.", "schema": {"type": "string"}}
        operation["responses"][304] = {"description": "Nothing changed since If-None-Match.", "headers": {"ETag": tag}}
        operation["responses"].get(200, {}).setdefault("headers", {})["ETag"] = tag


def _validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors]
    told = _("Nothing was changed; `errors` names each place.")
    return problem(request, 422, told, title="Not valid", errors=places)


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, str(error))


def _unknown(request: HttpRequest, _error: Exception) -> HttpResponse:
    detail = _(
        "Send a token that is valid: `Authorization: Bearer …` or `X-Api-Key: …`. Tokens are made under Account."
    )
    return problem(request, 401, detail, headers=SCHEMES)


def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    wait = str(int(error.wait or 0) + 1)
    told = _("Too many requests; go on in %(seconds)s s.") % {"seconds": wait}
    return problem(request, 429, told, headers={"Retry-After": wait})


def _fixed(request: HttpRequest, _error: Exception, *, status: int, detail: str) -> HttpResponse:
    headers = {"Retry-After": "5"} if status == 503 else {}
    return problem(request, status, _(detail), headers=headers)


_UNREADABLE = partial(_fixed, status=400, detail=gettext_noop("The request could not be read. Nothing was changed."))
_TOLD: tuple[tuple[type[Exception], Callable[..., HttpResponse]], ...] = (
    (HubError, of_hub_error),
    (ValidationError, _validation),
    (AuthenticationError, _unknown),
    (Throttled, _throttled),
    (HttpError, _http),
    (Http404, partial(_fixed, status=404, detail=gettext_noop("There is no such thing, or none that you may see."))),
    (RequestDataTooBig, partial(_fixed, status=413, detail=gettext_noop("The request is larger than the hub takes."))),
    (MultiPartParserError, _UNREADABLE),
    (TooManyFilesSent, _UNREADABLE),
    (UnreadablePostError, _UNREADABLE),
    (SuspiciousOperation, _UNREADABLE),
    (OperationalError, partial(_fixed, status=503, detail=gettext_noop("The database does not answer. Try again."))),
)
