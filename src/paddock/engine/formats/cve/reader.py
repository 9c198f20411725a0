# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads CVE records. What is not as the schema says is passed over: others' facts are better read in part than not."""

from datetime import date
from typing import Any

from paddock.engine.formats import fields
from paddock.engine.formats.cve.record import AffectedProduct, AffectedVersion, Container, CveRecord, Cvss
from paddock.engine.formats.fields import Record
from paddock.engine.formats.json_text import parse_json
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.purl import InvalidPurl, PackageURL, parse_purl
from paddock.engine.model.vulnerability import KnownExploitation, Ssvc

MAX_BYTES = 16 * 1024 * 1024
"""No record larger than this is read; the largest published ones have less than one MiB."""
_SCORES = {"cvssV2_0": "2.0", "cvssV3_0": "3.0", "cvssV3_1": "3.1", "cvssV4_0": "4.0"}
_STATUSES = frozenset({"affected", "unaffected", "unknown"})


def looks_like_cve_record(data: bytes) -> bool:
    """Whether the bytes claim to be a CVE record of version 5."""
    return b'"CVE_RECORD"' in data


def read_cve_record(data: bytes) -> CveRecord:
    """The record in the bytes (UTF-8 JSON). Raises Unreadable when they are none."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"the document has {len(data):,} bytes; CVE records over {MAX_BYTES:,} bytes are not read")
    value, fault = parse_json(data)
    if fault is not None:
        raise Unreadable(f"{fault.place}: {fault.message}")
    metadata, containers = fields.record(value, "cveMetadata"), fields.record(value, "containers")
    name = fields.text(metadata, "cveId")
    if not name.startswith("CVE-"):
        raise Unreadable("the document is no CVE record: it names no CVE id")
    parts = [fields.record(containers, "cna"), *(one for _, one in fields.records(containers, "adp"))]
    return CveRecord(
        id=name,
        assigner=fields.text(metadata, "assignerShortName"),
        rejected=fields.text(metadata, "state") == "REJECTED",
        published=fields.time(metadata, "datePublished"),
        updated=fields.time(metadata, "dateUpdated"),
        containers=tuple(_container(part) for part in parts),
    )


def _container(value: Record) -> Container:
    metrics = [metric for _, metric in fields.records(value, "metrics")]
    others = [fields.record(metric, "other") for metric in metrics]
    texts = [one for _, one in fields.records(value, "descriptions")] or [
        one for _, one in fields.records(value, "rejectedReasons")
    ]
    english = [one for one in texts if fields.text(one, "lang").lower().startswith("en")]
    return Container(
        provider=fields.text(fields.record(value, "providerMetadata"), "shortName"),
        title=fields.text(value, "title"),
        description=next((fields.text(one, "value") for one in (*english, *texts)), ""),
        scores=tuple(dict.fromkeys(score for metric in metrics for score in _scores(metric))),
        ssvc=next((_ssvc(fields.record(one, "content")) for one in others if fields.text(one, "type") == "ssvc"), None),
        exploitation=next(
            (
                KnownExploitation(added=_day(fields.record(one, "content"), "dateAdded"))
                for one in others
                if fields.text(one, "type") == "kev"
            ),
            None,
        ),
        weaknesses=_weaknesses(value),
        affected=tuple(_product(product) for _, product in fields.records(value, "affected")),
        references=tuple(
            dict.fromkeys(filter(None, (fields.text(one, "url") for _, one in fields.records(value, "references"))))
        ),
        public=_day(value, "datePublic"),
    )


def _scores(metric: Record) -> list[Cvss]:
    found = []
    for name, version in _SCORES.items():
        value = fields.record(metric, name)
        vector, score = fields.text(value, "vectorString"), value.get("baseScore")
        if vector:
            number = float(score) if isinstance(score, int | float) and not isinstance(score, bool) else None
            severity = fields.text(value, "baseSeverity").lower()
            found.append(Cvss(version=version, vector=vector, score=number, severity=severity))
    return found


def _ssvc(content: Record) -> Ssvc:
    points = {
        str(name).lower().replace(" ", "_"): str(value).lower()
        for _, option in fields.records(content, "options")
        for name, value in option.items()
    }
    return Ssvc(
        exploitation=points.get("exploitation", ""),
        automatable=points.get("automatable", ""),
        technical_impact=points.get("technical_impact", ""),
        source=fields.text(content, "role"),
    )


def _weaknesses(value: Record) -> tuple[str, ...]:
    stated = (
        fields.text(description, "cweId")
        for _, problem in fields.records(value, "problemTypes")
        for _, description in fields.records(problem, "descriptions")
    )
    return tuple(dict.fromkeys(filter(None, stated)))


def _product(value: Record) -> AffectedProduct:
    default = fields.text(value, "defaultStatus")
    return AffectedProduct(
        vendor=fields.text(value, "vendor"),
        product=fields.text(value, "product"),
        collection=fields.text(value, "collectionURL"),
        package=fields.text(value, "packageName"),
        purl=_purl(fields.text(value, "packageURL")),
        repository=fields.text(value, "repo"),
        cpes=tuple(dict.fromkeys(fields.texts(value, "cpes"))),
        platforms=tuple(dict.fromkeys(fields.texts(value, "platforms"))),
        default=default if default in _STATUSES else "unknown",
        versions=tuple(_version(version) for _, version in fields.records(value, "versions")),
    )


def _version(value: Record) -> AffectedVersion:
    status = fields.text(value, "status")
    changes = (
        (fields.text(change, "at"), fields.text(change, "status")) for _, change in fields.records(value, "changes")
    )
    return AffectedVersion(
        version=fields.text(value, "version"),
        status=status if status in _STATUSES else "unknown",
        below=fields.text(value, "lessThan"),
        last=fields.text(value, "lessThanOrEqual"),
        type=fields.text(value, "versionType"),
        changes=tuple((at, status) for at, status in changes if at and status in _STATUSES),
    )


def _purl(text: str) -> PackageURL | None:
    try:
        return parse_purl(text) if text else None
    except InvalidPurl:
        return None


def _day(value: Any, name: str) -> date | None:
    try:
        return date.fromisoformat(fields.text(value, name)[:10])
    except ValueError:
        return None
