# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Managing subscriptions, and telling them."""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from paddock.hub.accounts.models import Unit
from paddock.hub.accounts.types import Permission, the_unit
from paddock.hub.audit.services import record
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import Invalid
from paddock.hub.core.queue import Queue, defer
from paddock.hub.core.sealing import Unreadable, seal, sealed_anew, unseal
from paddock.hub.webhooks.addresses import check_address
from paddock.hub.webhooks.models import Attempt, Message, Subscription
from paddock.hub.webhooks.queries import MANAGE, listening
from paddock.hub.webhooks.sending import Outcome, send
from paddock.hub.webhooks.signature import signature
from paddock.hub.webhooks.types import ATTEMPTS, FAILURES_IN_A_ROW, KEPT, DeliveryState, Topic

MARK = "whsec_"
PURPOSE = "webhooks"
"""What the secrets are sealed for."""
UNOPENED = "The secret cannot be read with this hub's key, so nothing was sent. Make a new secret."
Send = Callable[[str, bytes, dict[str, str]], Outcome]


class NotTaken(Exception):
    """An attempt failed and there is another one to come: the queue runs the task again later."""


@transaction.atomic
def create_subscription(
    *, actor: Actor, unit: Unit, url: str, topics: Iterable[str], now: datetime
) -> tuple[Subscription, str]:
    """A new subscription and the secret its messages are signed with. Raises NotAllowed, NotFound, Invalid."""
    actor.require(MANAGE, unit.path, see=Permission.SEE_PRODUCTS, what=the_unit(unit.name))
    check_address(url)
    secret = MARK + secrets.token_urlsafe(32)
    made = Subscription(
        created_at=now, unit=unit, url=url, topics=_topics(topics), sealed_secret=seal(secret, purpose=PURPOSE),
        created_by=actor.name,
    )  # fmt: skip
    with _once(unit):
        made.save(force_insert=True)
    _note(actor, made, "webhook.created", now, topics=made.topics)
    return made, secret


@transaction.atomic
def change_subscription(
    *,
    actor: Actor,
    subscription: Subscription,
    now: datetime,
    url: str | None = None,
    topics: Iterable[str] | None = None,
    enabled: bool | None = None,
) -> Subscription:
    """Change what is named. Switching it on again forgets the failures. Raises NotAllowed, NotFound, Invalid."""
    _require(actor, subscription)
    changes: dict[str, Any] = {}
    if url is not None:
        check_address(url)
        changes["url"] = url
    if topics is not None:
        changes["topics"] = _topics(topics)
    if enabled is not None:
        reason = "" if enabled else f"switched off by {actor.name}"[:300]
        changes |= {"disabled_at": None if enabled else now, "failures": 0, "disabled_reason": reason}
    if changes:
        with _once(subscription.unit):
            Subscription.objects.filter(pk=subscription.pk).update(**changes)
    _note(actor, subscription, "webhook.changed", now, changed=sorted(changes))
    subscription.refresh_from_db()
    return subscription


@transaction.atomic
def renew_secret(*, actor: Actor, subscription: Subscription, now: datetime) -> str:
    """A new secret; the old one signs nothing any more. Raises NotAllowed, NotFound."""
    _require(actor, subscription)
    secret = MARK + secrets.token_urlsafe(32)
    Subscription.objects.filter(pk=subscription.pk).update(sealed_secret=seal(secret, purpose=PURPOSE))
    _note(actor, subscription, "webhook.secret-renewed", now)
    return secret


@transaction.atomic
def delete_subscription(*, actor: Actor, subscription: Subscription, now: datetime) -> None:
    """Remove a subscription with its log; the record of what was done keeps that it was there."""
    _require(actor, subscription)
    _note(actor, subscription, "webhook.deleted", now)
    subscription.delete()


@transaction.atomic
def send_test(*, actor: Actor, subscription: Subscription, now: datetime) -> Message:
    """Send a message that says that it is a test, even to a subscription that is switched off."""
    _require(actor, subscription)
    _note(actor, subscription, "webhook.tested", now)
    return _queue(subscription, Topic.TEST, {"sent_by": actor.name}, now)


@transaction.atomic
def replay(*, actor: Actor, message: Message, now: datetime) -> Message:
    """Send a message again, word for word, with the same id.

    Raises NotAllowed, NotFound, Invalid while it waits, and for a webhook that is switched off: nothing would be sent.
    """
    _require(actor, message.subscription)
    if message.subscription.disabled_at is not None and message.topic != Topic.TEST:
        raise Invalid(_("This webhook is switched off. Switch it on first."))
    finished = Message.objects.filter(pk=message.pk).exclude(state=DeliveryState.WAITING)
    if not finished.update(state=DeliveryState.WAITING, attempts=0):
        raise Invalid(_("It is waiting to be sent already."))
    _note(actor, message.subscription, "webhook.replayed", now, message=str(message.id))
    defer("webhooks.deliver", queue=Queue.EVENTS, message_id=str(message.id))
    message.refresh_from_db()
    return message


@transaction.atomic
def announce(
    *, topic: Topic, unit_path: str, facts: Mapping[str, Any], now: datetime, further: Iterable[Subscription] = ()
) -> list[Message]:
    """Tell every subscription of the unit and of those above it that asked for the topic, and the `further` ones."""
    return [_queue(subscription, topic, facts, now) for subscription in (*listening(topic, unit_path), *further)]


def deliver(*, message_id: UUID, clock: Callable[[], datetime], post: Send | None = None) -> Message | None:
    """Try once to deliver a message, and write down how that went; None when it needs no delivery any more.

    Raises NotTaken when it failed and shall be tried again. The network is used outside any transaction.
    """
    message = Message.objects.select_related("subscription").filter(pk=message_id).first()
    if message is None or message.state != DeliveryState.WAITING:
        return None
    subscription = message.subscription
    if subscription.disabled_at is not None and message.topic != Topic.TEST:
        Message.objects.filter(pk=message.pk).update(state=DeliveryState.GIVEN_UP)
        return message
    moment = clock()
    try:
        headers = headers_of(message, moment)
    except Unreadable:
        outcome = Outcome(None, UNOPENED, 0)
    else:
        outcome = (post or sender())(subscription.url, message.body.encode(), headers)
    again = _write_down(message, outcome, moment)
    if again:
        raise NotTaken(outcome.error)
    return message


def headers_of(message: Message, moment: datetime) -> dict[str, str]:
    """What is sent with a message at that moment, its signature among it. Raises Unreadable."""
    secret = unseal(message.subscription.sealed_secret, purpose=PURPOSE)
    return {
        "Content-Type": "application/json",
        "Paddock-Topic": message.topic,
        "Paddock-Message": str(message.id),
        "Paddock-Signature": signature(secret, int(moment.timestamp()), message.body.encode()),
    }


def seal_anew() -> int:
    """Seal every secret by the hub's present key, so that earlier ones can be forgotten; how many.

    One that no key opens stays as it is: its webhook says so when it next has something to send.
    """
    count = 0
    for row in Subscription.objects.only("pk", "sealed_secret").iterator():
        try:
            sealed = sealed_anew(row.sealed_secret, purpose=PURPOSE)
        except Unreadable:
            continue
        # Not when somebody made a new secret at this moment.
        same = Subscription.objects.filter(pk=row.pk, sealed_secret=row.sealed_secret)
        count += same.update(sealed_secret=sealed)
    return count


def forget(*, now: datetime) -> int:
    """Remove messages that are older than KEPT and no longer wait, with their attempts; how many rows."""
    old = Message.objects.filter(created_at__lt=now - KEPT).exclude(state=DeliveryState.WAITING)
    return old.delete()[0]


def sender() -> Send:
    """What sends: the network, or what the settings put in its place."""
    chosen: Send = import_string(settings.WEBHOOKS_SENDER) if settings.WEBHOOKS_SENDER else send
    return chosen


@transaction.atomic
def _write_down(message: Message, outcome: Outcome, now: datetime) -> bool:
    """Whether there is to be another attempt."""
    Attempt.objects.create(
        created_at=now, message=message, status=outcome.status, error=outcome.error, milliseconds=outcome.milliseconds
    )
    message.attempts += 1
    finished = DeliveryState.DELIVERED if outcome.taken else DeliveryState.GIVEN_UP
    again = not outcome.taken and message.attempts < ATTEMPTS
    message.state = DeliveryState.WAITING if again else finished
    message.save(update_fields=["attempts", "state"])
    rows = Subscription.objects.filter(pk=message.subscription_id)
    if outcome.taken:
        rows.update(failures=0, last_attempt_at=now, last_error="")
        return False
    rows.update(failures=F("failures") + 1, last_attempt_at=now, last_error=outcome.error)
    reason = f"{FAILURES_IN_A_ROW} attempts in a row failed; the last: {outcome.error}"[:300]
    rows.filter(failures__gte=FAILURES_IN_A_ROW, disabled_at=None).update(disabled_at=now, disabled_reason=reason)
    return again


def _queue(subscription: Subscription, topic: Topic, facts: Mapping[str, Any], now: datetime) -> Message:
    message = Message(created_at=now, subscription=subscription, topic=topic)
    content = {"id": str(message.id), "topic": str(topic), "at": now.isoformat(), "facts": dict(facts)}
    message.body = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False)
    message.save(force_insert=True)
    defer("webhooks.deliver", queue=Queue.EVENTS, message_id=str(message.id))
    return message


@contextmanager
def _once(unit: Unit) -> Iterator[None]:
    """The database decides whether an address is there already, also when two make it at once."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        message = _("%(unit)s already has a webhook to this address.") % {"unit": unit.name}
        raise Invalid(message, errors=("url: " + _("already there"),)) from error


def _topics(topics: Iterable[str]) -> list[str]:
    chosen = sorted({Topic(topic) for topic in topics} - {Topic.TEST})
    if not chosen:
        raise Invalid(_("Choose what to be told of."), errors=("topics: " + _("names none"),))
    return [str(topic) for topic in chosen]


def _require(actor: Actor, subscription: Subscription) -> None:
    actor.require(MANAGE, subscription.unit.path, see=MANAGE, what=_("the webhook"))


def _note(actor: Actor, subscription: Subscription, action: str, now: datetime, **details: Any) -> None:
    record(
        actor=actor, now=now, action=action, subject_type="webhook", subject_id=subscription.id,
        subject_name=subscription.url.partition("?")[0], unit_path=subscription.unit.path, details=details,
    )  # fmt: skip
