# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The part of `paddock audit` that reads files, and so needs every extractor."""

from pathlib import Path

from msgspec.structs import replace

from paddock.cli.clock import now
from paddock.cli.progress import progress_bar
from paddock.cli.reading import reading
from paddock.engine.advisor.opening import check_header
from paddock.engine.bootstrap import build
from paddock.engine.model.result import Result
from paddock.engine.pipeline.assess import Exploitability
from paddock.engine.pipeline.intake import take_in
from paddock.engine.pipeline.run import look_up_vulnerabilities, settle_findings, take_inventory


def audit(
    path: Path,
    database: Path,
    exploitability: Exploitability | None = None,
    *,
    config: Path | None,
    use_config: bool,
    quiet: bool,
) -> Result:
    """The inventory of a path with its known vulnerabilities. Raises MissingDatabase and the like, CannotRead."""
    check_header(database)
    time = now()
    with reading(path), progress_bar(quiet=quiet) as progress:
        settings = build(path, config=config, use_config=use_config, advisories=database)
        settings = replace(settings, exploitability=exploitability)
        result = take_inventory(take_in(path, settings.configuration), settings, now=time, progress=progress)
    return settle_findings(look_up_vulnerabilities(result, settings), settings, now=time)
