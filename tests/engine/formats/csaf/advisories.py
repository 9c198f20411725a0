# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Small CSAF documents that are valid, and ways to change them."""

import copy
from typing import Any

DROP = object()
"""In the place of a value: the field is taken away."""


def advisory(version: str = "2.0", category: str = "csaf_vex") -> dict[str, Any]:
    """A valid document with three products and one vulnerability."""
    later = version == "2.1"
    document: dict[str, Any] = {
        "category": category,
        "csaf_version": version,
        "notes": [{"category": "summary", "text": "About left.", "title": "Summary"}],
        "references": [{"category": "external", "summary": "More", "url": "https://example.com"}],
        "publisher": {"category": "vendor", "name": "Example Ltd", "namespace": "https://example.com"},
        "title": "Left",
        "tracking": {
            "id": "EX-1",
            "current_release_date": "2026-01-02T00:00:00Z",
            "initial_release_date": "2026-01-01T00:00:00Z",
            "revision_history": [
                {"date": "2026-01-01T00:00:00Z", "number": "1", "summary": "First."},
                {"date": "2026-01-02T00:00:00Z", "number": "2", "summary": "Second."},
            ],
            "status": "final",
            "version": "2",
        },
    }
    left: dict[str, Any] = {"purls": ["pkg:npm/left@1.0.0"]} if later else {"purl": "pkg:npm/left@1.0.0"}
    leaf = {"name": "Left 1.0.0", "product_id": "LEFT", "product_identification_helper": left}
    value: dict[str, Any] = {"document": document}
    value["product_tree"] = {
        "branches": [
            {
                "category": "product_name",
                "name": "Left",
                "branches": [
                    {"category": "product_version", "name": "1.0.0", "product": leaf},
                    {
                        "category": "product_version",
                        "name": "0.9.0",
                        "product": {"name": "Left 0.9", "product_id": "OLD"},
                    },
                ],
            }
        ],
        "full_product_names": [{"name": "Shop", "product_id": "SHOP"}],
        "product_groups": [{"group_id": "ALL", "product_ids": ["LEFT", "SHOP"]}],
    }
    value["vulnerabilities"] = [
        {
            "cve": "CVE-2025-0001",
            "notes": [{"category": "description", "text": "A flaw in left."}],
            "product_status": {"known_not_affected": ["LEFT"], "known_affected": ["OLD"], "fixed": ["SHOP"]},
            "flags": [{"label": "vulnerable_code_not_present", "product_ids": ["LEFT"]}],
            "remediations": [{"category": "vendor_fix", "details": "Update.", "product_ids": ["OLD"]}],
        }
    ]
    if later:
        value["$schema"] = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"
        document["distribution"] = {"tlp": {"label": "CLEAR"}}
    return value


def changed(value: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy with values set by path (`document.title`, `vulnerabilities.0.cve`); `+` at the end appends to a list."""
    copied = copy.deepcopy(value)
    for path, new in changes.items():
        *steps, last = path.split(".")
        place: Any = copied
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
        if last == "+":
            place.append(new)
        elif new is DROP:
            del place[last]
        elif isinstance(place, list):
            place[int(last)] = new
        else:
            place[last] = new
    return copied
