# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock validate FILE`: whether an SBOM keeps to its specification, and where it does not."""

from pathlib import Path

import click

from paddock.cli.faults import tell
from paddock.engine.formats.validate import validate


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
    return tell(answers, form, quiet=quiet, verbose=verbose)
