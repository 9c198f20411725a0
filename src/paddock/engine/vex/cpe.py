# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Names of the Common Platform Enumeration, 2.2 (URI) and 2.3 (formatted string), compared as far as VEX needs it.

Grammar: NIST IR 7695; comparison: the superset relation of NIST IR 7696, without wildcards inside of values.
"""

import re
from functools import lru_cache
from urllib.parse import unquote

ANY = "*"
_FIELDS = 11
_PARTS = re.compile(r"(?:\\.|[^:\\])*")


@lru_cache(maxsize=16_384)
def parse_cpe(text: str) -> tuple[str, ...] | None:
    """The eleven attributes in lower case, without escapes, ANY for those not stated; None when it is no such name.

    Order: part, vendor, product, version, update, edition, language, software edition, target software and hardware,
    other.
    """
    lowered = text.strip().lower()
    if lowered.startswith("cpe:2.3:"):
        values = _formatted(lowered.removeprefix("cpe:2.3:"))
    elif lowered.startswith("cpe:/"):
        values = _uri(lowered.removeprefix("cpe:/"))
    else:
        return None
    if values is None or len(values) > _FIELDS or values[0] not in {"a", "o", "h", ANY, "-"}:
        return None
    return tuple(value or ANY for value in (*values, *[""] * (_FIELDS - len(values))))


def covers(pattern: str, name: str) -> bool:
    """Whether everything that `name` may stand for is among what `pattern` stands for."""
    wanted, found = parse_cpe(pattern), parse_cpe(name)
    if wanted is None or found is None or wanted[1] == ANY or wanted[2] == ANY:
        return False
    return all(one in (ANY, other) for one, other in zip(wanted, found, strict=True))


def _formatted(text: str) -> list[str] | None:
    values, position = [], 0
    while position <= len(text):
        found = _PARTS.match(text, position)
        end = found.end() if found else position
        values.append(re.sub(r"\\(.)", r"\1", text[position:end]))
        if end < len(text) and text[end] != ":":
            return None
        position = end + 1
    return values


def _uri(text: str) -> list[str]:
    values = [unquote(value) for value in text.split(":")]
    if len(values) > 5 and values[5].startswith("~"):  # attributes of 2.3 packed into the edition
        edition, *others = (values[5].split("~") + [""] * 5)[1:6]
        return [*values[:5], edition, values[6] if len(values) > 6 else "", *others]
    return values
