# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock policy check|show`: the rules themselves."""

from pathlib import Path

import click

from paddock.cli.page import Page
from paddock.cli.parameter_types import FILE
from paddock.cli.reading import reading
from paddock.cli.terminal import make_console
from paddock.engine.bootstrap import find_configuration, load_policy
from paddock.engine.model.verdict import ReasonKind
from paddock.engine.policy.nodes import InvalidFile
from paddock.engine.policy.read import default_policy_source
from paddock.engine.policy.types import Policy


@click.group()
def command() -> None:
    """Work with policies: rules about licences, written in YAML with conditions in CEL."""


@command.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(files: tuple[Path, ...]) -> int:
    """Check policies, or the configuration in force here.

    Without FILES: the configuration of the current folder, and the policy that it names.

    Exit codes: 0 all can be used, 1 at least one cannot.
    """
    failed = False
    for file in files:
        failed |= not _check(file)
    if not files:
        failed = not _check_here()
    return 1 if failed else 0


def _check(file: Path) -> bool:
    page = Page(make_console())
    try:
        policy = load_policy(file)
    except InvalidFile as error:
        _complain(page, error)
        return False
    page.say((f"✓ {file}: a valid policy, {_counted(policy)}.", "good"), hang=2)
    return True


def _check_here() -> bool:
    here, page = Path(), Page(make_console())
    try:
        configuration = find_configuration(here)
        policy = load_policy(here / configuration.policy if configuration.policy else None)
    except InvalidFile as error:
        _complain(page, error)
        return False
    names = ", ".join(configuration.files) or "No configuration here"
    page.say((f"✓ {names}; policy “{policy.name}”, {_counted(policy)}.", "good"), hang=2)
    for issue in configuration.issues:
        place = f"{issue.path}:{issue.line}" if issue.line else issue.path
        page.say((place, "title"), f": {issue.message}", indent=4, hang=6)
    return True


def _complain(page: Page, error: InvalidFile) -> None:
    count = len(error.faults)
    page.say((f"✗ Cannot be used: {count} fault{'s' * (count != 1)}.", "bad"))
    for fault in error.faults:
        page.say(str(fault), indent=4, hang=6)


def _counted(policy: Policy) -> str:
    return f"{len(policy.rules)} rules, SHA-256 {policy.sha256[:12]}"


@command.command()
@click.argument("file", required=False, type=FILE)
@click.option("--source", is_flag=True, help="Print the YAML of the policy that ships with Paddock, to start your own.")
def show(file: Path | None, source: bool) -> int:
    """Show what a policy demands.

    Without FILE: the policy that ships with Paddock.
    """
    if source:
        click.echo(default_policy_source(), nl=False)
        return 0
    with reading(file or Path()):
        policy = load_policy(file)
    page = Page(make_console())
    page.say((policy.name, "title"))
    page.say(policy.description)
    page.say((f"SHA-256 {policy.sha256}", "quiet"))
    for rule in policy.rules:
        kind = "asks" if rule.kind is ReasonKind.QUESTION else str(rule.severity)
        page.gap()
        page.say((rule.id, "title"), (f"  {kind}", "quiet"))
        texts = (("when", rule.when), ("why", rule.why), ("fix", rule.how_to_fix), ("waive", rule.waivable_by))
        for label, text in texts:
            if text:
                page.labelled(label, text)
    return 0
