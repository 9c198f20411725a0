# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The options that apply VEX documents; light, for `paddock audit PURL` has to be quick. `vex_documents` reads them."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


class VexChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Which documents to apply to what product (package URLs and CPE names), and whether to list what they settle."""

    files: tuple[Path, ...] = ()
    products: tuple[str, ...] = ()
    show: bool = False


def vex_options(command: Callable[..., int]) -> Callable[..., int]:
    """`--vex`, `--product`, `--show-suppressed`; the command gets them as `vex`."""

    @click.option(
        "--vex",
        "files",
        multiple=True,
        type=_FILE,
        metavar="FILE",
        help="Apply a VEX document (OpenVEX, CycloneDX, CSAF). May be given several times.",
    )
    @click.option(
        "--product",
        "products",
        multiple=True,
        metavar="PURL",
        help="What is looked at, as VEX documents call it, where the input does not tell.",
    )
    @click.option("--show-suppressed", is_flag=True, help="List the findings that do not count, and by whose word.")
    @functools.wraps(command)
    def wrapped(*, files: tuple[Path, ...], products: tuple[str, ...], show_suppressed: bool, **rest: Any) -> int:
        return command(vex=VexChoice(files=files, products=products, show=show_suppressed), **rest)

    return wrapped
