# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading the record, and proving that nobody changed it."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from paddock.hub.audit.models import Entry, Seal
from paddock.hub.audit.permissions import SEE_AUDIT
from paddock.hub.core.actor import Actor


def entries_about(subject_type: str, subject_id: object) -> QuerySet[Entry]:
    """What was done to one thing, the newest first. The caller has checked that the actor may see the thing."""
    return Entry.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("-id")


def entries_within(actor: Actor) -> QuerySet[Entry]:
    """What was done in the units whose record the actor may read; what belongs to no unit, to readers of the whole."""
    reach = actor.reach(SEE_AUDIT)
    condition = actor.within(SEE_AUDIT, "unit_path")
    if any(path.count("/") == 1 for path in reach):
        condition |= Q(unit_path="")
    return Entry.objects.filter(condition).order_by("-id")


def entries_matching(
    entries: QuerySet[Entry], *, who: str = "", action: str = "", about: str = "", since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:  # fmt: skip
    """Those of an actor's name, an action (or its beginning, "role."), a subject's name or id, from day to day."""
    conditions = Q()
    if who:
        conditions &= Q(actor_name__icontains=who)
    if action:
        conditions &= Q(action__startswith=action)
    if about:
        conditions &= Q(subject_name__icontains=about) | Q(subject_id=about) | Q(subject_type=about)
    zone = timezone.get_default_timezone()
    if since:
        conditions &= Q(at__gte=datetime.combine(since, time.min, zone))
    if until:
        conditions &= Q(at__lt=datetime.combine(until + timedelta(days=1), time.min, zone))
    return entries.filter(conditions)


def broken_links() -> Iterator[str]:
    """A sentence for every place where the record is not what was committed; none when it is whole.

    Recomputes every hash from the content, compares content with the columns, and finds gaps and entries outside the
    chain. Reads the record once, in chunks.
    """
    previous, expected = "", 1
    for seal in Seal.objects.select_related("entry").order_by("number").iterator(chunk_size=2_000):
        if seal.number != expected:
            yield f"Links {expected} to {seal.number - 1} of the chain are missing."
        if seal.entry.content != seal.entry.canonical():
            yield f"Entry {seal.entry_id} ({seal.entry.action}) says something else than when it was written."
        if hashlib.sha256((previous + seal.entry.content).encode()).hexdigest() != seal.hash:
            yield f"The chain is broken at link {seal.number} (entry {seal.entry_id}, {seal.entry.at:%Y-%m-%d %H:%M})."
        previous, expected = seal.hash, seal.number + 1
    unsealed = Entry.objects.filter(seal=None).count()
    if unsealed:
        yield f"{unsealed} entries are not in the chain."
