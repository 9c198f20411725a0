# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where an ecosystem's public registry is, for machines that state none: as the `packageurl-python` library knows it.

No address stands in Paddock itself. The library writes addresses for packages; what they have in common is the
registry.
"""

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from packageurl.contrib import purl2url

_PROBES = {
    "npm": "pkg:npm/a@1",
    "pypi": "pkg:pypi/a@1",
    "maven": "pkg:maven/a/b@1",
    "golang": "pkg:golang/a/b@v1",
    "cargo": "pkg:cargo/a@1",
    "gem": "pkg:gem/a@1",
    "composer": "pkg:composer/a/b@1",
    "nuget": "pkg:nuget/a@1",
    "deb": "pkg:deb/debian/a@1",
}


@cache
def download_address(type: str) -> str:
    """The address of package `a` (or `a/b`) in version 1, the probe; "" where the library knows none."""
    return _ask(purl2url.get_download_url, _PROBES[type])


@cache
def public_host(type: str) -> str:
    """`https://host` of the registry, by the address of its pages for people; "" where the library knows none."""
    parts = urlsplit(_ask(purl2url.get_repo_url, _PROBES[type]))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def public_index(type: str) -> str:
    """The address of the index that the ecosystem's own client reads unless told otherwise; "" where there is none.

    cargo: the sparse index, since Cargo 1.70 (https://doc.rust-lang.org/cargo/reference/registry-index.html); it has a
    host of its own below the registry's.
    """
    host = public_host(type).partition("://")[2]
    return f"https://index.{host}" if host and type == "cargo" else ""


def _ask(question: Callable[[str], str | None], probe: str) -> str:
    try:
        return question(probe) or ""
    except (NotImplementedError, ValueError):
        return ""


def public_registry(type: str) -> str:
    """The registry's base address, without a slash at the end; "" where it cannot be told.

    npm, gem: what lies before the package; maven, deb: the repository; golang: the proxy; pypi: the simple index;
    composer: the repository. cargo and nuget have addresses for downloads only, see `download_address`.
    """
    address = download_address(type)
    ends = {
        "npm": "/a/-/a-1.tgz",
        "maven": "/a/b/1/b-1.jar",
        "golang": "/a/b/@v/v1.zip",
        "gem": "/downloads/a-1.gem",
        "deb": "/pool/main/a/a/a_1.dsc",
    }
    if type in ends:
        return address.removesuffix(ends[type]) if address.endswith(ends[type]) else ""
    host = public_host(type)
    return f"{host}/simple" if host and type == "pypi" else host if type == "composer" else ""
