# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers under /api/ that Django itself gives (no such address, method, host or token) become problems like all
others; and bodies beyond all measure are refused before they are received."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from paddock.hub.api.problems import problem

Answer = Callable[[HttpRequest], HttpResponse]
DETAILS = {
    400: _("The request could not be read. Nothing was changed."),
    403: _("The request was refused. Programs send a token; pages send the CSRF token of their session."),
    404: _("There is nothing at this address. The documentation is at /api/v1/docs."),
    405: _("This address does not take this method. Allow lists those it takes."),
    413: _("The request is larger than the hub takes."),
    503: _("The database does not answer. Nothing was stored. Try again after the seconds that Retry-After says."),
    500: _("This is a fault of the hub. It is in the hub's log under the request's id."),
}
KEPT = ("Allow", "Retry-After", "WWW-Authenticate", "Vary")


def language_of(request: HttpRequest) -> str:
    """What the request is answered in; also where the middleware that settles it has not been reached."""
    return getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)


def problems(get_response: Answer) -> Answer:
    """Turns pages of HTML with a status of 400 or more into problems; answers of operations pass unchanged."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        plain = response.headers.get("Content-Type", "").startswith("text/html") or response.status_code == 405
        if response.status_code < 400 or not request.path_info.startswith("/api/") or not plain:
            return response
        headers = {name: response.headers[name] for name in KEPT if name in response.headers}
        with translation.override(language_of(request)):
            detail = gettext(DETAILS.get(response.status_code, DETAILS[400]))
            return problem(request, response.status_code, detail, headers=headers)

    return middleware


def bounded(get_response: Answer) -> Answer:
    """Refuses a body of more than twice what the largest upload may have, unread, so that nobody fills the disk.

    What is larger than an upload may be but not by that much is received and refused with a page that says so.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= 2 * settings.MAX_UPLOAD:
            return get_response(request)
        with translation.override(language_of(request)):
            most = number_format(settings.MAX_UPLOAD, force_grouping=True)
            sentence = gettext("The hub takes at most %(most)s bytes. Nothing was received.") % {"most": most}
        return HttpResponse(sentence, status=413, content_type="text/html; charset=utf-8")

    return middleware
