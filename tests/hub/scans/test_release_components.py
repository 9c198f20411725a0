# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The components and licences of a release as lists to narrow down."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paddock.hub.products.models import Release
from tests.hub.company import Company
from tests.hub.scans.releases import exported, graph_bom, new_release, page_of, take

pytestmark = pytest.mark.django_db
LICENSES = {"direct": "MIT", "deep": "MIT AND Zlib", "other": "MIT-0", "bare": ""}


@pytest.fixture
def release(company: Company) -> Release:
    made = new_release(company)
    take(company, made, graph_bom({"shop": ["direct", "other", "bare"], "direct": ["deep"]}, LICENSES))
    return made


def names(client: Client, release: Release, **query: str) -> list[str]:
    return [row[0] for row in exported(client, "release-components", release, **query)]


def test_a_component_leads_to_its_package_and_to_why_it_is_there(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    page = page_of(signed_in(company.owner), "release-components", release)
    assert f'href="{reverse("package")}?purl=pkg%3Anpm%2Fdeep%401.0.0"' in page
    assert f'href="{reverse("release-why", args=[release.pk])}?purl=pkg%3Anpm%2Fdeep%401.0.0"' in page


def test_components_are_narrowed_by_dependency_scope_and_licence(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    assert names(client, release, direct="yes") == ["bare", "direct", "other"]
    assert names(client, release, direct="no") == ["deep"]
    assert len(names(client, release, scope="delivered")) == 4
    assert names(client, release, scope="test") == []
    assert names(client, release, license="MIT") == ["deep", "direct"]
    assert names(client, release, license="=MIT") == ["direct"]
    assert names(client, release, license="=") == ["bare"]
    assert names(client, release, license="zli") == ["deep"]
    assert names(client, release, sort="-direct")[0] == "deep"
    assert "Transitive" in page_of(client, "release-components", release, direct="no")


def test_the_number_of_a_licence_is_the_list_that_it_leads_to(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    page = page_of(client, "release-licenses", release)
    address = reverse("release-components", args=[release.pk])
    assert f'href="{address}?license=%3DMIT%20AND%20Zlib"' in page
    assert f'href="{address}?license=%3D"' in page


def test_every_page_costs_the_same_few_queries_however_much_is_in_the_release(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    pages = {
        "release-components": {"license": "MIT", "scope": "delivered"},
        "release-licenses": {},
        "release-vulnerabilities": {},
        "release-obligations": {},
        "release-history": {},
        "release-graph": {"show": "direct"},
        "release-why": {"purl": "pkg:npm/direct@1.0.0"},
        "release": {},
    }
    counts: dict[str, int] = {}
    for round_ in range(2):
        if round_:
            many = [f"part{number}" for number in range(300)]
            take(company, release, graph_bom({"shop": ["direct", *many], "direct": many}))
        for name, query in pages.items():
            page_of(client, name, release, **query)
            with CaptureQueriesContext(connection) as captured:
                page_of(client, name, release, **query)
            assert len(captured) <= counts.setdefault(name, len(captured)), name
    assert max(counts.values()) <= 9


@pytest.mark.parametrize("name", ["components", "licenses", "vulnerabilities", "obligations", "history"])
def test_every_list_is_a_spreadsheet_too(
    name: str, company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in(company.owner).get(reverse(f"release-{name}", args=[release.pk]), {"export": "xlsx"})
    assert answer.status_code == 200
    assert answer.getvalue().startswith(b"PK")
