# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Android's versions in advisories: the release, a colon, the security patch level (`12L:2022-07-05`, `13:0`)."""

import re

from paddock.engine.versions.keys import packed
from paddock.engine.versions.orders import rpm

_ADMITTED = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*:[0-9][0-9-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")


def key(version: str) -> bytes:
    """The key of a version; a patch level alone belongs to no release and sorts below those that do."""
    release, _, level = version.rpartition(":")
    return packed(rpm.part(release) + rpm.part(level))


def admits(version: str) -> bool:
    """Whether the text is a release with a patch level, or a patch level."""
    return _ADMITTED.fullmatch(version) is not None
