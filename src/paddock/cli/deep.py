# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`--deep`: its options, its cache, and what is said when it is interrupted."""

import functools
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from paddock.cli.cache_folder import open_cache
from paddock.engine.bootstrap import build_deepen
from paddock.engine.downloader.cache import Cache, MemoryCache
from paddock.engine.pipeline.run import Settings, Step

MAX_JOBS = 32


class Deep(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says about the deep scan."""

    wanted: bool
    use_cache: bool
    jobs: int | None
    trust_project: bool

    def interrupted(self, done: int, left: int) -> str:
        """What to tell after Ctrl-C. done, left: packages."""
        number = f"{done:,} package{'s' * (done != 1)}"
        if not self.use_cache:
            return f"Interrupted with {left:,} packages left. Nothing is kept (--no-cache)."
        return (
            f"Interrupted. {number} fetched, scanned and kept, {left:,} left; half-fetched files are kept as such.\n"
            "The same command goes on from here."
        )


def deep_options(command: Callable[..., int]) -> Callable[..., int]:
    """`--deep`, `--jobs`, `--no-cache`, `--trust-project-settings`; the command gets them as `deep`."""

    @click.option(
        "--deep", is_flag=True, help="Fetch, unpack and scan the published source of every package (docs/deep-scan.md)."
    )
    @click.option(
        "--jobs", type=click.IntRange(1, MAX_JOBS), help="With --deep: how many packages to fetch at once; default 6."
    )
    @click.option("--no-cache", is_flag=True, help="Keep no findings and no packages, use none kept.")
    @click.option(
        "--trust-project-settings",
        is_flag=True,
        help="With --deep: let .npmrc, NuGet.Config and pom.xml in PATH use this machine's variables and credentials.",
    )
    @functools.wraps(command)
    def wrapped(*, deep: bool, jobs: int | None, no_cache: bool, trust_project_settings: bool, **rest: Any) -> int:
        if not deep and (jobs or trust_project_settings):
            raise click.UsageError("--jobs and --trust-project-settings belong to --deep.")
        chosen = Deep(wanted=deep, use_cache=not no_cache, jobs=jobs, trust_project=trust_project_settings)
        return command(deep=chosen, **rest)

    return wrapped


@contextmanager
def deepening(path: Path, settings: Settings, deep: Deep) -> Iterator[Step | None]:
    """The stage to put between scanning and deciding; None where no deep scan is wanted."""
    if not deep.wanted:
        yield None
    elif deep.use_cache:
        yield _step(path, settings, deep, open_cache())
    else:
        with tempfile.TemporaryDirectory(prefix="paddock-") as folder:
            yield _step(path, settings, deep, MemoryCache(folder))


def _step(path: Path, settings: Settings, deep: Deep, cache: Cache) -> Step:
    return build_deepen(
        path,
        settings,
        environment=os.environ,
        home=Path.home(),
        cache=cache,
        jobs=deep.jobs,
        trust_project=deep.trust_project,
    )
