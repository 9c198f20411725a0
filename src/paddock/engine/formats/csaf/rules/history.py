# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The version of a document and its revision history agree (6.1.14, 6.1.16 to 6.1.22, 6.1.30)."""

from collections.abc import Iterator
from itertools import pairwise

from paddock.engine.formats import fields
from paddock.engine.formats.csaf.advisory import Advisory, Revision, is_semantic, order_of, prerelease_of
from paddock.engine.formats.csaf.rules.rule import Finding, Rule

_VERSION = "document.tracking.version"


def unsorted_history(advisory: Advisory) -> Iterator[Finding]:
    """6.1.14"""
    known = [one for one in advisory.revisions if one.order is not None]
    for before, after in pairwise(known):
        if (before.order or ()) > (after.order or ()):
            yield f"{after.place}.number", f"{after.number} is later than {before.number} by date"


def outdated_version(advisory: Advisory) -> Iterator[Finding]:
    """6.1.16"""
    version = fields.text(advisory.tracking, "version")
    if not advisory.revisions or order_of(version) is None:
        return
    last = advisory.revisions[-1]
    ignored = advisory.status == "draft"
    if _comparable(version, without_prerelease=ignored) != _comparable(last.number, without_prerelease=ignored):
        yield _VERSION, f"{version} is stated, but the newest revision is {last.number}"


def _comparable(number: str, *, without_prerelease: bool) -> str:
    bare = number.partition("+")[0]
    return bare.partition("-")[0] if without_prerelease else bare


def released_draft(advisory: Advisory) -> Iterator[Finding]:
    """6.1.17"""
    version = fields.text(advisory.tracking, "version")
    order = order_of(version)
    if order is not None and (order[0] == 0 or prerelease_of(version)) and advisory.status != "draft":
        yield "document.tracking.status", f"version {version} is a draft, but the status is {advisory.status}"


def drafts_in_history(advisory: Advisory) -> Iterator[Finding]:
    """6.1.18"""
    if advisory.status not in ("final", "interim"):
        return
    for revision in advisory.revisions:
        if revision.order and revision.order[0] == 0:
            yield f"{revision.place}.number", f"{revision.number} is a draft, but the status is {advisory.status}"


def prereleases_in_history(advisory: Advisory) -> Iterator[Finding]:
    """6.1.19"""
    for revision in advisory.revisions:
        if prerelease_of(revision.number):
            yield f"{revision.place}.number", f"{revision.number} is a pre-release"


def released_prerelease(advisory: Advisory) -> Iterator[Finding]:
    """6.1.20"""
    version = fields.text(advisory.tracking, "version")
    if advisory.status in ("final", "interim") and prerelease_of(version):
        yield _VERSION, f"{version} is a pre-release, but the status is {advisory.status}"


def gaps_in_history(advisory: Advisory) -> Iterator[Finding]:
    """6.1.21"""
    known = [one for one in advisory.revisions if one.order is not None]
    if not known:
        return
    first = _major(known[0])
    if first not in (0, 1):
        yield f"{known[0].place}.number", f"the first revision is {known[0].number}, not 0 or 1"
    present = {_major(one) for one in known}
    for before, after in pairwise(known):
        if _major(after) - _major(before) > 1:
            elsewhere = "in its place " if _major(before) + 1 in present else ""
            yield f"{after.place}.number", f"version {_major(before) + 1} is missing {elsewhere}before {after.number}"


def _major(revision: Revision) -> int:
    return revision.order[0] if revision.order else 0


def repeated_revisions(advisory: Advisory) -> Iterator[Finding]:
    """6.1.22"""
    seen: set[str] = set()
    for revision in advisory.revisions:
        if revision.number and revision.number in seen:
            yield f"{revision.place}.number", f"there is another revision {revision.number}"
        seen.add(revision.number)


def mixed_versioning(advisory: Advisory) -> Iterator[Finding]:
    """6.1.30"""
    numbers = [(f"{one.place}.number", one.number) for one in advisory.revisions if one.order is not None]
    version = fields.text(advisory.tracking, "version")
    if order_of(version) is not None:
        numbers.append((_VERSION, version))
    semantic = [place for place, number in numbers if is_semantic(number)]
    if semantic and len(semantic) < len(numbers):
        yield semantic[0], "the document mixes whole numbers with semantic versions"


RULES = (
    Rule("6.1.14", "sorted revision history", unsorted_history),
    Rule("6.1.16", "latest document version", outdated_version),
    Rule("6.1.17", "document status draft", released_draft),
    Rule("6.1.18", "released revision history", drafts_in_history),
    Rule("6.1.19", "revision history entries for pre-release versions", prereleases_in_history),
    Rule("6.1.20", "non-draft document version", released_prerelease),
    Rule("6.1.21", "missing item in revision history", gaps_in_history),
    Rule("6.1.22", "multiple definition in revision history", repeated_revisions),
    Rule("6.1.30", "mixed integer and semantic versioning", mixed_versioning),
)
