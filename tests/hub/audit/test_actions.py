# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every action that is recorded has words in every language; exports and the API keep the code."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import allauth
import pytest
from django.utils import translation

from paddock.hub.audit.actions import ACTIONS, words
from paddock.hub.audit.services import record
from paddock.hub.core.actor import system
from paddock.hub.products.services import archive_product, create_product
from tests.hub.company import MOMENT, Company
from tests.hub.conftest import SignIn
from tools.messages import HUB

SECURITY = HUB / "accounts" / "services" / "sign_ins.py"
"""The one place whose codes come from elsewhere: from the names of allauth's notifications."""


class Recorder(NamedTuple):
    """A function that records, or hands on to one that does. place: where its action stands among the arguments."""

    name: str
    file: Path | None
    parameter: str
    place: int | None
    prefix: str


def given(call: ast.Call, to: Recorder) -> ast.expr | None:
    """What the call gives for the action."""
    for keyword in call.keywords:
        if keyword.arg == to.parameter:
            return keyword.value
    return call.args[to.place] if to.place is not None and to.place < len(call.args) else None


def parts(action: ast.expr, prefix: str) -> Iterator[tuple[str, ast.expr | None]]:
    """The beginning of each code that the expression can be, and what follows it where that is not written there."""
    if isinstance(action, ast.IfExp):
        yield from parts(action.body, prefix)
        yield from parts(action.orelse, prefix)
    elif isinstance(action, ast.Constant):
        yield prefix + str(action.value), None
    elif isinstance(action, ast.JoinedStr) and len(action.values) == 2:
        first, second = action.values
        assert isinstance(first, ast.Constant)
        assert isinstance(second, ast.FormattedValue)
        yield prefix + str(first.value), second.value
    else:
        yield prefix, action


def recorder(function: ast.FunctionDef, file: Path, parameter: str, prefix: str) -> Recorder:
    """The function as something whose callers name the rest of the action."""
    places = [argument.arg for argument in function.args.args]
    place = places.index(parameter) if parameter in places else None
    return Recorder(function.name, file if function.name.startswith("_") else None, parameter, place, prefix)


def recorded() -> tuple[set[str], set[Path]]:
    """Every code in the source, and the files with one that is made of something else than text and parameters."""
    functions = [
        (file, node)
        for file in sorted(HUB.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    waiting, known = [Recorder("record", None, "action", None, "")], set[Recorder]()
    codes, elsewhere = set[str](), set[Path]()
    while waiting:
        to = waiting.pop()
        known.add(to)
        for file, function in functions:
            if to.file not in (None, file):
                continue
            names = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                if not isinstance(call.func, ast.Name) or call.func.id != to.name:
                    continue
                action = given(call, to)
                for beginning, rest in parts(action, to.prefix) if action is not None else ():
                    if rest is None:
                        codes.add(beginning)
                    elif isinstance(rest, ast.Name) and rest.id in names:
                        found = recorder(function, file, rest.id, beginning)
                        waiting += [found] if found not in known else []
                    else:
                        elsewhere.add(file)
    return codes, elsewhere


def notifications() -> set[str]:
    """The codes of what allauth tells people about the security of their accounts."""
    found = set()
    for file in Path(allauth.__file__).parent.rglob("*.py"):
        if "tests" not in file.parts:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "send_notification_mail":
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.Constant):
                        found.add("person." + str(first.value).rsplit("/", 1)[-1].replace("_", "-"))
    return found


def test_every_recorded_action_has_words_and_no_words_are_left_over() -> None:
    codes, elsewhere = recorded()
    assert elsewhere == {SECURITY}
    assert set(ACTIONS) == codes | notifications()


@pytest.mark.parametrize("code", ACTIONS)
def test_an_action_is_told_in_both_languages(code: str) -> None:
    with translation.override("en"):
        english = words(code)
    with translation.override("de"):
        assert words(code) != code
        assert english not in (code, words(code))


def test_a_code_that_nobody_knows_is_shown_as_it_is() -> None:
    assert words("thing.done-long-ago") == "thing.done-long-ago"


def test_pages_show_words_in_the_readers_language_and_exports_the_code(company: Company, signed_in: SignIn) -> None:
    product = create_product(actor=system("tests"), name="Cockpit", unit=company.cockpit, now=MOMENT)
    archive_product(actor=system("tests"), product=product, now=MOMENT)
    record(
        actor=system("tests"), now=MOMENT, action="thing.done", subject_type="product", subject_id=product.pk,
        subject_name="Cockpit", unit_path=company.cockpit.path,
    )  # fmt: skip
    company.admin.language = "de"
    company.admin.save()
    browser = signed_in(company.admin)
    for address in (f"/products/{product.pk}/activity", "/audit/"):
        page = browser.get(address).content.decode()
        assert "Produkt archiviert" in page
        assert "product.archived" in page
        assert "thing.done" in page
    exported = b"".join(browser.get("/audit/?export=csv"))
    assert b"product.archived" in exported
    assert b"archiviert" not in exported
