# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The verdicts about a release, one after the other."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from paddock.hub.products.models import Release
from paddock.hub.scans.history import HEIGHT, MARGIN, WIDTH, Verdict, steps, timeline
from tests.hub.company import MOMENT, Company
from tests.hub.scans.releases import exported, graph_bom, new_release, page_of, plain, take


@pytest.fixture
def release(company: Company) -> Release:
    made = new_release(company)
    later = ({"a": "MIT"}, {"a": "GPL-3.0-only"}, {"a": "MIT", "b": ""})
    for days, licenses in enumerate(later):
        content = graph_bom({"shop": list(licenses)}, licenses)
        take(company, made, content, now=MOMENT + timedelta(days=days))
    return made


@pytest.mark.django_db
def test_each_verdict_says_what_came_and_what_went(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    rows = exported(client, "release-history", release)
    assert [row[1] for row in rows] == ["Undecided", "Not compliant", "Compliant"]
    newest, middle, first = rows
    assert "No known licence" in newest[4]
    assert "GPL-3.0-only in a product" in newest[5]
    assert "GPL-3.0-only in a product" in middle[4]
    assert first[4:6] == ["", ""]
    text = plain(page_of(client, "release-history", release))
    assert "3 verdicts so far. Now 0 causes forbid shipping, 1 needs an answer." in text
    assert release.sentence in text


@pytest.mark.django_db
def test_the_line_has_a_text_and_the_table_is_narrowed(
    company: Company, release: Release, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.owner)
    page = page_of(client, "release-history", release)
    assert "Open causes from 2 Nov 2026" in page
    assert page.count('class="forbidding"') == 2
    assert len(exported(client, "release-history", release, outcome="compliant")) == 1
    assert len(exported(client, "release-history", release, cause="gpl")) == 2
    assert exported(client, "release-history", release, sort="at")[0][1] == "Compliant"


@pytest.mark.django_db
def test_one_verdict_makes_no_line_and_none_says_what_next(company: Company, signed_in: Callable[..., Client]) -> None:
    made, client = new_release(company), signed_in(company.owner)
    assert "Nothing was decided about this release yet" in page_of(client, "release-history", made)
    take(company, made, graph_bom({"shop": ["a"]}))
    assert "<figure" not in page_of(client, "release-history", made)


@pytest.mark.django_db
def test_any_number_of_verdicts_costs_the_same_queries_and_no_reasons_are_read(
    company: Company, release: Release, signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = signed_in(company.owner)
    page_of(client, "release-history", release)
    with django_assert_max_num_queries(8) as captured:
        page_of(client, "release-history", release)
    assert not [one for one in captured if '"reasons"' in one["sql"]]


def verdict(day: int, *causes: tuple[str, str]) -> Verdict:
    return Verdict(MOMENT + timedelta(days=day), "undecided", "", "", "", causes)


def test_the_oldest_of_many_is_only_compared_with() -> None:
    listed = [verdict(2, ("must not ship", "x")), verdict(1), verdict(0, ("must not ship", "y"))]
    assert len(steps(listed, complete=True)) == 3
    shown = steps(listed, complete=False)
    assert [(one.came, one.went, one.first) for one in shown] == [(("x",), (), False), ((), ("y",), False)]


def test_the_line_stays_inside_and_ends_at_the_right_edge() -> None:
    listed = [verdict(day, *[("must not ship", str(one)) for one in range(day)]) for day in (7, 3, 0)]
    line = timeline(steps(listed, complete=True), MOMENT + timedelta(days=20))
    assert line is not None
    assert line.most == 7
    assert line.forbidding.startswith(f"M0 {HEIGHT - MARGIN}H")
    assert line.forbidding.endswith(f"V{MARGIN}H{WIDTH}")
    assert all(0 <= int(one) <= WIDTH for one in re.findall(r"[MH](\d+)", line.forbidding))
    assert timeline([], MOMENT) is None
