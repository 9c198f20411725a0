# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What pages say about a dry run: how far it is, what it found, about which text, and whether that still counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.dry_runs.models import DryRun
from paddock.hub.dry_runs.queries import Tally, tally_of, time_left
from paddock.hub.dry_runs.tables import CAUSES
from paddock.hub.dry_runs.types import GOING, DryRunState
from paddock.hub.policies.queries import version_in_force
from paddock.hub.policies.types import VersionState
from paddock.hub.products.types import Outcome

PATIENCE = timedelta(minutes=10)
"""How long a dry run may wait for a worker before its page says that something may be wrong."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number in words, and the list that it counts."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A dry run as its page shows it.

    counts: what it found, the worst first; none where nothing would change. is_about_this_text: whether the version
    still says what was tried. saved_since: how often it was saved since. other_rules: whether other rules are in force
    by now than those it was compared with. in_part: whether the actor sees only a part of the releases.
    """

    dry_run: DryRun
    going: bool
    tone: str
    counts: list[Count]
    label: str
    note: str
    is_about_this_text: bool
    saved_since: int
    other_rules: bool
    in_part: bool

    @property
    def counts_now(self) -> bool:
        """Whether it says what releasing the version would do: it has ended by itself, and nothing moved on."""
        ended = self.dry_run.state == DryRunState.DONE
        return ended and self.is_about_this_text and not self.other_rules


def trial_of(dry_run: DryRun, actor: Actor, moment: datetime) -> Trial:
    """What to say about a dry run whose policy the actor may see. Two queries."""
    version, unit = dry_run.version, dry_run.version.policy.unit
    going = dry_run.state in GOING
    tally = tally_of(dry_run, actor)
    holds = version_in_force(unit.path)
    is_draft = version.state == VersionState.DRAFT
    return Trial(
        dry_run=dry_run,
        going=going,
        tone="info" if going else tone_of(tally),
        counts=counts_of(tally, reverse("dry-run", args=[dry_run.pk])),
        label=label_of(dry_run),
        note=note_of(dry_run, moment),
        is_about_this_text=dry_run.sha256 == version.sha256,
        saved_since=version.revision - dry_run.revision,
        other_rules=is_draft and (holds.pk if holds else None) != dry_run.compared_with_id,
        in_part=not actor.may(Permission.SEE_PRODUCTS, unit.path),
    )


def tone_of(tally: Tally) -> str:
    """Red where a release would turn not compliant, amber where one would need a decision, green otherwise."""
    return "bad" if tally.into_not_compliant else "warn" if tally.into_undecided else "good"


def counts_of(tally: Tally, url: str) -> list[Count]:
    """The numbers of a tally that are not 0, in words that follow each other in a sentence."""
    bad, undecided, good, causes = (
        tally.into_not_compliant, tally.into_undecided, tally.into_compliant, tally.only_causes
    )  # fmt: skip
    found = (
        (bad, Outcome.NOT_COMPLIANT, ngettext(
            "%(n)s release would turn not compliant", "%(n)s releases would turn not compliant", bad
        )),
        (undecided, Outcome.UNDECIDED, ngettext(
            "%(n)s release would turn undecided", "%(n)s releases would turn undecided", undecided
        )),
        (good, Outcome.COMPLIANT, ngettext(
            "%(n)s release would turn compliant", "%(n)s releases would turn compliant", good
        )),
        (causes, CAUSES, ngettext(
            "%(n)s release keeps its verdict for other causes", "%(n)s releases keep their verdicts for other causes",
            causes,
        )),
    )  # fmt: skip
    return [Count(words % {"n": n}, f"{url}?turn={turn.replace(' ', '+')}") for n, turn, words in found if n]


def label_of(dry_run: DryRun) -> str:
    """How far it is, in words."""
    labels = {
        DryRunState.WAITING: _("The dry run waits for a worker"),
        DryRunState.RUNNING: _("The dry run tries the draft on the releases"),
        DryRunState.DONE: _("The dry run is done"),
        DryRunState.STOPPED: _("The dry run was stopped"),
        DryRunState.FAILED: _("The dry run could not be finished"),
    }
    return labels[DryRunState(dry_run.state)]


def note_of(dry_run: DryRun, moment: datetime) -> str:
    """How long it will take yet, roughly, or that nobody has begun it; "" where there is nothing to tell."""
    if dry_run.state == DryRunState.WAITING and moment - dry_run.created_at > PATIENCE:
        return _("No worker has begun it yet, which is unusual. Stop it and try again, or ask an administrator.")
    time = time_left(dry_run, moment)
    if time is None:
        return ""
    minutes = round(time.total_seconds() / 60)
    if minutes < 1:
        return _("Less than a minute left.")
    return ngettext("About one minute left.", "About %(n)s minutes left.", minutes) % {"n": minutes}
