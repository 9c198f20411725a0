# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Licences between CycloneDX's list of ids, names and expressions and the model's declared and concluded licences.

An entry whose acknowledgement is "concluded" (from 1.6 on) was concluded by the author of the document; all others are
declared. Before 1.7 a component has either licences or one single expression.
Rules: https://cyclonedx.org/docs/1.7/json/#components_items_licenses
"""

import re
from collections.abc import Iterable
from typing import Any

from paddock.engine.formats.bill.expressions import fault_in, is_listed_expression, joined
from paddock.engine.formats.cyclonedx.bom import LicenseChoice
from paddock.engine.formats.cyclonedx.schemas import listed_licenses

_NO_ID_CHARACTER = re.compile(r"[^A-Za-z0-9.]+")


def licenses_of(choices: Iterable[LicenseChoice]) -> tuple[tuple[str, ...], str, list[str]]:
    """Declared licences verbatim, the concluded expression ("" when nobody concluded), and what is wrong with them."""
    declared: list[str] = []
    concluded: list[str] = []
    problems: list[str] = []
    for choice in choices:
        named = choice.license
        acknowledgement = choice.acknowledgement or (named.acknowledgement if named else "")
        text = choice.expression or (named.id or named.name if named else "")
        if choice.expression and (fault := fault_in(text)):
            problems.append(f"a licence expression is none: {fault}")
        if not text:
            continue
        if acknowledgement == "concluded":
            concluded.append(_as_expression(text, problems))
        else:
            declared.append(text)
    return tuple(dict.fromkeys(declared)), joined(list(dict.fromkeys(concluded))) if concluded else "", problems


def license_choices(declared: Iterable[str], concluded: str, version: str) -> list[dict[str, Any]]:
    """The licences as a CycloneDX document of this version has them."""
    texts = [(text, "declared") for text in declared if text]
    if concluded:
        texts.append((concluded, "concluded"))
    expressions = version >= "1.7" or len(texts) == 1
    return [_choice(text, acknowledgement, expressions) for text, acknowledgement in texts]


def _choice(text: str, acknowledgement: str, expressions: bool) -> dict[str, Any]:
    if text in listed_licenses():
        return {"license": {"id": text, "acknowledgement": acknowledgement}}
    if expressions and is_listed_expression(text):
        return {"expression": text, "acknowledgement": acknowledgement}
    return {"license": {"name": text, "acknowledgement": acknowledgement}}


def _as_expression(text: str, problems: list[str]) -> str:
    if text in listed_licenses() or is_listed_expression(text):
        return text
    reference = f"LicenseRef-{_NO_ID_CHARACTER.sub('-', text).strip('-.')[:80] or 'unnamed'}"
    problems.append(f"the concluded licence {text[:80]!r} is no SPDX expression; it is taken as {reference}")
    return reference
