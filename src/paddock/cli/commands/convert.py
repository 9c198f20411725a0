# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock convert FILE`: the same bill of materials in another format."""

import hashlib
import uuid
from pathlib import Path

import click

from paddock import __version__
from paddock.cli.clock import now
from paddock.cli.output import write_bytes
from paddock.engine.formats.document import Kind
from paddock.engine.formats.read import read
from paddock.engine.formats.write import write
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Tool
from paddock.engine.reporter import sbom

TARGETS = sbom.KINDS


@click.command(short_help="Turn an SBOM into another format.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-f", "--format", "target", required=True, type=click.Choice(list(TARGETS)), help="What it should become."
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Do not tell what the source leaves open.")
def command(file: Path, target: str, output: Path | None, quiet: bool) -> int:
    """Read FILE (CycloneDX 1.2 to 1.7, SPDX 2.2 to 3.0.1, any encoding) and write it in another format.

    What the target format has no place for is kept in its properties or annotations. Exit code 3: FILE is not valid.
    """
    kind: Kind = TARGETS[target]
    data = file.read_bytes()
    document = read(data)
    serial = document.serial
    if not serial.startswith("urn:uuid:"):
        serial = f"urn:uuid:{uuid.UUID(bytes=hashlib.sha256(serial.encode() or data).digest()[:16], version=8)}"
    created = document.created or now()
    written = write(document.inventory, kind, created=created, serial=serial, tool=Tool("Paddock", __version__))
    write_bytes(written, output)
    if not quiet:
        _tell(document.inventory.issues)
    return 0


def _tell(issues: tuple[Issue, ...]) -> None:
    told = [issue for issue in issues if issue.severity is not Severity.HINT]
    for issue in told[:10]:
        click.echo(f"{issue.severity}: {issue.path}: {issue.message}" if issue.path else issue.message, err=True)
    if len(told) > 10:
        click.echo(f"and {len(told) - 10} more", err=True)
