# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reasons grouped by cause, the weightiest first."""

import msgspec

from paddock.engine.model.issue import Severity
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.reporter.causes import group_by_cause, names_by_ref, open_causes, waived_causes
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


def test_equal_causes_are_one_with_their_reasons_by_ref() -> None:
    violation = reasons()[0]
    other = msgspec.structs.replace(violation, ref="pkg:npm/a@1")
    (cause,) = group_by_cause((violation, other))
    assert [reason.ref for reason in cause.reasons] == ["pkg:npm/a@1", violation.ref]


def test_waived_reasons_are_apart() -> None:
    assert [cause.title for cause in waived_causes(result())] == ["Waived cause"]
    assert all(cause.kind in ReasonKind for cause in open_causes(result()))
    assert "Waived cause" not in [cause.title for cause in open_causes(result())]


def test_names_are_for_people() -> None:
    names = names_by_ref(result())
    assert names["pkg:npm/%40shop/left@1.0.0"] == "@shop/left 1.0.0"
    assert names["package.json"] == "shop"
