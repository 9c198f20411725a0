# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses: which are asked, where redirects lead, and what of them people may see."""

from urllib.parse import urljoin, urlsplit, urlunsplit

from paddock.engine.clients.failure import HttpError

MAX_URL = 8_192


def shown(url: str) -> str:
    """An address for people: without user, password, query and fragment, any of which may hold a secret."""
    try:
        parts = urlsplit(url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))[:300]
    except ValueError:
        return "an address that cannot be read"


def shown_host(url: str) -> str:
    """Scheme and host of an address for people."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"[:300]
    except ValueError:
        return "an address that cannot be read"


def join_url(base: str, *parts: str) -> str:
    """`base` as a folder with parts below it."""
    return "/".join([base.rstrip("/"), *(part.strip("/") for part in parts)])


def check_address(url: str) -> None:
    """Raises HttpError for everything but an http or https address of bearable length."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= MAX_URL
    except ValueError:
        fine = False
    if not fine:
        raise HttpError(f"{shown(url)} is refused: only http and https are fetched")


def moved_to(url: str, target: str) -> str:
    """Where a redirect leads. Raises HttpError for what is no address to fetch, and for a way out of https."""
    moved = urljoin(url, target)
    check_address(moved)
    if url.startswith("https:") and not moved.startswith("https:"):
        raise HttpError(f"{shown(url)} leads from https to an address without protection, which is refused")
    return moved
