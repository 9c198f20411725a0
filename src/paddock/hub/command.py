# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub …`: running and looking after a hub. The commands stand in `commands`, each loaded when it runs."""

import importlib
import os
import sys

import click
import django

from paddock.hub.config.environment import environment
from paddock.hub.operation.embedded import start_embedded

COMMANDS = {
    "up": "Start database, web server and worker on this machine.",
    "serve": "Serve pages and the API.",
    "worker": "Work on what waits: uploads, scans, events.",
    "migrate": "Bring the tables of the database up to date.",
    "demo": "Fill an empty hub with a fictional company.",
    "createadmin": "Make somebody administrator.",
    "check": "Prove that nobody changed the record of what was done.",
}
HELP = {"-h", "--help"}


def find_database() -> None:
    """See to it that DATABASE_URL leads to a database: the configured one, or else the embedded one."""
    settings = environment()
    if not settings.database_url:
        try:
            os.environ["DATABASE_URL"] = start_embedded(settings.folder / "postgresql")
        except OSError as error:
            raise click.UsageError(
                f"The hub keeps its data in {settings.folder}, which cannot be used: {error.strerror or error}. Choose "
                "another folder with PADDOCK_HUB_FOLDER, or a PostgreSQL server of your own with DATABASE_URL."
            ) from error
        environment.cache_clear()


class HubCommands(click.Group):
    """Lists the commands without loading them; before one runs, there is a database and the rooms are loaded."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command that runs; for the list of all, a stand-in with the line of help is enough."""
        if cmd_name not in COMMANDS:
            return None
        if ctx.meta.get("listing"):
            return click.Command(cmd_name, short_help=COMMANDS[cmd_name])
        if not HELP & set(sys.argv):
            find_database()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paddock.hub.config.settings")
        django.setup()
        command: click.Command = importlib.import_module(f"paddock.hub.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help text."""
        ctx.meta["listing"] = True
        super().format_commands(ctx, formatter)


@click.group(name="hub", cls=HubCommands, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Run the hub: one place that knows what every product contains.

    `paddock hub up` starts everything on this machine. Settings are environment variables: DATABASE_URL and
    PADDOCK_HUB_…, see docs/hub/running.md.
    """
