# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The rules of SARIF 2.1.0 that concern what Paddock writes (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""

import re
from collections.abc import Iterator
from typing import Any

KEYS = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"invocations", "results", "columnKind", "properties"}),
    "driver": ({"name"}, {"semanticVersion", "version", "rules", "informationUri"}),
    "rule": (
        {"id"},
        {"defaultConfiguration", "shortDescription", "fullDescription", "help", "helpUri", "properties"},
    ),
    "invocation": ({"executionSuccessful"}, {"endTimeUtc"}),
    "result": (
        {"message"},
        {"ruleId", "ruleIndex", "level", "kind", "locations", "partialFingerprints", "properties", "suppressions"},
    ),
    "location": (set(), {"physicalLocation"}),
    "physicalLocation": ({"artifactLocation"}, {"region"}),
    "artifactLocation": (set(), {"uri", "uriBaseId"}),
    "region": (set(), {"startLine"}),
    "suppression": ({"kind"}, {"status", "justification"}),
}
"""Object -> (properties that must be there, properties that may be there); the schema allows no others."""

LEVELS = {"none", "note", "warning", "error"}
SUPPRESSIONS = {"inSource", "external"}
STATUSES = {"accepted", "underReview", "rejected"}
SEMANTIC_VERSION = re.compile(r"\d+\.\d+\.\d+([-+].*)?")
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
URI_REFERENCE = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*")


def faults(log: dict[str, Any]) -> list[str]:
    """Everything in a log that the specification does not allow."""
    return [*_keys("log", log), *_log(log)]


def _keys(kind: str, value: dict[str, Any]) -> Iterator[str]:
    needed, allowed = KEYS[kind]
    yield from (f"{kind} lacks {name}" for name in sorted(needed - value.keys()))
    yield from (f"{kind} has {name}" for name in sorted(value.keys() - needed - allowed))


def _log(log: dict[str, Any]) -> Iterator[str]:
    if log["version"] != "2.1.0":
        yield f"version {log['version']}"
    for run in log["runs"]:
        yield from _keys("run", run)
        driver = run["tool"]["driver"]
        yield from _driver(driver)
        for invocation in run.get("invocations", []):
            yield from _keys("invocation", invocation)
            if not DATE_TIME.fullmatch(invocation["endTimeUtc"]):
                yield f"endTimeUtc {invocation['endTimeUtc']}"
        if run.get("columnKind", "unicodeCodePoints") not in {"utf16CodeUnits", "unicodeCodePoints"}:
            yield f"columnKind {run['columnKind']}"
        for result in run["results"]:
            yield from _result(result, driver["rules"])


def _driver(driver: dict[str, Any]) -> Iterator[str]:
    yield from _keys("driver", driver)
    if not SEMANTIC_VERSION.fullmatch(driver["semanticVersion"]):
        yield f"semanticVersion {driver['semanticVersion']}"
    ids = [rule["id"] for rule in driver["rules"]]
    if len(set(ids)) < len(ids):
        yield "two rules share an id"
    for rule in driver["rules"]:
        yield from _keys("rule", rule)
        if rule.get("defaultConfiguration", {}).get("level", "warning") not in LEVELS:
            yield f"level of rule {rule['id']}"
        yield from (f"{name} of rule {rule['id']}" for name in ("fullDescription", "help") if not _told(rule, name))


def _told(rule: dict[str, Any], name: str) -> bool:
    return name not in rule or bool(rule[name].get("text"))


def _result(result: dict[str, Any], rules: list[dict[str, Any]]) -> Iterator[str]:
    yield from _keys("result", result)
    if not result["message"].get("text"):
        yield "a result without a message"
    if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        yield f"ruleIndex of {result['ruleId']}"
    if result["level"] not in LEVELS:
        yield f"level {result['level']}"
    if result.get("kind", "fail") != "fail" and result["level"] != "none":
        yield f"kind {result['kind']} with level {result['level']}"
    if not all(isinstance(value, str) for value in result["partialFingerprints"].values()):
        yield "a fingerprint that is no text"
    for suppression in result.get("suppressions", []):
        yield from _keys("suppression", suppression)
        if suppression["kind"] not in SUPPRESSIONS or suppression["status"] not in STATUSES:
            yield f"suppression {suppression}"
    for location in result["locations"]:
        yield from _location(location)


def _location(location: dict[str, Any]) -> Iterator[str]:
    yield from _keys("location", location)
    physical = location["physicalLocation"]
    yield from _keys("physicalLocation", physical)
    yield from _keys("artifactLocation", physical["artifactLocation"])
    uri = physical["artifactLocation"]["uri"]
    if not URI_REFERENCE.fullmatch(uri) or uri.startswith("/"):
        yield f"uri {uri}"
    if "region" in physical:
        yield from _keys("region", physical["region"])
        if physical["region"].get("startLine", 1) < 1:
            yield "a line before the first"
