# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Thresholds of pipelines."""

import pytest

from paddock.engine.evaluator.thresholds import InvalidThreshold, findings_meeting, parse_threshold
from paddock.engine.model.vulnerability import AdvisoryKind, Epss, Finding, KnownExploitation, Resolution
from tests.engine.advice import advice, finding, vulnerability

KNOWN = (
    vulnerability("CRITICAL", "critical", score=9.8),
    vulnerability("HIGH", "high", score=7.0, epss=Epss(probability=0.2)),
    vulnerability("LOW", "low", kev=KnownExploitation()),
    vulnerability("UNRATED"),
    vulnerability("MAL", kind=AdvisoryKind.MALWARE),
    vulnerability("SETTLED", "critical"),
    vulnerability("UNCERTAIN", "critical"),
)
FOUND = advice(
    *(finding(one.id, "pkg:npm/n@1", "2" if one.id in {"HIGH", "LOW"} else "") for one in KNOWN[:5]),
    finding("SETTLED", "pkg:npm/n@1", resolution=Resolution(reason="X")),
    Finding(vulnerability="UNCERTAIN", ref="pkg:npm/n@1", certain=False),
    finding("NOBODY-KNOWS", "pkg:npm/n@1"),
    known=KNOWN,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("critical", ["CRITICAL"]),
        ("high", ["CRITICAL", "HIGH"]),
        ("Medium", ["CRITICAL", "HIGH"]),
        ("low", ["CRITICAL", "HIGH", "LOW"]),
        ("kev", ["LOW"]),
        ("fixable", ["HIGH", "LOW"]),
        ("malware", ["MAL"]),
        ("any", ["CRITICAL", "HIGH", "LOW", "UNRATED", "MAL"]),
        ("epss>=0.1", ["HIGH"]),
        ("epss >= 20%", ["HIGH"]),
        ("epss>=0.21", []),
        ("cvss>=7", ["CRITICAL", "HIGH"]),
        ("high+fixable", ["HIGH"]),
        ("fixable + kev", ["LOW"]),
        ("critical+fixable", []),
    ],
)
def test_which_findings_meet_it(text: str, expected: list[str]) -> None:
    met = findings_meeting(FOUND, (parse_threshold(text),))

    assert [one.vulnerability for one in met.get(text, ())] == expected
    assert list(met) == ([text] if expected else [])


@pytest.mark.parametrize("text", ["", "severe", "epss", "epss>0.1", "epss>=2", "cvss>=11", "high+", "none", "kev>=1"])
def test_what_is_no_threshold_says_which_there_are(text: str) -> None:
    with pytest.raises(InvalidThreshold):
        parse_threshold(text)


def test_without_advice_nothing_is_met() -> None:
    assert findings_meeting(None, (parse_threshold("any"),)) == {}
