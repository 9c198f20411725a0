# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The Markdown summary: answer first, safe, bounded."""

import msgspec

from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.reporter.markdown import MAX_BYTES, render
from tests.engine.results import inventory, result


def test_the_verdict_and_its_causes_come_first() -> None:
    lines = render(result()).decode().splitlines()
    assert lines[0] == "# ❌ Not compliant: 1 cause in 1 package."
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == [
        "## GPL-3.0-only in a distributed product (must not ship)",
        "## No licence known (needs an answer)",
    ]
    assert "`right 2.0.0`" in lines


def test_text_from_the_tree_is_shown_not_interpreted() -> None:
    assert "\\<b\\>\\*bold\\*\\</b\\>" in render(result()).decode()


def test_a_long_summary_is_cut_and_says_so() -> None:
    issues = tuple(Issue(Severity.WARNING, "x", f"{number} " + "y" * 5_000, f"p{number}") for number in range(50))
    stock = msgspec.structs.replace(inventory(), issues=issues)
    data = render(result(found=stock))
    assert len(data) < MAX_BYTES + 200
    assert data.decode().endswith("the whole list is in the HTML and JSON reports.\n")


def test_an_inventory_without_findings_is_short() -> None:
    text = render(result(evaluated=False, found=Inventory(name="x"))).decode()
    assert text.startswith("# Inventory of shop")
