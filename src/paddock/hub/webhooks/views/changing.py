# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Making, changing, switching and deleting webhooks, and giving them new secrets."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from paddock.hub.accounts.queries import full_names, units_within
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import now
from paddock.hub.core.errors import Invalid, NotAllowed, NotFound
from paddock.hub.core.request import HubRequest
from paddock.hub.webhooks import services
from paddock.hub.webhooks.forms import NewWebhookForm, WebhookForm
from paddock.hub.webhooks.models import Subscription
from paddock.hub.webhooks.queries import MANAGE, log_size, subscription_by_id

fills_in = require_http_methods(["GET", "POST"])


@login_required
@never_cache
@fills_in
def new_webhook(request: HubRequest) -> HttpResponse:
    """A webhook; its secret is shown on the answer to this form and never again."""
    actor = request.actor
    if not actor.may_somewhere(MANAGE):
        raise NotAllowed(_("Creating webhooks needs the role of a product owner or a coordinator in a unit."))
    form = NewWebhookForm(given(request), actor=actor, unit=likely_unit(actor, request.unit_path))
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = services.create_subscription(actor=actor, now=now(), **form.cleaned_data)
        except Invalid as error:
            form.refuse(error)
        except (NotAllowed, NotFound) as error:
            form.add_error("unit", error.message)
        else:
            return show_secret(request, made, secret, _("The webhook was created"))
    return shown(request, form, _("New webhook"), _("Create webhook"), reverse("webhooks"))


@login_required
@fills_in
def edit_webhook(request: HubRequest, webhook_id: UUID) -> HttpResponse:
    """Another address, or other topics."""
    found = subscription_by_id(request.actor, webhook_id)
    initial = {"url": found.url, "topics": found.topics}
    form = WebhookForm(given(request), actor=request.actor, initial=initial)
    back = reverse("webhook", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            if changes:
                services.change_subscription(actor=request.actor, subscription=found, now=now(), **changes)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(back)
    return shown(request, form, _("Change webhook"), _("Save"), back, webhook=found)


@login_required
@require_POST
def switch(request: HubRequest, webhook_id: UUID) -> HttpResponse:
    """Switch a webhook on or off."""
    found = subscription_by_id(request.actor, webhook_id)
    on = request.POST.get("on") == "1"
    services.change_subscription(actor=request.actor, subscription=found, enabled=on, now=now())
    told = _("The webhook is switched on. It is told of what happens from now on.")
    messages.success(request, told if on else _("The webhook is switched off. Nothing is sent to it."))
    return redirect("webhook", found.pk)


@login_required
@never_cache
@fills_in
def new_secret(request: HubRequest, webhook_id: UUID) -> HttpResponse:
    """Another secret instead of the one there is; it is shown on the answer and never again."""
    found = subscription_by_id(request.actor, webhook_id)
    if request.method == "POST":
        secret = services.renew_secret(actor=request.actor, subscription=found, now=now())
        return show_secret(request, found, secret, _("The webhook has a new secret"))
    return render(request, "webhooks/new_secret.html", {"webhook": found})


@login_required
@fills_in
def delete(request: HubRequest, webhook_id: UUID) -> HttpResponse:
    """Remove a webhook, after saying what goes with it."""
    found = subscription_by_id(request.actor, webhook_id)
    if request.method == "POST":
        services.delete_subscription(actor=request.actor, subscription=found, now=now())
        messages.success(request, _("The webhook to %(url)s was deleted.") % {"url": found.url})
        return redirect("webhooks")
    sent, tries = log_size(found)
    return render(request, "webhooks/delete.html", {"webhook": found, "sent": sent, "tries": tries})


def given(request: HubRequest) -> QueryDict | None:
    """What was sent, or None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def likely_unit(actor: Actor, looked_at: str) -> str:
    """The full name of the unit that a new webhook is probably for: the one looked at, or the only one that there is
    to choose; "" where that is open."""
    units = units_within(actor, MANAGE)
    found = list(units.filter(path=looked_at) if looked_at else units[:2])
    return full_names(found)[found[0].pk] if len(found) == 1 else ""


def show_secret(request: HubRequest, subscription: Subscription, secret: str, heading: str) -> HttpResponse:
    """The only page that ever shows the secret, with how a receiver checks signatures."""
    context = {"webhook": subscription, "secret": secret, "heading": heading}
    return render(request, "webhooks/secret.html", context)


def shown(
    request: HubRequest, form: WebhookForm, heading: str, submit: str, cancel: str, **more: Any
) -> HttpResponse:  # fmt: skip
    """The page of a form; 422 when it was sent and something in it is wrong."""
    context = {"form": form, "heading": heading, "submit": submit, "cancel": cancel, **more}
    return render(request, "webhooks/form.html", context, status=422 if form.errors else 200)
