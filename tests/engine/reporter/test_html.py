# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The HTML report's content; how it behaves is tested in a browser (tests/e2e)."""

import json
import re
from typing import Any

import msgspec
import pytest

from paddock.engine.model.result import Exclusion
from paddock.engine.model.verdict import Outcome
from paddock.engine.reporter.causes import open_causes
from paddock.engine.reporter.html import headline, license_shares
from paddock.engine.reporter.package_table import package_data
from paddock.engine.reporter.reports import find_report
from paddock.engine.reporter.wording import WORDING
from tests.engine.results import inventory, result


def rows_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows as mappings."""
    return [dict(zip(data["columns"], row, strict=True)) for row in data["rows"]]


def test_rows_and_edges_name_each_other_by_number() -> None:
    data = package_data(result())
    rows = rows_of(data)
    names = [row["name"] for row in rows]
    assert names == ["@shop/left", "right", "tester"]
    assert [(names[a], names[b]) for a, b in data["edges"]] == [("@shop/left", "right")]
    assert [data["groups"][row["users"]] for row in rows] == [(0,), (0,), (0,)]
    assert [data["groups"][row["directUsers"]] for row in rows] == [(0,), (), (0,)]
    assert [data["licenses"][row["license"]] for row in rows] == ["MIT", "GPL-3.0-only", "no licence known"]
    assert [data["scopes"][row["scope"]] for row in rows] == ["runtime", "runtime", "dev"]


def test_the_status_is_the_weightiest_open_cause() -> None:
    data = package_data(result())
    rows = rows_of(data)
    assert [data["statuses"][row["status"]] for row in rows] == ["waived", "must_not_ship", "needs_an_answer"]
    assert [data["causes"][row["causes"][0]]["title"] for row in rows[1:]] == [
        "GPL-3.0-only in a distributed product",
        "No licence known",
    ]


def test_what_was_not_judged_is_not_called_fine() -> None:
    data = package_data(result(evaluated=False))
    assert {data["statuses"][row["status"]] for row in rows_of(data)} == {"not_judged"}


def test_only_web_addresses_become_links() -> None:
    evil = msgspec.structs.replace(inventory().components[0], homepage="javascript:alert(1)")
    stock = msgspec.structs.replace(inventory(), components=(evil, *inventory().components[1:]))
    assert [row["homepage"] for row in rows_of(package_data(result(found=stock)))] == ["", "", ""]
    assert rows_of(package_data(result()))[0]["homepage"] == "https://left.example.org"


def test_shares_of_the_bar_are_of_all_packages_and_unknown_ones_have_a_colour_of_their_own() -> None:
    shares = license_shares(result())
    assert [(share["name"], share["tint"]) for share in shares] == [
        ("GPL-3.0-only", "0"),
        ("MIT", "1"),
        ("no licence known", "none"),
    ]
    assert [share["start"] for share in shares] == [0, 33.333, 66.667]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.COMPLIANT, "Konform: 3 Pakete."),
        (Outcome.NOT_COMPLIANT, "Nicht konform: 1 Ursache, betroffene Pakete: 1."),
        (Outcome.UNDECIDED, "Unentschieden: 1 offene Frage, betroffene Pakete: 1."),
    ],
)
def test_the_german_headline_has_the_same_figures(outcome: Outcome, expected: str) -> None:
    base = result()
    assert base.verdict is not None
    found = msgspec.structs.replace(base, verdict=msgspec.structs.replace(base.verdict, outcome=outcome))
    assert headline(found, open_causes(found), "de") == expected
    assert headline(found, open_causes(found), "en") == base.verdict.sentence


def test_exclusions_and_waivers_are_told_with_their_reasons() -> None:
    left_out = Exclusion(pattern="docs/**", reason="DOCUMENTATION_OF", comment="not shipped", files=7)
    page = find_report("html").render(msgspec.structs.replace(result(), exclusions=(left_out,))).decode()
    assert re.search(r"docs/\*\*</code> documentation of: not shipped.*7 files", page)
    assert re.search(r"bought: contract 7, approved by legal, until 2027-01-01", page)


def test_the_page_refers_to_nothing_outside_itself() -> None:
    page = find_report("html").render(result()).decode()
    assert not re.findall(r"<(?:link|img|iframe)\b|\bsrc=|@import|url\(", page)
    policy = re.search(r"Content-Security-Policy\" content=\"([^\"]+)", page)
    assert policy is not None
    assert policy.group(1).startswith("default-src 'none'")
    assert "unsafe" not in policy.group(1)


def test_text_from_the_tree_cannot_end_the_script_that_carries_it() -> None:
    base = result()
    page = find_report("html").render(base).decode()
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert "<" not in data.group(1)
    assert json.loads(data.group(1))["projects"] == ["shop"]
    assert "&lt;b&gt;*bold*" in page


def test_both_languages_have_the_same_words() -> None:
    assert WORDING["en"].keys() == WORDING["de"].keys()
    assert not WORDING["en"].keys() & set(dir({}))  # a template would find the method of dict instead of the word
    assert "Was zu tun ist" in find_report("html-de").render(result()).decode()


def test_an_inventory_without_verdict_can_be_shown() -> None:
    assert "nothing was decided yet" in find_report("html").render(result(evaluated=False)).decode()
