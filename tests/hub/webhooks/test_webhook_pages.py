# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Webhooks in the browser: who sees them, what they show, and that the secret is shown once."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from paddock.hub.accounts.queries.units import ARROW
from paddock.hub.audit.models import Entry
from paddock.hub.webhooks.models import Attempt, Message, Subscription
from paddock.hub.webhooks.sending import Outcome
from paddock.hub.webhooks.services import NotTaken, create_subscription, deliver, send_test
from paddock.hub.webhooks.types import FAILURES_IN_A_ROW, Topic
from tests.hub.company import MOMENT, Company
from tests.hub.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db
URL = "https://ci.example.com/hook"
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=")
SECRET = re.compile(r"whsec_[\w-]{43}")
SignIn = Callable[..., Client]


@pytest.fixture
def subscription(company: Company) -> Subscription:
    made, _ = create_subscription(
        actor=company.actor(company.owner), unit=company.cockpit, url=URL, topics=[Topic.RELEASE_EVALUATED], now=MOMENT
    )
    return made


def text_of(response: Any) -> str:
    content = html.unescape(response.content.decode())
    assert not INLINE.search(content)
    return content


def filled(**changes: Any) -> dict[str, Any]:
    return {"unit": "Cockpit", "url": URL, "topics": ["intake.failed", "policy.changed"], **changes}


def tried(message: Message, outcome: Outcome) -> None:
    try:
        deliver(message_id=message.id, clock=lambda: MOMENT, post=lambda *_: outcome)
    except NotTaken:
        assert not outcome.taken


def test_a_webhook_is_created_and_its_secret_shown_once(company: Company, signed_in: SignIn) -> None:
    client = signed_in(company.owner)
    form = text_of(client.get(reverse("new-webhook")))
    name = ARROW.join(("Halden Mobility", "Cars", "Cockpit"))
    assert f'value="{name}"' in form  # the only unit that the owner could choose
    answer = client.post(reverse("new-webhook"), filled())
    (secret,) = set(SECRET.findall(text_of(answer)))
    assert "hmac.new" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    made = Subscription.objects.get()
    assert (made.url, made.unit, made.topics) == (URL, company.cockpit, ["intake.failed", "policy.changed"])
    assert secret not in made.sealed_secret
    pages = [reverse("webhooks"), *(reverse(name, args=[made.pk]) for name in (
        "webhook", "webhook-activity", "edit-webhook", "webhook-secret", "delete-webhook"
    )), f"/api/v1/webhooks/{made.pk}"]  # fmt: skip
    for page in pages:
        seen = client.get(page)
        assert seen.status_code == 200
        assert "whsec_" not in text_of(seen), page
    again = client.post(reverse("new-webhook"), filled())
    assert (again.status_code, SECRET.findall(text_of(again))) == (422, [])
    assert "already has a webhook to this address" in text_of(again)
    assert secret not in str(list(Entry.objects.values_list("content", flat=True)))


@pytest.mark.parametrize(
    ("wrong", "place", "words"),
    [
        ({"url": "http://ci.example.com/"}, "url", "begin with https://"),
        ({"url": "https://10.0.0.1/"}, "url", "private address"),
        ({"url": "https://[::ffff:127.0.0.1]/"}, "url", "private address"),
        ({"url": "https://169.254.169.254/latest/meta-data"}, "url", "private address"),
        ({"url": "https://localhost/"}, "url", "no name in the public network"),
        ({"url": "https://127.1/"}, "url", "no name in the public network"),
        ({"url": "https://me:secret@ci.example.com/"}, "url", "password"),
        ({"url": "https://ci.example.com/\r\nX-Evil: 1"}, "url", "control characters"),
        ({"url": "https://ci.example.com/\x00"}, "url", "Null characters"),
        ({"url": "javascript:alert(1)"}, "url", "begin with https://"),
        ({"url": "https://ci.example.com/" + "a" * 500}, "url", "at most 500"),
        ({"url": ""}, "url", "required"),
        ({"topics": []}, "topics", "required"),
        ({"topics": ["test"]}, "topics", "not one of the available choices"),
        ({"unit": "Cloud"}, "unit", "no unit called Cloud"),
        ({"unit": ""}, "unit", "required"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    company: Company, signed_in: SignIn, wrong: dict[str, Any], place: str, words: str
) -> None:
    answer = signed_in(company.owner).post(reverse("new-webhook"), filled(**wrong))
    assert answer.status_code == 422
    found = re.search(rf'id="id_{place}_error">([^<]*)<', text_of(answer))
    assert found is not None
    assert words in found[1]
    assert Subscription.objects.count() == 0


def test_an_address_is_shown_as_text_never_as_markup(company: Company, signed_in: SignIn) -> None:
    url = "https://ci.example.com/%22%3E?x=<script>alert(1)</script>"
    client = signed_in(company.owner)
    client.post(reverse("new-webhook"), filled(url=url))
    made = Subscription.objects.get()
    for page in (reverse("webhooks"), reverse("webhook", args=[made.pk]), reverse("delete-webhook", args=[made.pk])):
        assert b"<script>alert" not in client.get(page).content
    told = Entry.objects.filter(subject_type="webhook").values_list("subject_name", flat=True)
    assert list(told) == ["https://ci.example.com/%22%3E"]  # what follows a "?" may be a key of the receiver's


def test_strangers_find_no_webhook_and_the_rail_names_it_to_whoever_manages_products(
    company: Company, signed_in: SignIn, subscription: Subscription
) -> None:
    message = send_test(actor=company.actor(company.owner), subscription=subscription, now=MOMENT)
    for person in (company.stranger, company.colleague, company.auditor):
        client = signed_in(person)
        for name in ("webhook", "webhook-activity", "edit-webhook", "webhook-secret", "delete-webhook"):
            assert client.get(reverse(name, args=[subscription.pk])).status_code == 404
        assert client.get(reverse("webhook-message", args=[subscription.pk, message.pk])).status_code == 404
        for name in ("switch-webhook", "webhook-secret", "delete-webhook", "test-webhook", "edit-webhook"):
            assert client.post(reverse(name, args=[subscription.pk])).status_code == 404
        assert client.post(reverse("send-again", args=[subscription.pk, message.pk])).status_code == 404
        assert client.get(reverse("webhooks")).status_code == 403
        assert f'href="{reverse("webhooks")}"' not in text_of(client.get(reverse("home")))
    for person in (company.owner, company.coordinator, company.admin):
        assert f'href="{reverse("webhooks")}"' in text_of(signed_in(person).get(reverse("home")))
    other, _ = create_subscription(
        actor=company.actor(company.admin), unit=company.cloud, url=URL, topics=[Topic.RELEASE_CREATED], now=MOMENT
    )
    listed = text_of(signed_in(company.owner).get(reverse("webhooks")))
    assert (str(subscription.pk) in listed, str(other.pk) in listed) == (True, False)
    address = reverse("webhook-message", args=[other.pk, message.pk])
    assert signed_in(company.admin).get(address).status_code == 404  # a message of another webhook
    assert Subscription.objects.count() == 2


def test_the_list_says_how_each_stands_in_few_queries(
    company: Company, signed_in: SignIn, subscription: Subscription, django_assert_max_num_queries: Any
) -> None:
    owner = company.actor(company.owner)
    for number in range(20):
        create_subscription(
            actor=owner, unit=company.cockpit, url=f"{URL}/{number}", topics=[Topic.RELEASE_CREATED], now=MOMENT
        )
    tried(send_test(actor=owner, subscription=subscription, now=MOMENT), Outcome(500, "The receiver answered 500.", 3))
    Subscription.objects.filter(url=f"{URL}/1").update(disabled_at=MOMENT, disabled_reason="switched off by Owner")
    Subscription.objects.filter(url=f"{URL}/2").update(last_attempt_at=MOMENT)
    client = signed_in(company.owner)
    client.get(reverse("webhooks"))
    with django_assert_max_num_queries(12):
        shown = text_of(client.get(reverse("webhooks")))
    for words in (
        "failed 1 time",
        "The receiver answered 500.",
        "switched off by Owner",
        "working",
        "nothing sent yet",
    ):
        assert words in shown
    for state, count in (("failing", 1), ("off", 1), ("working", 19)):
        rows = re.findall(r'<th scope="row">', text_of(client.get(reverse("webhooks"), {"state": state})))
        assert len(rows) == count, state
    assert b"failed 1 time" in client.get(reverse("webhooks"), {"export": "csv"}).getvalue()


def test_a_webhook_is_changed_switched_and_deleted(
    company: Company, signed_in: SignIn, subscription: Subscription
) -> None:
    client = signed_in(company.coordinator)
    key = [subscription.pk]
    edit = reverse("edit-webhook", args=key)
    refused = client.post(edit, {"url": "https://192.168.0.1/", "topics": ["intake.failed"]})
    assert (refused.status_code, "private address" in text_of(refused)) == (422, True)
    create_subscription(
        actor=company.actor(company.owner), unit=company.cockpit, url=f"{URL}/2", topics=["test", "intake.failed"],
        now=MOMENT,
    )  # fmt: skip
    taken = client.post(edit, {"url": f"{URL}/2", "topics": ["intake.failed"]})
    assert "already has a webhook to this address" in text_of(taken)
    Subscription.objects.exclude(pk=subscription.pk).delete()
    client.post(edit, {"url": f"{URL}/new", "topics": ["intake.failed"]})
    subscription.refresh_from_db()
    assert (subscription.url, subscription.topics) == (f"{URL}/new", ["intake.failed"])
    before = Entry.objects.count()
    assert client.post(edit, {"url": f"{URL}/new", "topics": ["intake.failed"]}).status_code == 302
    assert Entry.objects.count() == before  # nothing was changed, so nothing was done
    client.post(reverse("switch-webhook", args=key), {"on": "0"})
    assert "switched off by Coordinator" in text_of(client.get(reverse("webhook", args=key)))
    client.post(reverse("switch-webhook", args=key), {"on": "1"})
    subscription.refresh_from_db()
    assert subscription.disabled_at is None
    message = send_test(actor=company.actor(company.owner), subscription=subscription, now=MOMENT)
    for status in (500, 500, 200):
        tried(message, Outcome(status, "" if status == 200 else "The receiver answered 500.", 3))
    asked = text_of(client.get(reverse("delete-webhook", args=key)))
    assert "1 message," in asked
    assert "3 attempts to deliver" in asked
    assert Subscription.objects.count() == 1
    told = client.post(reverse("delete-webhook", args=key), follow=True)
    assert "was deleted" in text_of(told)
    assert (Subscription.objects.count(), Message.objects.count(), Attempt.objects.count()) == (0, 0, 0)
    assert "webhook.deleted" in Entry.objects.values_list("action", flat=True)


def test_a_new_secret_is_shown_once(company: Company, signed_in: SignIn, subscription: Subscription) -> None:
    client = signed_in(company.owner)
    address = reverse("webhook-secret", args=[subscription.pk])
    asked = text_of(client.get(address))
    assert SECRET.findall(asked) == []
    subscription.refresh_from_db()
    before = subscription.sealed_secret
    answer = client.post(address)
    assert len(set(SECRET.findall(text_of(answer)))) == 1
    assert "no-store" in answer["Cache-Control"]
    subscription.refresh_from_db()
    assert subscription.sealed_secret != before


def test_a_test_is_sent_watched_and_sent_again(company: Company, signed_in: SignIn, hook: Receiver) -> None:
    client = signed_in(company.owner)
    client.post(reverse("new-webhook"), filled(url=hook.url))
    made = Subscription.objects.get()
    page = client.post(reverse("test-webhook", args=[made.pk]))["Location"]
    message = Message.objects.get()
    waiting = text_of(client.get(page))
    assert 'hx-trigger="every 2s"' in waiting
    assert "Send again" not in waiting
    assert "waiting to be sent already" in text_of(client.post(f"{page}again", follow=True))
    hook.status = 503
    with pytest.raises(NotTaken):
        deliver(message_id=message.id, clock=lambda: MOMENT)
    failed = text_of(client.get(page, headers={"HX-Target": "message"}))
    assert "<html" not in failed
    assert "hx-get" not in failed
    assert "The receiver answered 503." in failed
    assert "Attempt 1 of 8 failed" in failed
    assert "failed 1 time" in text_of(client.get(reverse("webhooks")))
    hook.status = 200
    deliver(message_id=message.id, clock=lambda: MOMENT)
    done = text_of(client.get(page))
    assert "The receiver took it at attempt 2." in done
    assert '"sent_by": "Owner"' in done
    assert client.post(f"{page}again").status_code == 302
    deliver(message_id=message.id, clock=lambda: MOMENT)
    assert [body for _, _, body in hook.came] == [message.body.encode()] * 3
    assert json.loads(message.body)["topic"] == "test"
    log = text_of(client.get(reverse("webhook", args=[made.pk]), {"state": "delivered"}))
    assert page in log
    assert page not in text_of(client.get(reverse("webhook", args=[made.pk]), {"state": "waiting"}))


def test_a_webhook_that_is_off_says_why_and_sends_nothing_again(
    company: Company, signed_in: SignIn, subscription: Subscription
) -> None:
    Subscription.objects.update(failures=FAILURES_IN_A_ROW - 1)
    message = Message.objects.create(
        created_at=MOMENT, subscription=subscription, topic=Topic.RELEASE_EVALUATED, body="{}"
    )
    tried(message, Outcome(None, "The receiver took too long.", 5000))
    tried(message, Outcome(None, "", 0))
    client = signed_in(company.owner)
    shown = text_of(client.get(reverse("webhook", args=[subscription.pk])))
    assert "Switched off: nothing is sent." in shown
    assert "20 attempts in a row failed; the last: The receiver took too long." in shown
    page = reverse("webhook-message", args=[subscription.pk, message.pk])
    assert "switch the webhook on first" in text_of(client.get(page))
    assert "Switch it on first" in text_of(client.post(f"{page}again", follow=True))


def test_the_log_of_a_webhook_costs_no_further_queries_when_it_grows(
    company: Company, signed_in: SignIn, subscription: Subscription, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(company.owner)
    body = json.dumps({"id": "x"})
    Message.objects.bulk_create(
        Message(created_at=MOMENT, subscription=subscription, topic=Topic.RELEASE_CREATED, body=body)
        for _ in range(120)
    )
    message = Message.objects.order_by("id")[0]
    Attempt.objects.bulk_create(
        Attempt(created_at=MOMENT, message=message, status=500, error="The receiver answered 500.", milliseconds=1)
        for _ in range(60)
    )
    client.get(reverse("webhooks"))
    for page in (
        reverse("webhook", args=[subscription.pk]),
        reverse("webhook-message", args=[subscription.pk, message.pk]),
    ):
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200
    first = text_of(client.get(reverse("webhook", args=[subscription.pk])))
    second = text_of(client.get(reverse("webhook", args=[subscription.pk]), {"page": "2"}))
    rows = re.compile(r"messages/([0-9a-f-]{36})/")
    assert len(set(rows.findall(first)) | set(rows.findall(second))) == 100


def test_the_unit_that_is_looked_at_narrows_the_list_and_is_offered(
    company: Company, signed_in: SignIn, subscription: Subscription
) -> None:
    client = signed_in(company.admin)
    assert 'id="id_unit" value="' not in text_of(client.get(reverse("new-webhook")))
    client.post(reverse("choose-unit"), {"unit": str(company.cloud.pk)})
    assert str(subscription.pk) not in text_of(client.get(reverse("webhooks")))
    assert f'value="{ARROW.join(("Halden Mobility", "Cloud"))}"' in text_of(client.get(reverse("new-webhook")))
    client.post(reverse("choose-unit"), {"unit": str(company.cars.pk)})
    assert str(subscription.pk) in text_of(client.get(reverse("webhooks")))
