# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Looking at a draft, at a dry run of it, and at the releases that a policy decides about."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paddock.hub.accounts.queries import names_of
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import now
from paddock.hub.core.errors import NotFound
from paddock.hub.core.request import HubRequest
from paddock.hub.dry_runs.queries import changes_of, dry_run_by_id, dry_runs_of, releases_ruled
from paddock.hub.dry_runs.tables import CHANGES, RELEASES
from paddock.hub.dry_runs.trials import trial_of
from paddock.hub.pages.tables import respond
from paddock.hub.policies.difference import compare_texts
from paddock.hub.policies.head import head_of, who_may_release
from paddock.hub.policies.meaning import meaning_of
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.queries import draft_of, faults_of, policy_by_id
from paddock.hub.policies.services import needs_second_pair_of_eyes
from paddock.hub.policies.texts import holding, numbered
from paddock.hub.policies.types import VersionState

EARLIER = 5
"""Dry runs listed beside the newest."""


def wanted_draft(policy: Policy) -> PolicyVersion:
    """The policy's draft. Raises NotFound."""
    found = draft_of(policy)
    if found is None:
        raise NotFound(_("%(name)s has no draft: it was released or withdrawn.") % {"name": policy.name})
    return found


def eyes(actor: Actor, draft: PolicyVersion) -> dict[str, Any]:
    """Who wrote in a draft and who may release it: editors (names), second: whether somebody has to release it who did
    not write in it; wrote: whether that rules the actor out. Four queries."""
    second = needs_second_pair_of_eyes(draft.policy.unit)
    names, more = who_may_release(draft.policy.unit.path, now(), but=draft.editors if second else ())
    return {
        "editors": names_of(draft.editors), "second": second, "releasers": names, "more_releasers": more,
        "wrote": second and actor.person_id in draft.editors,
    }  # fmt: skip


@login_required
@require_safe
def draft(request: HubRequest, policy_id: UUID) -> HttpResponse:
    """A draft: what it would change, what a dry run found, who may release it, and its text."""
    policy = policy_by_id(request.actor, policy_id)
    found = wanted_draft(policy)
    faults, old = faults_of(found.content), holding(policy.unit.path)
    runs = list(dry_runs_of(found)[: EARLIER + 1])
    context = {
        **head_of(request.actor, policy, "draft"), **eyes(request.actor, found),
        "draft": found, "faults": faults, "lines": numbered(found.content, faults), "old": old,
        "told": meaning_of(old.content, found.content),
        "trial": trial_of(dry_run_by_id(request.actor, runs[0].pk), request.actor, now()) if runs else None,
        "earlier": runs[1:],
    }  # fmt: skip
    return render(request, "dry_runs/draft.html", context)


@login_required
@require_safe
def dry_run(request: HubRequest, dry_run_id: UUID) -> HttpResponseBase:
    """What a dry run found: which releases would change, and why."""
    found = dry_run_by_id(request.actor, dry_run_id)
    trial, version = trial_of(found, request.actor, now()), found.version
    is_draft = version.state == VersionState.DRAFT
    moved = None if trial.is_about_this_text else compare_texts(found.content, version.content)
    context = {
        **head_of(request.actor, version.policy, "draft" if is_draft else ""),
        "dry_run": found, "trial": trial, "version": version, "is_draft": is_draft, "difference": moved,
    }  # fmt: skip
    return respond(request, CHANGES, changes_of(found, request.actor), "dry_runs/dry_run.html", context)


@login_required
@require_safe
def progress(request: HubRequest, dry_run_id: UUID) -> HttpResponse:
    """How far a dry run is: the part of pages that asks again; the page is loaded anew when it has ended."""
    trial = trial_of(dry_run_by_id(request.actor, dry_run_id), request.actor, now())
    answer = render(request, "dry_runs/progress.html", {"trial": trial})
    if not trial.going:
        answer["HX-Refresh"] = "true"
    return answer


@login_required
@require_safe
def releases(request: HubRequest, policy_id: UUID) -> HttpResponseBase:
    """The releases that a policy decides about, or would if a version of it were in force."""
    policy = policy_by_id(request.actor, policy_id)
    rows = releases_ruled(request.actor, policy.unit.path)
    context = head_of(request.actor, policy, "versions")
    return respond(request, RELEASES, rows, "dry_runs/releases.html", context)
