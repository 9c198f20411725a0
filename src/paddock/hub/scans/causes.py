# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The reasons of a verdict as people act on them: by cause, with the packages concerned. Pure but for addresses."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

import msgspec
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paddock.engine.model.component import display_name
from paddock.engine.model.purl import InvalidPurl, parse_purl
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import AppliedWaiver, Reason
from paddock.engine.reporter.causes import CauseGroup, group_by_cause, group_by_remedy

MOST_NAMED = 10
"""Packages that a cause names; the others are in the list of components."""
ADVISORIES = "advisories"
LABELS: dict[str, tuple[str, Promise]] = {
    "must not ship": ("bad", _("Must not ship")),
    "needs an answer": ("warn", _("Needs an answer")),
    "take note": ("info", _("Take note")),
}
"""What a cause means for shipping, as the engine calls it -> tone and words; in the order in which causes are shown."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """One component (or project, or the scan itself) that a cause is about. url: of the package's page; why_url: of the
    page that tells how it gets in; both "" where there is none."""

    name: str
    message: str
    url: str
    why_url: str


@dataclass(frozen=True, slots=True)
class ShownCause:
    """Causes that say the same about why and what to do. key: in addresses. number: of components or projects, or of
    reasons where it is about neither. titles: of the single causes, where there are several. more: components that are
    not named, more_url: the list that has all of them."""

    key: str
    title: str
    titles: tuple[str, ...]
    label: str
    why: str
    how_to_fix: str
    waivable_by: str
    number: int
    concerned: tuple[Concerned, ...]
    more: int
    all_url: str
    waivers: tuple[AppliedWaiver, ...]

    @property
    def tone(self) -> str:
        """Of `pages.icons.TONES`."""
        return LABELS[self.label][0]

    @property
    def word(self) -> Promise:
        """What it means for shipping."""
        return LABELS[self.label][1]


def reasons_from(stored: Sequence[Any]) -> tuple[Reason, ...]:
    """The reasons of an evaluation as the engine's values."""
    return msgspec.convert(stored, tuple[Reason, ...])


def groups_of(reasons: Iterable[Reason], *, waived: bool = False) -> dict[str, CauseGroup]:
    """The causes of the open (or of the waived) reasons by their key, the weightiest first."""
    chosen = tuple(reason for reason in reasons if (reason.waiver is not None) is waived)
    return {key_of(group): group for group in group_by_remedy(group_by_cause(chosen))}


def key_of(group: CauseGroup) -> str:
    """A short name for addresses, the same for every verdict that has this cause."""
    parts = (group.label, group.causes[0].rule, group.why, group.how_to_fix, group.waivable_by)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def shown_causes(reasons: Iterable[Reason], release_id: UUID, *, waived: bool = False) -> list[ShownCause]:
    """The causes as a page shows them: what must not ship, then what needs an answer, then notes."""
    order = list(LABELS)
    shown = [_shown(key, group, release_id) for key, group in groups_of(reasons, waived=waived).items()]
    return sorted(shown, key=lambda cause: order.index(cause.label))


def _shown(key: str, group: CauseGroup, release_id: UUID) -> ShownCause:
    reasons = [reason for cause in group.causes for reason in cause.reasons]
    components = any(reason.ref.startswith("pkg:") for reason in reasons)
    all_url = f"{reverse('release-components', args=[release_id])}?cause={key}" if components else ""
    return ShownCause(
        key=key,
        title=group.title,
        titles=tuple(cause.title for cause in group.causes) if len(group.causes) > 1 else (),
        label=group.label,
        why=group.why,
        how_to_fix=group.how_to_fix,
        waivable_by=group.waivable_by,
        number=group.packages or len(reasons),
        concerned=tuple(concerned(reason, release_id) for reason in reasons[:MOST_NAMED]),
        more=max(0, len(reasons) - MOST_NAMED),
        all_url=all_url,
        waivers=tuple(dict.fromkeys(reason.waiver for reason in reasons if reason.waiver is not None)),
    )


def concerned(reason: Reason, release_id: UUID) -> Concerned:
    """What a reason is about, with the pages about that."""
    if not reason.ref.startswith("pkg:"):
        return Concerned(reason.ref, reason.message, "", "")
    return Concerned(name_of(reason.ref), reason.message, package_url(reason.ref), why_url(release_id, reason.ref))


def name_of(purl: str) -> str:
    """Name and version as people write them, from a package URL; the URL itself where it cannot be read."""
    try:
        parsed = parse_purl(purl)
    except InvalidPurl:
        return purl
    return f"{display_name(parsed)} {parsed.version or ''}".strip()


def package_url(purl: str) -> str:
    """The page of the package of a component."""
    return f"{reverse('package')}?purl={quote(purl, safe='')}"


def why_url(release_id: UUID, purl: str) -> str:
    """The page that tells how a component gets into a release."""
    return f"{reverse('release-why', args=[release_id])}?purl={quote(purl, safe='')}"


def causes_in_short(reasons: Iterable[Reason]) -> list[list[Any]]:
    """The open causes as `models.Evaluation.causes` keeps them."""
    causes = group_by_cause(tuple(reason for reason in reasons if reason.waiver is None))
    return [[cause.label, cause.title, len({reason.ref for reason in cause.reasons})] for cause in causes]


def data_in_short(result: Result) -> list[list[str]]:
    """Names and versions of the data that took part in a verdict, the advisories among them."""
    advisories = result.advice.data if result.advice is not None else None
    dated = [[ADVISORIES, advisories.updated.isoformat()]] if advisories is not None else []
    return [*(list(pair) for pair in result.data), *dated]
