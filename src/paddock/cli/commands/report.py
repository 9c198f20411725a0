# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock report RESULT`: an existing result in another format."""

from pathlib import Path

import click

from paddock.cli.options import Output, deliver, output_options
from paddock.cli.parameter_types import FILE
from paddock.cli.reading import reading
from paddock.engine.formats.result import read_result, result_schema


def _print_schema(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(result_schema(), nl=False)
        ctx.exit()


@click.command()
@click.argument("result", type=FILE)
@output_options
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of result files and exit.",
)
def command(
    result: Path,
    *,
    output: Output,
) -> int:
    """Write RESULT, a file that `paddock scan`, `analyze` or `evaluate` wrote, in another format.

    \b
    paddock report result.paddock.json --format notice -o NOTICE.txt
    """
    with reading(result):
        found = read_result(result.read_bytes())
    deliver(found, output)
    return 0
