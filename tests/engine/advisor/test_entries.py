# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Ranges as intervals of sort keys: the same answers as the algorithm of the OSV specification."""

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.advisor.entries import Entry, Interval, make_entry, pack, unpack
from paddock.engine.advisor.identity import key_of_repository, key_of_version, version_of_tag
from paddock.engine.formats.osv.record import Affected, Event, Range

VERSIONS = st.builds("{}.{}.{}".format, st.integers(0, 3), st.integers(0, 3), st.integers(0, 2))
KINDS = ("introduced", "fixed", "last_affected")
EVENTS = st.lists(
    st.builds(lambda kind, version: Event(**{kind: version}), st.sampled_from(KINDS), VERSIONS), max_size=6
)


def by_specification(events: list[Event], version: str) -> bool:
    """https://ossf.github.io/osv-schema/#evaluation, for one range, with tuples of numbers for versions."""

    def order(text: str) -> tuple[int, ...]:
        return tuple(map(int, text.split("."))) if text != "0" else (-1,)

    vulnerable = False
    for event in sorted(events, key=lambda event: order(event.version)):
        if event.introduced and order(version) >= order(event.introduced):
            vulnerable = True
        fixed = event.fixed and order(version) >= order(event.fixed)
        if fixed or (event.last_affected and order(version) > order(event.last_affected)):
            vulnerable = False
    return vulnerable


@given(events=EVENTS, version=VERSIONS, from_the_beginning=st.booleans())
def test_intervals_hold_what_the_specification_says(
    events: list[Event], version: str, from_the_beginning: bool
) -> None:
    stated = [Event(introduced="0"), *events] if from_the_beginning else events
    entry = make_entry(Affected(ranges=(Range("SEMVER", tuple(stated)),)), "npm", "")

    assert entry.holds(key_of_version("npm", version), version) is by_specification(stated, version)


@given(events=EVENTS, listed=st.lists(VERSIONS, max_size=3))
def test_packing_keeps_everything(events: list[Event], listed: list[str]) -> None:
    entry = make_entry(Affected(ranges=(Range("SEMVER", tuple(events)),), versions=tuple(listed)), "npm", "12")

    assert unpack(pack([entry])) == (entry,)
    assert all(entry.holds(key_of_version("npm", version), version) for version in listed)


def test_listed_versions_that_a_range_holds_are_not_kept_twice() -> None:
    stated = Affected(
        ranges=(Range("SEMVER", (Event(introduced="0"), Event(fixed="2.0.0"))),), versions=("1.0.0", "1.1.0", "3.0.0")
    )

    assert make_entry(stated, "npm", "").keys == (key_of_version("npm", "3.0.0"),)


def test_a_limit_ends_what_has_no_end() -> None:
    entry = make_entry(
        Affected(ranges=(Range("SEMVER", (Event(introduced="1.0.0"), Event(limit="2.0.0"))),)), "npm", ""
    )

    assert [entry.holds(key_of_version("npm", version), version) for version in ("1.5.0", "2.0.0")] == [True, False]


def test_ranges_for_people() -> None:
    events = (Event(introduced="0"), Event(fixed="1.0.0"), Event(introduced="2.0.0"), Event(last_affected="2.5.0"))
    more = (Event(introduced="4.0.0"),)
    entry = make_entry(Affected(ranges=(Range("SEMVER", events), Range("SEMVER", more))), "npm", "")

    assert [str(interval) for interval in entry.intervals] == ["< 1.0.0", ">= 2.0.0, <= 2.5.0", ">= 4.0.0"]
    assert str(Interval(b"", None, False, "0", "", False)) == "every version"
    assert str(Interval(b"1", b"1", True, "1.0", "1.0", False)) == "= 1.0"


def test_nobody_can_upgrade_to_a_lower_bound_of_rustsec() -> None:
    (interval,) = make_entry(
        Affected(ranges=(Range("SEMVER", (Event(introduced="0.0.0-0"), Event(fixed="1.2.0-0"))),)), "crates.io", ""
    ).intervals

    assert (interval.high_text, interval.high) == ("1.2.0", key_of_version("crates.io", "1.2.0-0"))


def test_an_ecosystem_without_an_order_compares_texts_only() -> None:
    entry = make_entry(Affected(ranges=(Range("ECOSYSTEM", (Event(introduced="0"), Event(fixed="2"))),)), "Nowhere", "")

    assert entry.unsure == "the advisory names versions that cannot be compared"
    assert entry.holds(None, "1") is None
    assert Entry("", texts=("r1",)).holds(None, "r1") is True
    assert Entry("", texts=("r1",)).holds(None, "r2") is False


def test_addresses_of_one_repository_are_one_key() -> None:
    addresses = (
        "https://github.com/Owner/Lib", "https://github.com/owner/lib.git", "git+https://user@github.com/owner/lib@v1",
        "git@github.com:owner/lib.git", "git://github.com/owner/lib/", "http://github.com/owner/lib#readme",
    )  # fmt: skip

    assert {key_of_repository(address) for address in addresses} == {"git:github.com/owner/lib"}
    assert key_of_repository("https://example.org") == ""
    assert {version_of_tag(tag, "git:github.com/owner/lib") for tag in ("lib-1.2", "v1.2", "1.2", "Release-1.2")} == {
        "1.2"
    }
