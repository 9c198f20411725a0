# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""SARIF: rules, locations, suppressions, stable fingerprints."""

import json
from typing import Any

from paddock.engine.reporter.sarif import render
from tests.engine.results import result


def run() -> dict[str, Any]:
    log: dict[str, Any] = json.loads(render(result()))
    assert log["version"] == "2.1.0"
    return dict(log["runs"][0])


def test_every_reason_and_issue_is_a_result_of_a_listed_rule() -> None:
    rules = [rule["id"] for rule in run()["tool"]["driver"]["rules"]]
    results = run()["results"]
    assert len(results) == 4
    assert all(rules[entry["ruleIndex"]] == entry["ruleId"] for entry in results)


def test_locations_are_relative_and_have_lines() -> None:
    waived = next(entry for entry in run()["results"] if "suppressions" in entry)
    place = waived["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "package-lock.json", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 12},
    }
    assert waived["suppressions"][0]["justification"] == "bought: contract 7"


def test_what_has_no_place_of_its_own_stands_at_its_project() -> None:
    violation = run()["results"][0]
    assert violation["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "package.json"
    assert violation["properties"]["undecided"] is False


def test_fingerprints_do_not_depend_on_order_or_run() -> None:
    first, second = run(), run()
    marks = [entry["partialFingerprints"] for entry in first["results"]]
    assert marks == [entry["partialFingerprints"] for entry in second["results"]]
    assert len({json.dumps(mark) for mark in marks}) == len(marks)
