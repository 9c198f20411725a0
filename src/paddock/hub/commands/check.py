# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub check`: whether the record of what was done is whole."""

import click

from paddock.hub.audit.queries import broken_links


@click.command("check")
def command() -> int:
    """Prove that nobody changed the record of what was done. Exit codes: 0 it is whole, 1 it is not."""
    faults = list(broken_links())
    for fault in faults:
        click.echo(fault)
    whole = "The record is whole: every entry is as it was written, in order."
    click.echo(f"{len(faults)} faults." if faults else whole, err=True)
    return 1 if faults else 0
