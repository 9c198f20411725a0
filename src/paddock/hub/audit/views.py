# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The page of everything that was done within reach."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paddock.hub.audit.models import Entry
from paddock.hub.audit.permissions import SEE_AUDIT
from paddock.hub.audit.queries import entries_matching, entries_within
from paddock.hub.audit.types import told, words
from paddock.hub.core.errors import NotAllowed
from paddock.hub.core.request import acting
from paddock.hub.pages.tables import Column, Empty, Table, answer

FIELDS = ("who", "action", "about")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _table() -> Table:
    return Table(
        name="record",
        caption=_("What was done"),
        columns=[
            Column(name="at", title=_("When"), value=lambda one: one.at, order=("id",)),
            Column(name="actor", title=_("Who"), value=lambda one: one.actor_name),
            Column(name="kind", title=_("As"), value=lambda one: _kinds().get(one.actor_kind, one.actor_kind)),
            Column(name="action", title=_("Did"), value=lambda one: words(one.action)),
            Column(name="subject", title=_("To"), value=lambda one: one.subject_name),
            Column(name="details", title=_("Details"), value=lambda one: told(one.details)),
        ],
        sort="-at",
        empty=Empty(sentence=_("Nothing was done yet in the units whose record you may read.")),
    )


def _kinds() -> dict[str, str]:
    return {"person": _("person"), "program": _("program"), "system": _("the hub")}


@login_required
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Entries within reach, filtered by who, what, to what and when; ?format= exports them."""
    actor = acting(request)
    if not actor.may_somewhere(SEE_AUDIT):
        raise NotAllowed("The record is for auditors and for whoever leads a unit. Objects show their own activity.")
    asked = {name: request.GET.get(name, "").strip()[:200] for name in FIELDS}
    since, until = _day(request.GET.get("since", "")), _day(request.GET.get("until", ""))
    rows: QuerySet[Entry] = entries_matching(entries_within(actor), **asked, since=since, until=until)
    context = {"asked": asked, "since": since, "until": until, "narrowed": any((*asked.values(), since, until))}
    return answer(request, "audit/record.html", _table(), rows, context)
