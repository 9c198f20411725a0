# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Lists that people keep for themselves. They concern nobody else, so the record of decisions does not name them."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import Person
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import Invalid, NotFound
from paddock.hub.portal.models import SavedView

MOST = 50
"""Of one person."""
PASSING = frozenset({"page", "export"})
"""What of an address says nothing about which rows one wants to see."""


def views_of(actor: Actor) -> list[SavedView]:
    """What the person keeps, by name. One query."""
    return list(SavedView.objects.filter(person=actor.person_id))


def save_view(*, actor: Actor, name: str, address: str, now: datetime) -> SavedView:
    """Keep a list under a name; the same name for the same list replaces what it had. Raises Invalid."""
    name = " ".join(name.split())
    parts = urlsplit(address)
    query = urlencode([pair for pair in parse_qsl(parts.query) if pair[0] not in PASSING])
    if not name or len(name) > 100:
        raise Invalid(_("Give the view a name of at most 100 characters."))
    if parts.scheme or parts.netloc or not _is_page(parts.path) or len(parts.path) > 200 or len(query) > 2_000:
        raise Invalid(_("Only lists of this hub can be kept, with filters of at most 2,000 characters."))
    if actor.person_id is None:
        raise Invalid(_("Only people keep views."))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=actor.person_id)
        kept = SavedView.objects.filter(person=actor.person_id)
        if kept.count() >= MOST:
            raise Invalid(_("You keep %(most)s views already. Remove one of them first.") % {"most": MOST})
        return kept.update_or_create(
            person_id=actor.person_id, path=parts.path, name=name,
            defaults={"query": query}, create_defaults={"query": query, "created_at": now},
        )[0]  # fmt: skip


def remove_view(*, actor: Actor, view_id: UUID) -> SavedView:
    """Keep it no longer. Raises NotFound."""
    found = SavedView.objects.filter(person=actor.person_id, pk=view_id).first()
    if found is None:
        raise NotFound(_("You keep no such view."))
    found.delete()
    return found


def _is_page(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
