# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock scan PATH`: everything at once."""

import time
from pathlib import Path

import click
from msgspec.structs import replace

from paddock.cli.advisory_options import LookUp, look_up_options
from paddock.cli.clock import now
from paddock.cli.deep import Deep, deep_options, deepening
from paddock.cli.license_index import ensure_index
from paddock.cli.main import INTERRUPTED, complain
from paddock.cli.options import Applied, Output, build_settings, deliver, output_options, policy_options
from paddock.cli.parameter_types import ANYTHING
from paddock.cli.progress import progress_bar
from paddock.cli.reading import reading
from paddock.cli.uploading import Upload, hand_in, upload_options
from paddock.cli.vex_documents import chosen
from paddock.cli.vex_options import VexChoice, vex_options
from paddock.engine.model.verdict import EXIT_CODES
from paddock.engine.pipeline.run import ScanInterrupted, run


@click.command()
@click.argument("path", type=ANYTHING)
@output_options
@policy_options
@deep_options
@look_up_options
@vex_options
@upload_options
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever the verdict; for reports in CI.")
def command(
    path: Path,
    *,
    output: Output,
    applied: Applied,
    deep: Deep,
    look_up: LookUp,
    vex: VexChoice,
    upload: Upload | None,
    exit_zero: bool,
) -> int:
    """Read PATH (a source tree, an unpacked container root, an SBOM, a result) and say whether it may ship, and why.

    Nothing of PATH is executed. The first scan on a machine fetches the licence rules; no other fetches anything, but
    for --deep. Known vulnerabilities are looked up in a database on this machine, where there is one (see `paddock
    advisories`); --vex applies what others decided about them. --upload hands the result to a hub.

    Exit codes: 0 compliant, 1 not compliant, 2 undecided.

    \b
    paddock scan .
    paddock scan . --deep
    paddock scan . --format cyclonedx -o bom.json
    paddock scan . -o report.html -o result.paddock.json -o shop.NOTICE.txt
    """
    if path.is_dir():
        ensure_index(quiet=output.quiet)
    started = time.monotonic()
    settings = build_settings(path, applied, remember=deep.use_cache, advisories=look_up.database)
    settings = replace(settings, exploitability=chosen(vex))
    try:
        with deepening(path, settings, deep) as step, reading(path), progress_bar(quiet=output.quiet) as progress:
            result = run(path, settings, now=now(), progress=progress, deepen=step)
    except ScanInterrupted as interrupt:
        complain(deep.interrupted(interrupt.done, interrupt.left))
        return INTERRUPTED
    deliver(result, output, seconds=time.monotonic() - started, suppressed=vex.show)
    code = hand_in(result, upload, quiet=output.quiet) if upload is not None else None
    if code is not None:
        return 0 if exit_zero else code
    if look_up.exceeded(result.advice) and not exit_zero:
        return 1
    return 0 if exit_zero or result.verdict is None else EXIT_CODES[result.verdict.outcome]
