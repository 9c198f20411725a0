# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Credentials, each with the one place it may be sent to; their values show in no text."""

import base64
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit, urlunsplit

import msgspec

_PORTS = {"http": 80, "https": 443}


class Secret:
    """A text that prints as "***"."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one header it goes into."""
        return self._text

    def __repr__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """The value of an Authorization header (or of `header`), for addresses below `prefix` only; told_by: which setting.

    prefix: scheme optional ("//host/path"), host with port where it is not the scheme's own.
    """

    prefix: str
    value: Secret
    told_by: str
    header: str = "Authorization"


def basic(user: str, password: str) -> Secret:
    """HTTP Basic (RFC 7617)."""
    return Secret("Basic " + base64.b64encode(f"{user}:{password}".encode()).decode())


def bearer(token: str) -> Secret:
    """Bearer token (RFC 6750)."""
    return Secret(f"Bearer {token}")


def split_credentials(url: str, told_by: str) -> tuple[str, tuple[Credential, ...]]:
    """An address without the user and password in it, and those as a credential for its host."""
    try:
        parts = urlsplit(url)
        host = host_of(url)
    except ValueError:
        return url, ()
    if "@" not in parts.netloc:
        return url, ()
    plain = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not host or not (user or password):
        return plain, ()
    prefix = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    return plain, (Credential(prefix=prefix, value=basic(user, password), told_by=told_by),)


def host_of(url: str) -> tuple[str, int | None] | None:
    """Host in lower case and port (the scheme's own where none is named); None for what has no host.

    Raises ValueError for an address that cannot be read.
    """
    parts = urlsplit(url)
    return (parts.hostname.lower(), parts.port or _PORTS.get(parts.scheme)) if parts.hostname else None


def credential_for(url: str, credentials: Iterable[Credential]) -> Credential | None:
    """The credential whose prefix is the longest that holds the address; None where none does."""
    best: Credential | None = None
    for credential in credentials:
        if _holds(credential.prefix, url) and (best is None or len(credential.prefix) > len(best.prefix)):
            best = credential
    return best


def _holds(prefix: str, url: str) -> bool:
    try:
        wanted, given = urlsplit(prefix), urlsplit(url)
        if wanted.scheme and wanted.scheme != given.scheme:
            return False
        named = host_of(f"{given.scheme}:{prefix}" if not wanted.scheme else prefix)
        if named is None or named != host_of(url):
            return False
    except ValueError:
        return False
    folder = wanted.path.rstrip("/")
    return not folder or given.path == folder or given.path.startswith(f"{folder}/")
