# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub migrate`: the tables."""

import click
from django.core.management import call_command


@click.command("migrate")
def command() -> None:
    """Bring the tables of the database up to date."""
    call_command("migrate", verbosity=1, interactive=False)
    call_command("createcachetable", verbosity=1)
