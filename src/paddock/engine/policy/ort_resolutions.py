# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Resolutions of ORT: of rule violations and issues as waivers, of vulnerabilities as what they are.

Format: https://oss-review-toolkit.org/ort/docs/configuration/resolutions
"""

from collections.abc import Iterator
from typing import Any

from paddock.engine.policy.configuration import VulnerabilityResolution, Waiver
from paddock.engine.policy.ort_notes import Notes, as_text
from paddock.engine.policy.regex import InvalidRegex, check_regex
from paddock.engine.policy.types import ANALYSIS_INCOMPLETE


def waivers(notes: Notes, resolutions: dict[str, Any]) -> Iterator[Waiver]:
    """The resolutions of rule violations and issues."""
    for section, rule in (("rule_violations", "*"), ("issues", ANALYSIS_INCOMPLETE)):
        for row in notes.rows(resolutions.get(section), f"resolutions.{section}"):
            message = as_text(row.get("message"))
            try:
                check_regex(message)
            except InvalidRegex as error:
                notes.note(f"resolutions.{section}: {error}")
                continue
            if message:
                yield Waiver(
                    rule=rule,
                    message=message,
                    reason=as_text(row.get("reason")) or "RESOLVED",
                    comment=as_text(row.get("comment")),
                    place=notes.file,
                )


def resolutions_of(notes: Notes, resolutions: dict[str, Any]) -> Iterator[VulnerabilityResolution]:
    """The resolutions of vulnerabilities; `id` is a regular expression over their names."""
    for row in notes.rows(resolutions.get("vulnerabilities"), "resolutions.vulnerabilities"):
        pattern = as_text(row.get("id"))
        try:
            check_regex(pattern)
        except InvalidRegex as error:
            notes.note(f"resolutions.vulnerabilities: {error}")
            continue
        if pattern:
            yield VulnerabilityResolution(
                vulnerability=pattern,
                is_regex=True,
                reason=as_text(row.get("reason")) or "RESOLVED",
                comment=as_text(row.get("comment")),
                place=notes.file,
            )
