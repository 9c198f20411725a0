# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock validate FILE`: whether an SBOM keeps to its specification, and where it does not."""

import json
from pathlib import Path

import click

from paddock.cli.page import Page
from paddock.cli.terminal import make_console
from paddock.engine.formats.document import Fault, Kind
from paddock.engine.formats.validate import validate

_SHOWN = 20


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Only the exit code.")
@click.option("-v", "--verbose", is_flag=True, help="List every fault, not just the first ones.")
def command(files: tuple[Path, ...], form: str, quiet: bool, verbose: bool) -> int:
    """Check CycloneDX and SPDX documents (any encoding, gzip too) against their specifications.

    Exit codes: 0 all valid, 1 at least one is not.
    """
    answers = [(path, *validate(path.read_bytes())) for path in files]
    if form == "json" and not quiet:
        click.echo(json.dumps([_as_json(*answer) for answer in answers], indent=1))
    elif not quiet:
        page = Page(make_console())
        for answer in answers:
            _show(page, *answer, limit=None if verbose else _SHOWN)
    return 1 if any(faults for _, _, faults in answers) else 0


def _as_json(path: Path, kind: Kind | None, faults: tuple[Fault, ...]) -> dict[str, object]:
    places = [{"place": fault.place, "rule": fault.rule, "message": fault.message} for fault in faults]
    return {"file": str(path), "format": str(kind) if kind else None, "valid": not faults, "faults": places}


def _show(page: Page, path: Path, kind: Kind | None, faults: tuple[Fault, ...], *, limit: int | None) -> None:
    name = str(kind) if kind else "unknown format"
    if not faults:
        page.say((f"✓ {path}: valid {name}", "good"), hang=2)
        return
    page.say((f"✗ {path}: not valid, {name}, {len(faults)} fault{'s' * (len(faults) != 1)}", "bad"), hang=2)
    for fault in faults[:limit]:
        page.say((fault.place, "title"), f": {fault.message}", (f"  {fault.rule}", "quiet"), indent=4, hang=6)
    if limit is not None:
        page.more(max(0, len(faults) - limit), indent=4, what="more; --verbose shows all")
