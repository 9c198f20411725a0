# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock diff BEFORE AFTER`: what changed, in packages, licences and findings."""

import io
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec
from rich.console import Console

from paddock.cli.clock import now
from paddock.cli.options import Applied, build_settings, policy_options
from paddock.cli.output import check_writable, write_bytes
from paddock.cli.page import Page
from paddock.cli.parameter_types import ANYTHING, FILE
from paddock.cli.progress import progress_bar
from paddock.cli.reading import reading
from paddock.cli.terminal import MAX_WIDTH, make_console
from paddock.engine.model.result import Result
from paddock.engine.pipeline.run import run
from paddock.engine.reporter.difference import Difference, compare_results

_SHOWN = 20
_STYLES = {
    "new findings": "bad",
    "gone findings": "good",
    "added": "note",
    "removed": "quiet",
    "upgraded": "good",
    "downgraded": "open",
    "changed": "open",
}


@click.command()
@click.argument("before", type=ANYTHING)
@click.argument("after", type=ANYTHING)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), help="Default: text, or as FILE is named.")
@click.option("-o", "--output", type=FILE, help="Default: standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was asked for; the exit code tells.")
@click.option("-v", "--verbose", is_flag=True, help="List everything.")
@policy_options
def command(
    before: Path,
    after: Path,
    *,
    form: str | None,
    output: Path | None,
    quiet: bool,
    verbose: bool,
    applied: Applied,
) -> int:
    """Compare BEFORE and AFTER, each a source tree, an SBOM or a result: packages added, removed, up- and downgraded,
    licences changed, findings new and gone.

    Exit codes: 0 nothing changed, 1 something did.
    """
    target = None if output is None or str(output) == "-" else output
    check_writable(target)
    found = compare_results(_result_of(before, applied, quiet=quiet), _result_of(after, applied, quiet=quiet))
    if form == "json" or (form is None and target is not None and target.suffix.lower() == ".json"):
        if target is not None or not quiet:
            write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n", target)
    elif target is not None:
        text = io.StringIO()
        _show(Page(Console(file=text, width=MAX_WIDTH, color_system=None)), found, None)
        write_bytes(text.getvalue().encode(), target)
    elif not quiet:
        _show(Page(make_console()), found, None if verbose else _SHOWN)
    return 0 if found.empty else 1


def _result_of(path: Path, applied: Applied, *, quiet: bool) -> Result:
    settings = build_settings(path, applied)
    with reading(path), progress_bar(quiet=quiet) as progress:
        return run(path, settings, now=now(), progress=progress)


def _show(page: Page, found: Difference, limit: int | None) -> None:
    if found.empty:
        page.say(("Nothing changed.", "good"))
        return
    page.say((_sentence(found), "title"))
    rows: dict[str, list[str]] = {
        "new findings": [f"{finding.cause}: {finding.package}" for finding in found.new_findings],
        "gone findings": [f"{finding.cause}: {finding.package}" for finding in found.gone_findings],
        "added": list(found.added),
        "removed": list(found.removed),
    }
    for direction in ("upgraded", "downgraded", "changed"):
        rows[direction] = [
            f"{change.name}  {', '.join(change.before)} → {', '.join(change.after)}"
            for change in found.versions
            if change.direction == direction
        ]
    rows["licences"] = [f"{change.name}  {change.before} → {change.after}" for change in found.licenses]
    for title, lines in rows.items():
        _section(page, title, lines, limit)
    if page.cut:
        page.gap()
        page.say(("--verbose lists everything", "quiet"))


def _section(page: Page, title: str, lines: Sequence[str], limit: int | None) -> None:
    if not lines:
        return
    page.gap()
    page.say((title, _STYLES.get(title, "title")), (f"  {len(lines):,}", "quiet"))
    shown = lines if limit is None or len(lines) <= limit + 1 else lines[:limit]
    for line in shown:
        page.say(line, indent=4, hang=6)
    page.more(len(lines) - len(shown), indent=4, what="more")


def _sentence(found: Difference) -> str:
    counts = {
        "added": len(found.added),
        "removed": len(found.removed),
        "with other versions": len(found.versions),
        "with other licences": len(found.licenses),
    }
    parts = [f"{count:,} {what}" for what, count in counts.items() if count]
    packages = f"Packages: {', '.join(parts)}." if parts else "The packages are the same."
    findings = [
        f"{len(one):,} {what}" for one, what in ((found.new_findings, "new"), (found.gone_findings, "gone")) if one
    ]
    return f"{packages} Findings: {', '.join(findings)}." if findings else packages
