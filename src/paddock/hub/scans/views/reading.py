# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of a release as a whole: the verdict and why, what was done."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paddock.hub.core.request import HubRequest
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.causes import ADVISORIES, reasons_from, shown_causes
from paddock.hub.scans.head import head_of, policy_url
from paddock.hub.scans.models import Evaluation
from paddock.hub.scans.queries import latest_evaluation


@login_required
@require_safe
def release(request: HubRequest, release_id: UUID) -> HttpResponse:
    """One release: its verdict, by what it was decided, and the causes; waived ones apart."""
    found = release_by_id(request.actor, release_id)
    evaluation = latest_evaluation(found)
    reasons = reasons_from(evaluation.reasons) if evaluation is not None else ()
    context = {
        **head_of(request.actor, found, "overview"),
        "evaluation": evaluation,
        "causes": shown_causes(reasons, found.pk),
        "waived": shown_causes(reasons, found.pk, waived=True),
        **(_decided_by(evaluation) if evaluation is not None else {}),
    }
    return render(request, "scans/release.html", context)


def _decided_by(evaluation: Evaluation) -> dict[str, object]:
    """Which policy and which data decided, as the template shows it."""
    version = evaluation.policy_version
    data = dict(evaluation.data)
    advisories = data.pop(ADVISORIES, None)
    return {
        "policy": version.policy.name if version is not None else "",
        "policy_number": version.number if version is not None else None,
        "policy_url": policy_url(version),
        "advisories_of": datetime.fromisoformat(advisories) if advisories else None,
        "data": [f"{name} {number}" for name, number in data.items()],
    }


@login_required
@require_safe
def activity(request: HubRequest, release_id: UUID) -> HttpResponse:
    """What was done to a release, by whom."""
    found = release_by_id(request.actor, release_id)
    return render(request, "scans/release_activity.html", head_of(request.actor, found, "activity"))
