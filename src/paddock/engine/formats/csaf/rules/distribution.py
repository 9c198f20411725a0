# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may read the document: sharing groups and the Traffic Light Protocol (6.1.38 to 6.1.41)."""

from collections.abc import Iterator

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory
from paddock.engine.formats.csaf.rules.rule import Finding, Rule
from paddock.engine.formats.fields import Record

_PLACE = "document.distribution.sharing_group"
_MAX = "ffffffff-ffff-ffff-ffff-ffffffffffff"
_NIL = "00000000-0000-0000-0000-000000000000"
_RESERVED = {_MAX: "Public", _NIL: "No sharing allowed"}


def _group(advisory: Advisory) -> Record:
    return fields.record(fields.record(advisory.document, "distribution"), "sharing_group")


def public_group_in_private(advisory: Advisory) -> Iterator[Finding]:
    """6.1.38"""
    if fields.text(_group(advisory), "id") == _MAX and advisory.label != "CLEAR":
        yield f"{_PLACE}.id", f"the group of everybody, in a document that is TLP:{advisory.label}"


def private_group_in_public(advisory: Advisory) -> Iterator[Finding]:
    """6.1.39"""
    group_id = fields.text(_group(advisory), "id")
    allowed = {_MAX, ""} | ({_NIL} if advisory.status == "draft" else set())
    if advisory.label == "CLEAR" and group_id not in allowed:
        yield f"{_PLACE}.id", "a closed group, in a document that is TLP:CLEAR"


def reserved_names(advisory: Advisory) -> Iterator[Finding]:
    """6.1.40"""
    group = _group(advisory)
    name = fields.text(group, "name")
    if name in _RESERVED.values() and _RESERVED.get(fields.text(group, "id")) != name:
        yield f"{_PLACE}.name", f"{name!r} is reserved for another id"


def missing_names(advisory: Advisory) -> Iterator[Finding]:
    """6.1.41"""
    group = _group(advisory)
    wanted = _RESERVED.get(fields.text(group, "id"))
    if wanted is not None and fields.text(group, "name") != wanted:
        yield f"{_PLACE}.name", f"the group with this id is called {wanted!r}"


RULES = (
    Rule("6.1.38", "non-public sharing group with max UUID", public_group_in_private, later=True),
    Rule("6.1.39", "public sharing group with no max UUID", private_group_in_public, later=True),
    Rule("6.1.40", "invalid sharing group name", reserved_names, later=True),
    Rule("6.1.41", "missing sharing group name", missing_names, later=True),
)
