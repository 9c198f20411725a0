# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What waits for one person: products of theirs that may not ship, drafts to release, terms and tokens that end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from paddock.hub.accounts.queries import roles_ending, tokens_of
from paddock.hub.accounts.types import Role
from paddock.hub.core.actor import Actor
from paddock.hub.core.clock import today
from paddock.hub.policies.queries import drafts_to_release
from paddock.hub.products.outcomes import outcome_status
from paddock.hub.products.queries import listed_products
from paddock.hub.products.sentences import in_words
from paddock.hub.products.types import Outcome

ROLES_AHEAD, TOKENS_AHEAD, SUPPORT_AHEAD = timedelta(days=30), timedelta(days=14), timedelta(days=60)
"""How long before its end something is worth a word."""
MOST = 20
"""Of each kind."""

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do. tone and kind: what it is about, as colour and word. due: when it is late, None for now."""

    tone: str
    kind: Text
    text: str
    url: str
    note: str
    due: date | datetime | None = None

    @property
    def order(self) -> tuple[bool, str]:
        """What is due first comes first; what has no date is due now."""
        return self.due is not None, self.due.isoformat() if self.due else ""


def needs_of(actor: Actor, moment: datetime) -> list[Need]:
    """Everything that waits for the actor, the most pressing first. Four queries; none for programs."""
    if actor.person_id is None:
        return []
    found = [*_products(actor, today(moment)), *_drafts(actor), *_roles(actor, moment), *_tokens(actor, moment)]
    return sorted(found, key=lambda need: need.order)


def _products(actor: Actor, day: date) -> Iterator[Need]:
    own: QuerySet[Any] = listed_products(actor).filter(owner=actor.person_id, archived_at=None)
    for product in own.order_by("name")[: 10 * MOST]:
        if product.newest_outcome in (Outcome.NOT_COMPLIANT, Outcome.UNDECIDED):
            status = outcome_status(product.newest_outcome)
            name = f"{product.name} {product.newest_name}"
            sentence = in_words(product.newest_sentence)
            yield Need(status.tone, status.word, name, reverse("release", args=[product.newest_id]), sentence)
        if product.support_ends_on is not None and product.support_ends_on <= day + SUPPORT_AHEAD:
            over = product.support_ends_on < day
            note = _("Its support has ended.") if over else _("Its support ends soon.")
            yield Need(
                "bad" if over else "warn", _("End of support"), product.name, reverse("product", args=[product.pk]),
                note, product.support_ends_on,
            )  # fmt: skip


def _drafts(actor: Actor) -> Iterator[Need]:
    for draft in drafts_to_release(actor)[:MOST]:
        author = draft.author.name if draft.author is not None else ""
        name = _("%(policy)s, version %(number)s") % {"policy": draft.policy.name, "number": draft.number}
        note = _("A draft by %(author)s waits for a second pair of eyes.") % {"author": author}
        yield Need("warn", _("To release"), name, reverse("policy-draft", args=[draft.policy_id]), note)


def _roles(actor: Actor, moment: datetime) -> Iterator[Need]:
    for grant in roles_ending(actor, moment, today(moment) + ROLES_AHEAD)[:MOST]:
        words = {"role": Role(grant.role).label, "unit": grant.unit.name}
        note = _("The role %(role)s in %(unit)s ends.") % words
        yield Need(
            "warn", _("Role ends"), grant.person.name, reverse("person", args=[grant.person_id]), note, grant.ends_on
        )


def _tokens(actor: Actor, moment: datetime) -> Iterator[Need]:
    ending = tokens_of(actor).filter(revoked_at=None, expires_at__gt=moment, expires_at__lte=moment + TOKENS_AHEAD)
    for token in ending.order_by("expires_at")[:MOST]:
        note = _("This token expires. What signs in with it needs a new one.")
        yield Need("warn", _("Token expires"), token.name, reverse("own-tokens"), note, token.expires_at)
