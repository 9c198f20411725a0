# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Weaknesses of the CWE: they exist, under the name that is stated (6.1.11).

Known are numbers of weaknesses up to `NEWEST`, and digests of their names as of CWE 4.14 (weaknesses.txt). Names of
versions before `OLDEST` and weaknesses that came later cannot be told.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory, order_of
from paddock.engine.formats.csaf.rules.rule import Finding, Rule

NEWEST = 1423
OLDEST = (4, 9)
"""Names of versions before this one are not judged."""
_SINCE = {1419: (4, 13), 1420: (4, 14), 1421: (4, 14), 1422: (4, 14), 1423: (4, 14)}
"""Weaknesses that came after OLDEST, and with which version."""


def unknown_weaknesses(advisory: Advisory) -> Iterator[Finding]:
    """6.1.11"""
    for place, vulnerability in advisory.vulnerabilities:
        stated = [(f"{place}.cwe", fields.record(vulnerability, "cwe"))]
        stated += [(f"{place}.cwes[{index}]", one) for index, one in fields.records(vulnerability, "cwes")]
        for where, weakness in stated:
            number = fields.text(weakness, "id").removeprefix("CWE-")
            if number.isascii() and number.isdecimal() and len(number) < 7:
                yield from _judge(where, int(number), fields.text(weakness, "name"), fields.text(weakness, "version"))


def _judge(place: str, number: int, name: str, version: str) -> Iterator[Finding]:
    if number > NEWEST:
        return
    digests = known_weaknesses()
    if number not in digests:
        yield f"{place}.id", f"there is no weakness CWE-{number}"
        return
    stated = (order_of(version if version.count(".") > 1 else f"{version}.0") or ())[:2] if version else ()
    since = _SINCE.get(number, ())
    if stated and stated < since:
        yield f"{place}.version", f"CWE-{number} came with version {'.'.join(map(str, since))}"
    elif digest(name) != digests[number] and not (stated and stated < OLDEST):
        yield f"{place}.name", f"CWE-{number} is not called {name[:80]!r}"


@lru_cache(maxsize=1)
def known_weaknesses() -> dict[int, str]:
    """The digest of each weakness's name, by number."""
    lines = files("paddock.engine.formats.csaf").joinpath("weaknesses.txt").read_text("utf-8").splitlines()
    pairs = (line.split() for line in lines if not line.startswith("#"))
    return {int(number): digest for number, digest in pairs}


def digest(name: str) -> str:
    """The digest by which a name is recognised: backslashes, which some editions of the list lose, do not count."""
    return hashlib.sha256(name.replace("\\", "").encode("utf-8", "replace")).hexdigest()[:8]


RULES = (Rule("6.1.11", "CWE", unknown_weaknesses),)
