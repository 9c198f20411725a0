# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Where messages may go: never to machines inside the company's network, unless the installation says so.

The name is resolved once, every address it has is judged, and the connection is made to the address that was judged:
a name that leads elsewhere a moment later (DNS rebinding) leads nowhere.
"""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from paddock.hub.core.errors import Invalid

INSIDE = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".test", ".onion")
"""How names end that no public server has."""
_NAME = re.compile(r"([a-z0-9_-]+\.)+[a-z][a-z0-9-]*\.?")


class NotReachable(Exception):
    """The address may not be used or leads nowhere; the message says why, in English, as attempts keep it."""


def check_address(url: str) -> None:
    """Raise Invalid for an address that no message may ever be sent to, whatever its name resolves to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid(_("This is no address."), errors=("url: " + _("cannot be read"),)) from error
    allowed = ("https", "http") if settings.WEBHOOKS_ALLOW_PRIVATE else ("https",)
    if parts.scheme not in allowed or not host or port == 0:
        raise Invalid(
            _("Messages go to addresses that begin with https://."), errors=("url: " + _("not https://host/…"),)
        )
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Invalid(
            _("The address must not hold a password or a fragment."), errors=("url: " + _("names a user or fragment"),)
        )
    if any(ord(character) <= 32 or ord(character) == 127 for character in url):
        raise Invalid(
            _("The address must not hold spaces or control characters."), errors=("url: " + _("holds spaces"),)
        )
    if not url.isascii():
        raise Invalid(
            _("Write the address in ASCII: names of hosts with other letters as xn--…, the rest with %."),
            errors=("url: " + _("not in ASCII"),),
        )
    try:
        judge(ipaddress.ip_address(host))
    except ValueError:
        _check_name(host)
    except NotReachable as error:
        told = _("%(address)s is a private address, and this hub sends none there.") % {"address": host}
        raise Invalid(told, errors=("url: " + _("a private address"),)) from error


def _check_name(host: str) -> None:
    """Raise Invalid for names that never lead out; where any other leads is judged when it is resolved.

    A name whose last part is a number is an address written in an old way (127.1, 0x7f.1).
    """
    inside = not _NAME.fullmatch(host) or host.rstrip(".").endswith(INSIDE)
    if inside and not settings.WEBHOOKS_ALLOW_PRIVATE:
        raise Invalid(
            _("%(host)s is no name in the public network.") % {"host": host}, errors=("url: " + _("a private name"),)
        )


def judge(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Raise NotReachable for an address that is not out in the public network."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    if not settings.WEBHOOKS_ALLOW_PRIVATE and not (address.is_global and inner.is_global and not inner.is_multicast):
        raise NotReachable(f"{address} is a private address, and this hub sends none there.")


def resolve(host: str, port: int) -> str:
    """The address to connect to. Raises NotReachable when the name has none, or any that is private."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotReachable(f"The name {host} leads nowhere.") from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        judge(address)
    return str(addresses[0])
