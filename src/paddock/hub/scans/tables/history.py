# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The table of the verdicts about a release."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paddock.hub.pages.tables import Column, Empty, Filter, Table
from paddock.hub.products.outcomes import outcome_status
from paddock.hub.products.sentences import in_words
from paddock.hub.products.types import Outcome
from paddock.hub.scans.history import Step

OUTCOMES = (Outcome.NOT_COMPLIANT, Outcome.UNDECIDED, Outcome.COMPLIANT)
MOST_CAUSES = 3


def history_table() -> Table:
    """The verdicts about one release."""
    return Table(
        name="verdicts",
        caption=gettext_lazy("Verdicts"),
        columns=(
            Column("at", gettext_lazy("When"), lambda row: row.verdict.at, sort="at"),
            Column(
                "outcome", gettext_lazy("Verdict"), lambda row: outcome_status(row.verdict.outcome), sort="outcome",
                key=lambda row: OUTCOMES.index(Outcome(row.verdict.outcome)),
                note=lambda row: in_words(row.verdict.sentence),
            ),
            Column("forbidding", gettext_lazy("Causes that forbid shipping"), lambda row: row.forbidding,
                   sort="forbidding", number=True),
            Column("asking", gettext_lazy("Questions"), lambda row: row.asking, sort="asking", number=True),
            Column("came", gettext_lazy("Came"), lambda row: named(row, row.came)),
            Column("went", gettext_lazy("Went"), lambda row: named(row, row.went)),
            Column(
                "policy", gettext_lazy("Policy"), lambda row: row.verdict.policy or _("Paddock's own"), sort="policy",
                link=lambda row: row.verdict.policy_url,
            ),
        ),
        filters=(
            Filter(
                "outcome", gettext_lazy("Verdict"),
                lambda rows, value: [row for row in rows if row.verdict.outcome == value],
                [(one.value, one.label) for one in OUTCOMES],
            ),
            Filter("cause", gettext_lazy("Cause"), lambda rows, text: [
                row for row in rows if any(text.lower() in title.lower() for title in (*row.came, *row.went))]),
        ),
        order="-at",
        empty=Empty(gettext_lazy("Nothing was decided about this release yet. Hand in a bill of materials.")),
    )  # fmt: skip


def named(row: Step, titles: tuple[str, ...]) -> str:
    """The causes that came or went, the first few by name."""
    if row.first:
        return ""
    more = len(titles) - MOST_CAUSES
    listed = "; ".join(titles[:MOST_CAUSES])
    return _("%(causes)s and %(count)s more") % {"causes": listed, "count": more} if more > 0 else listed
