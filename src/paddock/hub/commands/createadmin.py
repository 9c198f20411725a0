# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub createadmin`: somebody who can let others in."""

import click

from paddock.hub.core.clock import now
from paddock.hub.operation.first_steps import first_link, make_administrator


@click.command("createadmin")
@click.option("--email", required=True, help="What the person signs in with.")
@click.option("--name", required=True, help="What pages show.")
def command(email: str, name: str) -> None:
    """Make somebody administrator and print the link with which they choose a password."""
    invite(email, name)


def invite(email: str, name: str) -> None:
    """Make the administrator and show the link with which they choose a password."""
    person = make_administrator(email=email, name=name, now=now())
    click.echo(f"{person.email} is administrator. Choose a password (the link works once, for three days):", err=True)
    click.echo(f"  {first_link(person)}", err=True)
