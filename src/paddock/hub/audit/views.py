# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The page of everything that was done within reach."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paddock.hub.audit.actions import words
from paddock.hub.audit.models import Entry
from paddock.hub.audit.permissions import SEE_AUDIT
from paddock.hub.audit.queries import entries_matching, entries_within
from paddock.hub.audit.types import told
from paddock.hub.core.errors import NotAllowed
from paddock.hub.core.request import acting
from paddock.hub.pages.tables import Column, Empty, Filter, Table, respond


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _since(rows: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    day = _day(text)
    return entries_matching(rows, since=day) if day else rows.none()


def _until(rows: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    day = _day(text)
    return entries_matching(rows, until=day) if day and day < date.max else rows.none()


def _table() -> Table:
    return Table(
        name="record",
        caption=_("What was done"),
        columns=(
            Column(name="at", label=_("When"), value=lambda one: one.at, sort="id", note=_time),
            Column(name="actor", label=_("Who"), value=lambda one: one.actor_name, note=_kind),
            Column(
                name="action",
                label=_("Did"),
                value=lambda one: words(one.action),
                note=lambda one: one.action,
                exported=lambda one: one.action,
            ),
            Column(name="subject", label=_("To"), value=lambda one: one.subject_name),
            Column(name="details", label=_("Details"), value=lambda one: told(one.details)),
        ),
        order="-at",
        empty=Empty(sentence=_("Nothing was done yet in the units whose record you may read.")),
        filters=(
            Filter(name="who", label=_("Who"), apply=lambda rows, text: entries_matching(rows, who=text)),
            Filter(name="action", label=_("Action"), apply=lambda rows, text: entries_matching(rows, action=text)),
            Filter(name="about", label=_("To what"), apply=lambda rows, text: entries_matching(rows, about=text)),
            Filter(name="since", label=_("From (2026-12-31)"), apply=_since),
            Filter(name="until", label=_("Until (2026-12-31)"), apply=_until),
        ),
    )


def _time(entry: Entry) -> str:
    return formats.time_format(timezone.localtime(entry.at), "H:i:s")


def _kind(entry: Entry) -> str:
    kinds = {"program": _("program"), "system": _("the hub itself")}
    return kinds.get(entry.actor_kind, "")


@login_required
@require_safe
def record(request: HttpRequest) -> HttpResponseBase:
    """Entries within reach, filtered by who, what, to what and when; ?export= exports them."""
    actor = acting(request)
    if not actor.may_somewhere(SEE_AUDIT):
        raise NotAllowed(_("The record is for auditors and for whoever leads a unit. Objects show their own activity."))
    return respond(request, _table(), entries_within(actor), "audit/record.html")
