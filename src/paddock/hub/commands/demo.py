# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub demo`: a company that does not exist, so that every page shows something."""

import sys

import click

from paddock.hub.config.environment import environment
from paddock.hub.core.clock import now
from paddock.hub.core.errors import HubError
from paddock.hub.operation.demo.demonstrate import Demonstration, demonstrate


@click.command("demo")
def command() -> None:
    """Fill an empty hub with a fictional company: units, people in every role, products, releases, policies.

    Running it again changes nothing but the password, which it makes at random and shows. A hub with anything else in
    it is refused.
    """
    try:
        done = demonstrate(now=now(), progress=show)
    except HubError as error:
        raise click.UsageError(error.message) from error
    tell(done)


def show(what: str, done: int, total: int) -> None:
    """One line of progress, overwritten by the next on a terminal."""
    if sys.stderr.isatty():
        click.echo(
            f"\r\033[KDemonstration {done}/{total}: {what[:60]}" + ("\n" if done == total else ""), nl=False, err=True
        )


def tell(done: Demonstration) -> None:
    """Whom to sign in as."""
    state = "is set up" if done.made else "was set up before; nothing was changed but the password"
    click.echo(f"The demonstration {state}. Sign in at {environment().base_url} as:", err=True)
    for account in done.accounts:
        click.echo(f"  {account.email:38} {account.role}: {account.name}", err=True)
    click.echo(f"Password of them all: {done.password}", err=True)
    click.echo("For looking around only: everybody who knows this password is administrator.", err=True)
