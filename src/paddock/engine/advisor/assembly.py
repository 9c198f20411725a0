# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One vulnerability out of all records that are it, and of what catalogues say by CVE."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from paddock.engine.advisor.facts import CataloguedFacts, RecordFacts
from paddock.engine.advisor.names import by_preference, is_cve, rank
from paddock.engine.advisor.ratings import worst_first
from paddock.engine.model.vulnerability import (
    AdvisoryKind,
    AdvisoryRecord,
    Epss,
    KnownExploitation,
    Ssvc,
    Vulnerability,
)

MAX_REFERENCES = 10
_EXPLOITATION = {"active": 0, "poc": 1, "none": 2}


class Member(NamedTuple):
    """A record of a family: its id, the source that it is from, and its facts."""

    name: str
    origin: str
    facts: RecordFacts


class Catalogues(NamedTuple):
    """What catalogues say, by CVE."""

    kev: dict[str, KnownExploitation]
    epss: dict[str, Epss]
    facts: dict[str, list[CataloguedFacts]]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Vulnerability)


def pack(vulnerability: Vulnerability) -> bytes:
    """A vulnerability as bytes."""
    return _ENCODER.encode(vulnerability)


def unpack(data: bytes) -> Vulnerability:
    """What `pack` packed."""
    return _DECODER.decode(data)


def assemble(members: list[Member]) -> Vulnerability:
    """The vulnerability that the records of one family are.

    Withdrawn records add their names and nothing else, unless all are withdrawn.
    """
    standing = [member for member in members if not member.facts.withdrawn] or members
    standing = sorted(standing, key=lambda member: rank(member.name))
    told = [member.facts for member in standing]
    names = by_preference(name for member in members for name in (member.name, *member.facts.names))
    covered = by_preference(name for one in told for name in one.covers)
    return Vulnerability(
        id=names[0],
        kind=_kind(told, names),
        aliases=tuple(sorted(names[1:])),
        related=tuple(name for name in covered if name not in names),
        summary=next((one.summary for one in told if one.summary), ""),
        published=min((time for one in told if (time := _time(one.published))), default=None),
        modified=max((time for one in told if (time := _time(one.modified))), default=None),
        ratings=worst_first(rating for one in told for rating in one.ratings),
        weaknesses=tuple(sorted({name for one in told for name in one.weaknesses})),
        references=tuple(dict.fromkeys(url for one in told for url in one.references))[:MAX_REFERENCES],
        records=tuple(_record(member) for member in standing),
    )


def cves_of(vulnerability: Vulnerability) -> tuple[str, ...]:
    """The CVEs under which catalogues speak about a vulnerability: its own, and for an announcement that covers several
    others, those.
    """
    own = tuple(filter(is_cve, vulnerability.ids))
    return own or tuple(filter(is_cve, vulnerability.related))


def complete(vulnerability: Vulnerability, catalogues: Catalogues) -> Vulnerability:
    """The vulnerability with what catalogues say about it."""
    cves = cves_of(vulnerability)
    stated = [one for cve in cves for one in catalogues.facts.get(cve, ())]
    epss = max((found for cve in cves if (found := catalogues.epss.get(cve))), key=_probability, default=None)
    kev = next((catalogues.kev[cve] for cve in cves if cve in catalogues.kev), None)
    if not stated:
        return msgspec.structs.replace(vulnerability, epss=epss, kev=kev) if epss or kev else vulnerability
    weaknesses = {*vulnerability.weaknesses, *(name for one in stated for name in one.weaknesses)}
    return msgspec.structs.replace(
        vulnerability,
        summary=vulnerability.summary or next((one.title for one in stated if one.title), ""),
        ratings=worst_first((*vulnerability.ratings, *(rating for one in stated for rating in one.ratings))),
        weaknesses=tuple(sorted(weaknesses)),
        epss=epss,
        kev=kev or next((one.kev for one in stated if one.kev), None),
        ssvc=min((one.ssvc for one in stated if one.ssvc), key=_weight, default=None),
    )


def _kind(told: Iterable[RecordFacts], names: tuple[str, ...]) -> AdvisoryKind:
    """Malware when any record says so; else a vulnerability when any says so or it has a CVE."""
    kinds = {one.kind for one in told}
    for kind in (AdvisoryKind.MALWARE, AdvisoryKind.VULNERABILITY):
        if kind in kinds:
            return kind
    if any(map(is_cve, names)):
        return AdvisoryKind.VULNERABILITY
    return AdvisoryKind.UNMAINTAINED if AdvisoryKind.UNMAINTAINED in kinds else AdvisoryKind.NOTICE


def _probability(epss: Epss) -> float:
    return epss.probability


def _weight(ssvc: Ssvc) -> tuple[int, bool, bool]:
    return _EXPLOITATION.get(ssvc.exploitation, 3), ssvc.automatable != "yes", ssvc.technical_impact != "total"


def _record(member: Member) -> AdvisoryRecord:
    return AdvisoryRecord(id=member.name, origin=member.origin, modified=_time(member.facts.modified))


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
