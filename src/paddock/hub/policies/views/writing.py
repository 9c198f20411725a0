# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writing policies: a policy for a unit, drafts, and throwing a draft away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from paddock.hub.accounts.types import Permission
from paddock.hub.core.clock import now
from paddock.hub.core.errors import ChangedMeanwhile, HubError, Invalid, NotAllowed, NotFound, TooLarge
from paddock.hub.core.request import HubRequest
from paddock.hub.policies.difference import compare_texts
from paddock.hub.policies.forms import HOLDS, DraftForm, LookedAtForm, NewPolicyForm
from paddock.hub.policies.head import head_of
from paddock.hub.policies.models import Policy, PolicyVersion
from paddock.hub.policies.permissions import require
from paddock.hub.policies.queries import draft_of, faults_of, policy_by_id, version_of
from paddock.hub.policies.services import create_policy, draft_version, edit_draft, withdraw_draft
from paddock.hub.policies.texts import holding, numbered


@login_required
@require_http_methods(["GET", "POST"])
def new_policy(request: HubRequest) -> HttpResponse:
    """The form of a policy of its own for a unit."""
    if not request.actor.may_somewhere(Permission.MANAGE_POLICIES):
        raise NotAllowed(_("Writing policies needs a role such as coordinator or compliance officer in a unit."))
    form = NewPolicyForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        unit, name = form.cleaned_data["unit"], form.cleaned_data["name"]
        content = holding(unit.path).content if form.cleaned_data["start"] == HOLDS else None
        try:
            made = create_policy(actor=request.actor, unit=unit, name=name, now=now(), content=content)
        except Invalid as error:
            form.add_error(None, error.message)
        else:
            told = _("%(name)s was created, with a first draft. Nothing of it holds before it is released.")
            messages.success(request, told % {"name": made.name})
            return redirect("edit-draft", made.pk)
    return render(request, "policies/new_policy.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def new_draft(request: HubRequest, policy_id: UUID) -> HttpResponse:
    """Begin a draft: with the text in force, or with that of the version that was sent along."""
    policy = policy_by_id(request.actor, policy_id)
    number = request.POST.get("number", "")
    content = version_of(policy, int(number)).content if number.isascii() and number.isdigit() else None
    try:
        draft_version(actor=request.actor, policy=policy, now=now(), content=content)
    except Invalid as error:
        messages.warning(request, error.message)
        return redirect("policy-draft", policy.pk)
    return redirect("edit-draft", policy.pk)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HubRequest, policy_id: UUID) -> HttpResponse:
    """The text of the draft, to be written; what is wrong with it stands above, line by line."""
    policy = policy_by_id(request.actor, policy_id)
    require(request.actor, Permission.MANAGE_POLICIES, policy.unit.path, policy.unit.name)
    draft = draft_of(policy)
    if request.method == "POST":
        return _save(request, policy, draft, DraftForm(request.POST))
    if draft is None:
        raise NotFound(_("%(name)s has no draft.") % {"name": policy.name})
    initial = {"version": draft.pk, "revision": draft.revision, "content": draft.content, "note": draft.note}
    return _editor(request, policy, DraftForm(initial=initial), draft)


def _save(request: HubRequest, policy: Policy, draft: PolicyVersion | None, form: DraftForm) -> HttpResponse:
    """Save what was sent, or show it again beside what others saved meanwhile: nothing that was typed is lost."""
    if not form.is_valid():
        return _editor(request, policy, form, draft, status=422)
    given: dict[str, Any] = {name: form.cleaned_data[name] for name in ("content", "note")}
    try:
        if draft is None and "again" in request.POST:
            saved = draft_version(actor=request.actor, policy=policy, now=now(), **given)
        elif draft is None or draft.pk != form.cleaned_data["version"]:
            return _overtaken(request, policy, draft, form)
        else:
            revision = form.cleaned_data["revision"]
            saved = edit_draft(actor=request.actor, version=draft, revision=revision, now=now(), **given)
    except ChangedMeanwhile:
        return _overtaken(request, policy, draft_of(policy), form)
    except (Invalid, TooLarge) as error:
        form.add_error(None, error.message)
        return _editor(request, policy, form, draft, status=error.status)
    count = len(faults_of(saved.content))
    if not count:
        messages.success(request, _("The draft was saved. Below is what it changes."))
        return redirect("policy-draft", policy.pk)
    told = ngettext(
        "Saved, with one fault. It can be released when that is gone.",
        "Saved, with %(count)s faults. It can be released when they are gone.",
        count,
    )
    messages.warning(request, told % {"count": count})
    return redirect("edit-draft", policy.pk)


def _editor(
    request: HubRequest, policy: Policy, form: DraftForm, draft: PolicyVersion | None, status: int = 200
) -> HttpResponse:  # fmt: skip
    content = str(form["content"].value() or "")
    faults = faults_of(content)
    context = {
        **head_of(request.actor, policy, "draft"), "form": form, "draft": draft, "faults": faults,
        "lines": numbered(content, faults) if faults else (),
    }  # fmt: skip
    return render(request, "policies/edit.html", context, status=status)


def _overtaken(request: HubRequest, policy: Policy, theirs: PolicyVersion | None, form: DraftForm) -> HttpResponse:
    """Both texts on one page: what was typed, in the form, and the draft as it is now, if there still is one."""
    mine = form.cleaned_data["content"].replace("\r\n", "\n")
    context = {
        **head_of(request.actor, policy, "draft"),
        "form": form if theirs is None else form.of(theirs),
        "theirs": theirs,
        "difference": compare_texts(theirs.content, mine) if theirs else None,
        "lines": numbered(theirs.content) if theirs else (),
    }
    return render(request, "policies/overtaken.html", context, status=ChangedMeanwhile.status)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HubRequest, policy_id: UUID) -> HttpResponse:
    """Ask whether the draft is to be thrown away, and do it."""
    policy = policy_by_id(request.actor, policy_id)
    require(request.actor, Permission.MANAGE_POLICIES, policy.unit.path, policy.unit.name)
    draft, problem = draft_of(policy), None
    if draft is None:
        raise NotFound(_("%(name)s has no draft.") % {"name": policy.name})
    form = LookedAtForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            if draft.pk != form.cleaned_data["version"]:
                raise ChangedMeanwhile(_("This is another draft than the one you looked at. Nothing was thrown away."))
            revision = form.cleaned_data["revision"]
            withdraw_draft(actor=request.actor, version=draft, now=now(), revision=revision)
        except ChangedMeanwhile as error:
            problem = error
        else:
            messages.success(request, _("The draft was withdrawn. What is in force has not changed."))
            return redirect("policy", policy.pk)
    return _withdrawing(request, policy, problem)


def _withdrawing(request: HubRequest, policy: Policy, problem: HubError | None) -> HttpResponse:
    draft = draft_of(policy)
    context = {**head_of(request.actor, policy, "draft"), "draft": draft, "problem": problem}
    return render(request, "policies/withdraw.html", context, status=problem.status if problem else 200)
