# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock evaluate RESULT`: the decision on an inventory taken earlier."""

from pathlib import Path

import click
from msgspec.structs import replace

from paddock.cli.advisory_options import LookUp, look_up_options
from paddock.cli.clock import now
from paddock.cli.options import Applied, Output, build_settings, deliver, output_options, policy_options
from paddock.cli.reading import reading
from paddock.cli.vex_documents import chosen
from paddock.cli.vex_options import VexChoice, vex_options
from paddock.engine.model.verdict import EXIT_CODES
from paddock.engine.pipeline.run import run


@click.command()
@click.argument("result", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@output_options
@policy_options
@look_up_options
@vex_options
def command(
    result: Path,
    *,
    output: Output,
    applied: Applied,
    look_up: LookUp,
    vex: VexChoice,
) -> int:
    """Decide on RESULT, a file that `paddock analyze` or `scan` wrote (or an SBOM), by the policy in force here.

    Exit codes: 0 compliant, 1 not compliant, 2 undecided.
    """
    settings = build_settings(result, applied, advisories=look_up.database)
    settings = replace(settings, exploitability=chosen(vex))
    with reading(result):
        decided = run(result, settings, now=now())
    deliver(decided, output, suppressed=vex.show)
    if look_up.exceeded(decided.advice):
        return 1
    return 0 if decided.verdict is None else EXIT_CODES[decided.verdict.outcome]
