# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a document says about one product must not contradict itself: statuses, flags, remediations."""

from collections.abc import Iterator

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.rule import Finding, Rule
from paddock.engine.formats.fields import Record
from paddock.engine.vex.statement import Justification

_GROUPS = {
    "affected": ("first_affected", "known_affected", "last_affected"),
    "not affected": ("known_not_affected",),
    "fixed": ("first_fixed", "fixed"),
    "under investigation": ("under_investigation",),
    "unknown": ("unknown",),
}
_OTHERS = {
    "workaround": {"optional_patch", "none_available"},
    "mitigation": {"optional_patch", "none_available"},
    "vendor_fix": {"optional_patch", "none_available", "fix_planned", "no_fix_planned"},
    "optional_patch": {
        "workaround", "mitigation", "vendor_fix", "none_available", "fix_planned", "no_fix_planned",
    },
    "none_available": {
        "workaround", "mitigation", "vendor_fix", "optional_patch", "fix_planned", "no_fix_planned",
    },
    "fix_planned": {"vendor_fix", "optional_patch", "none_available", "no_fix_planned"},
    "no_fix_planned": {"vendor_fix", "optional_patch", "none_available", "fix_planned"},
}  # fmt: skip
"""Categories of remediations that exclude each other (2.1, section 3.2.4.14.1)."""
_FOREIGN = {
    "workaround": {"not affected", "fixed"},
    "mitigation": {"not affected", "fixed"},
    "vendor_fix": {"not affected", "fixed"},
    "optional_patch": {"affected"},
    "none_available": {"not affected", "fixed"},
    "fix_planned": {"fixed"},
    "no_fix_planned": {"fixed"},
}
"""Statuses that a category of remediations excludes (ibidem)."""
_LABELS = frozenset(one.value for one in Justification)


def statuses_of(vulnerability: Record) -> dict[str, list[str]]:
    """The groups of contradicting statuses that each product is in."""
    status = fields.record(vulnerability, "product_status")
    found: dict[str, list[str]] = {}
    for group, names in _GROUPS.items():
        for product in dict.fromkeys(product for name in names for product in fields.texts(status, name)):
            found.setdefault(product, []).append(group)
    return found


def contradicting_statuses(advisory: Advisory) -> Iterator[Finding]:
    """6.1.6"""
    for place, vulnerability in advisory.vulnerabilities:
        for product, groups in statuses_of(vulnerability).items():
            if len(groups) > 1:
                yield f"{place}.product_status", f"{product[:80]!r} is both {' and '.join(groups)}"


def contradicting_remediations(advisory: Advisory) -> Iterator[Finding]:
    """6.1.35"""
    for place, vulnerability in advisory.vulnerabilities:
        before: dict[str, set[str]] = {}
        for index, remediation in fields.records(vulnerability, "remediations"):
            category = fields.text(remediation, "category")
            for product in advisory.meant(remediation):
                known = before.setdefault(product, set())
                if clash := known & _OTHERS.get(category, set()):
                    text = f"{category} for {product[:80]!r} contradicts {' and '.join(sorted(clash))}"
                    yield f"{place}.remediations[{index}]", text
                known.add(category)


def contradicting_combinations(advisory: Advisory) -> Iterator[Finding]:
    """6.1.36"""
    for place, vulnerability in advisory.vulnerabilities:
        groups = statuses_of(vulnerability)
        for index, remediation in fields.records(vulnerability, "remediations"):
            category = fields.text(remediation, "category")
            for product in advisory.meant(remediation):
                if clash := _FOREIGN.get(category, set()) & set(groups.get(product, ())):
                    text = f"{category} for {product[:80]!r}, which is {' and '.join(sorted(clash))}"
                    yield f"{place}.remediations[{index}]", text


def several_justifications(advisory: Advisory) -> Iterator[Finding]:
    """6.1.33"""
    for place, vulnerability in advisory.vulnerabilities:
        seen: set[str] = set()
        for index, flag in fields.records(vulnerability, "flags"):
            if fields.text(flag, "label") not in _LABELS:
                continue
            for product in advisory.meant(flag):
                if product in seen:
                    yield f"{place}.flags[{index}]", f"there is another flag for {product[:80]!r}"
                seen.add(product)


def repeated_cves(advisory: Advisory) -> Iterator[Finding]:
    """6.1.23"""
    seen: set[str] = set()
    for place, vulnerability in advisory.vulnerabilities:
        cve = fields.text(vulnerability, "cve")
        if cve and cve in seen:
            yield f"{place}.cve", f"{cve} is in another vulnerability as well"
        seen.add(cve)


def repeated_involvements(advisory: Advisory) -> Iterator[Finding]:
    """6.1.24"""
    for place, vulnerability in advisory.vulnerabilities:
        seen: set[tuple[str, object]] = set()
        for index, involvement in fields.records(vulnerability, "involvements"):
            party, stated = fields.text(involvement, "party"), fields.text(involvement, "date")
            key = (party, fields.time(involvement, "date") or stated)
            if party and stated and key in seen:
                yield f"{place}.involvements[{index}]", f"the {party} is involved twice at {stated}"
            seen.add(key)


RULES = (
    Rule("6.1.6", "contradicting product status", contradicting_statuses),
    Rule("6.1.23", "multiple use of same CVE", repeated_cves),
    Rule("6.1.24", "multiple definition in involvements", repeated_involvements),
    Rule("6.1.33", "multiple flags with VEX justification codes per product", several_justifications),
    Rule("6.1.35", "contradicting remediations", contradicting_remediations, later=True),
    Rule("6.1.36", "contradicting product status remediation combination", contradicting_combinations, later=True),
)
