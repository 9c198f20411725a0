# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Gems as components: purls with platform, requirements that pin a version.

Versions and requirements: https://docs.ruby-lang.org/en/master/Gem/Version.html. A requirement without operator means
exactly that version.
"""

import re

from paddock.engine.analyzer.draft import Draft
from paddock.engine.model.purl import InvalidPurl, make_purl

_EXACT = re.compile(r"=?\s*(\d[0-9A-Za-z.-]*)")


def add_gem(
    draft: Draft,
    name: str,
    version: str = "",
    *,
    platform: str = "",
    vcs: str = "",
    line: int | None = None,
    **facts: object,
) -> str | None:
    """Note a gem; returns its ref, or None, with an issue, when the name can be none.

    platform: "java", "x86_64-linux" …; the default "ruby" is left out, as the purl type says. vcs: the repository a gem
    was taken from, which then is part of its identity. facts: `path` and further fields of Component.
    """
    qualifiers = {"platform": platform if platform != "ruby" else "", "vcs_url": vcs}
    try:
        purl = make_purl("gem", name, version, qualifiers={key: value for key, value in qualifiers.items() if value})
    except InvalidPurl:
        draft.issue(f"{name!r} is no name of a gem", line=line)
        return None
    return draft.add(purl, line=line, vcs_url=vcs, **facts)  # type: ignore[arg-type]  # fields of Component, passed on


def pinned_version(requirements: list[str]) -> str:
    """The version, when the only requirement is an exact one; else an empty string."""
    match = _EXACT.fullmatch(requirements[0].strip()) if len(requirements) == 1 else None
    return match.group(1) if match else ""
