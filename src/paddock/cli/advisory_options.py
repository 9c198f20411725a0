# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Options about known vulnerabilities that several commands share; light, so that `paddock audit PURL` is quick."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from paddock.engine.advisor.location import VARIABLE, default_path
from paddock.engine.evaluator.thresholds import Threshold, findings_meeting, parse_threshold
from paddock.engine.model.vulnerability import VulnerabilityFindings

DATABASE = click.Path(path_type=Path, dir_okay=False)


class LookUp(msgspec.Struct, frozen=True, kw_only=True):
    """Which database to look vulnerabilities up in (None: not at all), and which findings make the command fail."""

    database: Path | None
    thresholds: tuple[Threshold, ...]

    def exceeded(self, advice: VulnerabilityFindings | None) -> bool:
        """Whether a finding meets a threshold; see is_exceeded."""
        return is_exceeded(advice, self.thresholds)


def is_exceeded(advice: VulnerabilityFindings | None, thresholds: tuple[Threshold, ...]) -> bool:
    """Whether a finding meets a threshold; what meets which is told on standard error."""
    met = findings_meeting(advice, thresholds)
    for text, findings in met.items():
        meets = "1 finding meets" if len(findings) == 1 else f"{len(findings):,} findings meet"
        click.echo(f"{meets} --fail-on {text}.", err=True)
    return bool(met)


def database_option(command: Callable[..., int]) -> Callable[..., int]:
    """`--advisories`; the command gets the path as `database`."""

    @click.option(
        "--advisories",
        type=DATABASE,
        help=f"The advisory database; default: {VARIABLE}, else in the user's data folder.",
    )
    @functools.wraps(command)
    def wrapped(*, advisories: Path | None, **rest: Any) -> int:
        return command(database=advisories or default_path(), **rest)

    return wrapped


def fail_on_option(command: Callable[..., int]) -> Callable[..., int]:
    """`--fail-on`; the command gets `thresholds`."""

    @click.option(
        "--fail-on",
        "fail_on",
        multiple=True,
        metavar="WHAT",
        help="Exit with 1 when a known vulnerability is that bad: critical, high, medium, low, kev, fixable, malware, "
        "any, epss>=0.1, cvss>=7; high+fixable for both at once. May be given several times.",
    )
    @functools.wraps(command)
    def wrapped(*, fail_on: tuple[str, ...], **rest: Any) -> int:
        return command(thresholds=tuple(map(parse_threshold, fail_on)), **rest)

    return wrapped


def look_up_options(command: Callable[..., int]) -> Callable[..., int]:
    """`--advisories`, `--no-advisories`, `--fail-on`; the command gets them as `look_up`."""

    @database_option
    @click.option("--no-advisories", is_flag=True, help="Do not look vulnerabilities up.")
    @fail_on_option
    @functools.wraps(command)
    def wrapped(*, database: Path, no_advisories: bool, thresholds: tuple[Threshold, ...], **rest: Any) -> int:
        if no_advisories and thresholds:
            raise click.UsageError("--fail-on needs vulnerabilities to be looked up: leave --no-advisories out.")
        return command(look_up=LookUp(database=None if no_advisories else database, thresholds=thresholds), **rest)

    return wrapped
