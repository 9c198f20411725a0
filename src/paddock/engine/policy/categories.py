# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Categories of licences by a policy, and the base that most policies build on.

The base is the category that ScanCode LicenseDB (https://scancode-licensedb.aboutcode.org/, Copyright nexB Inc. and
others, CC-BY-4.0) gives a licence, in the words of `BASE`.
"""

from paddock.engine.policy.types import Category, Classification
from paddock.engine.spdx.expression import Term
from paddock.engine.spdx.licenses import find_license

PERMISSIVE, PUBLIC_DOMAIN, WEAK, STRONG = "permissive", "public-domain", "weak-copyleft", "strong-copyleft"

BASE: dict[str, str] = {
    "Public Domain": PUBLIC_DOMAIN,
    "Permissive": PERMISSIVE,
    "Copyleft Limited": WEAK,
    "Copyleft": STRONG,
    "Source-available": "source-available",
    "Proprietary Free": "proprietary",
    "Free Restricted": "restricted",
    "Commercial": "commercial",
    "Patent License": "patent",
    "CLA": "contributor-agreement",
    "Unstated License": "unstated",
}
"""LicenseDB's categories in the words of policies."""

BASE_CATEGORIES: tuple[Category, ...] = (
    Category(PUBLIC_DOMAIN, "No conditions."),
    Category(PERMISSIVE, "Keep notices; otherwise free to use in anything."),
    Category(WEAK, "Changes to the component itself must be shared; it may be used in works under other licences."),
    Category(STRONG, "Whole works that contain the component must be under the same licence when passed on."),
    Category("source-available", "The source may be read, but use is restricted."),
    Category("proprietary", "Free of charge, under the vendor's own terms."),
    Category("restricted", "Free, but not for every field of use or every change."),
    Category("commercial", "Needs a paid or negotiated licence."),
    Category("patent", "A licence to patents only."),
    Category("contributor-agreement", "Terms for contributors, not for users."),
    Category("unstated", "A statement from which no licence follows."),
)
_FREEDOM = {PUBLIC_DOMAIN: 0, PERMISSIVE: 1, WEAK: 2, STRONG: 3}


def categories_of(term: Term, classification: Classification) -> tuple[str, ...]:
    """The categories of a licence, the main one first; empty when the policy knows none.

    Looked up in this order: the licence with its exception, the licence alone, the base, `unlisted`. "X+" counts as X.
    """
    listed = _listed(term, classification)
    if listed:
        return listed
    if classification.base and (found := _base(term)):
        return (found,)
    return (classification.unlisted,) if classification.unlisted else ()


def _listed(term: Term, classification: Classification) -> tuple[str, ...]:
    for name in (term.id, term.license, term.license.removesuffix("+")):
        if found := classification.licenses.get(name):
            if name != term.id and term.exception and classification.base:
                return _freed(found, term.exception)
            return found
    return ()


def _freed(categories: tuple[str, ...], exception: str) -> tuple[str, ...]:
    """A copyleft licence is as free as its exception makes it (GPL with Classpath exception: weak)."""
    found = find_license(exception)
    weaker = BASE.get(found.category, "") if found else ""
    if weaker in _FREEDOM and _FREEDOM.get(categories[0], 9) > _FREEDOM[weaker]:
        return (weaker, *categories[1:])
    return categories


def _base(term: Term) -> str:
    found = find_license(term.license.removesuffix("+"))
    if found is None:
        return ""
    category = BASE.get(found.category, "")
    return _freed((category,), term.exception)[0] if category in _FREEDOM and term.exception else category
