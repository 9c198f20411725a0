# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables of webhooks and of what was sent to them, and the words for how they stand."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from paddock.hub.pages.status import Status
from paddock.hub.pages.tables import Column, Empty, Filter, Table
from paddock.hub.webhooks.models import Message, Subscription
from paddock.hub.webhooks.types import DeliveryState, Topic

TONES: dict[str, str] = {
    DeliveryState.WAITING: "info", DeliveryState.DELIVERED: "good", DeliveryState.GIVEN_UP: "bad",
}  # fmt: skip
ICONS: dict[str, str] = {DeliveryState.WAITING: "waiting"}


def standing(subscription: Subscription) -> Status:
    """How a webhook stands, in words."""
    if subscription.disabled_at is not None:
        return Status("bad" if subscription.failures else "none", _("switched off"))  # by the hub, or by somebody
    if subscription.failures:
        count = subscription.failures
        return Status("warn", ngettext("failed %d time", "failed %d times", count) % count)
    if subscription.last_attempt_at is None:
        return Status("none", _("nothing sent yet"))
    return Status("good", _("working"))


def delivery(message: Message) -> Status:
    """How a message stands."""
    if message.state == DeliveryState.WAITING and message.attempts:
        return Status("warn", _("Waiting for the next attempt"))
    return Status(TONES[message.state], message.get_state_display(), ICONS.get(message.state, ""))


def moment(value: datetime) -> str:
    """A day with its time to the second: a log without times says little."""
    local = localtime(value)
    return f"{date_format(local, 'DATE_FORMAT')}, {local:%H:%M:%S}"


def _by_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "off":
        return rows.exclude(disabled_at=None)
    on = rows.filter(disabled_at=None)
    return on.filter(failures__gt=0) if value == "failing" else on.filter(failures=0)


WEBHOOKS = Table(
    name="webhooks",
    caption=gettext_lazy("Webhooks"),
    columns=(
        Column(
            "url", gettext_lazy("Address"), lambda row: row.url, sort="url",
            link=lambda row: reverse("webhook", args=[row.pk]),
        ),
        Column("unit", gettext_lazy("Unit"), lambda row: row.unit.name, sort="unit__name"),
        Column("topics", gettext_lazy("Topics"), lambda row: "; ".join(str(Topic(one).label) for one in row.topics)),
        Column("state", gettext_lazy("State"), standing, note=lambda row: row.disabled_reason),
        Column(
            "last", gettext_lazy("Last attempt"), sort="last_attempt_at",
            value=lambda row: moment(row.last_attempt_at) if row.last_attempt_at is not None else None,
            note=lambda row: row.last_error,
        ),
    ),
    filters=(
        Filter(
            "state", gettext_lazy("State"), _by_state,
            choices=[("working", gettext_lazy("working")), ("failing", gettext_lazy("failing")),
                     ("off", gettext_lazy("switched off"))],
        ),
        Filter("address", gettext_lazy("Address"), lambda rows, text: rows.filter(url__icontains=text)),
    ),
    order="url",
    empty=Empty(
        gettext_lazy("No other system is told of what happens here. A webhook sends it, signed, within seconds."),
        reverse_lazy("new-webhook"), gettext_lazy("Create the first webhook"),
    ),
)  # fmt: skip
MESSAGES = Table(
    name="messages",
    caption=gettext_lazy("Messages"),
    columns=(
        Column(
            "topic", gettext_lazy("Topic"), lambda row: row.get_topic_display(), note=lambda row: row.topic,
            link=lambda row: reverse("webhook-message", args=[row.subscription_id, row.pk]),
        ),
        Column("state", gettext_lazy("State"), delivery),
        Column("attempts", gettext_lazy("Attempts"), lambda row: row.attempts, number=True),
        Column("when", gettext_lazy("When"), lambda row: moment(row.created_at), sort="id"),
    ),
    filters=(
        Filter(
            "topic", gettext_lazy("Topic"), lambda rows, value: rows.filter(topic=value), choices=list(Topic.choices)
        ),
        Filter(
            "state", gettext_lazy("State"), lambda rows, value: rows.filter(state=value),
            choices=list(DeliveryState.choices),
        ),
    ),
    order="-when",
    empty=Empty(gettext_lazy("Nothing was sent yet. Send a test to see whether messages arrive.")),
)  # fmt: skip
