# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Names of vulnerabilities: which of several is the one people use, and which tie records together."""

import re
from collections.abc import Iterable

from paddock.engine.formats.osv.record import Advisory

_CVE = re.compile(r"CVE-(\d{4})-(\d{4,19})")
_ORDER = ("CVE-", "GHSA-", "GO-", "PYSEC-", "RUSTSEC-", "DSA-", "USN-")
_ERRATA = re.compile(
    r"(?:ALSA|ALBA|ALEA|RLSA|RXSA|RLBA|RHSA|RHBA|RHEA|ELSA|ELBA|SUSE-[SRO]U|openSUSE-[SRO]U|MGASA|OESA|DSA|DLA|USN)[-:]"
)
"""Announcements of distributions; each may fix several vulnerabilities, which it names as related or upstream."""


def is_cve(name: str) -> bool:
    """Whether a name is a CVE id."""
    return _CVE.fullmatch(name) is not None


def by_preference(names: Iterable[str]) -> tuple[str, ...]:
    """Names, each once, the preferred first."""
    return tuple(sorted(set(names), key=rank))


def rank(name: str) -> tuple[int, int, int, str]:
    """A key by which the name that people use sorts first: a CVE (of several the oldest), else GHSA, else a database's
    own.
    """
    found = _CVE.fullmatch(name)
    if found:
        return 0, int(found[1]), int(found[2]), name
    place = next((number for number, start in enumerate(_ORDER) if name.startswith(start)), len(_ORDER))
    return place, 0, 0, name


def ties(record: Advisory) -> tuple[str, ...]:
    """The names under which a record is the same vulnerability as others that have one of them: its id, its aliases,
    and the vulnerability that it passes on (`upstream`), when that is just one. A record that passes on several is
    something else than each of them.
    """
    names = dict.fromkeys((record.id, *record.aliases))
    if len({name for name in record.upstream if is_cve(name)}) <= 1 and not _ERRATA.match(record.id):
        names |= dict.fromkeys(record.upstream)
    return tuple(names)


def covers(record: Advisory) -> tuple[str, ...]:
    """The vulnerabilities that an announcement covers without being the same as any of them, sorted; they are what its
    severity and exploitation hang on. Empty for other records: what those call related is something else.
    """
    tied = set(ties(record))
    named = set(record.upstream)
    if _ERRATA.match(record.id):
        named |= {name for name in record.related if is_cve(name)}
    return tuple(sorted(named - tied))
