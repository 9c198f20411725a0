# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Home."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Where everybody begins."""
    return render(request, "portal/home.html")


def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; /readyz says whether the database does, too."""
    return HttpResponse("ok\n", content_type="text/plain")
