# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the licences of what is delivered oblige to, as far as the policy and the licence list tell. Pure.

Nothing here is a statement of law: every text is that of the policy, of its categories, or of the licence list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Reason
from paddock.engine.policy.categories import BASE, BASE_CATEGORIES, PUBLIC_DOMAIN, STRONG, WEAK
from paddock.engine.policy.types import BUILT_IN, Category, Policy
from paddock.engine.reporter.causes import Cause, group_by_cause
from paddock.engine.reporter.licensed import licenses_by_ref
from paddock.engine.reporter.notice import delivered
from paddock.engine.spdx.licenses import find_license
from paddock.engine.spdx.parse import InvalidExpression, ids_in

UNREADABLE = ""
"""Stands for the licence of components whose licence is not known or cannot be read."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One licence. license: its id, UNREADABLE for none. category: by the policy, "" where it has none; says: what the
    policy (else the licence list) says of that category. listed: the category by the licence list, in its own word.
    told: whether anything is known about it; what a policy says of all licences that nobody lists is no knowledge.

    components: delivered ones in whose expression it stands. left: of them, those for which another alternative was
    chosen. without_text: those for which no licence text is at hand, so that the notice cannot carry it. causes: open
    ones about it, the weightiest first. waived: how many reasons about it were waived.
    """

    license: str
    category: str
    says: str
    listed: str
    told: bool
    components: int
    left: int
    without_text: int
    causes: tuple[Cause, ...] = ()
    waived: int = 0

    @property
    def applies(self) -> bool:
        """Whether any component stands under it after alternatives were chosen."""
        return self.left < self.components

    @property
    def shares_source(self) -> bool:
        """Whether the policy or the licence list call it copyleft: where source plays a part."""
        return BASE.get(self.listed) in {WEAK, STRONG} or "copyleft" in self.category

    @property
    def free(self) -> bool:
        """Whether the policy says that it has no conditions."""
        return self.category == PUBLIC_DOMAIN


@dataclass(slots=True)
class _Count:
    components: int = 0
    left: int = 0
    without_text: int = 0
    refs: set[str] = field(default_factory=set)
    reasons: list[Reason] = field(default_factory=list)


def obligations_of(result: Result, policy: Policy) -> list[Obligation]:
    """Every licence of what is delivered: those with open causes first, then by number of components."""
    counts = _counted(result)
    for reason in result.verdict.reasons if result.verdict else ():
        license = reason.license if reason.rule not in BUILT_IN else UNREADABLE
        count = counts.get(license)
        if count is not None and reason.ref in count.refs:
            count.reasons.append(reason)
    categories = dict(result.verdict.categories) if result.verdict else {}
    descriptions = _descriptions((*BASE_CATEGORIES, *policy.classification.categories))
    unlisted = policy.classification.unlisted
    found = [_obligation(license, count, categories, descriptions, unlisted) for license, count in counts.items()]
    return sorted(found, key=lambda one: (not one.causes, -one.components, one.license))


def _counted(result: Result) -> dict[str, _Count]:
    licenses = licenses_by_ref(result)
    chosen = {choice.ref: choice.chosen for choice in result.verdict.choices} if result.verdict else {}
    texts = {text.path for text in result.scan.texts} if result.scan else set()
    counts: dict[str, _Count] = {}
    for component in delivered(result):
        fact = licenses.get(component.ref)
        expression = fact.effective if fact else ""
        kept = _ids(chosen.get(component.ref, expression))
        for license in _ids(expression) or (UNREADABLE,):
            count = counts.setdefault(license, _Count())
            count.components += 1
            count.refs.add(component.ref)
            count.left += license != UNREADABLE and license not in kept
            count.without_text += texts.isdisjoint(component.license_files)
    return counts


def _ids(expression: str) -> tuple[str, ...]:
    try:
        return ids_in(expression) if expression else ()
    except InvalidExpression:
        return ()


def _descriptions(categories: Iterable[Category]) -> dict[str, str]:
    return {category.name: category.description for category in categories if category.description}


def _obligation(
    license: str, count: _Count, categories: Mapping[str, str], descriptions: Mapping[str, str], unlisted: str
) -> Obligation:
    known = find_license(license.partition(" WITH ")[0].removesuffix("+")) if license else None
    category = categories.get(license, "")
    return Obligation(
        license=license,
        category=category,
        says=descriptions.get(category, ""),
        listed=known.category if known else "",
        told=known is not None or category not in {"", unlisted},
        components=count.components,
        left=count.left,
        without_text=count.without_text,
        causes=group_by_cause(tuple(reason for reason in count.reasons if reason.waiver is None)),
        waived=sum(reason.waiver is not None for reason in count.reasons),
    )
