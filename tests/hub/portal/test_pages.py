# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages answer, show what their reader may see, and hold nothing that the content security policy forbids."""

import re
from datetime import date

import pytest

from paddock.hub.products.services import archive_product, create_product, create_release
from tests.hub.company import MOMENT, Company
from tests.hub.conftest import SignIn
from tests.hub.scans.test_intake import bom, hand_in

INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)


def test_every_page_answers_and_strangers_see_nothing(company: Company, signed_in: SignIn) -> None:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Lantern", unit=company.cockpit, now=MOMENT)
    release = create_release(actor=owner, product=product, name="1.0", now=MOMENT, is_latest=True)
    hand_in(company, release, bom(("left", "1.0.0", "MIT"), ("copied", "2.1.0", "GPL-3.0-only")))
    package = "/packages/package?purl=pkg:npm/left"
    own = [f"/products/{product.pk}/", f"/products/{product.pk}/activity", f"/releases/{release.pk}/"]
    forms = [f"/products/{product.pk}/edit", f"/products/{product.pk}/releases/new", "/products/new"]
    lists = ["/", "/products/", "/packages/", "/licenses/", "/search?q=lant", "/search?q=left", "/about", package]
    person = signed_in(company.owner)
    for address in [*lists, *own, *forms]:
        answer = person.get(address)
        assert answer.status_code == 200, address
        assert not INLINE.search(answer.content.decode()), address
    assert b"Lantern" in person.get(package).content
    assert b"Lantern" in person.get("/products/?export=csv").getvalue()
    stranger = signed_in(company.stranger)
    assert {stranger.get(address).status_code for address in own} == {404}
    assert b"Lantern" not in stranger.get("/products/").content
    assert b"Create the first product" not in stranger.get("/products/").content
    assert b"Lantern" not in stranger.get(package).content


@pytest.mark.parametrize("query", ["page=x", "sort=nonsense", "page=999999", "q=%00", "verdict=nonsense"])
def test_nonsense_in_the_address_is_no_error(company: Company, signed_in: SignIn, query: str) -> None:
    for address in ("/products/", "/packages/", "/licenses/", "/search"):
        assert signed_in(company.owner).get(f"{address}?{query}").status_code == 200


def test_a_product_is_made_by_the_form_and_a_taken_name_is_said_there(company: Company, signed_in: SignIn) -> None:
    person = signed_in(company.owner)
    given = {"name": "Lantern", "unit": str(company.cockpit.pk), "distribution": "embedded", "criticality": "low"}
    assert person.post("/products/new", given).status_code == 302
    again = person.post("/products/new", given)
    assert (again.status_code, b"There already is a product called Lantern" in again.content) == (422, True)
    elsewhere = person.post("/products/new", {**given, "name": "Other", "unit": str(company.cloud.pk)})
    assert elsewhere.status_code == 422


def test_a_product_with_an_end_of_support_shows_the_day(company: Company, signed_in: SignIn) -> None:
    product = create_product(
        actor=company.actor(company.owner), name="Radio Unit", unit=company.cockpit, now=MOMENT,
        support_ends_on=date(2031, 5, 7),
    )  # fmt: skip
    assert b"7 May 2031" in signed_in(company.owner).get(f"/products/{product.pk}/").content


def test_what_is_archived_is_shown_only_when_asked_for(company: Company, signed_in: SignIn) -> None:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Radio Unit", unit=company.cockpit, now=MOMENT)
    archive_product(actor=owner, product=product, now=MOMENT)
    person = signed_in(company.owner)
    for query, there in (("", False), ("?archived=nonsense", False), ("?archived=yes", True), ("?archived=no", False)):
        assert (b"Radio Unit" in person.get(f"/products/{query}").content) is there, query


def test_filters_carry_along_what_the_page_is_about(company: Company, signed_in: SignIn) -> None:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Radio Unit", unit=company.cockpit, now=MOMENT)
    release = create_release(actor=owner, product=product, name="1.0", now=MOMENT)
    hand_in(company, release, bom(("left", "1.0.0", "MIT")))
    page = signed_in(company.owner).get("/packages/package?purl=pkg:npm/left&versions=%3C2&page=1").content.decode()
    assert '<input type="hidden" name="purl" value="pkg:npm/left">' in page
    assert '<input type="hidden" name="versions" value="&lt;2">' in page
    assert 'type="hidden" name="page"' not in page


def test_the_rail_shows_where_a_release_belongs(company: Company, signed_in: SignIn) -> None:
    owner = company.actor(company.owner)
    product = create_product(actor=owner, name="Radio Unit", unit=company.cockpit, now=MOMENT)
    release = create_release(actor=owner, product=product, name="1.0", now=MOMENT)
    rail = signed_in(company.owner).get(f"/releases/{release.pk}/").content.decode().split("<main")[0]
    assert re.findall(r'href="([^"]+)"[^>]*aria-current', rail) == ["/products/"]


def test_a_filter_that_is_not_offered_is_not_shown_as_chosen(company: Company, signed_in: SignIn) -> None:
    create_product(actor=company.actor(company.owner), name="Radio Unit", unit=company.cockpit, now=MOMENT)
    person = signed_in(company.owner)
    assert b">Clear<" not in person.get("/products/?verdict=nonsense").content
    assert b">Clear<" in person.get("/products/?verdict=unknown").content


def test_language_and_theme_are_kept_in_the_account(company: Company, signed_in: SignIn) -> None:
    person = signed_in(company.owner)
    person.post("/preferences", {"language": "de", "next": "/"})
    person.post("/preferences", {"theme": "dark", "next": "/"})
    company.owner.refresh_from_db()
    assert (company.owner.language, company.owner.theme) == ("de", "dark")
    page = signed_in(company.owner).get("/").content.decode()
    assert 'lang="de"' in page
    assert 'data-theme="dark"' in page


def test_people_are_found_by_those_who_may_see_them(company: Company, signed_in: SignIn) -> None:
    page = signed_in(company.admin).get("/search?q=colleague").content.decode()
    assert f"/people/{company.colleague.pk}/" in page


def test_exports_hold_no_formulas(company: Company, signed_in: SignIn) -> None:
    create_product(actor=company.actor(company.owner), name="=HYPERLINK(1)", unit=company.cockpit, now=MOMENT)
    text = signed_in(company.owner).get("/products/?export=csv").getvalue().decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert not re.search(r"(^|,)\"?[=@]", text, re.MULTILINE)
