# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""An advisory as the OSV format has it (https://ossf.github.io/osv-schema/), reduced to what Paddock uses."""

from datetime import datetime
from typing import Any

import msgspec

NO_RANGE_TYPES = frozenset({"GIT"})
"""Types of ranges over commits of a repository; they say nothing about version numbers."""


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One end of an interval of versions; exactly one field is set. `introduced` "0": before every version."""

    introduced: str = ""
    fixed: str = ""
    last_affected: str = ""
    limit: str = ""

    @property
    def version(self) -> str:
        """The version (or commit) that the event is about."""
        return self.introduced or self.fixed or self.last_affected or self.limit


class Range(msgspec.Struct, frozen=True, omit_defaults=True):
    """Intervals of versions. type: "SEMVER", "ECOSYSTEM" or "GIT"."""

    type: str = "ECOSYSTEM"
    events: tuple[Event, ...] = ()
    repo: str = ""


class Score(msgspec.Struct, frozen=True, omit_defaults=True):
    """A severity as stated. type: "CVSS_V2", "CVSS_V3", "CVSS_V4", or a name such as "Ubuntu" with a word as score."""

    type: str
    score: str
    source: str = ""


class Package(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is affected. ecosystem: with its release, if any ("Debian:12"). name: as the ecosystem writes it."""

    ecosystem: str
    name: str
    purl: str = ""


class Affected(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Affected versions of one package: those listed and those in any of the ranges.

    unreadable: part of the entry was not understood, so that "not in a range" is no answer.
    details: ecosystem_specific and database_specific as one mapping (the former first), as stated.
    """

    package: Package | None = None
    ranges: tuple[Range, ...] = ()
    versions: tuple[str, ...] = ()
    severity: tuple[Score, ...] = ()
    details: dict[str, Any] = {}
    unreadable: bool = False


class Advisory(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One record. withdrawn: when it was taken back, None while it stands. details: database_specific, as stated.

    aliases: other names of the same vulnerability. upstream: the vulnerabilities that this one passes on, of its
    sources. related: others that are worth a look.
    """

    id: str
    modified: datetime | None = None
    published: datetime | None = None
    withdrawn: datetime | None = None
    aliases: tuple[str, ...] = ()
    upstream: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    summary: str = ""
    text: str = ""
    severity: tuple[Score, ...] = ()
    affected: tuple[Affected, ...] = ()
    references: tuple[str, ...] = ()
    details: dict[str, Any] = {}
