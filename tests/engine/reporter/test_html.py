# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The HTML report's content; how it behaves is tested in a browser (tests/e2e)."""

import json
import re

from paddock.engine.reporter.html import package_data
from paddock.engine.reporter.reports import find_report
from paddock.engine.reporter.wording import WORDING
from tests.engine.results import result


def test_rows_and_edges_name_each_other_by_number() -> None:
    data = package_data(result())
    names = [row[0] for row in data["rows"]]
    assert names == ["@shop/left", "right", "tester"]
    assert [(names[a], names[b]) for a, b in data["edges"]] == [("@shop/left", "right")]
    assert [row[9] for row in data["rows"]] == [3, 0, 1]
    assert data["direct"] == [[0, 0], [2, 0]]


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
    assert "Was zu tun ist" in find_report("html-de").render(result()).decode()


def test_an_inventory_without_verdict_can_be_shown() -> None:
    assert "nothing was decided yet" in find_report("html").render(result(evaluated=False)).decode()
