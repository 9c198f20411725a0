# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Messages are signed, tried again, logged, given up, and never sent where they must not go."""

import hashlib
import hmac
import json
import socket
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from paddock.hub.audit.models import Entry
from paddock.hub.core.errors import Invalid, NotFound
from paddock.hub.core.sealing import Unreadable, unseal
from paddock.hub.products.events import ReleaseCreated, VerdictChanged
from paddock.hub.products.models import Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.events import ReleaseEvaluated
from paddock.hub.webhooks import handlers
from paddock.hub.webhooks.addresses import NotReachable, check_address, resolve
from paddock.hub.webhooks.models import Attempt, Message, Subscription
from paddock.hub.webhooks.sending import Outcome, send
from paddock.hub.webhooks.services import (
    PURPOSE,
    NotTaken,
    announce,
    change_subscription,
    create_subscription,
    delete_subscription,
    deliver,
    renew_secret,
    replay,
    seal_anew,
    send_test,
)
from paddock.hub.webhooks.tasks import seal_anew as seal_anew_task
from paddock.hub.webhooks.types import ATTEMPTS, FAILURES_IN_A_ROW, Topic
from tests.hub.company import MOMENT, Company
from tests.hub.webhooks.receiver import Receiver

URL = "https://ci.example.com/hook"


def subscribe(company: Company, url: str, *topics: str, unit: Any = None) -> Subscription:
    made, _ = create_subscription(
        actor=company.actor(company.admin), unit=unit or company.cockpit, url=url,
        topics=topics or [Topic.RELEASE_EVALUATED], now=MOMENT,
    )  # fmt: skip
    return made


def tell(company: Company, text: str = "x") -> list[Message]:
    return announce(topic=Topic.RELEASE_EVALUATED, unit_path=company.cockpit.path, facts={"name": text}, now=MOMENT)


def moment() -> Any:
    return MOMENT


def fails(*_: Any) -> Outcome:
    return Outcome(500, "The receiver answered 500.", 3)


def test_a_message_arrives_signed_with_its_time(company: Company, hook: Receiver) -> None:
    actor = company.actor(company.owner)
    _, secret = create_subscription(
        actor=actor, unit=company.cockpit, url=hook.url, topics=[Topic.RELEASE_EVALUATED], now=MOMENT
    )
    (message,) = tell(company, "Größe")
    deliver(message_id=message.id, clock=moment)
    ((path, headers, body),) = hook.came
    stamp, _, given = headers["Paddock-Signature"].partition(",")
    signed = f"{stamp.removeprefix('t=')}.".encode() + body
    assert given == "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert stamp == f"t={int(MOMENT.timestamp())}"
    assert (path, headers["Paddock-Topic"], headers["Paddock-Message"]) == ("/hook", message.topic, str(message.id))
    content = json.loads(body)
    assert (content["id"], content["topic"], content["facts"]) == (
        str(message.id), "release.evaluated", {"name": "Größe"},
    )  # fmt: skip
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("delivered", 1)
    assert Attempt.objects.get().status == 200
    assert secret not in str(list(Entry.objects.values_list("content", flat=True)))


def test_units_above_are_told_others_and_other_topics_are_not(company: Company) -> None:
    above = subscribe(company, URL, unit=company.root)
    subscribe(company, URL, unit=company.cloud)
    subscribe(company, URL, Topic.RELEASE_CREATED)
    assert [message.subscription_id for message in tell(company)] == [above.id]


def test_a_failed_attempt_is_tried_again_and_given_up_in_the_end(company: Company) -> None:
    subscribe(company, URL)
    (message,) = tell(company)
    for _ in range(ATTEMPTS - 1):
        with pytest.raises(NotTaken):
            deliver(message_id=message.id, clock=moment, post=fails)
    deliver(message_id=message.id, clock=moment, post=fails)
    message.refresh_from_db()
    assert (message.state, message.attempts, Attempt.objects.count()) == ("given up", ATTEMPTS, ATTEMPTS)
    assert deliver(message_id=message.id, clock=moment, post=fails) is None
    replay(actor=company.actor(company.owner), message=message, now=MOMENT)
    sent: list[bytes] = []

    def taken(_url: str, body: bytes, _headers: dict[str, str]) -> Outcome:
        sent.append(body)
        return Outcome(204, "", 1)

    deliver(message_id=message.id, clock=moment, post=taken)
    message.refresh_from_db()
    assert (message.state, sent) == ("delivered", [message.body.encode()])
    assert Subscription.objects.get().failures == 0


def test_after_many_failures_nothing_is_sent_until_somebody_switches_it_on(company: Company) -> None:
    subscription = subscribe(company, URL)
    Subscription.objects.update(failures=FAILURES_IN_A_ROW - 1)
    (message,) = tell(company)
    with pytest.raises(NotTaken):
        deliver(message_id=message.id, clock=moment, post=fails)
    subscription.refresh_from_db()
    assert subscription.disabled_at == MOMENT
    assert "500" in subscription.disabled_reason
    assert tell(company) == []
    deliver(message_id=message.id, clock=moment, post=fails)
    message.refresh_from_db()
    assert message.state == "given up"
    with pytest.raises(Invalid, match="switched off"):
        replay(actor=company.actor(company.owner), message=message, now=MOMENT)
    change_subscription(actor=company.actor(company.owner), subscription=subscription, enabled=True, now=MOMENT)
    assert len(tell(company)) == 1


def test_a_test_is_sent_even_when_it_is_switched_off(company: Company, hook: Receiver) -> None:
    subscription = subscribe(company, hook.url)
    actor = company.actor(company.owner)
    change_subscription(actor=actor, subscription=subscription, enabled=False, now=MOMENT)
    message = send_test(actor=actor, subscription=subscription, now=MOMENT)
    deliver(message_id=message.id, clock=moment)
    assert json.loads(hook.came[0][2])["topic"] == "test"


def signs(secret: str, headers: dict[str, str], body: bytes) -> bool:
    stamp, _, given = headers["Paddock-Signature"].partition(",")
    signed = f"{stamp.removeprefix('t=')}.".encode() + body
    return given == "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def test_a_new_secret_signs_from_now_on(company: Company, hook: Receiver) -> None:
    subscription, before = create_subscription(
        actor=company.actor(company.owner), unit=company.cockpit, url=hook.url, topics=[Topic.RELEASE_EVALUATED],
        now=MOMENT,
    )  # fmt: skip
    (message,) = tell(company)
    fresh = renew_secret(actor=company.actor(company.owner), subscription=subscription, now=MOMENT)
    deliver(message_id=message.id, clock=moment)
    ((_, headers, body),) = hook.came
    assert (signs(fresh, headers, body), signs(before, headers, body)) == (True, False)


def test_a_secret_lies_encrypted_and_outlives_a_change_of_the_key(
    company: Company, hook: Receiver, settings: Any
) -> None:
    _, secret = create_subscription(
        actor=company.actor(company.owner), unit=company.cockpit, url=hook.url, topics=[Topic.RELEASE_EVALUATED],
        now=MOMENT,
    )  # fmt: skip
    assert secret not in str(list(Subscription.objects.values()))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of the hub"
    seal_anew_task(timestamp=0)
    settings.SECRET_KEY_FALLBACKS = []
    (message,) = tell(company)
    deliver(message_id=message.id, clock=moment)
    ((_, headers, body),) = hook.came
    assert signs(secret, headers, body)
    sealed = Subscription.objects.get().sealed_secret
    seal_anew_task(timestamp=0)
    assert Subscription.objects.get().sealed_secret == sealed
    assert unseal(sealed, purpose=PURPOSE) == secret
    with pytest.raises(Unreadable):
        unseal(sealed, purpose="something else")


def test_a_secret_that_no_key_opens_sends_nothing_and_says_so(company: Company, hook: Receiver, settings: Any) -> None:
    subscription = subscribe(company, hook.url)
    settings.SECRET_KEY = "another key of the hub"
    assert seal_anew() == 0
    (message,) = tell(company)
    with pytest.raises(NotTaken):
        deliver(message_id=message.id, clock=moment)
    assert hook.came == []
    subscription.refresh_from_db()
    assert "new secret" in subscription.last_error
    renew_secret(actor=company.actor(company.owner), subscription=subscription, now=MOMENT)
    deliver(message_id=message.id, clock=moment)
    subscription.refresh_from_db()
    assert (len(hook.came), subscription.last_error, subscription.failures) == (1, "", 0)


def test_who_may_not_have_events_sent_away(company: Company) -> None:
    with pytest.raises(NotFound):
        create_subscription(
            actor=company.actor(company.stranger), unit=company.cockpit, url=URL, topics=[Topic.RELEASE_CREATED],
            now=MOMENT,
        )  # fmt: skip
    subscription = subscribe(company, URL)
    with pytest.raises(NotFound):
        delete_subscription(actor=company.actor(company.colleague), subscription=subscription, now=MOMENT)


@pytest.mark.parametrize(
    "url",
    [
        "http://ci.example.com/", "ftp://ci.example.com/", "https://", "https://user:secret@ci.example.com/",
        "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data",
        "https://192.168.1.1/", "https://[fd00::1]/", "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/",
        "https://[2002:7f00:1::]/", "https://224.0.0.1/", "https://ci.example.com/\r\nX-Evil: 1",
        "https://ci.example.com/#x", "https://[bad/", "https://ci.example.com:99999/", "https://100.64.0.1/",
        "https://localhost/", "https://LOCALHOST./", "https://db.internal/", "https://127.1/", "https://2130706433/",
        "https://0x7f.1/", "https://intranet/", "https://printer.local./", "https://bücher.example/",
    ],
)  # fmt: skip
def test_addresses_that_no_message_goes_to(url: str) -> None:
    with pytest.raises(Invalid):
        check_address(url)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "fe80::1%eth0", "169.254.169.254"])
def test_a_name_that_leads_inside_is_refused_when_it_is_resolved(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443)), (0, 0, 0, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(NotReachable):
        resolve("ci.example.com", 443)
    with translation.override("de"):
        outcome = send(URL, b"{}", {})
    assert (outcome.status, outcome.taken) == (None, False)
    assert "is a private address" in outcome.error, "what is kept is in English"


@pytest.mark.parametrize(
    "url", ["https://ci.example.com/a?b=c", "https://x-1.example.com./", "https://xn--bcher-kva.de/"]
)
def test_addresses_in_the_public_network_are_taken(url: str) -> None:
    check_address(url)


def test_redirects_are_not_followed_and_answers_not_kept(company: Company, hook: Receiver) -> None:
    hook.status, hook.location, hook.body = 302, hook.url, b"x" * 1_000_000
    outcome = send(hook.url, b"{}", {})
    assert (outcome.status, outcome.taken, len(hook.came)) == (302, False, 1)


def test_a_receiver_that_is_not_there(company: Company, hook: Receiver) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    outcome = send(f"http://127.0.0.1:{port}/", b"{}", {})
    assert (outcome.status, outcome.taken) == (None, False)
    assert outcome.error


@pytest.fixture
def release(company: Company) -> Release:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Radio", unit=company.cockpit, now=MOMENT)
    return create_release(actor=owner, product=product, name="1.0", now=MOMENT)


def test_events_become_messages(company: Company, release: Release) -> None:
    subscribe(company, URL, *(topic for topic in Topic if topic != Topic.TEST))
    handlers.release_created(ReleaseCreated(release.id), MOMENT)
    handlers.release_evaluated(ReleaseEvaluated(release.id, release.id, "compliant"), MOMENT)
    handlers.verdict_changed(VerdictChanged(release.id, "unknown", "compliant"), MOMENT + timedelta(seconds=1))
    told = [json.loads(body) for body in Message.objects.order_by("id").values_list("body", flat=True)]
    assert [message["topic"] for message in told] == [
        "release.created", "release.evaluated", "release.verdict-changed",
    ]  # fmt: skip
    assert told[2]["facts"]["before"] == "unknown"
    assert {(message["facts"]["product"], message["facts"]["release"]) for message in told} == {("Radio", "1.0")}
    release.delete()
    handlers.release_created(ReleaseCreated(release.id or company.root.id), MOMENT)
    assert Message.objects.count() == 3
