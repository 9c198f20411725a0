# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CVE records: scores, weaknesses and the decision points that coordinators add.

What a record says about versions is about products by vendor and name, not about packages, and is not used.
"""

from datetime import date
from typing import Any

from paddock.engine.formats.catalogues.facts import Facts
from paddock.engine.formats.cve import reader
from paddock.engine.formats.cve.reader import MAX_BYTES, looks_like_cve_record
from paddock.engine.formats.osv.record import Score

__all__ = ["MAX_BYTES", "day", "entries", "entry", "looks_like_cve_record", "read_cve_record"]

_TYPES = {"2.0": "CVSS_V2", "3.0": "CVSS_V3", "3.1": "CVSS_V3", "4.0": "CVSS_V4"}
_MAX_TITLE = 500


def read_cve_record(data: bytes) -> Facts:
    """The facts of one record. Parts that are not as the schema says are passed over. Raises Unreadable."""
    record = reader.read_cve_record(data)
    return Facts(
        id=record.id,
        title=record.containers[0].title[:_MAX_TITLE],
        severity=tuple(
            dict.fromkeys(
                Score(_TYPES[score.version], score.vector, part.provider)
                for part in record.containers
                for score in part.scores
            )
        ),
        weaknesses=tuple(sorted({weakness for part in record.containers for weakness in part.weaknesses})),
        ssvc=record.ssvc,
        kev=record.exploitation,
        rejected=record.rejected,
    )


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
