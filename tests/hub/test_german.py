# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages speak German to whoever wants it, every word of them, whichever room they come from.

A text is translated once, in the catalogue of the lowest room that says it. `python tools/messages.py` prints what is
missing.
"""

import ast
import gettext
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from django.utils import translation

from paddock.engine.evaluator.sentence import sentence_for
from paddock.engine.model.issue import Severity
from paddock.engine.model.verdict import Outcome, Reason, ReasonKind
from paddock.engine.policy.categories import BASE_CATEGORIES
from paddock.engine.policy.read import default_policy_source
from paddock.engine.policy.types import ANALYSIS_INCOMPLETE, NO_LICENSE
from paddock.hub.accounts.models import Person
from paddock.hub.products.sentences import in_words
from paddock.hub.scans.models import Evaluation
from tests.hub.browser.addresses import further_pages, pages
from tests.hub.browser.world import LONG_NAME, World, build_world
from tools.compile_messages import compiled, entries
from tools.messages import HUB, catalogues, rooms, texts_of

CATALOGUES = catalogues()
GERMAN = {text: german for one in CATALOGUES.values() for text, german in one.items() if text}
NUMBERS_FOR_PROGRAMS = re.compile(r'<(?:progress|meter|svg|rect|path|circle)\b[^>]*"\d{1,3}[.,]\d{3}"[^>]*>')
"""Written for people where browsers want plain digits."""
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s")
SPOKEN = {"aria-label", "title", "placeholder", "alt"}
"""Attributes that people read or hear."""
ENGLISH = {
    "the",
    "is",
    "are",
    "you",
    "your",
    "and",
    "of",
    "to",
    "this",
    "that",
    "it",
    "with",
    "for",
    "not",
    "by",
    "has",
}


@pytest.mark.parametrize("room", [path.name for path in rooms()])
def test_every_text_is_translated(room: str) -> None:
    assert {text: place for text, place in texts_of(HUB / room).items() if text not in GERMAN} == {}


@pytest.mark.parametrize("room", CATALOGUES)
def test_a_catalogue_is_compiled_and_its_text_is_said_somewhere(room: str) -> None:
    folder = HUB / room / "locale" / "de" / "LC_MESSAGES"
    assert (folder / "django.mo").read_bytes() == compiled(CATALOGUES[room])
    assert (folder / "django.mo.license").is_file()
    said = {text for path in rooms() for text in texts_of(path)}
    assert set(CATALOGUES[room]) - said == {""}


def test_no_text_is_translated_in_two_ways() -> None:
    two = {
        text: (german, GERMAN[text])
        for one in CATALOGUES.values()
        for text, german in one.items()
        if text and german != GERMAN[text]
    }
    assert two == {}


@pytest.mark.parametrize("text", GERMAN)
def test_placeholders_and_marks_are_the_same_on_both_sides(text: str) -> None:
    german, original = GERMAN[text].split("\0"), text.rpartition("\4")[2].split("\0")
    assert len(german) == (2 if len(original) == 2 else 1)
    for one in german:
        assert set(PLACEHOLDER.findall(one)) <= set(PLACEHOLDER.findall(original[-1]))
        assert sorted(re.findall(r"<[^>]+>", one)) == sorted(re.findall(r"<[^>]+>", original[-1]))
    assert set(PLACEHOLDER.findall(german[-1])) == set(PLACEHOLDER.findall(original[-1]))


ERRORS = {"Invalid", "NotFound", "NotAllowed", "TooLarge", "ChangedMeanwhile", "PreconditionFailed", "HttpError"}
ONLY_PROGRAMS = "dependency_track"
"""What it says itself is for clients of Dependency-Track, in that program's words."""


def untranslated(room: Path) -> Iterator[str]:
    """Where a room says what does not work, or to what, in plain English."""
    for path in room.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                told = [one.value for one in node.keywords if one.arg == "what"]
                told += node.args if isinstance(node.func, ast.Name) and node.func.id in ERRORS else []
                plain = [one for one in told if isinstance(one, ast.JoinedStr | ast.Constant)]
                yield from (
                    f"{path.relative_to(HUB)}:{one.lineno}"
                    for one in plain
                    if isinstance(one, ast.JoinedStr) or isinstance(one.value, str)
                )


@pytest.mark.parametrize("room", [path.name for path in rooms() if path.name != ONLY_PROGRAMS])
def test_what_does_not_work_is_told_in_the_language_of_whoever_asked(room: str) -> None:
    assert list(untranslated(HUB / room)) == []


def test_gettext_reads_what_was_compiled() -> None:
    with (HUB / "accounts" / "locale" / "de" / "LC_MESSAGES" / "django.mo").open("rb") as stream:
        read = gettext.GNUTranslations(stream)
    assert read.gettext("Settings") == "Einstellungen"
    many = ("%(number)s unit below", "%(number)s units below")
    assert read.ngettext(*many, 1) == "%(number)s Einheit darunter"
    assert read.ngettext(*many, 3) == "%(number)s Einheiten darunter"


def test_a_line_that_is_no_translation_is_told() -> None:
    with pytest.raises(ValueError, match="not a line"):
        entries('msgid "a"\nmsgstr b\n')


class Words(HTMLParser):
    """What people read or hear of a page, but for what says of itself that it is in another language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        silent = any(quiet for _, quiet in self._open) or tag in ("code", "script", "style")
        silent = silent or given.get("lang", "de") != "de"
        if not silent:
            self.said += [given[name] or "" for name in SPOKEN & set(given)]
        if tag not in ("meta", "link", "input", "br", "hr", "img", "path", "rect", "col"):
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(quiet for _, quiet in self._open):
            self.said.append(" ".join(data.split()))


def english_in(said: list[str]) -> Iterator[str]:
    """What of it should be in German: texts of the catalogues, and whatever else reads like an English sentence."""
    for text in said:
        if len(ENGLISH & set(re.findall(r"[a-z]+", text.lower()))) > 1 or SHOULD_BE_GERMAN.search(text):
            yield text


def should_be_german() -> re.Pattern[str]:
    """Texts whose translation is another text: short ones where they stand alone, longer ones anywhere."""
    alone, anywhere = [], []
    all_german = {one for german in GERMAN.values() for one in german.split("\0")}
    for text in GERMAN:
        for one in text.rpartition("\4")[2].split("\0"):
            literal = len(PLACEHOLDER.sub("", one).split())
            if one not in all_german and (literal > 1 or not PLACEHOLDER.search(one)):
                parts = ".+".join(map(re.escape, PLACEHOLDER.split(one)))
                (anywhere if literal > 2 else alone).append(parts)
    return re.compile(rf"\A(?:{'|'.join(alone)})\Z|\b(?:{'|'.join(anywhere)})")


SHOULD_BE_GERMAN = should_be_german()


def reason(kind: ReasonKind, rule: str, cause: str, ref: str, severity: Severity = Severity.ERROR) -> Reason:
    return Reason(kind=kind, rule=rule, severity=severity, cause=cause, message="m", ref=ref)


VIOLATION, QUESTION = ReasonKind.VIOLATION, ReasonKind.QUESTION
SENTENCES = [
    (Outcome.NOT_COMPLIANT, [reason(VIOLATION, "r", "a", "x")], "Nicht konform: 1 Ursache in 1 Paket."),
    (
        Outcome.NOT_COMPLIANT, [reason(VIOLATION, "r", cause, f"{n}") for cause in "ab" for n in range(1200)],
        "Nicht konform: 2 Ursachen in 1.200 Paketen.",
    ),
    (
        Outcome.UNDECIDED,
        [
            reason(QUESTION, ANALYSIS_INCOMPLETE, "a", ""), reason(QUESTION, NO_LICENSE.id, "n", "x"),
            reason(QUESTION, "r", "q", "x"),
        ],
        ("Unentschieden: die Analyse ist unvollständig (a); 1 Paket hat keine bekannte Lizenz; 1 offene Frage zu "
        "1 Paket."),
    ),
    (Outcome.COMPLIANT, [], "Konform: 1.500 Pakete."),
    (
        Outcome.COMPLIANT, [reason(VIOLATION, "r", "a", "x", Severity.WARNING)] * 2,
        "Konform: 1.500 Pakete, 2 Warnungen.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("outcome", "reasons", "german"), SENTENCES)
def test_the_sentence_of_a_verdict_is_said_in_german(outcome: Outcome, reasons: list[Reason], german: str) -> None:
    sentence = sentence_for(outcome, reasons, 1500)
    with translation.override("en"):
        assert in_words(sentence) == sentence
    with translation.override("de"):
        assert in_words(sentence) == german
        assert in_words("Something else.") == "Something else."


def test_what_somebody_may_not_do_is_told_in_german(world: World, signed_in: Callable[..., Client]) -> None:
    colleague = world.company.colleague
    colleague.language = "de"
    colleague.save()
    unit = world.company.cockpit
    page = signed_in(colleague).get(reverse("unit-move", args=[unit.pk])).content.decode()
    assert f"Sie dürfen dies sehen, aber nicht ändern: die Einheit {unit.name}." in page


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def texts_in(value: object) -> Iterator[str]:
    """Every sentence in a document of maps and lists."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)
    elif isinstance(value, str) and " " in value:
        yield value.strip()


def said_by_others() -> set[str]:
    """What is in the language of whoever wrote it: names, and what policies say about components."""
    said = set(Person.objects.values_list("name", flat=True)) | {LONG_NAME}
    said |= {*texts_in(yaml.safe_load(default_policy_source())), *(one.description for one in BASE_CATEGORIES)}
    for reasons in Evaluation.objects.values_list("reasons", flat=True):
        said |= {
            reason[name] for reason in reasons for name in ("cause", "message", "why", "how_to_fix") if name in reason
        }
    return said - {""}


def test_pages_in_german_hold_nothing_english(world: World, signed_in: Callable[..., Client]) -> None:
    admin, found = world.company.admin, []
    admin.language = "de"
    admin.save()
    others = said_by_others()
    for client in (signed_in(admin), Client(headers={"accept-language": "de"})):
        for name, address in (pages(world, client) | further_pages(world)).items():
            answer = client.get(address)
            if answer.status_code == 200:
                page = answer.content.decode()
                found += [f"{name}: {tag}" for tag in NUMBERS_FOR_PROGRAMS.findall(page)]
                english = set(english_in(Words(page).said))
                found += [f"{name}: {text}" for text in sorted(english) if not any(one in text for one in others)]
    assert not found, "\n".join(found)
