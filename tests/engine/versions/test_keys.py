# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Sort keys: their order bytewise is the order of versions, for versions as they should be and for anything else."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.version import Version

from paddock.engine.versions import HIGHEST, LOWEST, UnknownEcosystem, compare, is_version, order_of, sort_key
from paddock.engine.versions.order import ORDERS, OTHER_ORDERS
from tests.engine.versions import oracles

EVERY = sorted({order.name: ecosystem for ecosystem, order in {**ORDERS, **OTHER_ORDERS}.items()}.values())

number = st.one_of(st.integers(0, 30), st.just(0), st.integers(0, 10**24)).map(str)
padded = st.tuples(st.sampled_from(["", "", "", "0", "00"]), number).map("".join)


def rows(part: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(part, min_size=least, max_size=most).map(".".join)


def text_of(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


def maybe(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), part)


def from_words(*words: str) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(st.sampled_from(words), number), min_size=1, max_size=7).map("".join)


identifier = st.one_of(number, st.sampled_from(["alpha", "beta", "rc", "rc1", "x-y", "A", "0a", "-"]))
VERSIONS: dict[str, tuple[st.SearchStrategy[str], Callable[[str, str], int]]] = {
    "npm": (
        text_of(rows(number, 3, 3), maybe(rows(identifier, 1, 3).map("-{}".format)), maybe(st.just("+build.5"))),
        oracles.semver,
    ),
    "Debian": (
        text_of(maybe(st.sampled_from(["0:", "1:", "10:"])), from_words(*".-+~~", "a", "deb", "ubuntu")),
        oracles.debian,
    ),
    "Red Hat": (
        text_of(maybe(st.sampled_from(["0:", "1:", "10:"])), from_words(*".-_~^+", "el", "a", "rc")),
        oracles.rpm,
    ),
    "RubyGems": (text_of(number, maybe(from_words(*"..-", "a", "b", "pre", "rc"))), oracles.gem),
    "Maven": (
        from_words(*"..--", "alpha", "b", "m", "rc", "cr", "SNAPSHOT", "ga", "final", "sp", "jre", "x", "A"),
        oracles.maven,
    ),
    "Packagist": (
        text_of(
            rows(number, 1, 5),
            maybe(st.sampled_from(["-dev", "-alpha1", "beta2", "-RC1", ".p1", "rc.3.1"]).map(str.lower)),
        ),
        oracles.composer,
    ),
    "PyPI": (
        text_of(
            maybe(st.sampled_from(["1!", "0!", "v"])),
            rows(padded, 1, 4),
            maybe(st.sampled_from(["a1", ".beta2", "-rc", "c3", "_pre4"])),
            maybe(st.sampled_from([".post1", "-2", "rev3", ".post"])),
            maybe(st.sampled_from([".dev1", "dev", "-dev07"])),
            maybe(st.sampled_from(["+abc", "+1.2", "+1.abc", "+ubuntu-1"])),
        ),
        lambda first, second: oracles.sign(Version(first), Version(second)),
    ),
    "Hackage": (
        rows(padded, 1, 5),
        lambda first, second: oracles.sign(*([int(part) for part in text.split(".")] for text in (first, second))),
    ),
}
hostile = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=12),
    st.text("0123456789.-+~^_:!abpvxr\x00\x01\x02\x1f !\u0661\ud800", max_size=14),
    st.tuples(st.sampled_from(["", "1.", "v", "1-", "1.0a"]), st.integers(0, 3).map(lambda power: "9" * 70**power)).map(
        "".join
    ),
)


@pytest.mark.parametrize("ecosystem", sorted(VERSIONS))
def test_keys_order_versions_as_the_specification_does(ecosystem: str) -> None:
    versions, expected = VERSIONS[ecosystem]

    @given(versions, versions)
    def check(first: str, second: str) -> None:
        assert compare(ecosystem, first, second) == expected(first, second)

    check()


@pytest.mark.parametrize("ecosystem", EVERY)
def test_every_text_has_a_key_and_keys_are_the_order(ecosystem: str) -> None:
    @given(hostile, hostile)
    @example("", "0")
    @example("1\x00", "1")
    def check(first: str, second: str) -> None:
        one, other = sort_key(ecosystem, first), sort_key(ecosystem, second)
        assert compare(ecosystem, first, second) == (one > other) - (one < other)
        assert LOWEST < one < HIGHEST
        assert len(one) <= 8 * len(first) + 64
        assert is_version(ecosystem, first) in {True, False}

    check()


@pytest.mark.parametrize("ecosystem", EVERY)
def test_numbers_of_any_length_are_ordered_by_value(ecosystem: str) -> None:
    beginning = "12:" if ecosystem == "Android" else ""

    @given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 9), st.integers(1, 9))
    def check(length: int, other_length: int, digit: int, other_digit: int) -> None:
        first, second = str(digit) + "0" * length, str(other_digit) + "0" * other_length
        expected = oracles.sign(int(first), int(second))
        assert compare(ecosystem, f"{beginning}1.{first}", f"{beginning}1.{second}") == expected
        assert compare(ecosystem, beginning + first, beginning + second) == expected

    check()


def test_numbers_longer_than_any_code_point_are_ordered_too() -> None:
    long, longer = "1" * 1_200_000, "1" * 1_200_001

    assert compare("npm", f"1.0.{long}", f"1.0.{longer}") == -1
    assert compare("npm", f"1.0.{'9' * 60_000}", f"1.0.{long}") == -1
    assert compare("npm", f"1.0.{long}", f"1.1.{long}") == -1


@pytest.mark.parametrize("ecosystem", EVERY)
@pytest.mark.parametrize("unit", ["1", "0", "a", "1a", "1.", "x.", "-", "~", "1+", "1_", "_alpha", "1:", " ", "é"])
def test_a_long_text_costs_in_proportion_to_its_length(ecosystem: str, unit: str) -> None:
    """Anything worse would take minutes."""
    text = unit * (40_000 // len(unit))

    assert len(sort_key(ecosystem, text + "!")) <= 8 * len(text) + 64
    assert is_version(ecosystem, text + "!") is False


def test_what_follows_the_colon_does_not_change_the_order_but_vendors_name_another() -> None:
    assert order_of("Debian:12") is order_of("Debian")
    assert order_of("kubernetes") is order_of("Kubernetes")
    assert order_of("Root:Alpine:3.18") is order_of("Alpine")
    assert order_of("Echo:PyPI") is order_of("PyPI")
    assert order_of("TuxCare:npm") is order_of("npm")
    assert order_of("Echo") is order_of("Debian")


@pytest.mark.parametrize("ecosystem", ["", "OSS-Fuzz", "GIT", "TuxCare", "unheard of"])
def test_an_ecosystem_without_order_is_refused_by_name(ecosystem: str) -> None:
    with pytest.raises(UnknownEcosystem, match=repr(ecosystem)):
        sort_key(ecosystem, "1")
    with pytest.raises(UnknownEcosystem):
        compare(ecosystem, "1", "2")
