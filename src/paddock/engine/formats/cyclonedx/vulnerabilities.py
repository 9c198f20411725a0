# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Findings in the shape of CycloneDX's `vulnerabilities`, and the XML of that.

Field by field: https://cyclonedx.org/docs/1.7/json/#vulnerabilities . EPSS has no method of its own there, so it is a
rating by "other" whose source is EPSS; what else has no place (known exploitation, the upgrade) stands in properties.
"""

import re
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from paddock.engine.formats.cyclonedx.markup import Markup
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.vulnerability import (
    Assessment,
    Finding,
    Rating,
    Resolution,
    SeverityLevel,
    Vulnerability,
    VulnerabilityFindings,
)
from paddock.engine.vex.statement import Justification
from paddock.engine.vex.vocabulary import CYCLONEDX_OF_JUSTIFICATION, STATE_OF_STATUS

Value = dict[str, Any]
_METHODS = {
    "CVSS 2.0": "CVSSv2",
    "CVSS 3.0": "CVSSv3",
    "CVSS 3.x": "CVSSv3",
    "CVSS 3.1": "CVSSv31",
    "CVSS 4.0": "CVSSv4",
}
_RESOLUTIONS = {
    "CANT_FIX_VULNERABILITY": ("exploitable", "can_not_fix"),
    "WILL_NOT_FIX_VULNERABILITY": ("exploitable", "will_not_fix"),
    "WORKAROUND_FOR_VULNERABILITY": ("exploitable", "workaround_available"),
    "INVALID_MATCH_VULNERABILITY": ("false_positive", ""),
    "NOT_A_VULNERABILITY": ("false_positive", ""),
    "INEFFECTIVE_VULNERABILITY": ("not_affected", ""),
    "MITIGATED_VULNERABILITY": ("not_affected", ""),
}
"""Reasons that ORT gave names to: the state, and the response where one follows."""
_PAGES = (("CVE-", "NVD", "https://nvd.nist.gov/vuln/detail/"), ("GHSA-", "GitHub", "https://github.com/advisories/"))
_URL = re.compile(r"https?://[!-;=?-\[\]_a-z~]+")
_MAX_VERSION = 1024
_OSV_PAGE = "https://osv.dev/vulnerability/"


def data_properties(advice: VulnerabilityFindings | None) -> list[Value]:
    """How many advisories were asked, of when they are, and of when the newest is; nothing where none were."""
    data = advice.data if advice is not None else None
    if data is None:
        return []
    stated = [("records", str(data.records)), ("updated", data.updated.isoformat())]
    stated += [("newest", data.newest.isoformat())] if data.newest else []
    return [{"name": f"paddock:advisories-{name}", "value": text} for name, text in stated]


def describe_vulnerabilities(advice: VulnerabilityFindings, inventory: Inventory) -> list[Value]:
    """One entry for each vulnerability and each different decision about it, with the components that it affects.

    Findings that could not be told have the status "unknown".
    """
    known = advice.by_id()
    versions = {component.ref: component.version for component in inventory.components}
    groups: dict[tuple[str, Assessment | None, Resolution | None], list[Finding]] = {}
    for finding in advice.findings:
        if finding.vulnerability in known and finding.ref in versions:
            groups.setdefault((finding.vulnerability, finding.assessment, finding.resolution), []).append(finding)
    entries = []
    used: dict[str, int] = {}
    for (name, assessment, resolution), findings in groups.items():
        used[name] = used.get(name, 0) + 1
        ref = f"vulnerability:{name}" + (f"#{used[name]}" if used[name] > 1 else "")
        value = _entry(ref, known[name], findings, _analysis(assessment, resolution))
        value["affects"] = [_affected(finding, versions[finding.ref]) for finding in findings]
        if properties := _properties(known[name]):
            value["properties"] = properties
        entries.append(value)
    return sorted(entries, key=lambda entry: str(entry["bom-ref"]))


def _entry(ref: str, vulnerability: Vulnerability, findings: list[Finding], analysis: Value) -> Value:
    ratings = [_rating(rating) for rating in vulnerability.ratings]
    if vulnerability.epss is not None:
        ratings.append({"source": {"name": "EPSS"}, "score": vulnerability.epss.probability, "method": "other"})
    numbers = [int(name[4:]) for name in vulnerability.weaknesses if name.startswith("CWE-") and name[4:].isdecimal()]
    value: Value = {"bom-ref": ref, "id": vulnerability.id, "source": _source(vulnerability.id)}
    if vulnerability.aliases:
        value["references"] = [{"id": name, "source": _source(name)} for name in vulnerability.aliases]
    value |= {"ratings": ratings} if ratings else {}
    value |= {"cwes": [number for number in numbers if number > 0]} if any(numbers) else {}
    value |= {"description": vulnerability.summary} if vulnerability.summary else {}
    upgrades = sorted({finding.upgrade.version for finding in findings if finding.upgrade})
    value |= {"recommendation": f"Upgrade to {', '.join(upgrades)}."} if upgrades else {}
    pages = [{"url": url} for url in vulnerability.references if _URL.fullmatch(url)]
    value |= {"advisories": pages} if pages else {}
    value |= {"published": _time(vulnerability.published)} if vulnerability.published else {}
    value |= {"updated": _time(vulnerability.modified)} if vulnerability.modified else {}
    return value | ({"analysis": analysis} if analysis else {})


def _source(name: str) -> Value:
    for start, source, page in _PAGES:
        if name.startswith(start):
            return {"name": source, "url": page + name}
    return {"name": "OSV", "url": _OSV_PAGE + name}


def _rating(rating: Rating) -> Value:
    value: Value = {"source": {"name": rating.source}} if rating.source else {}
    if rating.score is not None:
        value["score"] = rating.score
    value["severity"] = "none" if rating.level is SeverityLevel.NONE else rating.level.value
    value["method"] = _METHODS.get(rating.method, "other")
    if rating.vector:
        value["vector"] = rating.vector
    return value


def _affected(finding: Finding, version: str) -> Value:
    if not 0 < len(version) <= _MAX_VERSION:
        return {"ref": finding.ref}
    return {
        "ref": finding.ref,
        "versions": [{"version": version, "status": "affected" if finding.certain else "unknown"}],
    }


def _analysis(assessment: Assessment | None, resolution: Resolution | None) -> Value:
    if assessment is not None:
        value: Value = {"state": STATE_OF_STATUS[assessment.status]}
        if assessment.justification in list(Justification):
            value["justification"] = CYCLONEDX_OF_JUSTIFICATION[Justification(assessment.justification)]
        detail = " ".join(part for part in (assessment.statement, assessment.action) if part)
        return value | ({"detail": detail} if detail else {})
    if resolution is None:
        return {}
    state, response = _RESOLUTIONS.get(resolution.reason, ("", ""))
    by = f" Approved by {resolution.approved_by}." if resolution.approved_by else ""
    until = f" Until {resolution.until.isoformat()}." if resolution.until else ""
    comment = f": {resolution.comment}" if resolution.comment else ""
    value = {"state": state} if state else {}
    value |= {"response": [response]} if response else {}
    return value | {"detail": f"{resolution.reason}{comment}.{by}{until}"}


def _properties(vulnerability: Vulnerability) -> list[Value]:
    found = [("paddock:kind", vulnerability.kind.value)] if vulnerability.kind != "vulnerability" else []
    if vulnerability.kev is not None:
        added = vulnerability.kev.added.isoformat() if vulnerability.kev.added else "yes"
        found.append(("paddock:known-exploited", added))
    if vulnerability.epss is not None and vulnerability.epss.percentile is not None:
        found.append(("paddock:epss-percentile", str(vulnerability.epss.percentile)))
    if vulnerability.ssvc is not None:
        points = (
            ("exploitation", vulnerability.ssvc.exploitation),
            ("automatable", vulnerability.ssvc.automatable),
            ("technical-impact", vulnerability.ssvc.technical_impact),
        )
        found += [(f"paddock:ssvc-{name}", text) for name, text in points if text]
    return [{"name": name, "value": text} for name, text in found]


def _time(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def add_vulnerabilities(markup: Markup, root: etree._Element, entries: list[Value]) -> None:
    """Add the entries to an XML document, in the order of elements that the schema wants."""
    parent = markup.add(root, "vulnerabilities")
    for entry in entries:
        element = markup.add(parent, "vulnerability")
        element.set("bom-ref", entry["bom-ref"])
        markup.texts(element, entry, ("id",))
        _add_source(markup, element, entry)
        if "references" in entry:
            references = markup.add(element, "references")
            for reference in entry["references"]:
                one = markup.add(references, "reference")
                markup.texts(one, reference, ("id",))
                _add_source(markup, one, reference)
        _add_ratings(markup, element, entry)
        if "cwes" in entry:
            weaknesses = markup.add(element, "cwes")
            for number in entry["cwes"]:
                markup.add(weaknesses, "cwe", str(number))
        markup.texts(element, entry, ("description", "recommendation"))
        if "advisories" in entry:
            advisories = markup.add(element, "advisories")
            for advisory in entry["advisories"]:
                markup.texts(markup.add(advisories, "advisory"), advisory, ("url",))
        markup.texts(element, entry, ("published", "updated"))
        _add_analysis(markup, element, entry)
        _add_affected(markup, element, entry)
        markup.properties(element, entry)


def _add_source(markup: Markup, parent: etree._Element, value: Value) -> None:
    if "source" in value:
        markup.texts(markup.add(parent, "source"), value["source"], ("name", "url"))


def _add_ratings(markup: Markup, parent: etree._Element, value: Value) -> None:
    if "ratings" not in value:
        return
    ratings = markup.add(parent, "ratings")
    for rating in value["ratings"]:
        element = markup.add(ratings, "rating")
        _add_source(markup, element, rating)
        markup.texts(element, rating, ("score", "severity", "method", "vector"))


def _add_analysis(markup: Markup, parent: etree._Element, value: Value) -> None:
    if "analysis" not in value:
        return
    analysis = value["analysis"]
    element = markup.add(parent, "analysis")
    markup.texts(element, analysis, ("state", "justification"))
    if "response" in analysis:
        responses = markup.add(element, "responses")
        for response in analysis["response"]:
            markup.add(responses, "response", response)
    markup.texts(element, analysis, ("detail",))


def _add_affected(markup: Markup, parent: etree._Element, value: Value) -> None:
    affects = markup.add(parent, "affects")
    for target in value["affects"]:
        element = markup.add(affects, "target")
        markup.texts(element, target, ("ref",))
        if "versions" in target:
            versions = markup.add(element, "versions")
            for version in target["versions"]:
                markup.texts(markup.add(versions, "version"), version, ("version", "status"))
