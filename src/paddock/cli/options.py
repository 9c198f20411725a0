# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Options that several commands share: which policy, how much to say, and where the reports go."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from paddock.cli.console import show_result
from paddock.cli.output import write_bytes
from paddock.cli.terminal import make_console
from paddock.engine.bootstrap import build
from paddock.engine.model.result import Result
from paddock.engine.pipeline.run import Settings
from paddock.engine.reporter.notice import render as render_notice
from paddock.engine.reporter.reports import REPORTS, find_report

CONSOLE = "console"
FILE = click.Path(path_type=Path, dir_okay=False)
ANYTHING = click.Path(path_type=Path, exists=True)


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """What to write where: pairs of format and file (None: standard output), and how much to tell people."""

    pairs: tuple[tuple[str, Path | None], ...]
    template: Path | None
    quiet: bool
    verbose: bool

    @property
    def prints_data(self) -> bool:
        """Whether standard output carries a document, so that nothing else may be printed there."""
        return any(name != CONSOLE and target is None for name, target in self.pairs)


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """Which policy and configuration to apply, as given on the command line."""

    policy: Path | None
    config: Path | None
    use_config: bool
    distribution: str | None


def output_options(command: Callable[..., int]) -> Callable[..., int]:
    """`--format`, `-o`, `--template`, `--quiet`, `--verbose`; the command gets them as `output`."""

    @click.option(
        "-f",
        "--format",
        "formats",
        multiple=True,
        metavar="FORMAT",
        help=f"{CONSOLE} (default) or one of {', '.join(REPORTS)}. May be given several times, each with its -o.",
    )
    @click.option("-o", "--output", "outputs", multiple=True, type=FILE, help="File to write; - is standard output.")
    @click.option("--template", type=FILE, help="A Jinja template of your own for the notice.")
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was asked for and errors.")
    @click.option("-v", "--verbose", is_flag=True, help="List every package and every issue.")
    @functools.wraps(command)
    def wrapped(
        *,
        formats: tuple[str, ...],
        outputs: tuple[Path, ...],
        template: Path | None,
        quiet: bool,
        verbose: bool,
        **rest: Any,
    ) -> int:
        output = make_output(formats, outputs, template=template, quiet=quiet, verbose=verbose)
        return command(output=output, **rest)

    return wrapped


def policy_options(command: Callable[..., int]) -> Callable[..., int]:
    """`--policy`, `--config`, `--no-config`, `--distribution`; the command gets them as `applied`."""

    @click.option("--policy", type=FILE, help="The policy to apply instead of the one that ships with Paddock.")
    @click.option("--config", type=FILE, help="The project's configuration; default: .paddock.yml in PATH.")
    @click.option("--no-config", is_flag=True, help="Ignore the configuration that lies in PATH.")
    @click.option(
        "--distribution",
        type=click.Choice(["internal", "hosted", "app", "embedded"]),
        help="How people get the product.",
    )
    @functools.wraps(command)
    def wrapped(
        *, policy: Path | None, config: Path | None, no_config: bool, distribution: str | None, **rest: Any
    ) -> int:
        applied = Applied(policy=policy, config=config, use_config=not no_config, distribution=distribution)
        return command(applied=applied, **rest)

    return wrapped


def build_settings(path: Path, applied: Applied) -> Settings:
    """The engine's settings for a path, by what the command line says."""
    return build(
        path,
        policy=applied.policy,
        config=applied.config,
        use_config=applied.use_config,
        distribution=applied.distribution,
    )


def make_output(
    formats: tuple[str, ...], outputs: tuple[Path, ...], *, template: Path | None, quiet: bool, verbose: bool
) -> Output:
    """Pair formats with files. Raises click.UsageError when they do not fit together."""
    if not formats and outputs:
        formats = tuple(_format_of(path) for path in outputs)
    for name in formats:
        if name != CONSOLE:
            find_report(name)
    documents = [name for name in formats if name != CONSOLE]
    if len(documents) > 1 and len(outputs) != len(documents):
        raise click.UsageError(
            f"{len(documents)} formats need as many files: give -o once for each, in the same order."
        )
    if len(outputs) > len(documents):
        raise click.UsageError("There are more files than formats: give --format once for each -o.")
    targets = {name: None if str(path) == "-" else path for name, path in zip(documents, outputs, strict=False)}
    return Output(
        pairs=tuple((name, targets.get(name)) for name in formats) or ((CONSOLE, None),),
        template=template,
        quiet=quiet,
        verbose=verbose,
    )


def _format_of(path: Path) -> str:
    """The format that a file name promises."""
    matches = [report for report in REPORTS.values() if path.name.lower().endswith(report.suffix.lower())]
    if matches:
        return max(matches, key=lambda report: (len(report.suffix), -len(report.name))).name
    if path.suffix.lower() == ".json":
        return "json"
    raise click.UsageError(f"Which format should {path} have? Say so with --format.")


def deliver(result: Result, output: Output, *, seconds: float | None = None) -> None:
    """Write every report asked for; then, unless quiet or in the way, the summary for people."""
    written = []
    for name, target in output.pairs:
        if name == CONSOLE:
            continue
        write_bytes(_render(result, name, output.template), target)
        if target is not None:
            written.append((name, target))
    if output.quiet or output.prints_data:
        return
    console = make_console()
    show_result(console, result, verbose=output.verbose, seconds=seconds)
    for name, target in written:
        console.print(f"  wrote   {target} ({REPORTS[name].title})", style="quiet")


def _render(result: Result, name: str, template: Path | None) -> bytes:
    report = find_report(name)
    if template is not None and name.startswith("notice"):
        return render_notice(result, template.read_text(), escape=name == "notice-html")
    return report.render(result)
