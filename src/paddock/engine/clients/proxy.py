# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Through which proxy a package client's settings send a request, and to which hosts they go without one."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from paddock.engine.clients.surroundings import Surroundings

DIRECT = "direct"
"""In place of a proxy's address: none at all, not even the one that the variables name."""
_NONE = frozenset({"", "null", "false", "none", "undefined"})
_MAX_PATTERNS = 500


def proxy_address(text: str) -> str:
    """The address of a proxy as settings state it, with http where no scheme is named; "" for none."""
    text = text.strip()
    if text.lower() in _NONE or re.search(r"\s", text):
        return ""
    return text if "://" in text else f"http://{text}"


def proxy_with_credentials(host: str, port: str, user: str, password: str) -> str:
    """The address of an http proxy from its parts."""
    own = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    return proxy_address(f"http://{own}{host}:{port if port.isdecimal() else '8080'}") if host else ""


def no_proxy_patterns(surroundings: Surroundings, stated: str = "") -> tuple[str, ...]:
    """The hosts of a list in the manner of NO_PROXY, as patterns with `*`; `stated` wins over the variable.

    A name stands for itself and all hosts below it (https://curl.se/docs/manpage.html#--noproxy). Ranges of addresses
    are left out.
    """
    return tuple(_widened(stated or surroundings.variable("no_proxy", "NO_PROXY")))


def _widened(text: str) -> Iterator[str]:
    for word in [part for part in re.split(r"[,\s]+", text.lower()) if part][:_MAX_PATTERNS]:
        if word == "*" or word.startswith("*"):
            yield word
        elif "/" not in word:
            name = word.removeprefix(".")
            yield from (name, f"*.{name}")


def chosen_proxy(url: str, proxy: str, no_proxy: Sequence[str]) -> str:
    """What an address is fetched through: `proxy`, or DIRECT where a pattern holds its host (or host:port).

    Without a proxy in the settings "": what the variables say, which the connections heed themselves.
    """
    if not proxy or proxy == DIRECT:
        return proxy
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        return proxy
    return DIRECT if any(_fits(one, host) or _fits(one, f"{host}:{port}") for one in no_proxy) else proxy


def _fits(pattern: str, text: str) -> bool:
    """Whether a pattern with `*` holds the whole text; in time linear in both, whatever the pattern."""
    first, *others = pattern.lower().split("*")
    if not others:
        return first == text
    if not text.startswith(first):
        return False
    place = len(first)
    for part in others[:-1]:
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return len(text) - place >= len(others[-1]) and text.endswith(others[-1])
