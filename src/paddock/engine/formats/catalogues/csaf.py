# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Security advisories in CSAF 2.0 and 2.1: the scores and weaknesses that they state for each CVE.

Specification: https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html, section 3.2.3. What they say about products is
a statement of their vendor, not about packages of an ecosystem.
"""

from collections.abc import Iterator
from typing import Any

from paddock.engine.formats.catalogues.cve_record import entries, entry
from paddock.engine.formats.catalogues.facts import Facts
from paddock.engine.formats.json_text import parse_json
from paddock.engine.formats.osv.record import Score
from paddock.engine.model.errors import Unreadable

_FIELDS = {"cvss_v2": "CVSS_V2", "cvss_v3": "CVSS_V3", "cvss_v4": "CVSS_V4"}


def looks_like_csaf(data: bytes) -> bool:
    """Whether the bytes claim to be a CSAF document."""
    return b'"csaf_version"' in data


def read_csaf_facts(data: bytes) -> tuple[Facts, ...]:
    """The facts for each vulnerability that has a CVE id. Raises Unreadable."""
    value, fault = parse_json(data)
    if fault is not None:
        raise Unreadable(f"{fault.place}: {fault.message}")
    document = entry(value, "document")
    if not document.get("csaf_version"):
        raise Unreadable("the document is no CSAF document: it names no version of CSAF")
    publisher = str(entry(document, "publisher").get("name") or "")
    found: dict[str, Facts] = {}
    for vulnerability in entries(value, "vulnerabilities"):
        name = vulnerability.get("cve")
        if not isinstance(name, str) or not name.startswith("CVE-"):
            continue
        title = vulnerability.get("title")
        found[name] = Facts(
            id=name,
            title=title[:500] if isinstance(title, str) else "",
            severity=tuple(dict.fromkeys(_scores(vulnerability, publisher))),
            weaknesses=tuple(_weaknesses(vulnerability)),
        )
    return tuple(found.values())


def _scores(vulnerability: dict[str, Any], publisher: str) -> Iterator[Score]:
    metrics = [entry(metric, "content") for metric in entries(vulnerability, "metrics")]  # CSAF 2.1
    for score in (*entries(vulnerability, "scores"), *metrics):
        for name, kind in _FIELDS.items():
            vector = entry(score, name).get("vectorString")
            if isinstance(vector, str):
                yield Score(kind, vector, publisher)


def _weaknesses(vulnerability: dict[str, Any]) -> Iterator[str]:
    for weakness in (entry(vulnerability, "cwe"), *entries(vulnerability, "cwes")):
        name = weakness.get("id")
        if isinstance(name, str):
            yield name
