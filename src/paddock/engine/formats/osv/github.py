# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Advisories as GitHub's REST interface gives them, turned into the OSV form.

Format: https://docs.github.com/en/rest/security-advisories/global-advisories. (The files of GitHub's advisory database
are in the OSV format already.) GitHub can exclude the lower end of a range ("> 1.0"), OSV cannot: that one version then
counts as affected.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from paddock.engine.formats.catalogues.cve_record import entries, entry
from paddock.engine.formats.json_text import parse_json
from paddock.engine.formats.osv.reader import read_advisory
from paddock.engine.formats.osv.record import Advisory
from paddock.engine.model.errors import Unreadable

ECOSYSTEMS = {
    "actions": "GitHub Actions",
    "composer": "Packagist",
    "erlang": "Hex",
    "go": "Go",
    "maven": "Maven",
    "npm": "npm",
    "nuget": "NuGet",
    "pip": "PyPI",
    "pub": "Pub",
    "rubygems": "RubyGems",
    "rust": "crates.io",
    "swift": "SwiftURL",
}
_BOUND = re.compile(r"\s*(>=|<=|=|>|<)\s*([^\s,]+)\s*")


def looks_like_github(data: bytes) -> bool:
    """Whether the bytes look like an advisory, or a list of them, from GitHub's interface."""
    return b'"ghsa_id"' in data


def split_github(data: bytes) -> Iterator[bytes]:
    """The single advisories of a list, or the one of a document, each in the OSV format. Raises Unreadable."""
    value, fault = parse_json(data)
    if fault is not None:
        raise Unreadable(f"{fault.place}: {fault.message}")
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and isinstance(item.get("ghsa_id"), str):
            yield msgspec.json.encode(_as_osv(item))


def read_github(data: bytes) -> tuple[Advisory, tuple[str, ...]]:
    """One advisory of GitHub's interface, and what of it was not understood. Raises Unreadable."""
    for found in split_github(data):
        return read_advisory(found)
    raise Unreadable("the document is no advisory of GitHub: it has no ghsa_id")


def _as_osv(item: dict[str, Any]) -> dict[str, Any]:
    severities = entry(item, "cvss_severities") or {"cvss_v3": item.get("cvss")}
    scores = [
        {"type": kind, "score": vector}
        for name, kind in (("cvss_v3", "CVSS_V3"), ("cvss_v4", "CVSS_V4"))
        if isinstance(vector := entry(severities, name).get("vector_string"), str) and vector
    ]
    weaknesses = [weakness.get("cwe_id") for weakness in entries(item, "cwes")]
    references = item.get("references")
    return {
        "id": item["ghsa_id"],
        "modified": item.get("updated_at"),
        "published": item.get("published_at"),
        "withdrawn": item.get("withdrawn_at"),
        "aliases": [item["cve_id"]] if isinstance(item.get("cve_id"), str) else [],
        "summary": item.get("summary"),
        "details": item.get("description"),
        "severity": scores,
        "affected": [_affected(vulnerability) for vulnerability in entries(item, "vulnerabilities")],
        "references": [{"url": url} for url in references] if isinstance(references, list) else [],
        "database_specific": {"severity": item.get("severity"), "cwe_ids": weaknesses},
    }


def _affected(vulnerability: dict[str, Any]) -> dict[str, Any]:
    package = entry(vulnerability, "package")
    ecosystem = package.get("ecosystem")
    events = _events(vulnerability.get("vulnerable_version_range"))
    return {
        "package": {"ecosystem": ECOSYSTEMS.get(str(ecosystem), ecosystem), "name": package.get("name")},
        "ranges": [{"type": "ECOSYSTEM", "events": events}],
    }


def _events(stated: object) -> list[dict[str, str]]:
    """The ends of a range such as ">= 1.0, < 1.4"; empty, which the reader will tell, where it is not understood."""
    introduced, end = "0", {}
    for part in str(stated or "").split(","):
        bound = _BOUND.fullmatch(part)
        if bound is None:
            return []
        operator, version = bound.groups()
        if operator in {">=", ">", "="}:
            introduced = version
        if operator in {"<=", "="}:
            end = {"last_affected": version}
        elif operator == "<":
            end = {"fixed": version}
    return [{"introduced": introduced}, *([end] if end else [])]
