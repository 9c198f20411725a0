# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One page for every form of this room: explained, filled in, corrected, done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from paddock.hub.accounts.forms.fields import ActorForm
from paddock.hub.accounts.models import Person
from paddock.hub.core.errors import ChangedMeanwhile, Invalid, NotAllowed


@dataclass(frozen=True)
class Page:
    """What a form's page says. title: what one is about to do. intro: what that will touch. button: the verb.

    back: the address that the page leads to, done or not. danger: whether the button is red. crumbs: name, address.
    """

    title: str
    button: str
    back: str
    intro: str = ""
    danger: bool = False
    crumbs: tuple[tuple[str, str], ...] = ()


def oneself(request: HttpRequest) -> Person:
    """The account of whoever is signed in."""
    return cast("Person", request.user)


def back_to(name: str, *keys: object) -> str:
    """The address of a page of this room."""
    return reverse(name, args=keys)


def show_form(request: HttpRequest, form: ActorForm, page: Page) -> HttpResponse:
    """The page with the form as it stands; 422 when something in it is wrong."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "accounts/form.html", {"form": form, "page": page}, status=status)


def fill_in(
    request: HttpRequest, form: ActorForm, page: Page, do: Callable[[dict[str, Any]], str | HttpResponse]
) -> HttpResponse:  # fmt: skip
    """Show the form, or do what it asks; `do` gets the cleaned values and returns what to tell people, or an answer.

    What a service refuses is shown above the form, with everything that was filled in.
    """
    if not form.is_bound or not form.is_valid():
        return show_form(request, form, page)
    try:
        done = do(form.cleaned_data)
    except (Invalid, NotAllowed, ChangedMeanwhile) as error:
        form.add_error(None, error.message)
        return show_form(request, form, page)
    if isinstance(done, HttpResponse):
        return done
    messages.success(request, done)
    return redirect(page.back)


def given(request: HttpRequest) -> Any:
    """What was sent, or None when the page was only asked for."""
    return request.POST if request.method == "POST" else None
