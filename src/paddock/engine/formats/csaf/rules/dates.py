# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Points in time: in the right form, and none after the newest revision (6.1.37, 6.1.45, 6.1.49, 6.1.51 to 6.1.53)."""

import re
from collections.abc import Iterator
from typing import Any

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.rule import Finding, Rule

_TIME = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
_NAMES = frozenset(
    (
        "date", "current_release_date", "initial_release_date", "disclosure_date", "discovery_date",
        "exploitation_date", "timestamp",
    )
)  # fmt: skip
_RELEASED = ("final", "interim")


def malformed_dates(advisory: Advisory) -> Iterator[Finding]:
    """6.1.37"""
    waiting: list[tuple[str, Any]] = [("", advisory.value)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            for name, part in value.items():
                where = f"{place}.{name}" if place else str(name)
                if name in _NAMES and isinstance(part, str) and not _is_time(value, name):
                    yield where, f"{part[:60]!r} is no date and time like 2024-01-24T10:00:00Z"
                if name != "x_extensions":
                    waiting.append((where, part))
        elif isinstance(value, list):
            waiting.extend((f"{place}[{index}]", part) for index, part in enumerate(value))


def _is_time(value: dict[str, Any], name: str) -> bool:
    return _TIME.fullmatch(value[name]) is not None and fields.time(value, name) is not None


def late_disclosures(advisory: Advisory) -> Iterator[Finding]:
    """6.1.45"""
    if advisory.label == "CLEAR":
        for place, vulnerability in advisory.vulnerabilities:
            yield from _late(advisory, vulnerability, place, "disclosure_date")


def late_ssvc(advisory: Advisory) -> Iterator[Finding]:
    """6.1.49"""
    yield from _late_metrics(advisory, "ssvc_v2")


def late_epss(advisory: Advisory) -> Iterator[Finding]:
    """6.1.51"""
    yield from _late_metrics(advisory, "epss")


def _late_metrics(advisory: Advisory, name: str) -> Iterator[Finding]:
    for place, vulnerability in advisory.vulnerabilities:
        for where, content, _, _ in advisory.metrics(vulnerability, place):
            yield from _late(advisory, fields.record(content, name), f"{where}.{name}", "timestamp")


def late_exploitations(advisory: Advisory) -> Iterator[Finding]:
    """6.1.52"""
    for place, vulnerability in advisory.vulnerabilities:
        for index, item in fields.records(vulnerability, "first_known_exploitation_dates"):
            for name in ("date", "exploitation_date"):
                yield from _late(advisory, item, f"{place}.first_known_exploitation_dates[{index}]", name)


def _late(advisory: Advisory, value: dict[str, Any], place: str, name: str) -> Iterator[Finding]:
    time = fields.time(value, name)
    if advisory.status in _RELEASED and time and advisory.newest and time > advisory.newest:
        yield f"{place}.{name}", "it is later than the newest revision of the document"


def exploited_after_known(advisory: Advisory) -> Iterator[Finding]:
    """6.1.53"""
    for place, vulnerability in advisory.vulnerabilities:
        for index, item in fields.records(vulnerability, "first_known_exploitation_dates"):
            known, exploited = fields.time(item, "date"), fields.time(item, "exploitation_date")
            if known and exploited and exploited > known:
                where = f"{place}.first_known_exploitation_dates[{index}].exploitation_date"
                yield where, "it is later than the date at which that was known"


RULES = (
    Rule("6.1.37", "date and time", malformed_dates, later=True),
    Rule("6.1.45", "inconsistent disclosure date", late_disclosures, later=True),
    Rule("6.1.49", "inconsistent SSVC timestamp", late_ssvc, later=True),
    Rule("6.1.51", "inconsistent EPSS timestamp", late_epss, later=True),
    Rule("6.1.52", "inconsistent first known exploitation dates", late_exploitations, later=True),
    Rule("6.1.53", "inconsistent exploitation date", exploited_after_known, later=True),
)
