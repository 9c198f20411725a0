# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What changed between two results."""

import msgspec

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.purl import make_purl
from paddock.engine.reporter.difference import Difference, compare_results
from tests.engine.results import result


def stock(*pairs: tuple[str, str], license: str = "MIT") -> Inventory:
    return Inventory(
        components=tuple(
            Component(purl=make_purl("npm", name, version), declared_licenses=(license,)) for name, version in pairs
        )
    )


def test_nothing_changed() -> None:
    assert compare_results(result(), result()).empty


def test_added_removed_up_and_down() -> None:
    before = result(found=stock(("gone", "1"), ("up", "1.9"), ("down", "2.0"), ("odd", "main"), ("many", "1")))
    after = result(
        found=stock(("new", "1"), ("up", "1.10"), ("down", "1.0"), ("odd", "next"), ("many", "1"), ("many", "2"))
    )
    found = compare_results(before, after)
    assert (found.added, found.removed) == (("pkg:npm/new@1",), ("pkg:npm/gone@1",))
    assert {change.name: change.direction for change in found.versions} == {
        "up": "upgraded",
        "down": "downgraded",
        "odd": "changed",
        "many": "changed",
    }


def test_the_v_of_go_versions_is_no_change() -> None:
    one, other = (
        Inventory(components=(Component(purl=make_purl("golang", "x", version, namespace="example.org")),))
        for version in ("v1.2.0", "1.2.0")
    )
    assert compare_results(result(found=one), result(found=other)).versions == ()


def test_licenses_are_compared_when_both_were_scanned() -> None:
    before, after = result(found=stock(("a", "1"))), result(found=stock(("a", "2"), license="ISC"))
    assert [(change.before, change.after) for change in compare_results(before, after).licenses] == [("MIT", "ISC")]
    unscanned = result(evaluated=False, found=stock(("a", "2"), license="ISC"))
    assert compare_results(before, unscanned).licenses == ()


def test_findings_are_the_same_across_versions_and_waived_ones_do_not_count() -> None:
    base = result()
    assert base.verdict is not None
    cleared = msgspec.structs.replace(base, verdict=msgspec.structs.replace(base.verdict, reasons=()))
    found = compare_results(cleared, base)
    assert [finding.package for finding in found.new_findings] == ["pkg:npm/right", "pkg:npm/tester"]
    assert compare_results(base, cleared).gone_findings == found.new_findings
    assert isinstance(found, Difference)
