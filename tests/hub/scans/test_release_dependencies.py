# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Why a component is in a release, and the graph of what needs what."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from paddock.hub.products.models import Release
from paddock.hub.scans.dependencies import MOST
from tests.hub.company import Company
from tests.hub.scans.releases import graph_bom, new_release, page_of, plain, take

pytestmark = pytest.mark.django_db
EDGES = {"shop": ["a", "b"], "a": ["c"], "b": ["c"], "c": ["d"], "d": ["a"]}


def purl(name: str) -> str:
    return f"pkg:npm/{name}@1.0.0"


@pytest.fixture
def release(company: Company) -> Release:
    made = new_release(company)
    take(company, made, graph_bom(EDGES, {"d": "GPL-3.0-only"}))
    return made


def test_the_shortest_ways_to_a_component_are_told(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    page = page_of(client, "release-why", release, purl=purl("d"))
    text = plain(page)
    assert "Why is d 1.0.0 here?" in text
    assert "1 project uses it." in text
    assert "a 1.0.0 c 1.0.0 d 1.0.0" in text
    assert "b 1.0.0 c 1.0.0 d 1.0.0" in text
    assert text.index("Needed by") < text.index("c 1.0.0", text.index("Needed by"))
    assert f'href="{reverse("release-why", args=[release.pk])}?purl=pkg%3Anpm%2Fc%401.0.0"' in page
    assert f'href="{reverse("release-graph", args=[release.pk])}?package=pkg%3Anpm%2Fd%401.0.0"' in page


def test_what_is_not_in_the_release_is_not_found(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    for name, query in (("release-why", {"purl": purl("x")}), ("release-why", {})):
        assert client.get(reverse(name, args=[release.pk]), query).status_code == 404
    assert signed_in(company.stranger).get(reverse("release-graph", args=[release.pk])).status_code == 404


def test_before_anything_is_handed_in_there_is_no_graph(company: Company, signed_in: Callable[..., Client]) -> None:
    address = reverse("release-graph", args=[new_release(company).pk])
    assert signed_in(company.owner).get(address).status_code == 404


def test_the_graph_is_drawn_with_links_and_stands_as_a_list_too(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    page = page_of(signed_in(company.owner), "release-graph", release)
    assert page.count("<rect") == 5
    assert page.count("stroke-dasharray") == 1
    assert 'aria-label="d 1.0.0, must not ship"' in page
    assert "✕ d 1.0.0" in page
    assert "Dashed lines lead back" in page
    listed = plain(page).partition("The same as a list")[2]
    assert "d 1.0.0 (must not ship) a 1.0.0" in listed


def test_the_graph_is_narrowed_to_direct_needs_or_to_one_package(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    assert page_of(client, "release-graph", release, show="direct").count("<rect") == 3
    take(company, release, graph_bom({"shop": ["a", "b", "x"], "a": ["c"]}))
    for wanted in ("c", purl("c"), "pkg:npm/c"):
        page = page_of(client, "release-graph", release, package=wanted)
        assert page.count("<rect") == 3, wanted
        assert page.count('stroke-width="3"') == 1
    assert "contains no component of this name" in page_of(client, "release-graph", release, package="nothing like it")


def test_a_large_graph_says_so_and_a_part_of_it_is_cut_to_the_nearest(
    company: Company, signed_in: Callable[..., Client]
) -> None:
    made, client = new_release(company), signed_in(company.owner)
    many = [f"part{number}" for number in range(MOST + 40)]
    take(company, made, graph_bom({"shop": ["a"], "a": many, "part0": ["deepest"]}))
    page = page_of(client, "release-graph", made)
    assert "<rect" not in page
    assert f"at most {MOST} are drawn" in page
    assert page_of(client, "release-graph", made, show="direct").count("<rect") == 2
    page = page_of(client, "release-graph", made, package="a")
    assert page.count("<rect") == MOST
    assert f"The nearest {MOST} of {MOST + 43} projects and components" in page
