# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the licences of a release oblige to, as far as policy and licence list tell."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from paddock.hub.products.models import Release
from tests.hub.company import Company
from tests.hub.scans.releases import exported, graph_bom, new_release, page_of, plain, take

pytestmark = pytest.mark.django_db
LICENSES = {
    "a": "MIT", "b": "MIT AND LGPL-2.1-only", "c": "GPL-3.0-only", "d": "", "e": "MIT OR GPL-2.0-only",
    "f": "LicenseRef-ours", "g": "0BSD",
}  # fmt: skip


@pytest.fixture
def release(company: Company) -> Release:
    made = new_release(company)
    take(company, made, graph_bom({"shop": list(LICENSES)}, LICENSES))
    return made


def rows_of(client: Client, release: Release, **query: str) -> dict[str, list[str]]:
    return {row[0]: row for row in exported(client, "release-obligations", release, **query)}


def test_each_licence_says_its_category_and_what_the_policy_says(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    rows = rows_of(client, release)
    assert rows["MIT"][1:] == ["permissive", "No objection", "3", "Notice"]
    assert rows["GPL-3.0-only"][1:3] == ["strong-copyleft", "Must not ship"]
    assert rows["GPL-3.0-only"][4] == "Notice; source is not among the documents"
    assert rows["GPL-2.0-only"][2] == "Not chosen"
    assert rows["none known"][1:3] == ["Could not tell", "Needs an answer"]
    page = page_of(client, "release-obligations", release)
    assert "Keep notices; otherwise free to use in anything." in page
    assert "GPL-3.0-only in a product that is handed out: Whoever hands out a work" in page
    assert "another was chosen" in page
    assert "This is no legal advice." in page
    assert f'href="{reverse("release-documents", args=[release.pk])}"' in page


def test_a_licence_about_which_nothing_is_known_could_not_be_told(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    row = rows_of(signed_in(company.owner), release)["LicenseRef-ours"]
    assert row[2:] == ["Needs an answer", "1", "Could not tell"]


def test_what_is_not_delivered_obliges_to_nothing(company: Company, signed_in: Callable[..., Client]) -> None:
    document = json.loads(graph_bom({"shop": ["a", "tool"]}, {"tool": "GPL-3.0-only"}))
    document["components"][1]["scope"] = "excluded"
    made = new_release(company)
    take(company, made, json.dumps(document).encode())
    rows = rows_of(signed_in(company.owner), made)
    assert "MIT" in rows
    assert "GPL-3.0-only" not in rows


def test_the_number_is_the_list_that_it_leads_to(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    for license, row in rows_of(client, release).items():
        wanted = "=" if license == "none known" else license
        listed = exported(client, "release-components", release, license=wanted, scope="delivered")
        assert str(len(listed)) == row[3], license


def test_licences_are_narrowed_to_those_with_open_causes(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    assert set(rows_of(client, release, state="open")) >= {"GPL-3.0-only", "none known"}
    assert "MIT" not in rows_of(client, release, state="open")
    assert set(rows_of(client, release, license="gpl")) == {"GPL-3.0-only", "GPL-2.0-only", "LGPL-2.1-only"}
    assert "have open causes" in plain(page_of(client, "release-obligations", release))


def test_nothing_handed_in_says_what_next(company: Company, signed_in: Callable[..., Client]) -> None:
    assert "Hand in a bill of materials" in page_of(
        signed_in(company.owner), "release-obligations", new_release(company)
    )
