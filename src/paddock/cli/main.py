# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The entry point: finds the command, loads only what it needs, turns every ending into an exit code.

Exit codes: 0 compliant (or done), 1 not compliant (or invalid document), 2 could not be decided, 3 wrong usage,
130 interrupted, 141 the reader of the output went away before its end.
"""

import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from paddock import __version__
from paddock.cli.characters import accept_every_character, printable
from paddock.engine.model.errors import EngineError
from paddock.engine.model.on_demand import on_demand

if TYPE_CHECKING:
    import difflib
    import traceback
else:
    difflib = on_demand("difflib")
    traceback = on_demand("traceback")

WRONG_USAGE = 3
UNDECIDED = 2
INTERRUPTED = 130
_ALLOCATIONS_BEFORE_COLLECTION = 50_000
"""What a scan makes is kept to its end; looking for rings of rubbish at every 700 objects costs a tenth of the time."""
READER_GONE = 141
"""What a shell reports for a program that SIGPIPE ended; 0 would say "compliant" to `paddock scan . | head -1`."""

COMMANDS = {
    "scan": "Say whether a tree, container root or SBOM may ship, and why.",
    "audit": "List the known vulnerabilities of lock files, SBOMs or packages.",
    "analyze": "Only take the inventory; `evaluate` decides later, elsewhere.",
    "evaluate": "Decide on a result that `analyze` or `scan` wrote.",
    "report": "Write a result in another format: notice, SBOM, SARIF, HTML, …",
    "why": "Show how a package gets into the product.",
    "diff": "Compare two trees, SBOMs or results.",
    "convert": "Turn an SBOM into another format.",
    "validate": "Check an SBOM against its specification.",
    "advisories": "Fetch or import known vulnerabilities, show one.",
    "vex": "Say which vulnerabilities do not matter: make, merge, check VEX.",
    "policy": "Check a policy, show the one in force.",
    "license": "Recognise licences in files; look up a licence.",
    "license-db": "Make, show or carry the index that licences are recognised by.",
    "cache": "Show or empty the cache of fetched packages.",
    "init": "Write a first .paddock.yml for a project.",
}
"""Name and one line of help; the module of the same name in `cli/commands` is loaded only when the command runs."""
ADDED = {"hub": "Run the hub, where the whole organisation works."}
"""Commands that other parts of the distribution bring, by the entry point of this name in the group ADDED_GROUP."""
ADDED_GROUP = "paddock.commands"


class ReaderGone(Exception):
    """Whoever read our output (`| head`) has gone away."""


class LazyCommands(click.Group):
    """Lists all commands without loading them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's own signature
        """In the order of COMMANDS: the most used first."""
        return [*COMMANDS, *ADDED]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command that runs; for the list of all, a stand-in with the line of help is enough."""
        if cmd_name not in COMMANDS and cmd_name not in ADDED:
            return None
        if ctx.meta.get("listing"):
            return click.Command(cmd_name, short_help=(COMMANDS | ADDED)[cmd_name])
        if cmd_name in ADDED:
            return added_command(cmd_name)
        command: click.Command = importlib.import_module(f"paddock.cli.commands.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help text."""
        ctx.meta["listing"] = True
        super().format_commands(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """As click does, which would end with exit code 1, that is "not compliant", when the reader has gone."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; a misspelt command is answered with the nearest one."""
        known = [*COMMANDS, *ADDED]
        near = difflib.get_close_matches(args[0], known, n=1) if args and args[0] not in known else []
        if near:
            raise click.UsageError(f"There is no command {args[0]!r}. Did you mean {near[0]!r}?", ctx)
        return super().resolve_command(ctx, args)


def added_command(name: str) -> click.Command:
    """The command that an entry point names. Raises UsageError where the libraries that it needs are not installed."""
    metadata = importlib.import_module("importlib.metadata")
    for point in metadata.entry_points(group=ADDED_GROUP, name=name):
        try:
            command: click.Command = point.load()
        except ModuleNotFoundError as error:
            reason = f"paddock {name} needs {error.name}, which is not installed: pip install 'paddock[{name}]'."
            raise click.UsageError(reason) from error
        return command
    raise click.UsageError(f"This installation has no paddock {name}: pip install 'paddock[{name}]'.")


@click.command(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="paddock %(version)s")
def app() -> None:
    """Paddock: what is in it, under which licences, and may it ship?

    Start with `paddock scan .` in a project's folder.
    """


def run() -> NoReturn:
    """Run the command line of this process and exit with its code."""
    accept_every_character()
    # Threads for linear algebra, which nothing here uses, would be started with numpy: 0.1 s of CPU time a process.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(_ALLOCATIONS_BEFORE_COLLECTION, 20, 20)
    code = run_arguments(sys.argv[1:])
    if code == READER_GONE:
        # Python would complain while closing an output that nobody reads.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(code)


def run_arguments(arguments: list[str]) -> int:
    """Run one command line; whatever happens becomes an exit code and, for people, a sentence on standard error."""
    if arguments == ["--version"]:
        print(f"paddock {__version__}")  # noqa: T201 # the fast path: no command line library needed for this
        return 0
    try:
        answer: Any = app(args=arguments, standalone_mode=False, prog_name="paddock")
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return WRONG_USAGE
    except click.UsageError as error:
        error.show(sys.stderr)
        return WRONG_USAGE
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        complain("Interrupted. No file was left half written.")
        return INTERRUPTED
    except (ReaderGone, BrokenPipeError):
        return READER_GONE
    except EngineError as error:
        complain(f"paddock: {error}")
        return WRONG_USAGE
    except OSError as error:
        complain(f"paddock: {error.filename or 'input or output'}: {error.strerror or error}")
        return WRONG_USAGE
    except Exception:  # noqa: BLE001 # the last border: a fault of ours must not look like a verdict
        complain(traceback.format_exc())
        complain("paddock failed; this is a fault in Paddock. Please report it with the lines above.")
        return UNDECIDED
    return answer if isinstance(answer, int) else 0


def complain(text: str) -> None:
    """One message on standard error."""
    click.echo("\n".join(map(printable, text.splitlines())), err=True)
