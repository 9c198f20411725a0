# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CVE records: scores, weaknesses and the decision points that coordinators add.

Format: https://github.com/CVEProject/cve-schema (version 5). What a record says about versions is about products by
vendor and name, not about packages, and is not used.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from paddock.engine.formats.catalogues.facts import Facts
from paddock.engine.formats.json_text import parse_json
from paddock.engine.formats.osv.record import Score
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.vulnerability import KnownExploitation, Ssvc

MAX_BYTES = 16 * 1024 * 1024
_METRICS = {"cvssV2_0": "CVSS_V2", "cvssV3_0": "CVSS_V3", "cvssV3_1": "CVSS_V3", "cvssV4_0": "CVSS_V4"}


def looks_like_cve_record(data: bytes) -> bool:
    """Whether the bytes claim to be a CVE record of version 5."""
    return b'"CVE_RECORD"' in data


def read_cve_record(data: bytes) -> Facts:
    """The facts of one record. Parts that are not as the schema says are passed over. Raises Unreadable."""
    value, fault = parse_json(data) if len(data) <= MAX_BYTES else (None, None)
    if fault is not None:
        raise Unreadable(f"{fault.place}: {fault.message}")
    identity = entry(value, "cveMetadata")
    name = identity.get("cveId")
    if not isinstance(name, str) or not name.startswith("CVE-"):
        raise Unreadable("the document is no CVE record: it names no CVE id")
    containers = entry(value, "containers")
    parts = [entry(containers, "cna"), *(part for part in entries(containers, "adp"))]
    title = parts[0].get("title")
    return Facts(
        id=name,
        title=title[:500] if isinstance(title, str) else "",
        severity=tuple(dict.fromkeys(score for part in parts for score in _scores(part))),
        weaknesses=tuple(sorted({weakness for part in parts for weakness in _weaknesses(part)})),
        ssvc=next(filter(None, map(_ssvc, parts)), None),
        kev=next(filter(None, map(_kev, parts)), None),
        rejected=identity.get("state") == "REJECTED",
    )


def _scores(part: dict[str, Any]) -> Iterator[Score]:
    source = str(entry(part, "providerMetadata").get("shortName") or "")
    for metric in entries(part, "metrics"):
        for name, kind in _METRICS.items():
            vector = entry(metric, name).get("vectorString")
            if isinstance(vector, str):
                yield Score(kind, vector, source)


def _weaknesses(part: dict[str, Any]) -> Iterator[str]:
    for problem in entries(part, "problemTypes"):
        for description in entries(problem, "descriptions"):
            name = description.get("cweId")
            if isinstance(name, str):
                yield name


def _others(part: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    for metric in entries(part, "metrics"):
        other = entry(metric, "other")
        if other.get("type") == kind:
            yield entry(other, "content")


def _ssvc(part: dict[str, Any]) -> Ssvc | None:
    for content in _others(part, "ssvc"):
        points = {
            str(name).lower().replace(" ", "_"): str(value).lower()
            for option in entries(content, "options")
            for name, value in option.items()
        }
        role = content.get("role")
        return Ssvc(
            exploitation=points.get("exploitation", ""),
            automatable=points.get("automatable", ""),
            technical_impact=points.get("technical_impact", ""),
            source=role if isinstance(role, str) else "",
        )
    return None


def _kev(part: dict[str, Any]) -> KnownExploitation | None:
    for content in _others(part, "kev"):
        return KnownExploitation(added=day(content.get("dateAdded")))
    return None


def day(value: Any) -> date | None:
    """A date in a document, or None for anything else."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def entry(value: Any, name: str) -> dict[str, Any]:
    """The object in a field of an object; an empty one where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def entries(value: Any, name: str) -> list[dict[str, Any]]:
    """The objects in a list in a field; what is no object is passed over."""
    found = value.get(name) if isinstance(value, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
