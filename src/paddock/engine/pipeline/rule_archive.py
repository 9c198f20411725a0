# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The archive that the licence rules are published in: which one it is, how to know it, and how it is obtained.

The data is that of ScanCode LicenseDB (Copyright nexB Inc. and others, CC-BY-4.0), as one version of the package
carries it. The archive is known by its SHA-256; its data files are read, and nothing of it is run.
"""

import hashlib
from pathlib import Path

from paddock.engine.model.component import Component, Hash
from paddock.engine.model.errors import EngineError
from paddock.engine.model.purl import parse_purl
from paddock.engine.pipeline.obtain import NotObtained, Sources

DATA_VERSION = "32.5.0"
SHA256 = "7ae5e7b46b8cdbab78afb50380ffc1239d296e81e154314a8c3382e678c664cf"
PACKAGE = Component(purl=parse_purl(f"pkg:pypi/scancode-toolkit-mini@{DATA_VERSION}"), hashes=(Hash("sha256", SHA256),))


class NoRules(EngineError):
    """The licence rules cannot be had; the message says why and what else can be done."""


def obtain_archive(sources: Sources) -> Path:
    """The archive in the cache, fetched from where this machine gets its Python packages. Raises NoRules."""
    try:
        paths = sources.files(sources.obtain(PACKAGE))
    except NotObtained as error:
        raise NoRules(f"{PACKAGE.name} {DATA_VERSION} could not be fetched: {error}\n{_INSTEAD}") from error
    if not paths:
        raise NoRules(f"The cache is too small for the licence rules; PADDOCK_CACHE_SIZE makes room.\n{_INSTEAD}")
    return Path(paths[0])


def check_archive(path: Path) -> None:
    """Raises NoRules when a file is not the archive that this version of Paddock knows."""
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != SHA256:
        raise NoRules(f"{path.name} is not the archive that is expected: its SHA-256 is {found}, not {SHA256}")


_INSTEAD = (
    "On a machine without network, carry the index over from another one: paddock license-db export FILE there, "
    "paddock license-db import FILE here."
)
