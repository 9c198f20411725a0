# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What is wrong with documents, for people and as JSON: verdict, place, rule."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from paddock.cli.page import Page
from paddock.cli.terminal import make_console
from paddock.engine.formats.document import Fault, Kind

SHOWN = 20
"""How many faults of a document are shown unless all are asked for."""


Answer = tuple[Path, Kind | None, tuple[Fault, ...]]
"""A file, what it is (None: nothing known), and what is wrong with it."""


def tell(answers: Sequence[Answer], form: str, *, quiet: bool, verbose: bool) -> int:
    """Print the verdicts as "text" or "json" (quiet: not at all); 0 when all files are valid, else 1."""
    if form == "json" and not quiet:
        click.echo(json.dumps([as_json(*answer) for answer in answers], indent=1))
    elif not quiet:
        page = Page(make_console())
        for answer in answers:
            show_faults(page, *answer, limit=None if verbose else SHOWN)
    return 1 if any(faults for _, _, faults in answers) else 0


def as_json(path: Path, kind: Kind | None, faults: tuple[Fault, ...]) -> dict[str, object]:
    """The verdict on one file."""
    places = [{"place": fault.place, "rule": fault.rule, "message": fault.message} for fault in faults]
    return {"file": str(path), "format": str(kind) if kind else None, "valid": not faults, "faults": places}


def show_faults(page: Page, path: Path, kind: Kind | None, faults: tuple[Fault, ...], *, limit: int | None) -> None:
    """The verdict on one file, and where it breaks which rule; at most `limit` faults (None: all)."""
    name = str(kind) if kind else "unknown format"
    if not faults:
        page.say((f"✓ {path}: valid {name}", "good"), hang=2)
        return
    page.say((f"✗ {path}: not valid, {name}, {len(faults)} fault{'s' * (len(faults) != 1)}", "bad"), hang=2)
    for fault in faults[:limit]:
        page.say((fault.place, "title"), f": {fault.message}", (f"  {fault.rule}", "quiet"), indent=4, hang=6)
    if limit is not None:
        page.more(max(0, len(faults) - limit), indent=4, what="more; --verbose shows all")
