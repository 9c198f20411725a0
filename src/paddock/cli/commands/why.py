# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock why PACKAGE`: how a package gets into the product."""

import difflib
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from paddock.cli.clock import now
from paddock.cli.options import ANYTHING
from paddock.cli.terminal import make_console, progress_bar
from paddock.engine.bootstrap import build
from paddock.engine.evaluator.why import Explanation, explain
from paddock.engine.model.inventory import Inventory
from paddock.engine.pipeline.intake import take_in
from paddock.engine.pipeline.run import take_inventory
from paddock.engine.reporter.causes import named

_PROJECTS_SHOWN = 10


@click.command(short_help="Show how a package gets into the product.")
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
    settings = build(path)
    with progress_bar(quiet=False) as progress:
        intake = take_in(path, settings.configuration)
        inventory = take_inventory(intake, settings, now=now(), progress=progress).inventory
    found = explain(inventory, package)
    if not found:
        _say_not_there(inventory, package)
        return 1
    names = {component.ref: named(component) for component in inventory.components}
    names |= {project.id: project.id for project in inventory.projects}
    console = make_console()
    for ref, uses in groupby(found, key=lambda use: use.ref):
        _show(console, ref, list(uses), names, None if verbose else _PROJECTS_SHOWN)
    return 0


def _say_not_there(inventory: Inventory, package: str) -> None:
    click.echo(f"No package {package!r} in here ({len(inventory.components):,} others).", err=True)
    names = sorted({component.name for component in inventory.components})
    near = difflib.get_close_matches(package.rpartition("/")[2].partition("@")[0], names, n=3, cutoff=0.7)
    if near:
        click.echo(f"Did you mean {', '.join(near)}?", err=True)


def _show(console: Console, ref: str, uses: list[Explanation], names: dict[str, str], limit: int | None) -> None:
    console.print(Text.assemble((names.get(ref, ref), "title"), (f"  {ref}", "quiet")), overflow="fold")
    for use in uses[:limit]:
        kind = {True: "directly", False: "through others", None: "not told whether directly"}[use.direct]
        wanted = f", asks for {use.requirement}" if use.requirement else ""
        console.print(Text.assemble("  ", (use.project, "note"), f"  {use.scope}, {kind}{wanted}"), overflow="fold")
        for path in use.paths:
            if len(path) > 2:
                console.print(
                    Text(f"    {' > '.join(names.get(step, step) for step in path)}", "quiet"), overflow="fold"
                )
    if limit is not None and len(uses) > limit:
        console.print(Text(f"  and {len(uses) - limit:,} more projects; --verbose shows all", "quiet"))
