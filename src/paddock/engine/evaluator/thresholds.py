# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Thresholds for known vulnerabilities, as pipelines state them on the command line: `high`, `kev`, `epss>=0.1`.

A threshold is met by a finding that is at least so severe, is exploited, is fixable …; parts joined by `+` have to hold
together (`high+fixable`). What nobody rated meets no level: the policy is the place to ask about it.
"""

import re

import msgspec

from paddock.engine.model.errors import EngineError
from paddock.engine.model.vulnerability import (
    LEVEL_ORDER,
    AdvisoryKind,
    Finding,
    SeverityLevel,
    Vulnerability,
    VulnerabilityFindings,
)

_NUMBER = re.compile(r"(epss|cvss)\s*>=\s*(\d+(?:\.\d+)?)(%?)")
_FLAGS = ("any", "kev", "fixable", "malware")
_LEVELS = tuple(level.value for level in SeverityLevel if level is not SeverityLevel.NONE)


class InvalidThreshold(EngineError):
    """The text is no threshold; the message says which there are."""


class Threshold(msgspec.Struct, frozen=True):
    """level: at least this. Numbers: at least these, 0 for any."""

    text: str
    level: SeverityLevel | None = None
    epss: float | None = None
    cvss: float | None = None
    flags: tuple[str, ...] = ()

    def is_met(self, finding: Finding, vulnerability: Vulnerability) -> bool:
        """Whether a finding meets it."""
        level = vulnerability.level
        if self.level is not None and (level is None or LEVEL_ORDER[level] > LEVEL_ORDER[self.level]):
            return False
        if self.epss is not None and (vulnerability.epss is None or vulnerability.epss.probability < self.epss):
            return False
        scores = [rating.score for rating in vulnerability.ratings if rating.score is not None]
        if self.cvss is not None and max(scores, default=-1.0) < self.cvss:
            return False
        met = {
            "any": True,
            "kev": vulnerability.kev is not None,
            "fixable": finding.fixable,
            "malware": vulnerability.kind is AdvisoryKind.MALWARE,
        }
        return all(met[flag] for flag in self.flags)


def parse_threshold(text: str) -> Threshold:
    """Read a threshold. Raises InvalidThreshold."""
    level: SeverityLevel | None = None
    numbers: dict[str, float] = {}
    flags: list[str] = []
    for part in text.lower().split("+"):
        part = part.strip()
        number = _NUMBER.fullmatch(part)
        if number:
            numbers[number[1]] = float(number[2]) / (100 if number[3] else 1)
        elif part in _LEVELS:
            level = SeverityLevel(part)
        elif part in _FLAGS:
            flags.append(part)
        else:
            raise InvalidThreshold(
                f"{text!r} is no threshold; there are {', '.join((*_LEVELS, *_FLAGS))}, epss>=0.1 and cvss>=7, "
                "and several that hold together are joined by +, as in high+fixable"
            )
    if numbers.get("epss", 0.0) > 1.0:
        raise InvalidThreshold(f"{text!r}: a probability is at most 1, or written with %: epss>=10%")
    if numbers.get("cvss", 0.0) > 10.0:
        raise InvalidThreshold(f"{text!r}: scores of CVSS go up to 10")
    return Threshold(text, level, numbers.get("epss"), numbers.get("cvss"), tuple(flags))


def findings_meeting(
    advice: VulnerabilityFindings | None, thresholds: tuple[Threshold, ...]
) -> dict[str, tuple[Finding, ...]]:
    """The findings that meet each threshold, by its text; thresholds that nothing meets are absent. Findings that are
    settled, and such that could not be told, meet none.
    """
    if advice is None:
        return {}
    known = advice.by_id()
    counting = [
        (finding, known[finding.vulnerability])
        for finding in advice.findings
        if finding.counts and finding.certain and finding.vulnerability in known
    ]
    met = {
        threshold.text: tuple(
            finding for finding, vulnerability in counting if threshold.is_met(finding, vulnerability)
        )
        for threshold in thresholds
    }
    return {text: findings for text, findings in met.items() if findings}
