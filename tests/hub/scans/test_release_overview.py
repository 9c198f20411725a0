# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The overview of a release: the verdict, by what it was decided, and the causes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from paddock.hub.policies.services import create_policy, release_version
from paddock.hub.products.models import Release
from paddock.hub.scans.models import Evaluation
from tests.hub.company import MOMENT, Company
from tests.hub.dry_runs.test_dry_run import RULES
from tests.hub.scans.releases import exported, graph_bom, new_release, page_of, plain, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(company: Company) -> Release:
    made = new_release(company)
    copied = {f"copied{number:02}": "GPL-3.0-only" for number in range(12)}
    take(company, made, graph_bom({"shop": [*copied, "bare", "fine"]}, {**copied, "bare": ""}))
    return made


def test_what_must_not_ship_comes_before_what_needs_an_answer(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    text = plain(page_of(signed_in(company.owner), "release", release))
    assert text.index("Must not ship") < text.index("GPL-3.0-only in a product") < text.index("Needs an answer")
    assert text.index("Needs an answer") < text.index("No known licence")
    assert text.index(release.sentence) < text.index("Must not ship")


def test_it_says_which_policy_and_data_decided(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    text = plain(page_of(client, "release", release))
    assert "the policy that comes with Paddock" in text
    assert "no advisories were asked" in text
    assert "license-expression" in text
    admin = company.actor(company.admin)
    policy = create_policy(
        actor=admin, unit=company.cockpit, name="House", content=RULES.format(license="EUPL-1.2"), now=MOMENT
    )
    version = policy.versions.get()
    release_version(actor=admin, version=version, revision=1, now=MOMENT)
    Evaluation.objects.update(policy_version=version, data=[["advisories", "2026-10-01T00:00:00+00:00"]])
    text = plain(page_of(client, "release", release))
    assert "policy House, version 1" in text
    assert "advisories of 1 Oct 2026" in text


def test_a_cause_says_why_how_to_fix_who_may_waive_and_names_packages(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    page = page_of(client, "release", release)
    text = plain(page)
    assert "12 components" in text
    assert "Why: Whoever hands out a work based on it" in text
    assert "How to fix: Replace the component" in text
    assert "May be waived by: open source office" in text
    assert f'href="{reverse("package")}?purl=pkg%3Anpm%2Fcopied00%401.0.0"' in page
    assert f'href="{reverse("release-why", args=[release.pk])}?purl=pkg%3Anpm%2Fcopied00%401.0.0"' in page
    assert "and 2 more" in text


def test_the_components_of_a_cause_are_a_link_away(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    page = page_of(client, "release", release)
    address = reverse("release-components", args=[release.pk])
    keys = [part.partition('"')[0] for part in page.split(f'href="{address}?cause=')[1:]]
    rows = {key: exported(client, "release-components", release, cause=key) for key in keys}
    assert sorted(len(listed) for listed in rows.values()) == [1, 12, 12]
    assert len(exported(client, "release-components", release, cause="made-up")) == 14


def test_waived_causes_stand_apart_with_reason_and_end(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    evaluation = Evaluation.objects.get()
    for reason in evaluation.reasons:
        if reason["ref"] == "pkg:npm/bare@1.0.0":
            reason["waiver"] = {
                "reason": "Bought", "comment": "contract 7", "approved_by": "Ada", "until": "2027-03-01"
            }  # fmt: skip
    evaluation.save()
    text = plain(page_of(signed_in(company.owner), "release", release))
    after = text.partition("somebody who may do so")[2]
    assert "No known licence" in after
    assert "Waived: Bought (contract 7), approved by Ada, until 1 Mar 2027" in after
    assert "No known licence" not in text.partition("somebody who may do so")[0]


def test_a_release_of_which_nothing_is_known_says_what_next(company: Company, signed_in: Callable[..., Client]) -> None:
    text = plain(page_of(signed_in(company.owner), "release", new_release(company)))
    assert "Hand in a bill of materials" in text
    assert "Nothing needs action" not in text


def test_the_overview_reads_no_result(
    company: Company, release: Release, signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = signed_in(company.owner)
    page_of(client, "release", release)
    with django_assert_max_num_queries(8) as captured:
        page_of(client, "release", release)
    assert not [one for one in captured if '"components_inventory"."result"' in one["sql"]]
