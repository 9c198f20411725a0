# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Starting and stopping dry runs."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paddock.hub.core.clock import now
from paddock.hub.core.errors import ChangedMeanwhile, Invalid
from paddock.hub.core.request import HubRequest
from paddock.hub.dry_runs.queries import dry_run_by_id
from paddock.hub.dry_runs.services import request_dry_run, stop_dry_run
from paddock.hub.dry_runs.views.reading import wanted_draft
from paddock.hub.policies.queries import policy_by_id


@login_required
@require_POST
def start(request: HubRequest, policy_id: UUID) -> HttpResponse:
    """Have the draft tried on the releases; its page shows how far that is."""
    draft = wanted_draft(policy_by_id(request.actor, policy_id))
    try:
        request_dry_run(actor=request.actor, version=draft, now=now())
    except Invalid as error:
        messages.error(request, error.message)
    return redirect("policy-draft", policy_id)


@login_required
@require_POST
def stop(request: HubRequest, dry_run_id: UUID) -> HttpResponse:
    """End a dry run; what it found so far stays."""
    found = dry_run_by_id(request.actor, dry_run_id)
    try:
        stop_dry_run(actor=request.actor, dry_run=found, now=now())
    except ChangedMeanwhile:
        messages.info(request, _("It had ended already."))
    return redirect("dry-run", found.pk)
