# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Advisories and databases made by hand."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from paddock.engine.advisor.advise import advise
from paddock.engine.advisor.change import changing
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.feed import Report, feed_document
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.vulnerability import Finding, VulnerabilityFindings

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


def affected(ecosystem: str, name: str, *events: tuple[str, str], **more: Any) -> dict[str, Any]:
    """One entry; events as ("introduced", "0"), ("fixed", "1.2")."""
    entry: dict[str, Any] = {"package": {"ecosystem": ecosystem, "name": name}, **more}
    if events:
        entry["ranges"] = [{"type": "ECOSYSTEM", "events": [{kind: version} for kind, version in events]}]
    return entry


def before(ecosystem: str, name: str, fixed: str, **more: Any) -> dict[str, Any]:
    """Everything below a version."""
    return affected(ecosystem, name, ("introduced", "0"), ("fixed", fixed), **more)


def record(id: str, *entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An advisory in the OSV form."""
    return {
        "id": id,
        "modified": "2026-01-02T00:00:00Z",
        "published": "2025-12-01T00:00:00Z",
        "summary": f"What {id} is about",
        "affected": list(entries),
        **more,
    }


def put(path: Path, *documents: Any, source: str = "test", anew: bool = False) -> Report:
    """Feed documents to a database, which is made when it is not there."""
    report = Report(source)
    with changing(path, now=NOW, anew=anew) as writer:
        for document in documents:
            data = document if isinstance(document, bytes) else json.dumps(document).encode()
            feed_document(writer, source, data, "test.json", report)
    return report


def inventory(*purls: str, through: dict[str, str] | None = None) -> Inventory:
    """Components in one project: direct ones, and those that another brings in (component -> what brings it)."""
    through = through or {}
    components = tuple(sorted((Component(purl=parse_purl(purl)) for purl in purls), key=lambda one: one.ref))
    by_text = {purl: parse_purl(purl).to_string() for purl in purls}
    brought = {by_text[one]: by_text[other] for one, other in through.items()}
    usages = tuple(Usage(one.ref, Scope.RUNTIME, one.ref not in brought) for one in components)
    project = Project(id="package.json", origin=Origin.LOCKED, usages=usages)
    edges = tuple(sorted(Edge(other, one) for one, other in brought.items()))
    return Inventory(projects=(project,), components=components, edges=edges)


def look_up(path: Path, *purls: str, **more: Any) -> VulnerabilityFindings:
    """What a database says about package URLs."""
    with AdvisoryDatabase(path) as database:
        return advise(inventory(*purls, **more), database)


def found(path: Path, purl: str) -> dict[str, bool]:
    """The vulnerabilities of one package URL, each with whether it is certain."""
    return {finding.vulnerability: finding.certain for finding in look_up(path, purl).findings}


def only(findings: VulnerabilityFindings) -> Finding:
    """The one finding there is."""
    (finding,) = findings.findings
    return finding
