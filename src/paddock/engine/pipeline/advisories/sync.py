# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Brings the database up to date with a server."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Protocol

from paddock.engine.advisor.change import changing
from paddock.engine.advisor.feed import EPSS, KEV, BrokenArchive, Report, feed_epss, feed_kev
from paddock.engine.advisor.writer import Writer
from paddock.engine.clients.advisories import Client, FetchFailed, join
from paddock.engine.model.errors import EngineError, Unreadable
from paddock.engine.pipeline.advisories.jobs import Catalogue, Ecosystem, Mark
from paddock.engine.pipeline.advisories.plan import (
    ECOSYSTEMS,
    EPSS_ADDRESS,
    EPSS_FILE,
    KEV_ADDRESS,
    KEV_FILE,
    OSV,
    Outcome,
    Plan,
    Progress,
)

DOWNLOADS = "advisories.downloads"
"""The folder, beside the database, in which files wait until they are in it."""


class Job(Protocol):
    """One source to bring in."""

    @property
    def name(self) -> str:
        """Of the source."""

    def bring(self, now: datetime, progress: Progress) -> Report:
        """What became of its documents. Raises FetchFailed, BrokenArchive, Unreadable."""


class NothingFetched(EngineError):
    """No source could be fetched; the database is as it was."""


def sync(database: Path, plan: Plan, client: Client, *, now: datetime, progress: Progress = lambda *_: None) -> Outcome:
    """Bring the database up to date with a server. What cannot be fetched is told, and the rest goes on.

    Raises NothingFetched, BusyDatabase, UnwritableDatabase; the database is then as it was.
    """
    folder = database.with_name(DOWNLOADS)
    reports: list[Report] = []
    failures: list[tuple[str, str]] = []
    with changing(database, now=now) as writer:
        for job in _jobs(plan, writer, client, folder):
            try:
                reports.append(job.bring(now, progress))
            except (FetchFailed, BrokenArchive, Unreadable) as error:
                failures.append((job.name, str(error)))
        if all(report.missing for report in reports):
            missing = [issue.message for report in reports for issue in report.issues]
            reasons = dict.fromkeys(reason for _, reason in failures) or [f"{plan.base}: {missing[0]}"]
            raise NothingFetched("\n".join(reasons))
    shutil.rmtree(folder, ignore_errors=True)
    return Outcome(reports=tuple(reports), failures=tuple(failures))


def _jobs(plan: Plan, writer: Writer, client: Client, folder: Path) -> list[Job]:
    marks = {name: Mark.read(text) for name, text in writer.marks().items()}
    served = tuple(name for name, mark in sorted(marks.items()) if mark.base and name not in {KEV, EPSS})
    names = plan.ecosystems or served or ECOSYSTEMS
    jobs: list[Job] = [
        Ecosystem(name, plan, marks.get(name, Mark()), writer, client=client, folder=folder)
        for name in dict.fromkeys(names)
    ]
    usual = plan.base == OSV
    kev = plan.kev or (KEV_ADDRESS if usual else join(plan.base, KEV_FILE))
    epss = plan.epss or (EPSS_ADDRESS if usual else join(plan.base, EPSS_FILE))
    for name, address, feed in ((KEV, kev, feed_kev), (EPSS, epss, feed_epss)):
        mark = marks.get(name, Mark())
        jobs.append(Catalogue(name, address, feed, mark, writer, client=client, folder=folder))
    return jobs
