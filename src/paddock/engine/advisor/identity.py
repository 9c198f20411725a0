# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Under which names advisories about a component stand: ecosystem, package name, release, and the version to compare.

Both sides, package URLs and advisories, are brought to the same key. Ecosystems are named as OSV does
(https://ossf.github.io/osv-schema/#defined-ecosystems); package URLs follow their types' definitions.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from paddock.engine.advisor.order import key_of
from paddock.engine.model.purl import PackageURL


class Wanted(NamedTuple):
    """What to look up. key: of the package. ecosystem: whose order the version has. release: of a distribution; None
    where the component does not tell it. version: as the ecosystem compares it; "" for none.
    """

    key: str
    ecosystem: str
    release: str | None
    version: str


_RUNS = re.compile(r"[-_.]+")


def key_of_package(ecosystem: str, name: str) -> tuple[str, str]:
    base, _, release = ecosystem.partition(":")
    if base == "PyPI":
        name = _RUNS.sub("-", name).lower()
    elif base in ("NuGet", "Packagist", "Go"):
        name = name.lower()
    return f"{base}:{name}", release


def ordering(ecosystem: str) -> Callable[[str], bytes | None]:
    return lambda version: key_of(ecosystem, version)


_T = {
    "npm": "npm",
    "pypi": "PyPI",
    "maven": "Maven",
    "golang": "Go",
    "gem": "RubyGems",
    "cargo": "crates.io",
    "nuget": "NuGet",
    "composer": "Packagist",
}


def wanted_of(purl: PackageURL) -> Wanted | None:
    e = _T.get(purl.type)
    if e is None:
        return None
    sep = ":" if purl.type == "maven" else "/"
    name = f"{purl.namespace}{sep}{purl.name}" if purl.namespace else purl.name
    return Wanted(key_of_package(e, name)[0], e, "", purl.version or "")
