# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The Stakeholder-Specific Vulnerability Categorization: structure, target, decision points (6.1.46 to 6.1.48)."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.rule import Finding, Rule
from paddock.engine.formats.csaf.score_shapes import ssvc_shape
from paddock.engine.formats.fields import Record
from paddock.engine.formats.schema_notation import shape_faults

_RESERVED = ("invalid", "x_invalid")


class DecisionPoint(NamedTuple):
    """A registered decision point: its name, and the names of its values by key, in order."""

    name: str
    values: dict[str, str]


@lru_cache(maxsize=1)
def decision_points() -> dict[tuple[str, str, str], DecisionPoint]:
    """The registered ones, by namespace, key and version."""
    lines = files("paddock.engine.formats.csaf").joinpath("decision_points.txt").read_text("utf-8").splitlines()
    found = {}
    for line in lines:
        if not line.startswith("#"):
            namespace, key, version, name, *values = line.split("|")
            found[namespace, key, version] = DecisionPoint(name, dict(value.split("=", 1) for value in values))
    return found


def _lists(advisory: Advisory) -> Iterator[tuple[str, Record, Record]]:
    """Each selection list: its place, itself, and the vulnerability."""
    for place, vulnerability in advisory.vulnerabilities:
        for where, content, _, _ in advisory.metrics(vulnerability, place):
            if isinstance(content.get("ssvc_v2"), dict):
                yield f"{where}.ssvc_v2", content["ssvc_v2"], vulnerability


def malformed_lists(advisory: Advisory) -> Iterator[Finding]:
    """6.1.46"""
    for place, value, _ in _lists(advisory):
        for fault in shape_faults(ssvc_shape(), value):
            yield place if fault.place == "document" else f"{place}.{fault.place}", fault.message


def foreign_targets(advisory: Advisory) -> Iterator[Finding]:
    """6.1.47"""
    own = fields.text(advisory.tracking, "id")
    for place, value, vulnerability in _lists(advisory):
        known = {fields.text(vulnerability, "cve")}
        known |= {fields.text(one, "text") for _, one in fields.records(vulnerability, "ids")}
        for index, target in enumerate(fields.texts(value, "target_ids")):
            where = f"{place}.target_ids[{index}]"
            if target not in known:
                yield where, f"{target[:80]!r} is no id of the vulnerability"
            elif target == own and len(advisory.vulnerabilities) > 1:
                yield where, "it is the id of the document, which has more than one vulnerability"


def unknown_points(advisory: Advisory) -> Iterator[Finding]:
    """6.1.48"""
    for place, value, _ in _lists(advisory):
        for index, selection in fields.records(value, "selections"):
            if message := _unknown(selection):
                yield f"{place}.selections[{index}]", message


def _unknown(selection: Record) -> str:
    """What is not as registered in a selection; "" when nothing is. Extensions may leave out values and translate."""
    namespace, slash, _ = fields.text(selection, "namespace").partition("/")
    if namespace.partition("#")[0] in _RESERVED:
        return f"the namespace {namespace} is reserved for what is invalid"
    points = decision_points()
    if namespace not in {known for known, _, _ in points}:
        return ""
    key, version = fields.text(selection, "key"), fields.text(selection, "version")
    point = points.get((namespace, key, version))
    if point is None:
        return f"{namespace} has no decision point {key[:40]} in version {version[:40]}"
    name = fields.text(selection, "name")
    if name and not slash and name != point.name:
        return f"the decision point {key} is called {point.name!r}"
    order = list(point.values)
    last = -1
    for _, value in fields.records(selection, "values"):
        chosen = fields.text(value, "key")
        if chosen not in point.values:
            return f"{point.name} has no value {chosen[:40]} in version {version}"
        if order.index(chosen) <= last:
            return f"the values of {point.name} are not in order"
        named = fields.text(value, "name")
        if named and not slash and named != point.values[chosen]:
            return f"the value {chosen} of {point.name} is called {point.values[chosen]!r}"
        last = order.index(chosen)
    return ""


RULES = (
    Rule("6.1.46", "invalid SSVC", malformed_lists, later=True),
    Rule("6.1.47", "inconsistent SSVC target ids", foreign_targets, later=True),
    Rule("6.1.48", "SSVC decision points", unknown_points, later=True),
)
