# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Crates as components."""

from paddock.engine.analyzer.draft import Draft
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl


def add_crate(draft: Draft, name: str, version: str = "", *, vcs: str = "", **facts: object) -> str | None:
    """Note a crate; returns its ref, or None, with an issue, when the name can be none.

    vcs: the repository and revision a crate was taken from, which then is part of its identity.
    """
    try:
        purl = make_purl("cargo", name, version, qualifiers={"vcs_url": vcs} if vcs else None)
    except InvalidPurl:
        draft.issue(f"{name!r} is no name of a crate")
        return None
    return draft.add(purl, vcs_url=vcs, **facts)  # type: ignore[arg-type]  # fields of Component, passed on


def crate_purl(name: str, version: str) -> PackageURL | None:
    """The purl of a crate in the tree, or None where it has no name."""
    try:
        return make_purl("cargo", name, version)
    except InvalidPurl:
        return None
