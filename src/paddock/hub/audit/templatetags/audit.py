# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What was done to one thing, for the last tab of its page: {% load audit %}{% activity "release" release.pk %}."""

from typing import Any

from django import template

from paddock.hub.audit.queries import entries_about, entries_within
from paddock.hub.audit.types import lines
from paddock.hub.core.actor import Actor

register = template.Library()
SHOWN = 200
"""Entries on the tab; the page of the whole record shows the rest."""


@register.inclusion_tag("audit/activity.html", takes_context=True)
def activity(
    context: dict[str, Any], subject_type: str, subject_id: object, within: Actor | None = None
) -> dict[str, Any]:
    """The entries about one thing, the newest first. The page has checked that the actor may see the thing.

    within: only what happened in the units whose record this actor may read, for things that belong to several units.
    """
    entries = entries_about(subject_type, subject_id)
    if within is not None:
        entries &= entries_within(within)
    found = list(entries[: SHOWN + 1])
    actor = context.get("actor")
    return {
        "lines": lines(found[:SHOWN]), "more": len(found) > SHOWN, "subject_id": str(subject_id),
        "reads_all": actor is not None and actor.may_somewhere("see audit"),
    }  # fmt: skip
