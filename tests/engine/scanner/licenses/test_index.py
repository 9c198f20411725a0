# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The index: what is built is opened again; what is none, is damaged or too old is refused with what to do."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from paddock.engine.model.errors import Unreadable
from paddock.engine.scanner.licenses.array_file import open_arrays, write_arrays
from paddock.engine.scanner.licenses.build import build_index
from paddock.engine.scanner.licenses.index import FORMAT, Index, make_bitmap, open_index
from paddock.engine.scanner.licenses.rules import Kind, LicenseName
from tests.engine.scanner.licenses.indexes import make_index, oaks, rule
from tests.license_data import LICENSES, MEADOW, RULES

ADVICE = "Make it anew: paddock license-db build"


def written(path: Path, header: bytes, arrays) -> Path:
    with path.open("wb") as stream:
        write_arrays(stream, header, arrays)
    return path


def rewritten(path: Path, source: Path, *, without: str = "", **changes: object) -> Path:
    """An index file with other facts in its header, or without one of its arrays."""
    header, arrays = open_arrays(source)
    facts = msgspec.json.decode(header) | changes
    return written(path, msgspec.json.encode(facts), {name: array for name, array in arrays.items() if name != without})


def number_of(index: Index, name: str) -> int:
    return next(number for number in range(index.header.rules) if index.name(number) == name)


def test_an_opened_index_knows_its_rules(license_index) -> None:
    usable = [name for name, (facts, _) in RULES.items() if not facts.get("is_deprecated")]
    texts = [key for key, (facts, text) in LICENSES.items() if text.strip() and not facts.get("is_deprecated")]
    assert license_index.header.rules == len(usable) + len(texts)
    number = number_of(license_index, "see_license.RULE")
    assert license_index.expression(number) == "unknown-license-reference"
    assert license_index.referenced_files(number) == ("LICENSE", "LICENSE.txt")
    assert license_index.kind(number) == Kind.REFERENCE | Kind.UNKNOWN | (license_index.kind(number) & Kind.APPROXIMATE)
    phrased = number_of(license_index, "meadow_notice.RULE")
    assert license_index.phrases(phrased) == [(6, 9)]
    assert license_index.phrases(number) == []


def test_the_words_of_a_rule_are_those_of_its_text(license_index) -> None:
    by_number = {number: word for word, number in license_index.vocabulary.items()}
    words = [
        by_number[number] for number in license_index.rule_words(number_of(license_index, "brook_name.RULE")).tolist()
    ]
    assert words[:2] == [b"paddock", b"brook"]
    assert license_index.vocabulary[b"licence"] == license_index.vocabulary[b"license"]


def test_texts_of_licences_are_kept_word_for_word(license_index) -> None:
    assert license_index.license_text("meadow") == MEADOW.strip()
    assert license_index.license_text("mit") == ""
    for key in ("", "a", "nobody-knows", "zzz"):
        assert license_index.license_text(key) == ""


def test_a_word_says_something_when_several_licences_use_it_and_it_is_no_everyday_word() -> None:
    index = make_index(
        rule("meadowword and license", "a"),
        rule("meadowword and license", "b"),
        rule("meadowword and license lonely", "c"),
        rule("wrongword", "d", kinds=Kind.FALSE_POSITIVE),
    )
    legal = {
        word: bool(index.is_legal[index.vocabulary[word]]) for word in (b"meadowword", b"license", b"and", b"lonely")
    }
    assert legal == {b"meadowword": True, b"license": True, b"and": False, b"lonely": False}


@pytest.mark.parametrize(
    ("changes", "may_be_loose"),
    [
        ({}, True),
        ({"kinds": Kind.NOTICE | Kind.CONTINUOUS}, False),
        ({"kinds": Kind.NOTICE | Kind.REQUIRED_PHRASE}, False),
        ({"kinds": Kind.FALSE_POSITIVE}, False),
        ({"minimum_coverage": 100}, False),
        ({"minimum_coverage": 99}, True),
    ],
)
def test_which_rules_may_be_matched_loosely(changes, may_be_loose) -> None:
    index = make_index(rule(oaks(0, 20), **changes))
    assert bool(index.kind(number_of(index, "meadow.RULE")) & Kind.APPROXIMATE) is may_be_loose


def test_short_rules_and_rules_of_everyday_words_are_not_matched_loosely() -> None:
    index = make_index(rule(oaks(0, 3), "short"), rule("the file that is in the folder of the name", "everyday"))
    for name in ("short.RULE", "everyday.RULE"):
        assert not index.kind(number_of(index, name)) & Kind.APPROXIMATE


def test_rules_without_words_are_left_out() -> None:
    assert (
        make_index(rule("... --- ...", "empty"), rule("zaffre")).header.rules == make_index(rule("zaffre")).header.rules
    )


# The version


OF_RULES = (rule("zaffre yonder"),)
OF_LICENSES = (LicenseName(key="meadow", spdx_id="Meadow-1.0"),)


def version(rules=OF_RULES, licenses=OF_LICENSES, data: str = "1") -> str:
    header, _ = build_index(rules, licenses, data)
    found: str = msgspec.json.decode(header)["version"]
    return found


def test_the_same_rules_in_any_order_are_the_same_version() -> None:
    rules = (rule("zaffre yonder", name="a"), rule("xebec wherry", name="b"))
    assert version(rules) == version(rules[::-1])


@pytest.mark.parametrize(
    "other",
    [
        {"data": "2"},
        {"rules": (rule("zaffre xebec"),)},
        {"rules": (rule("zaffre yonder", "brook", "meadow.RULE"),)},
        {"rules": (rule("zaffre yonder", relevance=90),)},
        {"rules": (rule("zaffre yonder", kinds=Kind.TAG),)},
        {"rules": (rule("{{zaffre yonder}}"),)},
        {"rules": (rule("zaffre yonder", referenced_files=("LICENSE",)),)},
        {"licenses": (LicenseName(key="meadow", spdx_id="Meadow-2.0"),)},
        {"licenses": (LicenseName(key="meadow", spdx_id="Meadow-1.0", is_exception=True),)},
        {"licenses": ()},
    ],
)
def test_whatever_changes_findings_changes_the_version(other) -> None:
    """Findings are remembered by it, so two indexes of one version must find the same."""
    assert version(**other) != version()


# Files that are none, damaged or too old


def test_an_index_is_whole_until_a_bit_of_it_changes(license_index_file, tmp_path) -> None:
    assert open_index(license_index_file).is_whole()
    data = bytearray(license_index_file.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "x").write_bytes(data)
    assert not open_index(tmp_path / "x").is_whole()


@pytest.mark.parametrize("older", [{"format": FORMAT - 1}, {"format": FORMAT + 1}])
def test_an_index_of_another_format_is_refused(older, license_index_file, tmp_path) -> None:
    with pytest.raises(Unreadable, match="another version of Paddock") as caught:
        open_index(rewritten(tmp_path / "x", license_index_file, **older))
    assert ADVICE in caught.value.reason


def test_a_format_is_recognised_whatever_else_its_header_holds(tmp_path) -> None:
    with pytest.raises(Unreadable, match="another version of Paddock"):
        open_index(written(tmp_path / "x", msgspec.json.encode({"format": 99, "all": "new"}), {}))


def test_an_index_without_one_of_its_arrays_is_refused(license_index_file, tmp_path) -> None:
    for missing in ("rule_words", "gram_bitmap", "anchor3_hashes", "phrases"):
        with pytest.raises(Unreadable, match="is damaged") as caught:
            open_index(rewritten(tmp_path / missing, license_index_file, without=missing))
        assert ADVICE in caught.value.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "cannot be opened"),
        (b"PK\x03\x04 something else", "is no index"),
        (b"PADDOCK\x01", "is no index"),
        (b"PADDOCK\x01\xff\xff\xff\xff\xff\xff\xff\x7f", "is damaged"),
        (b"PADDOCK\x01\x02\0\0\0\0\0\0\0{}", "is damaged"),
    ],
)
def test_what_is_no_index_is_refused(data, reason, tmp_path) -> None:
    path = tmp_path / "licenses.index"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match=reason) as caught:
        open_index(path)
    assert caught.value.reason.startswith(f"The licence index {path} ")
    assert ADVICE in caught.value.reason


def test_a_bitmap_has_a_bit_for_every_hash_and_few_others() -> None:
    hashes = np.arange(1, 200, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    bitmap = make_bitmap(hashes, 16)
    slots = (hashes >> np.uint64(48)).astype(int)
    assert all(bitmap[slot >> 3] >> (slot & 7) & 1 for slot in slots)
    assert np.unpackbits(bitmap).sum() == len(set(slots.tolist()))
