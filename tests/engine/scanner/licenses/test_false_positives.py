# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What looks like a licence and is none: texts known to mislead, tables of licence names."""

from collections.abc import Sequence

import pytest

from paddock.engine.scanner.licenses.rules import Kind
from tests.engine.scanner.licenses.indexes import OAKS, look, make_index, oaks, rule, rules_found

KEYS = [f"key-{number}" for number in range(20)]
INDEX = make_index(
    *(rule(f"{OAKS[2 * at]} {OAKS[2 * at + 1]}", key, kinds=Kind.REFERENCE) for at, key in enumerate(KEYS)),
    rule(oaks(100, 130), "notice"),
    rule("zaffre plate", "misleading", kinds=Kind.FALSE_POSITIVE),
    rule("zaffre", "bare", kinds=Kind.REFERENCE),
    rule("zaffre oak0 oak1 van", "van", kinds=Kind.FALSE_POSITIVE),
)


def name(number: int) -> str:
    return f"{OAKS[2 * number]} {OAKS[2 * number + 1]}"


def table(numbers: Sequence[int], between: str = ", ") -> str:
    return between.join(map(name, numbers))


def test_a_text_that_is_known_to_mislead_says_nothing() -> None:
    assert rules_found("the zaffre plate of a car", INDEX) == []
    assert rules_found("words zaffre oak0 oak1 van", INDEX) == []
    assert look("the zaffre plate of a car", INDEX).clues == ()


def test_it_hides_nothing_beside_it() -> None:
    assert rules_found(f"zaffre plate, {name(3)}", INDEX) == ["key-3"]


def test_a_table_of_many_different_names_licenses_nothing() -> None:
    assert rules_found(table(range(20)), INDEX) == []
    assert rules_found(table(range(20), between=",\n  "), INDEX) == []


@pytest.mark.parametrize(
    "numbers",
    [range(3), range(10), [0, 1, 2] * 8],
    ids=["three names", "ten names", "three names again and again"],
)
def test_few_names_or_few_different_ones_are_no_table(numbers: Sequence[int]) -> None:
    assert rules_found(table(numbers, between=",\n"), INDEX) == [KEYS[number] for number in numbers]


def test_endless_repetition_of_few_names_is_a_table_too() -> None:
    assert rules_found(table([0, 1, 2] * 80), INDEX) == []


def test_a_notice_above_a_table_stands() -> None:
    assert rules_found(f"{oaks(100, 130)}\n{table(range(20))}", INDEX) == ["notice"]


def test_a_notice_in_the_midst_parts_a_table_in_two_that_are_none() -> None:
    text = f"{table(range(10))}\n{oaks(100, 130)}\n{table(range(10, 20))}"
    assert set(rules_found(text, INDEX)) == {*KEYS, "notice"}


def test_names_far_from_each_other_are_no_table() -> None:
    text = table(range(20), between="\n" + oaks(150, 230) + "\n")
    assert rules_found(text, INDEX) == KEYS


# REUSE-IgnoreStart
def test_tags_are_never_a_table() -> None:
    index = make_index(rule("SPDX-License-Identifier: MIT", "mit", kinds=Kind.TAG))
    ids = ["MIT", "ISC", "0BSD", "Zlib", "Apache-2.0", "MPL-2.0", "BSL-1.0"] * 3
    found = look("\n".join(f"SPDX-License-Identifier: {name}" for name in ids), index)
    assert [match.license_expression_spdx for match in found.licenses] == ids


# REUSE-IgnoreEnd
