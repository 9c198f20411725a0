# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock analyze PATH`: the inventory alone, for a decision later and elsewhere."""

import time
from pathlib import Path

import click

from paddock.cli.clock import now
from paddock.cli.options import Applied, Output, build_settings, deliver, output_options, policy_options
from paddock.cli.parameter_types import ANYTHING
from paddock.cli.progress import progress_bar
from paddock.cli.reading import reading
from paddock.cli.uploading import Upload, hand_in, upload_options
from paddock.engine.model.issue import Severity
from paddock.engine.pipeline.intake import take_in
from paddock.engine.pipeline.run import take_inventory


@click.command()
@click.argument("path", type=ANYTHING)
@output_options
@policy_options
@upload_options
def command(
    path: Path,
    *,
    output: Output,
    applied: Applied,
    upload: Upload | None,
) -> int:
    """Take the inventory of PATH: what is in it, and which part needs what. --upload hands it to a hub, which decides.

    Exit codes: 0 done, 2 when something could not be read (the rest is in the inventory).

    \b
    paddock analyze . -o inventory.paddock.json
    paddock analyze . --format cyclonedx -o bom.json
    """
    started = time.monotonic()
    settings = build_settings(path, applied)
    with reading(path), progress_bar(quiet=output.quiet) as progress:
        intake = take_in(path, settings.configuration)
        result = take_inventory(intake, settings, now=now(), progress=progress)
    deliver(result, output, seconds=time.monotonic() - started)
    code = hand_in(result, upload, quiet=output.quiet) if upload is not None else None
    if code is not None:
        return code
    unread = any(issue.severity is Severity.ERROR for issue in result.inventory.issues)
    return 2 if unread else 0
