# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The table of the known vulnerabilities of a release."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paddock.engine.model.vulnerability import Vulnerability
from paddock.engine.reporter.vulnerable import page_of
from paddock.hub.pages.status import Status
from paddock.hub.pages.tables import Column, Empty, Filter, Table
from paddock.hub.scans.causes import package_url, why_url
from paddock.hub.scans.vulnerable import LEVEL_WORDS, OPEN, SETTLED, UNCERTAIN, Row

STATES = {
    OPEN: ("bad", gettext_lazy("Open")),
    UNCERTAIN: ("warn", gettext_lazy("Could not tell")),
    SETTLED: ("good", gettext_lazy("Settled")),
}
"""State -> tone and word."""
LONGEST = 90
"""Characters of what a vulnerability is about."""


def vulnerabilities_table(release_id: UUID, sentence: str, *, explained: bool) -> Table:
    """The vulnerabilities of one release. sentence: what an empty table says. explained: whether any row has a reason
    why it does not count, or why that cannot be told."""
    why = (Column("why", gettext_lazy("Why"), lambda row: row.why),) if explained else ()
    return Table(
        name="vulnerabilities",
        caption=gettext_lazy("Known vulnerabilities"),
        columns=(
            Column(
                "package", gettext_lazy("Package"), lambda row: row.name, sort="package",
                link=lambda row: package_url(row.ref),
            ),
            Column(
                "version", gettext_lazy("Version"), lambda row: row.version, sort="version",
                link=lambda row: why_url(release_id, row.ref),
            ),
            Column(
                "id", gettext_lazy("Vulnerability"), lambda row: row.item.vulnerability.id, sort="id",
                link=lambda row: page_of(row.item.vulnerability), note=lambda row: shortened(row.item.vulnerability),
            ),
            Column(
                "level", gettext_lazy("Level"), lambda row: Status(*LEVEL_WORDS[row.level]), sort="level",
                key=lambda row: row.rank, note=score,
            ),
            Column(
                "exploitation", gettext_lazy("Exploitation"), exploitation, sort="exploitation", key=urgency,
                note=lambda row: probability(row) if row.exploited else "",
            ),
            Column("remedy", gettext_lazy("Fixed in"), lambda row: row.remedy, sort="remedy", note=through),
            Column(
                "state", gettext_lazy("State"), lambda row: Status(*STATES[row.state]), sort="state",
                key=lambda row: list(STATES).index(row.state),
            ),
            *why,
        ),
        filters=(
            Filter("q", gettext_lazy("Package or vulnerability"), containing),
            Filter("level", gettext_lazy("Level"), lambda rows, value: [row for row in rows if row.level == value],
                   [(level, word) for level, (_tone, word) in LEVEL_WORDS.items()]),
            Filter("exploited", gettext_lazy("Exploited"), lambda rows, _yes: [row for row in rows if row.exploited],
                   [("yes", gettext_lazy("Known to be exploited"))]),
            Filter("state", gettext_lazy("State"), lambda rows, value: [row for row in rows if row.state == value],
                   [(state, word) for state, (_tone, word) in STATES.items()]),
        ),
        order="",
        empty=Empty(sentence),
    )  # fmt: skip


def containing(rows: Sequence[Row], text: str) -> list[Row]:
    """The rows with the text in the package's name or in any name of the vulnerability."""
    text = text.lower()
    return [row for row in rows
            if text in row.ref.lower() or any(text in one.lower() for one in row.item.vulnerability.ids)]  # fmt: skip


def shortened(vulnerability: Vulnerability) -> str:
    """What it is about, in a line or two."""
    summary = vulnerability.summary
    return summary if len(summary) <= LONGEST else f"{summary[: LONGEST - 1]}…"


def score(row: Row) -> str:
    """The score and by which method, where somebody gave one."""
    rating = row.item.vulnerability.rating
    return f"{rating.score:.1f} {rating.method}".strip() if rating and rating.score is not None else ""


def exploitation(row: Row) -> Status | str:
    """That a catalogue says that it is exploited, and since when; else how probable that is."""
    known = row.item.vulnerability.kev
    if known is None:
        return probability(row)
    day = _("Exploited since %(day)s") % {"day": known.added.isoformat()} if known.added else _("Exploited")
    return Status("bad", day)


def probability(row: Row) -> str:
    """The probability of exploitation in the next 30 days."""
    epss = row.item.vulnerability.epss
    return f"EPSS {epss.probability:.1%}" if epss is not None else ""


def urgency(row: Row) -> float:
    """For sorting: what is exploited is above all that may be."""
    epss = row.item.vulnerability.epss
    return row.exploited + (epss.probability if epss is not None else 0.0)


def through(row: Row) -> str:
    """What to have bring another version, where the component is not asked for by the project itself."""
    names = row.package.through
    if not names:
        return ""
    more = _(" and %(count)s more") % {"count": len(names) - 1} if len(names) > 1 else ""
    return _("comes in through %(name)s") % {"name": names[0]} + more
