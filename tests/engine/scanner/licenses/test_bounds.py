# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whatever a file contains, the work stays in proportion to its size, and an answer comes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.scanner.licenses import approximate, candidates
from paddock.engine.scanner.licenses.candidates import MAX_ALIGNED, find_candidates
from paddock.engine.scanner.licenses.findings import find_licenses
from paddock.engine.scanner.licenses.text import MAX_TEXT_BYTES
from tests.engine.scanner.licenses.indexes import make_index, oaks, query_of, rule
from tests.license_data import HEDGEROW, MEADOW

CHANGED = MEADOW.replace("lost cattle", "lost cows")
GAP = "\n" * 9 + " ".join(f"name{number}" for number in range(40)) + "\n" * 9


class Work:
    """How often texts are compared with rules, and aligned with them."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.compared = self.aligned = 0
        self.sizes: list[int] = []
        self._compare, self._align = approximate.find_candidates, approximate.align
        patch.setattr(approximate, "find_candidates", self.compare)
        patch.setattr(approximate, "align", self.align)
        approximate._remembered.cache_clear()

    def compare(self, *arguments, **options):
        self.compared += 1
        self.sizes.append(len(arguments[0]))
        return self._compare(*arguments, **options)

    def align(self, *arguments):
        self.aligned += 1
        return self._align(*arguments)


@pytest.fixture
def work(monkeypatch) -> Work:
    return Work(monkeypatch)


def licences(text: str | bytes, index) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [match.license_expression for match in find_licenses(data, "x", index).licenses]


def test_thousands_of_exact_copies_are_found_without_any_comparison(work, license_index) -> None:
    assert licences(MEADOW * 2_000, license_index) == ["meadow"] * 2_000
    assert (work.compared, work.aligned) == (0, 0)


def test_the_same_changed_text_again_and_again_is_compared_a_few_times(work, license_index) -> None:
    assert licences(f"{CHANGED}{GAP}" * 300, license_index).count("meadow") >= 300
    assert work.compared <= 120
    assert work.aligned <= MAX_ALIGNED * work.compared


def test_the_same_header_in_many_files_is_compared_once(work, license_index) -> None:
    for number in range(50):
        assert licences(f"/*\n{CHANGED}*/\nint a{number};\n", license_index) == ["meadow"]
    assert work.compared <= 2


def test_each_region_costs_a_bounded_number_of_alignments(work, license_index) -> None:
    chance = random.Random(7)  # noqa: S311 # no secret
    words = MEADOW.split()

    def changed() -> str:
        copy = list(words)
        for _ in range(4):
            copy[chance.randrange(len(copy))] = f"other{chance.randrange(100)}"
        return " ".join(copy)

    copies = 40
    licences(GAP.join(changed() for _ in range(copies)), license_index)
    assert 0 < work.compared <= 3 * copies
    assert work.aligned <= MAX_ALIGNED * work.compared
    assert sum(work.sizes) <= 4 * copies * len(words)


HOSTILE = {
    "one word": "license " * 130_000,
    "a short rule": "license meadow " * 20_000,
    "two rules": "MIT License GPL-2.0 " * 5_000,
    "a required phrase, interrupted": "Paddock x Meadow Licence " * 10_000,
    "the beginning of a licence": MEADOW[:500] * 500,
    "words of a licence": " ".join(sorted(HEDGEROW.split())) * 100,
    "a licence of one word in a line": MEADOW.replace(" ", "\n\n\n\n\n\n") * 20,
    "marks": "<br>&quot;<p>" * 50_000,
    "plus": "+" * 1_000_000,
    "escaped ends of lines": "\\n" * 300_000,
    "one word of a megabyte": "x" * 1_000_000,
    "a million spaces": " " * 1_000_000,
    "a million ends of lines": "\n" * 1_000_000,
    "letters beyond ASCII": "é€" * 300_000,
    "letters beyond ASCII with spaces": "é " * 200_000,
    # REUSE-IgnoreStart
    "tags": "SPDX-License-Identifier: ISC */ " * 2_000,
    "tags that never end": "SPDX-License-Identifier: MIT OR ( " * 2_000,
    "a tag and spaces": "SPDX-License-Identifier:" + " " * 1_000_000 + "x",
    "the beginning of a tag and spaces": "SPDX" + " " * 1_000_000,
    "beginnings of tags": "SPDX-" * 100_000,
    # REUSE-IgnoreEnd
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_repetition_comes_to_an_end_after_bounded_work(text, work, license_index) -> None:
    licences(text, license_index)
    assert work.compared <= 12
    assert work.aligned <= MAX_ALIGNED * work.compared


def test_a_line_without_end_is_looked_through(license_index) -> None:
    line = " ".join(f"word{number}" for number in range(200_000))
    text = f"{line} {MEADOW.replace(chr(10), ' ')} {line}"
    assert licences(text, license_index) == ["meadow"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"\0" * 1_000_000,
        MEADOW.encode() + b"\0" * 10,
        b"\xff" * 1_000_000,
        b"\x80\n" * 300_000,
        b"\xed\xa0\x80" + MEADOW.encode(),
        b"\xff\xfe" + b"\xd8\x00" * 10,
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf",
        b'{"sourcesContent"' * 1_000,
        b'"sourcesContent"' + b"[" * 200_000,
        b'{"sourcesContent":[' + b"[" * 200_000,
        b'{"sourcesContent":["\\ud800"]}',
    ],
    ids=range(14),
)
def test_bytes_that_are_no_text_have_an_answer_too(data, license_index) -> None:
    for path in ("x", "x.js.map"):
        found = find_licenses(data, path, license_index)
        assert find_licenses(data, path, license_index) == found


def test_what_lies_behind_the_limit_is_not_looked_at(license_index, monkeypatch) -> None:
    monkeypatch.setattr("paddock.engine.scanner.licenses.text.MAX_TEXT_BYTES", 2_000)
    assert licences(" " * 2_000 + MEADOW, license_index) == []
    assert licences(" " * 100 + MEADOW, license_index) == ["meadow"]
    assert MAX_TEXT_BYTES > 1_000_000


PARTS = st.one_of(
    st.binary(max_size=30),
    st.sampled_from(
        [MEADOW[:300].encode(), HEDGEROW[200:600].encode(), b"MIT License", b"license", b"\r\n", b"\0", b"{{x}}"]
    ),
)


@given(st.lists(PARTS, max_size=10).map(b"".join))
def test_any_bytes_have_the_same_answer_every_time(license_index, data) -> None:
    found = find_licenses(data, "x", license_index)
    approximate._remembered.cache_clear()
    assert find_licenses(data, "x", license_index) == found
    assert list(found.licenses) == sorted(found.licenses)
    for match in (*found.licenses, *found.clues):
        assert match.rule
        assert 1 <= match.start_line <= match.end_line <= data.count(b"\n") + data.count(b"\r") + 1


# Candidates


def test_only_the_most_alike_rules_are_aligned() -> None:
    index = make_index(*(rule(oaks(0, 100 + number), f"r{number:02}") for number in range(40)))
    query = query_of(oaks(0, 120), index)
    found = [index.name(number) for number in find_candidates(query.words.numbers, index)]
    assert len(found) == MAX_ALIGNED
    assert found[0] == "r20.RULE"


def test_a_rule_that_shares_little_is_no_candidate() -> None:
    index = make_index(rule(oaks(0, 100)), rule(f"{oaks(0, 6)} {oaks(150, 164)}", "brook"))
    query = query_of(oaks(0, 100), index)
    assert [index.name(number) for number in find_candidates(query.words.numbers, index)] == ["meadow.RULE"]


def test_a_region_that_is_not_alike_as_a_whole_may_still_contain_a_rule() -> None:
    index = make_index(rule(oaks(0, 30)))
    query = query_of(oaks(0, 240), index)
    assert find_candidates(query.words.numbers, index) != []
    assert find_candidates(query.words.numbers, index, only_alike=True) == []


def test_grams_that_every_rule_has_are_left_out_when_there_are_too_many(monkeypatch) -> None:
    """The rarest grams are looked at first; what everybody shares tells nothing and costs most."""
    texts = [f"{oaks(0, 20)} {oaks(20 + 10 * number, 30 + 10 * number)}" for number in range(20)]
    index = make_index(*(rule(text, f"r{number:02}") for number, text in enumerate(texts)))
    monkeypatch.setattr(candidates, "_MAX_POSTINGS", 12)
    query = query_of(texts[7], index)
    assert [index.name(number) for number in find_candidates(query.words.numbers, index)] == ["r07.RULE"]
