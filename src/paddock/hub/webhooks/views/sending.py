# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Having a webhook send: a test, or a message again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paddock.hub.core.clock import now
from paddock.hub.core.errors import Invalid
from paddock.hub.core.request import HubRequest
from paddock.hub.webhooks import services
from paddock.hub.webhooks.queries import message_by_id, subscription_by_id


@login_required
@require_POST
def test(request: HubRequest, webhook_id: UUID) -> HttpResponse:
    """Send a test, and show what becomes of it."""
    found = subscription_by_id(request.actor, webhook_id)
    made = services.send_test(actor=request.actor, subscription=found, now=now())
    return redirect("webhook-message", found.pk, made.pk)


@login_required
@require_POST
def again(request: HubRequest, webhook_id: UUID, message_id: UUID) -> HttpResponse:
    """Send a message again, word for word."""
    found = message_by_id(subscription_by_id(request.actor, webhook_id), message_id)
    try:
        services.replay(actor=request.actor, message=found, now=now())
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The message is sent again, word for word."))
    return redirect("webhook-message", webhook_id, found.pk)
