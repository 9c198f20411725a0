# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock why PACKAGE`: how a package gets into the product."""

import difflib
from itertools import groupby
from pathlib import Path

import click

from paddock.cli.characters import printable
from paddock.cli.clock import now
from paddock.cli.page import Page, steps
from paddock.cli.parameter_types import ANYTHING
from paddock.cli.progress import progress_bar
from paddock.cli.reading import reading
from paddock.cli.terminal import make_console
from paddock.engine.bootstrap import build
from paddock.engine.evaluator.why import Explanation, explain
from paddock.engine.model.inventory import Inventory, Scope
from paddock.engine.pipeline.intake import take_in
from paddock.engine.pipeline.run import take_inventory
from paddock.engine.reporter.causes import named

_PROJECTS_SHOWN = 10


@click.command()
@click.argument("package")
@click.argument("path", type=ANYTHING, default=".")
@click.option("-v", "--verbose", is_flag=True, help="Show every project that uses it.")
def command(package: str, path: Path, verbose: bool) -> int:
    """Show by which dependencies PACKAGE gets into PATH (a tree, an SBOM or a result; default: the current folder).

    PACKAGE is a purl with or without version or a name; * stands for anything. Exit codes: 0 found, 1 not in there.

    \b
    paddock why lodash
    paddock why 'pkg:maven/org.example/*' bom.json
    """
    with reading(path), progress_bar(quiet=False) as progress:
        settings = build(path)
        intake = take_in(path, settings.configuration)
        inventory = take_inventory(intake, settings, now=now(), progress=progress).inventory
    found = explain(inventory, package)
    if not found:
        _say_not_there(inventory, package)
        return 1
    names = {component.ref: named(component) for component in inventory.components}
    names |= {project.id: project.name or project.id for project in inventory.projects}
    page = Page(make_console())
    for ref, uses in groupby(found, key=lambda use: use.ref):
        page.gap()
        _show(page, ref, list(uses), names, None if verbose else _PROJECTS_SHOWN)
    return 0


def _say_not_there(inventory: Inventory, package: str) -> None:
    others = f"{len(inventory.components):,} package{'s' * (len(inventory.components) != 1)}"
    click.echo(printable(f"{package!r} is not among the {others} found there."), err=True)
    names = sorted({component.name for component in inventory.components})
    near = difflib.get_close_matches(package.rpartition("/")[2].partition("@")[0], names, n=3, cutoff=0.6)
    if near:
        click.echo(printable(f"Did you mean {' or '.join(near)}?"), err=True)


def _show(page: Page, ref: str, uses: list[Explanation], names: dict[str, str], limit: int | None) -> None:
    page.say((names.get(ref, ref), "title"), (f"  {ref}", "quiet"), hang=2)
    shown = uses if limit is None or len(uses) <= limit + 1 else uses[:limit]
    for use in shown:
        kind = {True: "directly", False: "through others", None: "not told whether directly"}[use.direct]
        scope = "scope not told" if use.scope is Scope.UNKNOWN else use.scope.value
        wanted = f", asks for {use.requirement}" if use.requirement else ""
        page.say((use.project, "note"), f"  {scope}, {kind}{wanted}", indent=2, hang=4)
        for path in use.paths:
            if len(path) > 2:
                page.say((steps([names.get(step, step) for step in path[:-1]]), "quiet"), indent=4, hang=6)
    page.more(len(uses) - len(shown), indent=2, what="more projects; --verbose shows all")
