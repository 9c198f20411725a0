# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Looking at policies: which there are, what their versions say, and what differs between two of them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paddock.hub.accounts.queries import root_path, unit_at
from paddock.hub.accounts.types import Permission
from paddock.hub.core.clock import now
from paddock.hub.core.errors import NotFound
from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import Empty, respond
from paddock.hub.policies.difference import compare_texts
from paddock.hub.policies.head import head_of, who_may_release
from paddock.hub.policies.meaning import meaning_of
from paddock.hub.policies.queries import (
    faults_of,
    policies_below,
    policies_with_versions,
    policy_by_id,
    shipped_text,
    version_in_force,
    version_of,
    versions_of,
)
from paddock.hub.policies.tables import POLICIES, VERSIONS, version_status
from paddock.hub.policies.texts import SHIPPED, numbered, side_of
from paddock.hub.policies.types import VersionState


@login_required
@require_safe
def policies(request: HubRequest) -> HttpResponseBase:
    """The policies that concern the person, and which rules hold where they look: in the chosen unit, else in the one
    unit of theirs, else in the whole company."""
    reach = request.actor.reach(Permission.SEE_PRODUCTS)
    may_write = request.actor.may_somewhere(Permission.MANAGE_POLICIES)
    context: dict[str, Any] = {"may_write": may_write}
    if reach:
        place = request.unit_path or (reach[0] if len(reach) == 1 else "") or root_path()
        context |= {"place": unit_at(place), "holds": version_in_force(place)}
    table = POLICIES if may_write else replace(POLICIES, empty=Empty(POLICIES.empty.sentence))
    rows = policies_with_versions(request.actor, request.unit_path)
    return respond(request, table, rows, "policies/policies.html", context)


@login_required
@require_safe
def shipped(request: HubRequest) -> HttpResponse:
    """The policy that ships with Paddock, to read."""
    return render(request, "policies/shipped.html", {"lines": numbered(shipped_text())})


@login_required
@require_safe
def policy(request: HubRequest, policy_id: UUID) -> HttpResponseBase:
    """One policy: what is in force where, who may change that, and all versions."""
    found = policy_by_id(request.actor, policy_id)
    names, more = who_may_release(found.unit.path, now())
    context = {
        **head_of(request.actor, found, "versions"),
        "below": policies_below(request.actor, found),
        "releasers": names,
        "more_releasers": more,
    }
    return respond(request, VERSIONS, versions_of(found), "policies/policy.html", context)


@login_required
@require_safe
def text(request: HubRequest, policy_id: UUID) -> HttpResponse:
    """The text whose rules hold in the policy's unit: its own, or whose it is where nothing of it is in force."""
    found = policy_by_id(request.actor, policy_id)
    context = head_of(request.actor, found, "text")
    content = shipped_text()
    if context["holds"] is not None:
        content = version_of(context["holds"].policy, context["holds"].number).content
    return render(request, "policies/text.html", {**context, "lines": numbered(content)})


@login_required
@require_safe
def version(request: HubRequest, policy_id: UUID, number: int) -> HttpResponse:
    """One version with its text, and what is wrong with it."""
    found = policy_by_id(request.actor, policy_id)
    one = version_of(found, number)
    is_draft = one.state == VersionState.DRAFT
    faults = faults_of(one.content) if is_draft else ()
    context = {
        **head_of(request.actor, found, "draft" if is_draft else "versions"),
        "version": one, "status": version_status(one), "faults": faults, "lines": numbered(one.content, faults),
    }  # fmt: skip
    return render(request, "policies/version.html", context)


@login_required
@require_safe
def changes(request: HubRequest, policy_id: UUID) -> HttpResponse:
    """What differs between two texts: ?from= and ?to= are numbers of versions, "paddock" for the policy that ships with
    it; without from it is what holds in the unit now, without to the newest version."""
    found = policy_by_id(request.actor, policy_id)
    numbers = list(versions_of(found).values_list("number", flat=True))
    if not numbers:
        raise NotFound(_("%(name)s has no version to compare.") % {"name": found.name})
    old = side_of(found, request.GET.get("from", ""))
    new = side_of(found, request.GET.get("to", "") or str(numbers[0]))
    context: dict[str, Any] = {
        **head_of(request.actor, found, "versions"),
        "old": old, "new": new, "told": meaning_of(old.content, new.content),
        "difference": compare_texts(old.content, new.content),
        "olds": [("", _("what holds now")), *_numbered(numbers), (SHIPPED, _("the policy that ships with Paddock"))],
        "news": _numbered(numbers),
    }  # fmt: skip
    return render(request, "policies/changes.html", context)


def _numbered(numbers: list[int]) -> list[tuple[str, str]]:
    return [(str(number), _("Version %(number)s") % {"number": number}) for number in numbers]


@login_required
@require_safe
def activity(request: HubRequest, policy_id: UUID) -> HttpResponse:
    """What was done to a policy, by whom."""
    found = policy_by_id(request.actor, policy_id)
    return render(request, "policies/activity.html", head_of(request.actor, found, "activity"))
