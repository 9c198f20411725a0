# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub …`: running and looking after a hub. The commands stand in `commands`, each loaded when it runs."""

import importlib
import os
import signal
import sys
from typing import Any

import click
import django
from django.db.utils import OperationalError, ProgrammingError
from psycopg.errors import InsufficientPrivilege
from pydantic import ValidationError

from paddock.hub.config.database import UnusableAddress
from paddock.hub.config.environment import Environment, environment
from paddock.hub.operation.alone import CannotStart, require_free_address, require_own_folder
from paddock.hub.operation.embedded import NotStarted, start_embedded
from paddock.hub.operation.lifeline import end_with_starter

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
PREFIX = str(Environment.model_config.get("env_prefix", ""))
HELD: list[object] = []
"""What this process keeps to its end: the lock of its folder."""


def prepare(cmd_name: str) -> None:
    """See to it that DATABASE_URL leads to a database, the configured one or else the embedded one, and load the rooms.

    Raises UsageError, and starts nothing, where that cannot be.
    """
    try:
        settings = environment()
        if cmd_name == "up":
            require_free_address(settings.listen)
        if not settings.database_url:
            use_embedded(settings, alone=cmd_name == "up")
        django.setup()
    except OSError as error:
        raise click.UsageError(
            f"The hub keeps its data in {environment().folder}, which cannot be used: {error.strerror or error}. "
            "Choose another folder with PADDOCK_HUB_FOLDER, or a PostgreSQL server of your own with DATABASE_URL."
        ) from error
    except (CannotStart, NotStarted, UnusableAddress) as error:
        raise click.UsageError(str(error)) from error
    except ValidationError as error:
        faults = [f"{PREFIX}{fault['loc'][0]}".upper() + f": {fault['msg']}" for fault in error.errors()]
        raise click.UsageError("Settings that cannot be: " + "; ".join(faults)) from error


def use_embedded(settings: Environment, *, alone: bool) -> None:
    """Start the embedded server, or find it running. alone: only where no other hub runs in the folder."""
    if alone:
        HELD.append(require_own_folder(settings.folder, settings.listen))
    # The server ends with the last process that uses it, so this one must always come to its end.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    os.environ["DATABASE_URL"] = start_embedded(settings.folder / "postgresql")
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
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paddock.hub.config.settings")
        end_with_starter(os.environ)
        if HELP & set(sys.argv):
            django.setup()
        else:
            prepare(cmd_name)
        command: click.Command = importlib.import_module(f"paddock.hub.commands.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """As click does; a database that does not answer, or that refuses, is told in a sentence."""
        try:
            return super().invoke(ctx)
        except OperationalError as error:
            raise click.UsageError(f"The database does not answer: {str(error).strip()}") from error
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            raise click.UsageError(
                f"The user of DATABASE_URL may not do this in the database: {str(error).strip()}. Which rights are "
                "needed is told in docs/hub/running.md."
            ) from error

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
