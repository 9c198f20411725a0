# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock license detect|show`: which licences files carry, and what a licence is."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paddock import __version__
from paddock.cli.license_index import ensure_index
from paddock.cli.output import check_writable, write_bytes
from paddock.cli.parameter_types import ANYTHING, FILE
from paddock.cli.progress import progress_bar
from paddock.engine.model.on_demand import on_demand
from paddock.engine.model.tool import Tool
from paddock.engine.pipeline.detection import Detection, detect_in, detection_json
from paddock.engine.pipeline.workers import cores
from paddock.engine.scanner.licenses.default_index import default_index

if TYPE_CHECKING:
    from paddock.cli import license_listing, terminal
else:
    # Half of the time that the command takes to start would go into loading what JSON does not need.
    license_listing = on_demand("paddock.cli.license_listing")
    terminal = on_demand("paddock.cli.terminal")

_CONSOLE, _JSON = "console", "json"


@click.group()
def command() -> None:
    """Recognise licences and copyrights in files; look up a licence."""


@command.command()
@click.argument("paths", nargs=-1, required=True, type=ANYTHING)
@click.option("-f", "--format", "form", type=click.Choice([_CONSOLE, _JSON]), help="Default: by the name of FILE.")
@click.option("-o", "--output", type=FILE, help="File to write; - is standard output.")
@click.option("--text", is_flag=True, help="Show the text that was matched as well.")
@click.option("--jobs", type=click.IntRange(1), help="How many processes; default: as many as there are cores.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def detect(
    paths: tuple[Path, ...], *, form: str | None, output: Path | None, text: bool, jobs: int | None, quiet: bool
) -> int:
    """Say which licences and copyrights are in PATHS (files, folders), where, and by which rule.

    In JSON, paths are relative to the folder given; with several PATHS, to the current folder.

    \b
    paddock license detect LICENSE
    paddock license detect src --text
    paddock license detect --format json -o findings.json .
    """
    if form == _CONSOLE and output is not None:
        raise click.UsageError("What is written to a file is JSON: leave --format or -o away.")
    check_writable(output)
    ensure_index(quiet=quiet)
    with progress_bar(quiet=quiet) as progress:
        found = detect_in(paths, processes=jobs or cores(), with_text=text, progress=progress)
    _deliver(found, form or (_JSON if output is not None else _CONSOLE), output)
    return 0


def _deliver(found: Detection, form: str, output: Path | None) -> None:
    if form == _JSON:
        write_bytes(
            detection_json(found, Tool("Paddock", __version__)),
            None if output is None or str(output) == "-" else output,
        )
    else:
        license_listing.show_detected(terminal.make_console(), found)


@command.command()
@click.argument("ids", nargs=-1, required=True)
@click.option("--text", is_flag=True, help="The text of the licence as well.")
def show(ids: Sequence[str], *, text: bool) -> int:
    """Say what the licences with these IDS are: SPDX ids or keys of the rule data, in any case.

    Exit codes: 0 all are known, 1 at least one is not.
    """
    ensure_index(quiet=False)
    index, console = default_index(), terminal.make_console()
    known = [license_listing.show_license(console, index, wanted, with_text=text) for wanted in ids]
    return 0 if all(known) else 1
