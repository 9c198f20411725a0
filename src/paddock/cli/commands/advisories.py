# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock advisories sync|import|info|show`: the database of known vulnerabilities on this machine."""

from pathlib import Path

import click
import msgspec

from paddock.cli.advisory_options import database_option
from paddock.cli.advisory_page import show_database, show_outcome, show_vulnerability
from paddock.cli.clock import now
from paddock.cli.progress import progress_bar
from paddock.cli.reading import reading
from paddock.cli.terminal import make_console
from paddock.cli.vulnerabilities import counted_advisories
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.opening import DamagedDatabase
from paddock.engine.clients.advisories import Client
from paddock.engine.pipeline.advisories.files import import_files
from paddock.engine.pipeline.advisories.plan import Outcome
from paddock.engine.pipeline.advisories.settings import URL_VARIABLE, default_file, read_plan
from paddock.engine.pipeline.advisories.sync import sync as bring_up_to_date


@click.group()
def command() -> None:
    """Keep the database of known vulnerabilities that `scan` and `audit` look things up in.

    It is one file on this machine; looking things up needs no network.
    """


@command.command()
@click.argument("ecosystems", nargs=-1)
@click.option(
    "--url", help=f"Address of a server laid out as OSV's; default: {URL_VARIABLE}, the settings, OSV itself."
)
@click.option("--kev", help="Address of the catalogue of known exploited vulnerabilities.")
@click.option("--epss", help="Address of the EPSS scores.")
@click.option("--settings", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Another settings file.")
@click.option("--whole", is_flag=True, help="Fetch everything anew instead of what changed.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="List every remark on the data.")
@database_option
def sync(
    ecosystems: tuple[str, ...],
    *,
    url: str | None,
    kev: str | None,
    epss: str | None,
    settings: Path | None,
    whole: bool,
    quiet: bool,
    verbose: bool,
    database: Path,
) -> int:
    """Fetch what is new: of ECOSYSTEMS as OSV names them (PyPI, npm, Debian …), else of those that are in the database
    or, at first, of all that programming languages have.

    Only what changed is fetched; a fetch that broke off goes on where it stopped. Exit codes: 0 done, 1 not everything
    could be fetched.

    \b
    paddock advisories sync
    paddock advisories sync PyPI Debian
    paddock advisories sync --url https://mirror.example/osv
    """
    file = settings or default_file()
    with reading(file):
        plan = read_plan(file)
    stated = {"base": url, "kev": kev, "epss": epss, "ecosystems": ecosystems or None}
    plan = msgspec.structs.replace(plan, whole=whole, **{name: value for name, value in stated.items() if value})
    with Client() as client, progress_bar(quiet=quiet, unit="") as progress:
        outcome = bring_up_to_date(database, plan, client, now=now(), progress=progress)
    return _tell(outcome, database, quiet=quiet, verbose=verbose)


@command.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="List every remark on the data.")
@database_option
def import_(paths: tuple[Path, ...], *, quiet: bool, verbose: bool, database: Path) -> int:
    """Bring in files: OSV's all.zip, folders or single records in the OSV form or GitHub's, CVE records, CSAF
    documents, the KEV catalogue, EPSS scores; packed with gzip or xz or not.

    Importing an archive or a folder again makes its part of the database as it is then.
    Exit codes: 0 done, 1 some of it could not be read.

    \b
    paddock advisories import PyPI/all.zip npm/all.zip
    paddock advisories import known_exploited_vulnerabilities.json
    """
    with progress_bar(quiet=quiet, unit="") as progress:
        outcome = import_files(database, paths, now=now(), progress=progress)
    return _tell(outcome, database, quiet=quiet, verbose=verbose)


def _tell(outcome: Outcome, database: Path, *, quiet: bool, verbose: bool) -> int:
    with AdvisoryDatabase(database) as found:
        data = found.data()
    show_outcome(make_console(stderr=quiet), outcome, data, database, quiet=quiet, verbose=verbose)
    return 1 if outcome.failures else 0


@command.command()
@click.option("--verify", is_flag=True, help="Read the whole file and check that it is sound.")
@database_option
def info(verify: bool, *, database: Path) -> int:
    """Say what is in the database, how old it is, and where it lies."""
    with AdvisoryDatabase(database) as found:
        if verify and (fault := found.fault()):
            raise DamagedDatabase(f"the advisory database {database} is damaged: {fault}")
        show_database(make_console(), found.data(), database, now(), verified=verify)
    return 0


@command.command()
@click.argument("name", metavar="ID")
@click.option("--raw", is_flag=True, help="Print the records as their databases published them, one JSON a line.")
@database_option
def show(name: str, *, raw: bool, database: Path) -> int:
    """Show a vulnerability by any of its names (CVE, GHSA, PYSEC …). Exit codes: 0 found, 1 not in the database."""
    with AdvisoryDatabase(database) as found:
        vulnerability = found.named(name)
        if vulnerability is None:
            click.echo(f"{name} is not in the database ({counted_advisories(found.data().records)}).", err=True)
            return 1
        if raw:
            for record in vulnerability.records:
                data = found.published(record.id) or b""
                click.echo(msgspec.json.format(data, indent=0))
            return 0
        packages = {record.id: found.packages_of(record.id) for record in vulnerability.records}
    show_vulnerability(make_console(), vulnerability, packages)
    return 0
