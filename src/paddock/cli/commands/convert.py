# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock convert FILE`: an SBOM in another format, with nothing known only to the source left unsaid."""

import hashlib
from pathlib import Path

import click

from paddock import __version__
from paddock.cli.characters import printable
from paddock.cli.clock import now
from paddock.cli.options import format_of
from paddock.cli.output import check_writable, write_bytes
from paddock.cli.parameter_types import FILE
from paddock.cli.reading import reading
from paddock.engine.formats.document import Kind
from paddock.engine.formats.read import read
from paddock.engine.formats.result import looks_like_result
from paddock.engine.formats.write import write
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Tool
from paddock.engine.reporter import sbom

TARGETS = sbom.KINDS
_SHOWN = 10


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-f",
    "--format",
    "target",
    type=click.Choice(list(TARGETS)),
    metavar="FORMAT",
    help=f"{', '.join(TARGETS)}; default: as the output is named.",
)
@click.option("-o", "--output", type=FILE, help="Default: standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Do not tell what the source leaves open.")
def command(file: Path, target: str | None, output: Path | None, quiet: bool) -> int:
    """Read FILE (CycloneDX 1.2 to 1.7, SPDX 2.2 to 3.0.1, any encoding) and write it in another format.

    What the target format has no place for is kept in its properties or annotations. Exit code 3: FILE is not valid.

    \b
    paddock convert bom.json -o bom.spdx.json
    paddock convert bom.spdx --format cyclonedx
    """
    destination = None if output is None or str(output) == "-" else output
    kind = _kind(target, destination)
    check_writable(destination)
    data = file.read_bytes()
    if looks_like_result(data):
        raise click.UsageError(f"{file} is a result of Paddock: use `paddock report {file}`.")
    with reading(file):
        document = read(data)
    serial = document.serial
    if not serial.startswith("urn:uuid:"):
        serial = sbom.serial_from(serial or hashlib.sha256(data).hexdigest())
    created = document.created or now()
    written = write(document.inventory, kind, created=created, serial=serial, tool=Tool("Paddock", __version__))
    write_bytes(written, destination)
    if not quiet:
        _tell(document.inventory.issues)
    return 0


def _kind(target: str | None, destination: Path | None) -> Kind:
    if target is not None:
        return TARGETS[target]
    if destination is None:
        raise click.UsageError("Which format should it become? Say so with --format, or name a file with -o.")
    name = format_of(destination).name
    if name not in TARGETS:
        raise click.UsageError(f"Which format should {destination} have? Say so with --format.")
    return TARGETS[name]


def _tell(issues: tuple[Issue, ...]) -> None:
    told = [issue for issue in issues if issue.severity is not Severity.HINT]
    for issue in told[:_SHOWN]:
        place = f"{issue.path}: " if issue.path else ""
        click.echo(printable(f"{issue.severity}: {place}{issue.message}"), err=True)
    if len(told) > _SHOWN:
        click.echo(f"and {len(told) - _SHOWN} more", err=True)
