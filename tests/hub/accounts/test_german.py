# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of people and of the record speak German to whoever wants it, every word of them."""

import gettext
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.hub.company import Company
from tools.compile_messages import compiled, entries

HUB = Path(__file__).resolve().parents[3] / "src" / "paddock" / "hub"
FOLDER = HUB / "accounts" / "locale" / "de" / "LC_MESSAGES"
IN_PAGES = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
IN_CODE = re.compile(r"""(?:\b_|gettext_lazy)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)""")


def wanted() -> Iterator[str]:
    for room in ("accounts", "audit"):
        for file in (HUB / room).rglob("*.html"):
            for double, single in IN_PAGES.findall(file.read_text()):
                yield double or single
        for file in (HUB / room).rglob("*.py"):
            for texts in IN_CODE.findall(file.read_text()):
                yield "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', texts))


def test_every_word_is_translated_and_compiled() -> None:
    known = entries((FOLDER / "django.po").read_text("utf-8"))
    assert (FOLDER / "django.mo").read_bytes() == compiled(known)
    assert sorted({text for text in wanted() if text not in known}) == []


def test_placeholders_are_the_same_on_both_sides() -> None:
    for text, german in entries((FOLDER / "django.po").read_text("utf-8")).items():
        if text:
            assert set(re.findall(r"%\(\w+\)s|%s", text)) == set(re.findall(r"%\(\w+\)s|%s", german)), text


def test_gettext_reads_what_was_compiled() -> None:
    with (FOLDER / "django.mo").open("rb") as stream:
        read = gettext.GNUTranslations(stream)
    assert read.gettext("Settings") == "Einstellungen"
    many = ("%(number)s unit below", "%(number)s units below")
    assert read.ngettext(*many, 1) == "%(number)s Einheit darunter"
    assert read.ngettext(*many, 3) == "%(number)s Einheiten darunter"


def test_a_line_that_is_no_translation_is_told() -> None:
    with pytest.raises(ValueError, match="not a line"):
        entries('msgid "a"\nmsgstr b\n')


def test_pages_speak_german(company: Company, signed_in: Callable[..., Client]) -> None:
    client = signed_in(company.admin)
    client.post("/settings/", {"name": "Admin", "language": "de", "theme": "auto"})
    for address, words in (
        ("/people/", "Jemanden einladen"),
        ("/organisation/", "Einheiten darunter"),
        ("/settings/security/", "Passwort wählen"),
        ("/audit/", "Wer was wann woran getan hat"),
    ):
        assert words in client.get(address).content.decode(), address
