# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""OCaml's versions: compared as dpkg compares an upstream version, without epoch and revision (opam's manual)."""

import re

from paddock.engine.versions.keys import packed
from paddock.engine.versions.orders import debian

_ADMITTED = re.compile(r"v?[0-9][0-9A-Za-z.+~_-]*")


def key(version: str) -> bytes:
    """The key of a version; every text has one."""
    return packed(debian.part(version))


def admits(version: str) -> bool:
    """Whether the text is a version and begins with a number."""
    return _ADMITTED.fullmatch(version) is not None
