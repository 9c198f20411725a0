# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock vex create|merge|validate`: statements about which vulnerabilities matter, in all three formats."""

from pathlib import Path

import click

from paddock import __version__
from paddock.cli.characters import printable
from paddock.cli.clock import now
from paddock.cli.faults import tell
from paddock.cli.output import check_writable, write_bytes
from paddock.cli.vex_documents import read_documents
from paddock.engine.formats.document import Kind
from paddock.engine.formats.vex import KINDS, validate_vex, write_vex
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Tool
from paddock.engine.vex.create import document_of, products_of
from paddock.engine.vex.merge import merge as merge_documents
from paddock.engine.vex.statement import Justification, Response, Statement, Status, VexDocument

_FILE = click.Path(path_type=Path, dir_okay=False)
_FILES = click.Path(path_type=Path, exists=True, dir_okay=False)
_SUFFIXES = ((".cdx.json", "cyclonedx"), (".csaf.json", "csaf"), (".openvex.json", "openvex"), (".vex.json", "openvex"))
_SHOWN = 10
_TOOL = Tool("Paddock", __version__)


@click.group()
def command() -> None:
    """Work with VEX: who says that a vulnerability matters in a product, or that it does not, and why.

    Formats: OpenVEX, CycloneDX, CSAF. `paddock scan --vex FILE` applies what the documents say.
    """


@command.command()
@click.option("--vulnerability", "vulnerabilities", multiple=True, required=True, metavar="ID", help="CVE-…, GHSA-…")
@click.option("--alias", "aliases", multiple=True, metavar="ID", help="Another name of the vulnerability.")
@click.option("--product", "products", multiple=True, metavar="PURL", help="What the statement is about.")
@click.option("--component", "components", multiple=True, metavar="PURL", help="What in the product has the flaw.")
@click.option("--status", type=click.Choice([status.value for status in Status]), required=True)
@click.option("--justification", type=click.Choice([one.value for one in Justification]), help="Why not affected.")
@click.option("--statement", default="", help="Why not affected, or what users are to do, or how you know.")
@click.option("--response", "responses", multiple=True, type=click.Choice([one.value for one in Response]))
@click.option("--author", required=True, help="Who says so: a person or an organisation.")
@click.option("--role", default="", help="What the author is to the product: vendor, coordinator, …")
@click.option("--namespace", default="", metavar="URL", help="The author's web address; CSAF needs it.")
@click.option("--title", default="", help="The title of a CSAF document.")
@click.option("--id", "identity", default="", help="The id of the document; default: made from its content.")
@click.option("-f", "--format", "form", type=click.Choice(list(KINDS)), help="Default: as FILE is named, else openvex.")
@click.option("-o", "--output", type=_FILE, help="Default: standard output.")
def create(
    *,
    vulnerabilities: tuple[str, ...],
    aliases: tuple[str, ...],
    products: tuple[str, ...],
    components: tuple[str, ...],
    status: str,
    justification: str | None,
    statement: str,
    responses: tuple[str, ...],
    author: str,
    role: str,
    namespace: str,
    title: str,
    identity: str,
    form: str | None,
    output: Path | None,
) -> int:
    """Make a document with one statement for each --vulnerability.

    Without --product, each --component is a product of its own. A package URL without version is about all versions.

    \b
    paddock vex create --vulnerability CVE-2021-44228 --product pkg:oci/shop@sha256:… \\
      --component pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 --status not_affected \\
      --justification vulnerable_code_not_in_execute_path --author "Example Ltd" -o shop.openvex.json
    """
    if aliases and len(vulnerabilities) > 1:
        raise click.UsageError("--alias goes with one --vulnerability.")
    if not products and not components:
        raise click.UsageError("What is the statement about? Give --product, --component or both.")
    time, subjects, stated = now(), products_of(products, components), Status(status)
    statements = [
        Statement(
            vulnerability=name,
            aliases=aliases,
            products=subjects,
            status=stated,
            justification=Justification(justification) if justification else None,
            responses=tuple(map(Response, responses)),
            timestamp=time,
            impact_statement=statement if stated is Status.NOT_AFFECTED else "",
            action_statement=statement if stated is Status.AFFECTED else "",
            status_notes=statement if stated in (Status.FIXED, Status.UNDER_INVESTIGATION) else "",
        )
        for name in dict.fromkeys(vulnerabilities)
    ]
    document = document_of(
        statements, author=author, now=time, role=role, namespace=namespace, id=identity, title=title
    )
    return _write(document, form, output)


@command.command()
@click.argument("files", nargs=-1, required=True, type=_FILES)
@click.option("--author", help="Who speaks in the merged document; default: the author, if all have the same.")
@click.option("--role", default="", help="What the author is to the product.")
@click.option("--namespace", default="", metavar="URL", help="The author's web address; CSAF needs it.")
@click.option("--title", default="", help="The title of a CSAF document.")
@click.option("--id", "identity", default="", help="The id of the document; default: made from its content.")
@click.option("-f", "--format", "form", type=click.Choice(list(KINDS)), help="Default: as FILE is named, else openvex.")
@click.option("-o", "--output", type=_FILE, help="Default: standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Do not tell what was left out and what contradicts itself.")
def merge(
    files: tuple[Path, ...],
    *,
    author: str | None,
    role: str,
    namespace: str,
    title: str,
    identity: str,
    form: str | None,
    output: Path | None,
    quiet: bool,
) -> int:
    """Make one document of several, of any formats; also turns one format into another.

    Every statement keeps its time, and of several versions of one document the newest counts.

    \b
    paddock vex merge ours.openvex.json supplier.csaf.json --author "Example Ltd" -o all.openvex.json
    """
    documents = read_documents(files)
    authors = {named.document.author for named in documents} - {""}
    if author is None and len(authors) != 1:
        raise click.UsageError("Who speaks in the merged document? Say so with --author.")
    spaces = {named.document.namespace for named in documents} - {""}
    merged = merge_documents(
        documents,
        author=author or authors.pop(),
        now=now(),
        role=role,
        namespace=namespace or (spaces.pop() if len(spaces) == 1 else ""),
        id=identity,
        title=title,
    )
    return _write(merged, form, output, quiet=quiet)


@command.command()
@click.argument("files", nargs=-1, required=True, type=_FILES)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Only the exit code.")
@click.option("-v", "--verbose", is_flag=True, help="List every fault, not just the first ones.")
def validate(files: tuple[Path, ...], form: str, quiet: bool, verbose: bool) -> int:
    """Check OpenVEX, CycloneDX and CSAF documents: structure, and what the standards demand beyond it.

    For CSAF these are the mandatory tests of section 6.1, told by their numbers.

    Exit codes: 0 all valid, 1 at least one is not.
    """
    answers = [(path, *validate_vex(path.read_bytes())) for path in files]
    return tell(answers, form, quiet=quiet, verbose=verbose)


def _write(document: VexDocument, form: str | None, output: Path | None, *, quiet: bool = False) -> int:
    target = None if output is None or str(output) == "-" else output
    check_writable(target)
    written = write_vex(document, _kind(form, target), now=now(), tool=_TOOL)
    write_bytes(written.data, target)
    if not quiet:
        _tell((*document.issues, *written.issues))
    return 0


def _kind(form: str | None, target: Path | None) -> Kind:
    if form is None and target is not None:
        form = next((name for suffix, name in _SUFFIXES if target.name.lower().endswith(suffix)), None)
    return KINDS[form or "openvex"]


def _tell(issues: tuple[Issue, ...]) -> None:
    told = [issue for issue in dict.fromkeys(issues) if issue.severity is not Severity.HINT]
    for issue in told[:_SHOWN]:
        place = f"{issue.path}: " if issue.path else ""
        click.echo(printable(f"{issue.severity}: {place}{issue.message}"), err=True)
    if len(told) > _SHOWN:
        click.echo(f"and {len(told) - _SHOWN} more", err=True)
