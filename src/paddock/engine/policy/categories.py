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
_RESTRICTIVE = frozenset({"source-available", "proprietary", "restricted", "commercial"})


def categories_of(term: Term, classification: Classification) -> tuple[str, ...]:
    """The categories of a licence, the main one first; empty when the policy knows none.

    Looked up in this order: the licence with its exception, the licence alone, the base, `unlisted`. "X+" counts as X.
    An exception that is not known, or one that restricts, leaves nothing of what is known about the licence alone.
    """
    found = _listed(term, classification) or (_base(term) if classification.base else ())
    if found:
        return found
    return (classification.unlisted,) if classification.unlisted else ()


def _listed(term: Term, classification: Classification) -> tuple[str, ...]:
    if found := classification.licenses.get(term.id):
        return found
    for name in (term.license, term.license.removesuffix("+")):
        if found := classification.licenses.get(name):
            main = _with_exception(found[0], term)
            if classification.base:
                return (main, *found[1:]) if main else ()
            return found if main not in _RESTRICTIVE | {""} else ()
    return ()


def _with_exception(category: str, term: Term) -> str:
    """What the exception makes of the licence's category; "" when that cannot be told.

    One that lets works of any licence be combined with a component makes its copyleft weak, never permissive: for the
    component itself the licence holds. Additional terms that restrict use (the Commons Clause) restrict the whole.
    """
    if not term.exception:
        return category
    found = find_license(term.exception)
    addition = BASE.get(found.category, "") if found else ""
    if not addition or addition in _RESTRICTIVE:
        return addition
    frees = addition in {PUBLIC_DOMAIN, PERMISSIVE, WEAK}
    return WEAK if frees and _is_copyleft(term) else category


def _is_copyleft(term: Term) -> bool:
    found = find_license(term.license.removesuffix("+"))
    return found is not None and BASE.get(found.category) in {WEAK, STRONG}


def _base(term: Term) -> tuple[str, ...]:
    found = find_license(term.license.removesuffix("+"))
    category = BASE.get(found.category, "") if found else ""
    main = _with_exception(category, term) if category else ""
    return (main,) if main else ()
