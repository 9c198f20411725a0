# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock policy check|show`: the rules themselves."""

from pathlib import Path

import click

from paddock.cli.options import FILE
from paddock.engine.bootstrap import find_configuration, load_policy
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.policy.nodes import InvalidFile
from paddock.engine.policy.read import default_policy_source
from paddock.engine.policy.types import Policy


@click.group(short_help="Check a policy, show the one in force.")
def command() -> None:
    """Work with policies: rules about licences, written in YAML with conditions in CEL."""


@command.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(files: tuple[Path, ...]) -> int:
    """Check policies, and the configuration of the current folder when no FILES are given.

    Exit codes: 0 all can be used, 1 at least one cannot.
    """
    failed = False
    for file in files:
        failed |= not _check(file)
    if not files:
        failed = not _check_here()
    return 1 if failed else 0


def _check(file: Path) -> bool:
    try:
        policy = load_policy(file)
    except InvalidFile as error:
        _complain(error)
        return False
    click.secho(f"{file}: a valid policy, {_counted(policy)}.", fg="green")
    return True


def _check_here() -> bool:
    here = Path()
    try:
        configuration = find_configuration(here)
        policy = load_policy(here / configuration.policy if configuration.policy else None)
    except InvalidFile as error:
        _complain(error)
        return False
    for issue in configuration.issues:
        click.secho(f"{issue.path}: {issue.message}", fg="yellow")
    names = ", ".join(configuration.files) or "no configuration here"
    click.secho(f"{names}; policy “{policy.name}”, {_counted(policy)}.", fg="green")
    return True


def _complain(error: InvalidFile) -> None:
    for fault in error.faults:
        click.secho(str(fault), fg="red")


def _counted(policy: Policy) -> str:
    return f"{len(policy.rules)} rules, SHA-256 {policy.sha256[:12]}"


@command.command()
@click.argument("file", required=False, type=FILE)
@click.option("--source", is_flag=True, help="Print the YAML of the policy that ships with Paddock, to start your own.")
def show(file: Path | None, source: bool) -> int:
    """Show what a policy demands; without FILE, the one that ships with Paddock."""
    if source:
        click.echo(default_policy_source(), nl=False)
        return 0
    policy = load_policy(file)
    click.secho(policy.name, bold=True)
    click.echo(f"{policy.description}\nSHA-256 {policy.sha256}")
    for rule in policy.rules:
        kind = "asks" if rule.kind is ReasonKind.QUESTION else str(rule.severity)
        click.echo()
        click.secho(f"{rule.id} ({kind})", bold=True)
        click.echo(f"  when   {' '.join(rule.when.split())}")
        for label, text in (("why", rule.why), ("fix", rule.how_to_fix), ("waive", rule.waivable_by)):
            if text:
                click.echo(click.wrap_text(text, 100, initial_indent=f"  {label:<7}", subsequent_indent=" " * 9))
    return 0
