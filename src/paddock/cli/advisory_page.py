# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The advisory database on the terminal: what came in, what is there, what a vulnerability is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console

from paddock.cli.page import Page
from paddock.cli.vulnerabilities import counted_advisories
from paddock.engine.advisor.entries import Entry
from paddock.engine.advisor.feed import totals
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.vulnerability import AdvisoryData, Vulnerability
from paddock.engine.pipeline.advisories.plan import Outcome

_SHOWN = 5
_PACKAGES = 20
_STYLES = {"critical": "bad", "high": "open", "medium": "note"}


def show_outcome(
    console: Console, outcome: Outcome, data: AdvisoryData, path: Path, *, quiet: bool, verbose: bool
) -> None:
    """What a sync or import brought. `quiet`: only what could not be read."""
    page = Page(console)
    if not quiet:
        _brought(page, outcome, data, path)
    for name, reason in outcome.failures:
        page.say(("could not be read  ", "bad"), (name, "title"), f": {reason}", hang=4)
    issues = [
        issue for report in outcome.reports for issue in report.issues if verbose or issue.severity is not Severity.HINT
    ]
    if issues and not quiet:
        _remarks(page, issues, sum(report.further_issues for report in outcome.reports), verbose=verbose)


def _brought(page: Page, outcome: Outcome, data: AdvisoryData, path: Path) -> None:
    sums = totals(list(outcome.reports))
    changes = [f"{sums[name]:,} {name}" for name in ("added", "changed", "removed") if sums[name]]
    if sums["facts"]:
        changes.append(f"facts about {sums['facts']:,} CVEs")
    sign, style = ("✗", "bad") if outcome.failures else ("✓", "good")
    page.say((f"{sign} {counted_advisories(data.records)}: {', '.join(changes) or 'nothing new'}.", style), hang=2)
    page.say((str(path), "quiet"), indent=2)
    for report in outcome.reports:
        parts = [
            f"{getattr(report, name):,} {name}" for name in ("added", "changed", "removed") if getattr(report, name)
        ]
        if report.facts:
            parts.append(f"{report.facts:,} CVEs")
        if report.refused:
            parts.append(f"{report.refused:,} could not be read")
        if parts:
            page.say((f"{report.source:<24} ", "note"), ", ".join(parts), indent=2, hang=27)


def _remarks(page: Page, issues: Sequence[Issue], further: int, *, verbose: bool) -> None:
    page.gap()
    count = len(issues) + further
    page.say(("could not tell  ", "open"), (f"{count:,} remark{'s' * (count != 1)} on the data", "title"))
    for issue in issues if verbose else issues[:_SHOWN]:
        page.say((issue.path, "title"), f": {issue.message}", indent=4, hang=6)
    if not verbose:
        page.more(count - len(issues[:_SHOWN]), indent=4, what="more; --verbose shows all")


def show_database(console: Console, data: AdvisoryData, path: Path, now: datetime, *, verified: bool) -> None:
    """What is in a database, how old it is, and where it lies."""
    page = Page(console)
    days = max(0, (now - data.updated).days)
    age = "today" if days == 0 else f"{days:,} day{'s' * (days != 1)} ago"
    page.say((f"{counted_advisories(data.records)}, last changed {age}.", "title"))
    parts = [str(path), f"{path.stat().st_size / 1e6:,.1f} MB"]
    page.listed([*parts, "every byte checked"] if verified else parts, indent=2, style="quiet")
    page.gap()
    for source in data.sources:
        newest = f"newest {source.modified:%Y-%m-%d}" if source.modified else ""
        page.say((f"{source.name:<24} ", "note"), f"{source.records:>8,}  ", (newest, "quiet"), indent=2)


def show_vulnerability(
    console: Console, vulnerability: Vulnerability, packages: Mapping[str, Sequence[tuple[str, tuple[Entry, ...]]]]
) -> None:
    """All that is known about one; packages: what each record says, by its id."""
    page = Page(console)
    page.say((vulnerability.id, "title"), f"  {vulnerability.summary}", hang=2)
    names = [*vulnerability.aliases, *(f"related {name}" for name in vulnerability.related)]
    if names:
        page.listed(names, indent=2, style="quiet")
    for rating in vulnerability.ratings:
        score = f" {rating.score:.1f}" if rating.score is not None else ""
        details = ", ".join(part for part in (rating.method, rating.source) if part)
        spans = (f"{rating.level.value}{score}", _STYLES.get(rating.level.value, "")), (f"  {details}", "quiet")
        page.labelled("severity", *spans)
    _exploitation(page, vulnerability)
    if vulnerability.weaknesses:
        page.listed(list(vulnerability.weaknesses), indent=2, label="weakness")
    if vulnerability.published:
        changed = f", changed {vulnerability.modified:%Y-%m-%d}" if vulnerability.modified else ""
        page.labelled("published", f"{vulnerability.published:%Y-%m-%d}{changed}")
    if not vulnerability.records:
        page.gap()
        page.say(("No advisory in the database is about it; this is what catalogues say.", "quiet"), indent=2, hang=2)
    shown = 0
    for record in vulnerability.records:
        page.gap()
        page.say((record.id, "note"), (f"  {record.origin}", "quiet"))
        for key, entries in packages.get(record.id, ()):
            if shown == _PACKAGES:
                break
            shown += 1
            _affected(page, key, entries)
    page.more(sum(map(len, packages.values())) - shown, indent=4, what="more packages; --raw shows all")
    if vulnerability.references:
        page.gap()
        for url in vulnerability.references:
            page.say((url, "quiet"), indent=2)


def _exploitation(page: Page, vulnerability: Vulnerability) -> None:
    kev, epss, ssvc = vulnerability.kev, vulnerability.epss, vulnerability.ssvc
    if kev is not None:
        since = f", in {kev.catalogue} since {kev.added:%Y-%m-%d}" if kev.added else f" ({kev.catalogue})"
        page.labelled("exploited", (f"yes{since}{', by ransomware too' if kev.ransomware else ''}", "bad"))
    if epss is not None:
        than = f", more than {epss.percentile:.0%} of all" if epss.percentile is not None else ""
        page.labelled("EPSS", f"{epss.probability:.1%} within 30 days{than}")
    if ssvc is not None:
        points = (
            ("exploitation", ssvc.exploitation),
            ("automatable", ssvc.automatable),
            ("impact", ssvc.technical_impact),
        )
        page.labelled("SSVC", ", ".join(f"{name} {value}" for name, value in points if value))


def _affected(page: Page, key: str, entries: tuple[Entry, ...]) -> None:
    entries = tuple(dict.fromkeys(entries))  # what concerns several parts of a module stands there once for each
    for entry in entries[:_SHOWN]:
        ranges = [str(interval) for interval in entry.intervals]
        if entry.keys or entry.texts:
            ranges.append(f"{len(entry.keys) + len(entry.texts):,} listed versions")
        if entry.unsure:
            ranges.append(f"could not tell: {entry.unsure}")
        release = f" ({entry.release})" if entry.release else ""
        page.say((f"{key}{release}", "title"), f"  {' or '.join(ranges)}", indent=2, hang=4)
    page.more(len(entries) - len(entries[:_SHOWN]), indent=4, what="more releases")
