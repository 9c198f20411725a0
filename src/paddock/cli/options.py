# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Options that several commands share: which policy, how much to say, and where the reports go."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from paddock.cli.cache_folder import open_cache
from paddock.cli.console import show_result
from paddock.cli.output import check_writable, write_bytes
from paddock.cli.parameter_types import FILE
from paddock.cli.reading import reading
from paddock.cli.terminal import make_console
from paddock.engine.bootstrap import build
from paddock.engine.model.result import Result
from paddock.engine.pipeline.run import Settings
from paddock.engine.reporter.notice import InvalidTemplate
from paddock.engine.reporter.notice import render as render_notice
from paddock.engine.reporter.report import Report
from paddock.engine.reporter.reports import REPORTS, find_report, report_for_file

CONSOLE = "console"
_NOTICE = "notice"


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """What to write where: pairs of format and file (None: standard output), and how much to tell people. Without a
    pair, the summary for people is all there is.
    """

    pairs: tuple[tuple[str, Path | None], ...]
    template: Path | None
    quiet: bool
    verbose: bool

    @property
    def prints_data(self) -> bool:
        """Whether standard output carries a document, so that nothing else may be printed there."""
        return any(target is None for _, target in self.pairs)


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


def build_settings(path: Path, applied: Applied, *, remember: bool = True, advisories: Path | None = None) -> Settings:
    """The engine's settings for a path, by what the command line says.

    remember: whether findings are kept and used. advisories: the database to look vulnerabilities up in.
    """
    cache_folder = Path(open_cache().root) if remember else None
    with reading(path):
        return build(
            path,
            policy=applied.policy,
            config=applied.config,
            use_config=applied.use_config,
            distribution=applied.distribution,
            cache_folder=cache_folder,
            advisories=advisories,
        )


def make_output(
    formats: tuple[str, ...], outputs: tuple[Path, ...], *, template: Path | None, quiet: bool, verbose: bool
) -> Output:
    """Pair formats with files. Raises click.UsageError when they do not fit together, NotReportable for an unknown
    format, NotWritable for a file that cannot be made.
    """
    if not [name for name in formats if name != CONSOLE]:
        formats = (*formats, *(format_of(path).name for path in outputs))
    documents = [find_report(name).name for name in formats if name != CONSOLE]
    if len(documents) > 1 and len(outputs) != len(documents):
        raise click.UsageError(
            f"{len(documents)} formats need as many files: give -o once for each, in the same order."
        )
    if len(outputs) > len(documents):
        raise click.UsageError("There are more files than formats: give --format once for each -o.")
    if template is not None and not any(name.startswith(_NOTICE) for name in documents):
        raise click.UsageError("--template is for notices: give --format notice, notice-md or notice-html as well.")
    targets = [None if str(path) == "-" else path for path in outputs] or [None] * len(documents)
    if len({target and target.absolute() for target in targets}) < len(targets):
        raise click.UsageError("Every format needs a file of its own.")
    if CONSOLE in formats and None in targets:
        raise click.UsageError("The summary and a document cannot both go to standard output: give -o FILE.")
    for target in targets:
        check_writable(target)
    return Output(
        pairs=tuple(zip(documents, targets, strict=True)),
        template=template,
        quiet=quiet,
        verbose=verbose,
    )


def format_of(path: Path) -> Report:
    """The format that a file name promises. Raises click.UsageError."""
    report = report_for_file(path.name)
    if report is None:
        raise click.UsageError(f"Which format should {path} have? Say so with --format.")
    return report


def deliver(result: Result, output: Output, *, seconds: float | None = None, suppressed: bool = False) -> None:
    """Make every report before the first is written; then, unless quiet or in the way, the summary for people."""
    write_rendered(result, output)
    if output.quiet or output.prints_data:
        return
    written = tuple((REPORTS[name].title, str(target)) for name, target in output.pairs)
    show_result(make_console(), result, verbose=output.verbose, suppressed=suppressed, seconds=seconds, written=written)


def write_rendered(result: Result, output: Output) -> None:
    """Make every report before the first is written."""
    rendered = [(target, _render(result, name, output.template)) for name, target in output.pairs]
    for target, data in rendered:
        write_bytes(data, target)


def _render(result: Result, name: str, template: Path | None) -> bytes:
    if template is None or not name.startswith(_NOTICE):
        return find_report(name).write(result)
    try:
        text = template.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidTemplate(f"{template} is not in UTF-8 (byte {error.start})") from error
    return render_notice(result, text, escape=name == "notice-html")
