# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock scan PATH`: everything at once."""

import time
from pathlib import Path

import click

from paddock.cli.clock import now
from paddock.cli.deep import Deep, deep_options, deepening
from paddock.cli.license_index import ensure_index
from paddock.cli.main import INTERRUPTED, complain
from paddock.cli.options import Applied, Output, build_settings, deliver, output_options, policy_options
from paddock.cli.parameter_types import ANYTHING
from paddock.cli.reading import reading
from paddock.cli.terminal import progress_bar
from paddock.engine.model.verdict import EXIT_CODES
from paddock.engine.pipeline.run import ScanInterrupted, run


@click.command()
@click.argument("path", type=ANYTHING)
@output_options
@policy_options
@deep_options
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever the verdict; for reports in CI.")
def command(
    path: Path,
    *,
    output: Output,
    applied: Applied,
    deep: Deep,
    exit_zero: bool,
) -> int:
    """Read PATH (a source tree, an unpacked container root, an SBOM, a result) and say whether it may ship, and why.

    Nothing of PATH is executed. The first scan on a machine fetches the licence rules; no other fetches anything, but
    for --deep. Exit codes: 0 compliant, 1 not compliant, 2 undecided.

    \b
    paddock scan .
    paddock scan . --deep
    paddock scan . --format cyclonedx -o bom.json
    paddock scan . -o report.html -o result.paddock.json -o shop.NOTICE.txt
    """
    if path.is_dir():
        ensure_index(quiet=output.quiet)
    started = time.monotonic()
    settings = build_settings(path, applied, remember=deep.use_cache)
    try:
        with deepening(path, settings, deep) as step, reading(path), progress_bar(quiet=output.quiet) as progress:
            result = run(path, settings, now=now(), progress=progress, deepen=step)
    except ScanInterrupted as interrupt:
        complain(deep.interrupted(interrupt.done, interrupt.left))
        return INTERRUPTED
    deliver(result, output, seconds=time.monotonic() - started)
    return 0 if exit_zero or result.verdict is None else EXIT_CODES[result.verdict.outcome]
