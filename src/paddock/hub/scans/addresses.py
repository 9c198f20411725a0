# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which addresses of repositories the hub may ask: named hosts, over TLS, and none inside the company by accident."""

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from paddock.engine.model.errors import EngineError

PORT = 443
_REVISION = re.compile(r"[A-Za-z0-9_][\w./@+-]{0,199}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PATH = re.compile(r"/[\w./~+%-]+")
Resolve = Callable[[str, int], Collection[str]]


class AddressRefused(EngineError):
    """The hub does not ask this address; the message says why, and who can change that.

    The message itself is in English, because intakes keep it; `told` is for whoever fills in a form.
    """

    def __init__(self, text: str, **named: str) -> None:
        super().__init__(text % named)
        self.text = text
        self.named = named

    @property
    def told(self) -> str:
        """The message in the reader's language."""
        return gettext(self.text) % self.named


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked: its text, host, and the network address that was checked and is to be used."""

    url: str
    host: str
    network: str

    @property
    def name(self) -> str:
        """What the repository is called: the last part of its path."""
        return urlsplit(self.url).path.rstrip("/").rpartition("/")[2].removesuffix(".git") or self.host


def network_addresses(host: str, port: int) -> list[str]:
    """All network addresses of a host. Raises AddressRefused for a name that has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(_("The host %(host)s has no address."), host=host) from error
    return [str(entry[4][0]) for entry in found]


def check_url(url: str, *, allowed: Collection[str]) -> str:
    """The host of an address that is written as it should be. Asks nobody. Raises AddressRefused.

    allowed: names of hosts, in lower case.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise AddressRefused(_("This is no address of a repository.")) from error
    if parts.scheme != "https" or len(url) > 500 or not url.isprintable():
        raise AddressRefused(_("The address of a repository must begin with https://."))
    if "@" in parts.netloc:
        raise AddressRefused(_("The address must not hold a name or a password."))
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(parts.path) or parts.query or parts.fragment:
        raise AddressRefused(_("This is no address of a repository: https://HOST/PATH is one."))
    if port not in (None, PORT):
        raise AddressRefused(_("Repositories are asked on the ordinary port of https only."))
    if host not in allowed:
        raise AddressRefused(
            _("The hub may not ask %(host)s. An administrator can add it to PADDOCK_HUB_ALLOWED_GIT_HOSTS."), host=host
        )
    return host


def check_revision(revision: str) -> str:
    """A branch, tag or commit ("" is the default branch). Raises AddressRefused for what git could take for more."""
    if revision and (not _REVISION.fullmatch(revision) or ".." in revision):
        raise AddressRefused(_("This is no name of a branch, tag or commit."))
    return revision


def checked(
    url: str, *, allowed: Collection[str], private: Collection[str], resolve: Resolve = network_addresses
) -> Address:
    """The address with the network address to use. Raises AddressRefused.

    private: those of the allowed hosts that may stand inside the company. Every network address of any other host must
    be a public one, and the one that was looked at is the one that is used: a name that leads elsewhere a moment later
    gains nothing.
    """
    host = check_url(url, allowed=allowed)
    found = [ipaddress.ip_address(text.partition("%")[0]) for text in resolve(host, PORT)]
    if not found:
        raise AddressRefused(_("The host %(host)s has no address."), host=host)
    if host not in private and not all(_is_public(address) for address in found):
        raise AddressRefused(
            _(
                "%(host)s leads into a private network. If that is meant, an administrator can add it to "
                "PADDOCK_HUB_PRIVATE_GIT_HOSTS."
            ),
            host=host,
        )
    return Address(url, host, str(found[0]))


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return bool(address.is_global and inner.is_global and not address.is_multicast)
