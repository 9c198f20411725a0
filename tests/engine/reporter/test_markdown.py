# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The Markdown summary: answer first, safe, bounded."""

import msgspec

from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Exclusion
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


def test_causes_with_one_remedy_share_a_heading() -> None:
    base = result()
    assert base.verdict is not None
    violation = base.verdict.reasons[0]
    twin = msgspec.structs.replace(violation, cause="AGPL-3.0-only in a distributed product")
    verdict = msgspec.structs.replace(base.verdict, reasons=(violation, twin))
    text = render(msgspec.structs.replace(base, verdict=verdict)).decode()
    assert "## … in a distributed product (must not ship)" in text
    assert "- AGPL-3.0-only in a distributed product: `right 2.0.0`" in text
    assert text.count("Replace the package.") == 1


def test_what_the_configuration_leaves_out_is_told() -> None:
    left_out = Exclusion(pattern="docs/**", reason="DOCUMENTATION_OF", comment="<not> shipped")
    text = render(msgspec.structs.replace(result(), exclusions=(left_out,))).decode()
    assert "- `docs/**` DOCUMENTATION\\_OF: \\<not\\> shipped" in text


def test_a_cut_leaves_no_section_open() -> None:
    issues = tuple(Issue(Severity.WARNING, "x", f"{number} " + "y" * 5_000, f"p{number}") for number in range(50))
    text = render(result(found=msgspec.structs.replace(inventory(), issues=issues))).decode()
    assert text.count("<details>") == text.count("</details>")


def test_issues_that_say_the_same_are_one_line() -> None:
    issues = tuple(Issue(Severity.WARNING, "x", "no lock file", f"p{number}") for number in range(5))
    text = render(result(found=msgspec.structs.replace(inventory(), issues=issues))).decode()
    assert "- `p0`: no lock file (and 4 more like this)" in text
