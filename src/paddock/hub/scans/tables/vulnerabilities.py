# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The table of the known vulnerabilities of a release."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paddock.engine.reporter.vulnerable import page_of, rated
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


def vulnerabilities_table(release_id: UUID, sentence: str) -> Table:
    """The vulnerabilities of one release. sentence: what an empty table says."""
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
                link=lambda row: why_url(release_id, row.ref), note=through,
            ),
            Column(
                "id", gettext_lazy("Vulnerability"), lambda row: row.item.vulnerability.id, sort="id",
                link=lambda row: page_of(row.item.vulnerability), note=lambda row: row.item.vulnerability.summary[:160],
            ),
            Column(
                "level", gettext_lazy("Level"), lambda row: Status(*LEVEL_WORDS[row.level]), sort="level",
                key=lambda row: row.rank, note=lambda row: rated(row.item.vulnerability),
            ),
            Column("exploited", gettext_lazy("Exploited"), exploited, sort="exploited", key=lambda row: row.exploited),
            Column("epss", gettext_lazy("EPSS %"), probability, sort="epss", number=True),
            Column("remedy", gettext_lazy("Fixed in"), lambda row: row.remedy, sort="remedy"),
            Column(
                "state", gettext_lazy("State"), lambda row: Status(*STATES[row.state]), sort="state",
                key=lambda row: list(STATES).index(row.state),
            ),
            Column("why", gettext_lazy("Why"), lambda row: row.why),
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


def exploited(row: Row) -> Status | None:
    """Whether a catalogue says that it is exploited, and since when."""
    known = row.item.vulnerability.kev
    if known is None:
        return None
    return Status("bad", _("Since %(day)s") % {"day": known.added.isoformat()} if known.added else _("Yes"))


def probability(row: Row) -> float | None:
    """The probability of exploitation in the next 30 days, in percent."""
    epss = row.item.vulnerability.epss
    return round(100 * epss.probability, 1) if epss is not None else None


def through(row: Row) -> str:
    """What to have bring another version, where the component is not asked for by the project itself."""
    names = ", ".join(row.package.through[:2])
    return _("comes in through %(names)s") % {"names": names} if names else ""
