# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock scan PATH`: everything at once."""

import time
from pathlib import Path

import click

from paddock.cli.clock import now
from paddock.cli.options import ANYTHING, Applied, Output, build_settings, deliver, output_options, policy_options
from paddock.cli.reading import reading
from paddock.cli.terminal import progress_bar
from paddock.engine.model.verdict import EXIT_CODES
from paddock.engine.pipeline.run import run


@click.command()
@click.argument("path", type=ANYTHING)
@output_options
@policy_options
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever the verdict; for reports in CI.")
def command(
    path: Path,
    *,
    output: Output,
    applied: Applied,
    exit_zero: bool,
) -> int:
    """Read PATH (a source tree, an unpacked container root, an SBOM, a result) and say whether it may ship, and why.

    Nothing of PATH is executed and nothing is fetched. Exit codes: 0 compliant, 1 not compliant, 2 undecided.

    \b
    paddock scan .
    paddock scan . --format cyclonedx -o bom.json
    paddock scan . -o report.html -o result.paddock.json -o shop.NOTICE.txt
    """
    started = time.monotonic()
    settings = build_settings(path, applied)
    with reading(path), progress_bar(quiet=output.quiet) as progress:
        result = run(path, settings, now=now(), progress=progress)
    deliver(result, output, seconds=time.monotonic() - started)
    return 0 if exit_zero or result.verdict is None else EXIT_CODES[result.verdict.outcome]
