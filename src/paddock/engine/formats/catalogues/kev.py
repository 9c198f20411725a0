# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CISA's catalogue of known exploited vulnerabilities, as JSON.

Format: https://www.cisa.gov/known-exploited-vulnerabilities-catalog (its JSON Schema is published there).
"""

from datetime import datetime

import msgspec

from paddock.engine.formats.catalogues.cve_record import day, entries
from paddock.engine.formats.json_text import parse_json
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.vulnerability import KnownExploitation


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """entries: by CVE id. released: when this state of the catalogue was published."""

    entries: dict[str, KnownExploitation]
    released: datetime | None = None


def looks_like_kev(data: bytes) -> bool:
    """Whether the bytes claim to be the catalogue."""
    return b'"catalogVersion"' in data[:2_000]


def read_kev(data: bytes) -> Catalogue:
    """The catalogue. Entries without a CVE id are passed over. Raises Unreadable."""
    value, fault = parse_json(data)
    if fault is not None:
        raise Unreadable(f"{fault.place}: {fault.message}")
    if not isinstance(value, dict) or not isinstance(value.get("vulnerabilities"), list):
        raise Unreadable("the document is no catalogue of known exploited vulnerabilities")
    found = {
        item["cveID"]: KnownExploitation(
            added=day(item.get("dateAdded")),
            due=day(item.get("dueDate")),
            ransomware=item.get("knownRansomwareCampaignUse") == "Known",
        )
        for item in entries(value, "vulnerabilities")
        if isinstance(item.get("cveID"), str)
    }
    try:
        released = msgspec.convert(value.get("dateReleased"), datetime | None)
    except msgspec.ValidationError:
        released = None
    return Catalogue(entries=found, released=released)
