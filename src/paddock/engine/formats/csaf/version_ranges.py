# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Ranges of versions as CSAF 2.1 wants them: `vers:` in its canonical form, or the constraints of one alone.

Rules of the canonical form: https://github.com/package-url/vers-spec (sorted, each version once, ranges that open and
close in turn). For schemes whose order is not known here only the syntax is judged.
"""

import re
from itertools import pairwise

from paddock.engine.versions import UnknownEcosystem, order_of
from paddock.engine.versions.ranges.vers import SCHEMES

_VERS = re.compile(r"vers:([a-z][a-z0-9.-]*)/(.+)", re.DOTALL)
_CONSTRAINT = re.compile(r"(>=|<=|!=|<|>|=|)([^\s<>=!|*]+)")
_MAX_CONSTRAINTS = 10_000
EVERYTHING = "vers:all/*"


def constraints_of(text: str) -> list[tuple[str, str]] | None:
    """(comparator, version) of each constraint, after the slash of a `vers:`; None where the syntax is broken."""
    _, _, constraints = text.partition("/") if text.startswith("vers:") else ("", "", text)
    found = []
    for part in constraints.split("|", _MAX_CONSTRAINTS):
        match = _CONSTRAINT.fullmatch(part)
        if match is None:
            return None
        found.append(("" if match[1] == "=" else match[1], match[2]))
    return found


def malformed_range(text: str) -> str:
    """What keeps the text from being a range of versions, as a sentence; "" when nothing does."""
    if text == EVERYTHING:
        return ""
    scheme = ""
    if text.startswith("vers:"):
        found = _VERS.fullmatch(text)
        if found is None:
            return f"{text[:80]!r} is no vers: it should read like vers:npm/>=1.2|<2"
        scheme = found[1]
    constraints = constraints_of(text)
    if constraints is None:
        return f"{text[:80]!r} is no range of versions: it should read like >=1.2|<2"
    return _not_canonical(scheme, constraints) if scheme else ""


def _not_canonical(scheme: str, constraints: list[tuple[str, str]]) -> str:
    try:
        key = order_of(SCHEMES[scheme]).key
    except (KeyError, UnknownEcosystem):
        return ""
    keys = [key(version) for _, version in constraints]
    if any(before >= after for before, after in pairwise(keys)):
        return "the versions of the range are not in order, each once"
    last = ""
    for comparator, _ in constraints:
        if comparator == "!=":
            continue
        opens, closes = comparator in (">", ">="), comparator in ("<", "<=")
        if (
            (opens and last == "open")
            or (closes and last in ("close", "one"))
            or (not opens and not closes and last == "open")
        ):
            return "the range has a constraint that says nothing beside its neighbours"
        last = "open" if opens else "close" if closes else "one"
    return ""


def identifies_one_version(text: str) -> bool:
    """Whether the range holds a single version only."""
    constraints = constraints_of(text)
    if constraints is None:
        return False
    if len(constraints) == 1:
        return constraints[0][0] == ""
    return len(constraints) == 2 and constraints[0] == (">=", constraints[1][1]) and constraints[1][0] == "<="
