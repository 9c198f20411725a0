# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock license-db build|info|import|export`: the licence index of this machine."""

from pathlib import Path

import click

from paddock.cli.cache_folder import shown_size
from paddock.cli.index_building import build_index_of_machine
from paddock.cli.parameter_types import EXISTING_FILE, FILE
from paddock.cli.progress import progress_bar
from paddock.engine.pipeline import license_database
from paddock.engine.pipeline.license_database import IndexFacts
from paddock.engine.scanner.licenses.default_index import PLACE, default_index, index_path


@click.group()
def command() -> None:
    """Make, show, carry the index by which licence texts are recognised.

    The rules are those of ScanCode LicenseDB (Copyright nexB Inc. and others, CC-BY-4.0).
    """


@command.command("build")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def build_command(*, quiet: bool) -> int:
    """Fetch the licence rules from this machine's index for Python packages, and make the index anew."""
    return _show(build_index_of_machine(quiet=quiet), quiet=quiet)


@command.command("info")
def info_command() -> int:
    """Say where the index is, which version it has and how much it knows."""
    default_index()
    return _show(license_database.describe(index_path()), quiet=False)


@command.command("import")
@click.argument("file", type=EXISTING_FILE)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def import_command(file: Path, *, quiet: bool) -> int:
    """Take over an index that was exported elsewhere, or make one from the archive of the rules."""
    with progress_bar(quiet=quiet) as progress:
        facts = license_database.import_file(file, index_path(), progress)
    return _show(facts, quiet=quiet)


@command.command("export")
@click.argument("file", type=FILE)
def export_command(file: Path) -> int:
    """Copy the index to FILE, for machines without network."""
    default_index()
    facts = license_database.export_file(index_path(), file)
    click.echo(f"Wrote {file}, {shown_size(facts.size)}. There: paddock license-db import {file.name}")
    return 0


def _show(facts: IndexFacts, *, quiet: bool) -> int:
    if not quiet:
        click.echo(f"index    {facts.path}  ({PLACE} moves it)")
        click.echo(f"version  {facts.version}, {shown_size(facts.size)}")
        click.echo(f"knows    {facts.licenses:,} licences by {facts.rules:,} rules")
        click.echo(f"data     ScanCode LicenseDB {facts.data_version}, Copyright nexB Inc. and others, CC-BY-4.0")
    return 0
