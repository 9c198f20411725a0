# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Putting a draft in force, and ending a unit's own rules: what that touches is shown before it is done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from paddock.hub.accounts.types import Permission
from paddock.hub.core.clock import now
from paddock.hub.core.errors import ChangedMeanwhile, HubError, Invalid, NotAllowed
from paddock.hub.core.request import HubRequest
from paddock.hub.dry_runs.queries import dry_run_by_id, dry_runs_of, releases_ruled
from paddock.hub.dry_runs.trials import Trial, trial_of
from paddock.hub.dry_runs.views.reading import eyes, wanted_draft
from paddock.hub.policies.difference import compare_texts
from paddock.hub.policies.forms import LookedAtForm
from paddock.hub.policies.head import head_of
from paddock.hub.policies.meaning import meaning_of
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.permissions import require
from paddock.hub.policies.queries import STEP, faults_of, policies_below, policy_by_id, version_in_force
from paddock.hub.policies.services import release_version, retire_policy
from paddock.hub.policies.texts import called, holding


@login_required
@require_http_methods(["GET", "POST"])
def release(request: HubRequest, policy_id: UUID) -> HttpResponse:
    """Show what is released and what that touches, and do it."""
    policy = policy_by_id(request.actor, policy_id)
    require(request.actor, Permission.RELEASE_POLICIES, policy.unit.path, policy.unit.name)
    draft, problem = wanted_draft(policy), None
    form = LookedAtForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            if draft.pk != form.cleaned_data["version"]:
                raise ChangedMeanwhile(_("This is another draft than the one you looked at. Look again."))
            revision = form.cleaned_data["revision"]
            released = release_version(actor=request.actor, version=draft, revision=revision, now=now())
        except (ChangedMeanwhile, Invalid, NotAllowed) as error:
            problem, draft = error, wanted_draft(policy)
        else:
            told = _("Version %(number)s is in force. Every release that it decides about is being judged anew.")
            messages.success(request, told % {"number": released.number})
            return redirect("policy", policy.pk)
    return _releasing(request, policy, draft, problem)


def _releasing(request: HubRequest, policy: Policy, draft: PolicyVersion, problem: HubError | None) -> HttpResponse:
    old = holding(policy.unit.path)
    context = {
        **head_of(request.actor, policy, "draft"), **eyes(request.actor, draft), **_touched(request, policy),
        "draft": draft, "faults": faults_of(draft.content), "old": old, "problem": problem,
        "told": meaning_of(old.content, draft.content), "difference": compare_texts(old.content, draft.content),
        "trial": _trial(request, draft),
    }  # fmt: skip
    return render(request, "dry_runs/release.html", context, status=problem.status if problem else 200)


def _trial(request: HubRequest, draft: PolicyVersion) -> Trial | None:
    """The newest dry run of the draft."""
    newest = dry_runs_of(draft).first()
    return None if newest is None else trial_of(dry_run_by_id(request.actor, newest.pk), request.actor, now())


def _touched(request: HubRequest, policy: Policy) -> dict[str, Any]:
    """What other rules in the policy's unit touch: how many releases, and which units below they leave alone."""
    touched = releases_ruled(request.actor, policy.unit.path).exclude(inventory=None).count()
    return {"touched": touched, "below": policies_below(request.actor, policy)}


@login_required
@require_http_methods(["GET", "POST"])
def retire(request: HubRequest, policy_id: UUID) -> HttpResponse:
    """Show which rules would hold instead of the unit's own and what that touches, and end them."""
    policy = policy_by_id(request.actor, policy_id)
    require(request.actor, Permission.RELEASE_POLICIES, policy.unit.path, policy.unit.name)
    if policy.unit.parent_id is None:
        raise NotAllowed(_("The company's own policy can be replaced by a new version, but not ended."))
    current, problem = version_in_force(policy.unit.path), None
    if current is None or current.policy_id != policy.pk:
        raise ChangedMeanwhile(_("No version of %(name)s is in force.") % {"name": policy.name})
    if request.method == "POST":
        try:
            if request.POST.get("version") != str(current.pk):
                raise ChangedMeanwhile(_("Another version is in force than the one you looked at. Look again."))
            retire_policy(actor=request.actor, policy=policy, now=now())
        except ChangedMeanwhile as error:
            problem = error
        else:
            told = _("These rules have ended. Every release that they decided about is being judged anew.")
            messages.success(request, told)
            return redirect("policy", policy.pk)
    instead = holding(policy.unit.path[:-STEP])
    context = {
        **head_of(request.actor, policy, "versions"), **_touched(request, policy),
        "current": current, "called": called(current), "instead": instead, "problem": problem,
        "told": meaning_of(current.content, instead.content),
        "difference": compare_texts(current.content, instead.content),
    }  # fmt: skip
    return render(request, "dry_runs/retire.html", context, status=problem.status if problem else 200)
