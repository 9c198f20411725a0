# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What of an advisory is needed to report it, made ready once, when the database is built."""

import msgspec

from paddock.engine.advisor.names import covers, ties
from paddock.engine.advisor.ratings import rate_advisory, rate_scores, worst_first
from paddock.engine.formats.catalogues.facts import Facts
from paddock.engine.formats.osv.record import Advisory
from paddock.engine.model.vulnerability import AdvisoryKind, KnownExploitation, Rating, Ssvc

_SHOWN_REFERENCES = 5
_SUMMARY = 300


class RecordFacts(msgspec.Struct, frozen=True, array_like=True):
    """What of an advisory is needed to report it; everything else is in its raw text.

    names: those that tie it to others, its own first. covers: see names.py. Times are ISO 8601.
    """

    names: tuple[str, ...]
    covers: tuple[str, ...]
    kind: AdvisoryKind
    summary: str
    published: str
    modified: str
    withdrawn: str
    ratings: tuple[Rating, ...]
    weaknesses: tuple[str, ...]
    references: tuple[str, ...]


class CataloguedFacts(msgspec.Struct, frozen=True, array_like=True):
    """What a catalogue says about one CVE."""

    title: str
    ratings: tuple[Rating, ...]
    weaknesses: tuple[str, ...]
    ssvc: Ssvc | None
    kev: KnownExploitation | None


_ENCODER = msgspec.msgpack.Encoder()
_RECORD = msgspec.msgpack.Decoder(RecordFacts)
_CATALOGUED = msgspec.msgpack.Decoder(CataloguedFacts)
_EXPLOITATION = msgspec.msgpack.Decoder(KnownExploitation)


def pack(facts: RecordFacts | CataloguedFacts | KnownExploitation) -> bytes:
    """Facts as bytes."""
    return _ENCODER.encode(facts)


def unpack(data: bytes) -> RecordFacts:
    """The facts of a record that `pack` packed."""
    return _RECORD.decode(data)


def unpack_catalogued(data: bytes) -> CataloguedFacts:
    """The facts of a catalogue that `pack` packed."""
    return _CATALOGUED.decode(data)


def unpack_exploitation(data: bytes) -> KnownExploitation:
    """The entry of a catalogue of exploitation that `pack` packed."""
    return _EXPLOITATION.decode(data)


def catalogued(found: Facts) -> CataloguedFacts:
    """What a document says about a CVE, its vectors rated."""
    ratings = worst_first(rate_scores(found.severity, found.id))
    return CataloguedFacts(found.title, ratings, found.weaknesses, found.ssvc, found.kev)


def facts_of(record: Advisory) -> RecordFacts:
    """The facts of a record."""
    weaknesses = record.details.get("cwe_ids") or record.details.get("cwe")
    return RecordFacts(
        names=ties(record),
        covers=covers(record),
        kind=kind_of(record),
        summary=_cut(record.summary or _first_sentence(record.text)),
        published=record.published.isoformat() if record.published else "",
        modified=record.modified.isoformat() if record.modified else "",
        withdrawn=record.withdrawn.isoformat() if record.withdrawn else "",
        ratings=rate_advisory(record),
        weaknesses=tuple(str(name) for name in weaknesses) if isinstance(weaknesses, list) else (),
        references=record.references[:_SHOWN_REFERENCES],
    )


_MALWARE = ("MAL-",)
_BUG_FIXES = ("ALBA-", "ALEA-", "RLBA-", "RLEA-", "RHBA-", "RHEA-", "ELBA-", "ELEA-")
"""Errata of distributions that fix bugs or bring new features; databases list them beside those about security."""


def kind_of(record: Advisory) -> AdvisoryKind:
    """What a record is about, by its id and by what RustSec calls informational."""
    if record.id.startswith(_MALWARE):
        return AdvisoryKind.MALWARE
    if record.id.startswith(_BUG_FIXES):
        return AdvisoryKind.NOTICE
    stated = {str(entry.details.get("informational") or "") for entry in record.affected}
    if len(stated) != 1 or stated == {""}:
        return AdvisoryKind.VULNERABILITY
    return AdvisoryKind.UNMAINTAINED if stated == {"unmaintained"} else AdvisoryKind.NOTICE


def _cut(text: str) -> str:
    """In one line; a long text ends between words."""
    plain = " ".join(text[: 4 * _SUMMARY].split())
    return plain if len(plain) <= _SUMMARY else f"{plain[:_SUMMARY].rpartition(' ')[0]} …"


def _first_sentence(text: str) -> str:
    """The first line that is no heading, up to its first full stop."""
    for line in text.splitlines():
        plain = line.strip()
        if plain and not plain.startswith(("#", "```", "---")):
            return plain.partition(". ")[0]
    return ""
