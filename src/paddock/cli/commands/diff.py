# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock diff A B`: what changed."""

from collections.abc import Sequence
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.text import Text

from paddock.cli.clock import now
from paddock.cli.options import ANYTHING, Applied, build_settings, policy_options
from paddock.cli.output import write_bytes
from paddock.cli.terminal import make_console, progress_bar
from paddock.engine.pipeline.run import run
from paddock.engine.reporter.difference import Difference, compare_results

_SHOWN = 20
_STYLES = {"added": "note", "removed": "quiet", "upgraded": "good", "downgraded": "open", "changed": "open"}


@click.command(short_help="Compare two trees, SBOMs or results: packages, licences, findings.")
@click.argument("before", type=ANYTHING)
@click.argument("after", type=ANYTHING)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: standard output.")
@click.option("-v", "--verbose", is_flag=True, help="List everything.")
@policy_options
def command(before: Path, after: Path, *, form: str, output: Path | None, verbose: bool, applied: Applied) -> int:
    """Compare BEFORE and AFTER, each a source tree, an SBOM or a result: packages added, removed, up- and downgraded,
    licences changed, findings new and gone.

    Exit codes: 0 nothing changed, 1 something did.
    """
    with progress_bar(quiet=False) as progress:
        results = [run(path, build_settings(path, applied), now=now(), progress=progress) for path in (before, after)]
    found = compare_results(*results)
    if form == "json":
        write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n", output)
    elif output is not None:
        with output.open("w") as stream:
            _show(Console(file=stream, width=100, color_system=None), found, None)
    else:
        _show(make_console(), found, None if verbose else _SHOWN)
    return 0 if found.empty else 1


def _show(console: Console, found: Difference, limit: int | None) -> None:
    if found.empty:
        console.print(Text("Nothing changed.", "good"))
        return
    console.print(Text(_sentence(found), "title"))
    rows: dict[str, list[str]] = {
        "new findings": [f"{finding.cause}: {finding.package}" for finding in found.new_findings],
        "gone findings": [f"{finding.cause}: {finding.package}" for finding in found.gone_findings],
        "added": list(found.added),
        "removed": list(found.removed),
    }
    for direction in ("upgraded", "downgraded", "changed"):
        rows[direction] = [
            f"{change.name}  {', '.join(change.before)} -> {', '.join(change.after)}"
            for change in found.versions
            if change.direction == direction
        ]
    rows["licences"] = [f"{change.name}  {change.before} -> {change.after}" for change in found.licenses]
    for title, lines in rows.items():
        _section(console, title, lines, limit)


def _section(console: Console, title: str, lines: Sequence[str], limit: int | None) -> None:
    if not lines:
        return
    console.print()
    console.print(Text.assemble((title, _STYLES.get(title, "title")), (f"  {len(lines):,}", "quiet")))
    for line in lines[:limit]:
        console.print(Text(f"    {line}"), overflow="fold")
    if limit is not None and len(lines) > limit:
        console.print(Text(f"    and {len(lines) - limit:,} more; --verbose shows all", "quiet"))


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
