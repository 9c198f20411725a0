# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Extensions of 2.1: the structure that all have in common (6.1.60.1).

What an extension holds is told by a schema that its maker publishes. Nothing is fetched here, so 6.1.60.2 and 6.1.60.3
cannot be told for any extension.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import jsonschema_rs

from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.rule import Finding, Rule
from paddock.engine.formats.schema_notation import one_of, record, shape_faults, text, validator


@lru_cache(maxsize=1)
def extension_shape() -> jsonschema_rs.Draft202012Validator:
    """The validator of one extension."""
    fields = {
        "$schema": text(format="uri"),
        "category": one_of("essential", "significant", "supplementary"),
        "content": record({}, open=True, least=1),
        "critical": {"type": "boolean"},
    }
    return validator("csaf-2.1-extension", record(fields, due=tuple(fields)))


def malformed_extensions(advisory: Advisory) -> Iterator[Finding]:
    """6.1.60.1"""
    waiting: list[tuple[str, Any]] = [("", advisory.value)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, list):
            waiting.extend((f"{place}[{index}]", part) for index, part in enumerate(value))
        elif isinstance(value, dict):
            for name, part in value.items():
                where = f"{place}.{name}" if place else str(name)
                if name != "x_extensions":
                    waiting.append((where, part))
                    continue
                for index, extension in enumerate(part if isinstance(part, list) else []):
                    for fault in shape_faults(extension_shape(), extension):
                        inside = "" if fault.place == "document" else f".{fault.place}"
                        yield f"{where}[{index}]{inside}", fault.message


RULES = (Rule("6.1.60.1", "content schema", malformed_extensions, later=True),)
