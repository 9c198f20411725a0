# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Validates CSAF documents: their structure, and the mandatory tests of the standard."""

from typing import Any

from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.every import RULES
from paddock.engine.formats.csaf.shapes import shape_of
from paddock.engine.formats.document import Fault, Kind
from paddock.engine.formats.json_text import parse_json
from paddock.engine.formats.schema_notation import shape_faults


def faults(data: bytes, kind: Kind) -> tuple[Fault, ...]:
    """Everything that is wrong with the bytes as a document of this kind; nothing when it is valid."""
    value, fault = parse_json(data)
    if fault is not None:
        return (fault,)
    return value_faults(value, kind)


def value_faults(value: Any, kind: Kind) -> tuple[Fault, ...]:
    """As `faults`, for a document that was parsed."""
    found = dict.fromkeys(shape_faults(shape_of(kind.version), value))
    advisory = Advisory(value, kind.version)
    for rule in RULES:
        if advisory.later or not rule.later:
            found.update(dict.fromkeys(Fault(place, str(rule), message) for place, message in rule.check(advisory)))
    return tuple(found)
