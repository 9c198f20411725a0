# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages speak the language that a person chose, whatever the browser asks for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from paddock.hub.accounts.models import Person

Answer = Callable[[HttpRequest], HttpResponse]


def speaking(get_response: Answer) -> Answer:
    """Switches to the language of whoever is signed in. Looks nobody up where there is no session cookie."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, Person):
            return get_response(request)
        with translation.override(request.user.language):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = get_response(request)
        response["Content-Language"] = request.user.language
        return response

    return middleware
