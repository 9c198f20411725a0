# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What has had its time goes once a day; what is decided and recorded stays."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.timezone import now

from paddock.hub.accounts.tasks import forget_sessions
from paddock.hub.audit.models import Entry
from paddock.hub.outbox.models import Event
from paddock.hub.outbox.tasks import forget as forget_events
from paddock.hub.products.services import create_product, create_release
from paddock.hub.webhooks.models import Message
from paddock.hub.webhooks.services import create_subscription, send_test
from paddock.hub.webhooks.tasks import forget as forget_messages
from paddock.hub.webhooks.types import DeliveryState
from tests.hub.company import MOMENT, Company

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=91)


def test_old_events_go_and_the_record_stays(company: Company) -> None:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Radio", unit=company.cockpit, now=MOMENT)
    for name in ("1.0", "2.0"):
        create_release(actor=owner, product=product, name=name, now=MOMENT)
    old, young = Event.objects.order_by("pk")
    Event.objects.filter(pk=old.pk).update(at=now() - LONG_AGO)
    Event.objects.filter(pk=young.pk).update(at=now())
    entries = Entry.objects.count()
    forget_events(0)
    assert list(Event.objects.all()) == [young]
    assert Entry.objects.count() == entries


def test_old_messages_go_unless_they_still_wait(company: Company) -> None:
    owner = company.actor(company.owner)
    hook, _ = create_subscription(
        actor=owner, unit=company.cockpit, url="https://hooks.halden.example/a", topics=["release.created"], now=MOMENT
    )
    waiting, old, young = (send_test(actor=owner, subscription=hook, now=now() - age)
                           for age in (LONG_AGO, LONG_AGO, timedelta(0)))  # fmt: skip
    Message.objects.exclude(pk=waiting.pk).update(state=DeliveryState.DELIVERED)
    forget_messages(0)
    assert set(Message.objects.values_list("pk", flat=True)) == {waiting.pk, young.pk}
    assert old.pk not in Message.objects.values_list("pk", flat=True)


def test_expired_sessions_go() -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for age in (60, -60):
        one = store()
        one.set_expiry(now() + timedelta(seconds=age))
        one.create()
    assert Session.objects.count() == 2
    forget_sessions(0)
    assert Session.objects.count() == 1
