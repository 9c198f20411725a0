# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reasons grouped by cause, the weightiest first."""

import msgspec
import pytest

from paddock.engine.model.issue import Severity
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.reporter.causes import group_by_cause, group_by_remedy, names_by_ref, open_causes, waived_causes
from tests.engine.results import reasons, result


def test_what_forbids_shipping_comes_before_questions_before_notes() -> None:
    violation, question, _ = reasons()
    note = msgspec.structs.replace(violation, severity=Severity.HINT, cause="A note")
    labels = [(cause.title, cause.label) for cause in group_by_cause((note, question, violation))]
    assert labels == [
        ("GPL-3.0-only in a distributed product", "must not ship"),
        ("No licence known", "needs an answer"),
        ("A note", "take note"),
    ]


def test_equal_causes_are_one_with_the_most_consequential_reason_first() -> None:
    deep = reasons()[0]
    direct = msgspec.structs.replace(deep, ref="pkg:npm/z@1", paths=(("package.json", "pkg:npm/z@1"),))
    build = msgspec.structs.replace(direct, ref="pkg:npm/a@1", scope="build")
    (cause,) = group_by_cause((build, deep, direct))
    assert [reason.ref for reason in cause.reasons] == ["pkg:npm/z@1", deep.ref, "pkg:npm/a@1"]


def test_causes_with_one_remedy_are_told_together() -> None:
    violation, question, _ = reasons()
    twin = msgspec.structs.replace(violation, cause="AGPL-3.0-only in a distributed product", ref="pkg:npm/a@1")
    first, second = group_by_remedy(group_by_cause((violation, question, twin)))
    assert first.title == "… in a distributed product"
    assert [cause.title for cause in first.causes] == [twin.cause, violation.cause]
    assert (first.packages, first.how_to_fix, first.label) == (2, "Replace the package.", "must not ship")
    assert (second.title, second.packages) == ("No licence known", 1)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (('Not understood: "BSD"', 'Not understood: "SEE LICENSE"'), "Not understood: …"),
        (("one thing", "another matter"), "another matter, …"),
        (("a b c", "a b"), "a b …"),
    ],
)
def test_the_title_of_a_group_is_what_its_causes_have_in_common(titles: tuple[str, ...], expected: str) -> None:
    found = tuple(msgspec.structs.replace(reasons()[0], cause=title) for title in titles)
    (group,) = group_by_remedy(group_by_cause(found))
    assert group.title == expected


def test_waived_reasons_are_apart() -> None:
    assert [cause.title for cause in waived_causes(result())] == ["Waived cause"]
    assert all(cause.kind in ReasonKind for cause in open_causes(result()))
    assert "Waived cause" not in [cause.title for cause in open_causes(result())]


def test_names_are_for_people() -> None:
    names = names_by_ref(result())
    assert names["pkg:npm/%40shop/left@1.0.0"] == "@shop/left 1.0.0"
    assert names["package.json"] == "shop"
