# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`--upload`: its options, handing a result to a hub, and the hub's verdict."""

import functools
import os
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import click
import msgspec

from paddock.cli.main import UNDECIDED, complain
from paddock.cli.progress import progress_bar
from paddock.engine.bootstrap import hub_at
from paddock.engine.formats.result import write_result
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import EXIT_CODES, Outcome

VARIABLE = "PADDOCK_TOKEN"
PATIENCE = 600
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says about handing the result to a hub. seconds: how long to wait for its verdict, None:
    not at all."""

    url: str
    token: str
    product: str
    release: str
    seconds: int | None


def upload_options(command: Callable[..., int]) -> Callable[..., int]:
    """`--upload`, `--hub-product`, `--hub-release`, `--wait`, `--wait-seconds`; the command gets them as `upload`."""

    @click.option("--upload", metavar="URL", help=f"Hand the result to the hub at URL; the token stands in {VARIABLE}.")
    @click.option("--hub-product", "product", help="With --upload: for which product; default: what was read.")
    @click.option("--hub-release", "release", help="With --upload: for which release; default: the commit, or main.")
    @click.option("--wait", is_flag=True, help="With --upload: wait for the hub's verdict, and exit by it.")
    @click.option(
        "--wait-seconds", type=click.IntRange(1, 86_400), default=PATIENCE, show_default=True,
        help="With --wait: how long at most.",
    )  # fmt: skip
    @functools.wraps(command)
    def wrapped(
        *,
        upload: str | None,
        product: str | None,
        release: str | None,
        wait: bool,
        wait_seconds: int,
        **rest: Any,
    ) -> int:
        if upload is None and (product or release or wait):
            raise click.UsageError("--hub-product, --hub-release and --wait belong to --upload.")
        return command(
            upload=_chosen(upload, product, release, wait_seconds if wait else None) if upload else None, **rest
        )

    return wrapped


def _chosen(url: str, product: str | None, release: str | None, seconds: int | None) -> Upload:
    token = os.environ.get(VARIABLE, "").strip()
    if not token:
        raise click.UsageError(f"--upload needs a token of the hub in the variable {VARIABLE}.")
    if not token.isascii() or not token.isprintable():
        raise click.UsageError(f"The token in {VARIABLE} holds characters that no token has.")
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        fine = False
    if not fine or parts.username is not None:
        raise click.UsageError("--upload takes the address of a hub: https://paddock.example.com")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        complain("The token goes over the network unprotected: the address of the hub does not begin with https.")
    return Upload(url=url.rstrip("/"), token=token, product=product or "", release=release or "", seconds=seconds)


def hand_in(result: Result, upload: Upload, *, quiet: bool) -> int | None:
    """Hand the result in. With --wait the exit code by the hub's verdict, else None. Raises HttpError, Stopped."""
    product = upload.product or result.subject.name or "unnamed"
    release = upload.release or result.subject.revision or "main"
    with hub_at(upload.url, upload.token, os.environ) as hub, progress_bar(quiet=quiet) as progress:
        progress("Handing in", 0, 0)
        intake = hub.hand_in(write_result(result), "result.paddock.json", product=product, release=release)
        if upload.seconds is not None:
            intake = hub.until_final(intake, seconds=upload.seconds, progress=progress)
        known = hub.release(intake.release_id)
    page = f"{upload.url}/releases/{intake.release_id}"
    if intake.state == "failed":
        complain("\n".join((f"The hub could not use the result: {page}", *intake.problems)))
        return UNDECIDED
    if upload.seconds is None:
        if not quiet:
            complain(f"Handed in for {known.product} {known.name}: {page}")
        return None
    if not intake.final:
        complain(f"The hub has not decided within {upload.seconds} s; it goes on working: {page}")
        return UNDECIDED
    if not quiet:
        complain(f"The hub says about {known.product} {known.name}: {known.sentence or known.outcome}\n{page}")
    return EXIT_CODES[Outcome(known.outcome)] if known.outcome in set(Outcome) else UNDECIDED
