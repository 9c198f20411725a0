# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The page of the verdicts about a release."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from paddock.hub.core.clock import now
from paddock.hub.core.request import HubRequest
from paddock.hub.pages.tables import respond
from paddock.hub.products.queries import release_by_id
from paddock.hub.scans.head import head_of, policy_url
from paddock.hub.scans.history import HEIGHT, WIDTH, Verdict, steps, timeline
from paddock.hub.scans.models import Evaluation
from paddock.hub.scans.queries import verdicts_of
from paddock.hub.scans.tables import history_table

MOST = 1_000
"""Verdicts that are shown, the newest."""


@login_required
@require_safe
def history(request: HubRequest, release_id: UUID) -> HttpResponseBase:
    """Every verdict with what came and went against the one before, and the open causes as a line."""
    found = release_by_id(request.actor, release_id)
    verdicts = [_verdict(one) for one in verdicts_of(found, most=MOST + 1)]
    rows = steps(verdicts, complete=len(verdicts) <= MOST)
    context = {
        **head_of(request.actor, found, "history"),
        "line": timeline(rows, now()),
        "picture": (WIDTH, HEIGHT),
        "newest": rows[0] if rows else None,
        "number": len(rows),
        "most": MOST if len(verdicts) > MOST else 0,
    }
    return respond(request, history_table(), rows, "scans/release_history.html", context)


def _verdict(evaluation: Evaluation) -> Verdict:
    version = evaluation.policy_version
    return Verdict(
        at=evaluation.created_at,
        outcome=evaluation.outcome,
        sentence=evaluation.sentence,
        policy=f"{version.policy.name} {version.number}" if version is not None else "",
        policy_url=policy_url(version),
        causes=tuple((label, title) for label, title, _number in evaluation.causes),
    )
