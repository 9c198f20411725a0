# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock audit WHAT…`: the known vulnerabilities of lock files, SBOMs, trees or single packages, and nothing else.

Package URLs take the short way: no extractor and no report is loaded for them.
"""

import time
from collections.abc import Iterable
from pathlib import Path

import click

from paddock import __version__
from paddock.cli.advisory_options import database_option, fail_on_option, is_exceeded
from paddock.cli.clock import now
from paddock.cli.terminal import make_console
from paddock.cli.vex_options import VexChoice, vex_options
from paddock.cli.vulnerabilities import looked_at_nothing, show_audit
from paddock.engine.advisor.advise import advise
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.evaluator.thresholds import Threshold
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.result import Result, Subject, Tool
from paddock.engine.pipeline.assess import Exploitability, assess
from paddock.engine.reporter.vulnerable import is_harmful, vulnerable_packages

_PURL = "pkg:"


@click.command()
@click.argument("what", nargs=-1, required=True)
@click.option("-f", "--format", "formats", multiple=True, metavar="FORMAT", help="As of `paddock scan`.")
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(path_type=Path), help="File to write.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was asked for and errors.")
@click.option("-v", "--verbose", is_flag=True, help="List every package and every vulnerability.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="Default: .paddock.yml in WHAT.")
@click.option("--no-config", is_flag=True, help="Ignore the configuration that lies in WHAT.")
@database_option
@fail_on_option
@vex_options
def command(
    what: tuple[str, ...],
    *,
    formats: tuple[str, ...],
    outputs: tuple[Path, ...],
    quiet: bool,
    verbose: bool,
    config: Path | None,
    no_config: bool,
    database: Path,
    thresholds: tuple[Threshold, ...],
    vex: VexChoice,
) -> int:
    """Look up which known vulnerabilities are in WHAT: lock files, SBOMs, trees, or package URLs.

    Nothing is fetched: the database is on this machine (see `paddock advisories`). What .paddock.yml resolves does not
    count, nor what VEX documents settle. With --fail-on only what it names counts.

    Exit codes: 0 none known, 1 some, 2 could not be told.

    \b
    paddock audit package-lock.json bom.json
    paddock audit pkg:pypi/django@4.2.1 pkg:npm/lodash@4.17.15
    paddock audit . --fail-on high+fixable --fail-on kev -o audit.sarif
    """
    purls = [text for text in what if text.startswith(_PURL)]
    paths = [Path(text) for text in what if not text.startswith(_PURL)]
    started = time.monotonic()
    exploitability = None
    if vex.files:
        from paddock.cli import vex_documents  # noqa: PLC0415 # schemas of three formats, mostly not needed

        exploitability = vex_documents.chosen(vex)
    results = [audit_purls(purls, database, exploitability)] if purls else []
    if paths:
        from paddock.cli import auditing  # noqa: PLC0415 # every extractor, which package URLs do not need

        for path in paths:
            results.append(
                auditing.audit(path, database, exploitability, config=config, use_config=not no_config, quiet=quiet)
            )
    to_terminal = not quiet
    if formats or outputs:
        to_terminal &= not _write_documents(results, formats, outputs)
    if to_terminal:
        console = make_console()
        for number, result in enumerate(results):
            if number:
                console.print()
            show_audit(console, result, verbose=verbose, suppressed=vex.show, seconds=time.monotonic() - started)
    return _worst(_exit_code(result, thresholds) for result in results)


def audit_purls(purls: list[str], database: Path, exploitability: Exploitability | None = None) -> Result:
    """The result of looking package URLs up. Raises InvalidPurl, MissingDatabase, DamagedDatabase, OutdatedDatabase."""
    components = {purl: Component(purl=parse_purl(purl)) for purl in purls}
    inventory = Inventory(components=tuple(sorted(components.values(), key=lambda component: component.ref)))
    name = purls[0] if len(purls) == 1 else f"{len(purls):,} package URLs"
    with AdvisoryDatabase(database) as advisories:
        return Result(
            tool=Tool("Paddock", __version__),
            created=now(),
            subject=Subject(kind="document", name=name, document_format="package URL"),
            inventory=inventory,
            advice=assess(advise(inventory, advisories), inventory, exploitability),
        )


def _write_documents(results: list[Result], formats: tuple[str, ...], outputs: tuple[Path, ...]) -> bool:
    """Write what was asked for; whether standard output carries it. Raises click.UsageError where one document would
    have to be about several things.
    """
    from paddock.cli import options  # noqa: PLC0415 # every report, which the terminal does not need

    output = options.make_output(formats, outputs, template=None, quiet=False, verbose=False)
    if output.pairs and len(results) > 1:
        raise click.UsageError("A document is about one thing: audit one path, or only package URLs, to write it.")
    for result in results:
        options.write_rendered(result, output)
    return output.prints_data


def _exit_code(result: Result, thresholds: tuple[Threshold, ...]) -> int:
    """0 nothing, 1 something that counts, 2 could not be told."""
    if thresholds:
        failed = is_exceeded(result.advice, thresholds)
    else:
        failed = any(is_harmful(item) for package in vulnerable_packages(result) for item in package.certain)
    if failed:
        return 1
    if looked_at_nothing(result):
        return 2
    uncertain = any(package.uncertain for package in vulnerable_packages(result))
    return 2 if uncertain or any(issue.severity is Severity.ERROR for issue in result.all_issues()) else 0


def _worst(codes: Iterable[int]) -> int:
    """Of several answers the one that says most: 1 before 2 before 0."""
    return max(codes, key=(0, 2, 1).index)
