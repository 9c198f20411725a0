# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of webhooks speak German to whoever wants it, every word of them."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.test import Client
from django.urls import reverse
from django.utils.translation.template import templatize

from paddock.hub.webhooks.models import Subscription
from paddock.hub.webhooks.services import create_subscription, send_test
from tests.hub.company import MOMENT, Company
from tools.compile_messages import compiled, entries

ROOM = Path(__file__).resolve().parents[3] / "src" / "paddock" / "hub" / "webhooks"
FOLDER = ROOM / "locale" / "de" / "LC_MESSAGES"
TEXTS = re.compile(r"""\b(?:_|gettext|gettext_lazy|ngettext)\(\s*((?:u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*)+)""")
PLACES = re.compile(r"%\(\w+\)s|%s|%d")


def wanted() -> Iterator[str]:
    """The texts of code and of templates, as gettext looks them up; of plurals the singular."""
    sources = [file.read_text() for file in ROOM.rglob("*.py")]
    for source in [*sources, *(templatize(file.read_text()) for file in ROOM.rglob("*.html"))]:
        for text in TEXTS.findall(source):
            yield ast.literal_eval(f"({text})")


def test_every_word_is_translated_and_compiled() -> None:
    known = entries((FOLDER / "django.po").read_text("utf-8"))
    assert (FOLDER / "django.mo").read_bytes() == compiled(known)
    singulars = {text.partition("\0")[0] for text in known}
    found = set(wanted())
    assert len(found) > 80
    assert sorted(found - singulars) == []
    assert sorted(singulars - found) == [""]


def test_placeholders_are_the_same_on_both_sides() -> None:
    for text, german in entries((FOLDER / "django.po").read_text("utf-8")).items():
        if text:
            assert set(PLACES.findall(text)) == set(PLACES.findall(german)), text


def test_pages_speak_german(company: Company, signed_in: Callable[..., Client]) -> None:
    owner = company.actor(company.owner)
    subscription, _ = create_subscription(
        actor=owner, unit=company.cockpit, url="https://ci.example.com/", topics=["policy.changed"], now=MOMENT
    )
    message = send_test(actor=owner, subscription=subscription, now=MOMENT)
    Subscription.objects.update(failures=3)
    client = signed_in(company.owner)
    client.post("/settings/", {"name": "Owner", "language": "de", "theme": "auto"})
    key = [subscription.pk]
    for address, words in (
        (reverse("webhooks"), "3-mal fehlgeschlagen"),
        (reverse("new-webhook"), "Es gelten andere Regeln"),
        (reverse("webhook", args=key), "Die letzten 3 Versuche schlugen fehl."),
        (reverse("webhook-message", args=[*key, message.pk]), "Jemand hat einen Test gesendet"),
        (reverse("delete-webhook", args=key), "Sein Protokoll: 1 Nachricht und 0 Zustellversuche."),
    ):
        assert words in client.get(address).content.decode(), address
