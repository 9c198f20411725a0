# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What Go is set to: module proxies, private modules, the module cache.

https://go.dev/ref/mod#module-proxy and https://go.dev/ref/mod#private-modules. Variables win over the file that `go env
-w` writes, that one over the go.env of the toolchain, which has the defaults.
"""

import os
import re
from collections.abc import Iterator

import msgspec

from paddock.engine.clients.configuration.netrc import user_netrc
from paddock.engine.clients.credentials import Credential, split_credentials
from paddock.engine.clients.http import Access
from paddock.engine.clients.surroundings import Surroundings, existing, web_address

SETTINGS = "GOPROXY"
DIRECT, OFF = "direct", "off"
_LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")


class Proxy(msgspec.Struct, frozen=True):
    """One step of GOPROXY: an address, "direct" or "off". on_any_error: the next one is asked whatever goes wrong with
    this one ("|"), not only when the module is not there (",").
    """

    url: str
    on_any_error: bool


class GoSettings(msgspec.Struct, frozen=True, kw_only=True):
    """proxies: None where GOPROXY is set nowhere. no_proxy: patterns of modules that no proxy is asked for."""

    proxies: tuple[Proxy, ...] | None
    no_proxy: tuple[str, ...]
    module_cache: str
    access: Access

    def is_private(self, module: str) -> bool:
        """Whether a module is fetched without proxy: a pattern fits its first elements (GONOPROXY)."""
        elements = module.split("/")
        return any(_fits(pattern.split("/"), elements) for pattern in self.no_proxy)


def read_go(surroundings: Surroundings) -> GoSettings:
    """The settings in force."""
    values: dict[str, str] = {}
    for _, text in existing(_paths(surroundings)):
        values.update((found[1], found[2]) for line in text.splitlines() if (found := _LINE.fullmatch(line.strip())))
    for name in ("GOPROXY", "GOPRIVATE", "GONOPROXY", "GOMODCACHE", "GOPATH"):
        if text := surroundings.variable(name):
            values[name] = text
    private = values.get("GONOPROXY") or values.get("GOPRIVATE", "")
    go_path = (values.get("GOPATH") or surroundings.below_home("go")).split(os.pathsep)[0]
    proxies, credentials = _proxies(values.get("GOPROXY", ""))
    return GoSettings(
        proxies=proxies or None,
        no_proxy=tuple(part.strip() for part in private.split(",") if part.strip() and private != "none"),
        module_cache=values.get("GOMODCACHE") or os.path.join(go_path, "pkg", "mod"),
        access=Access(
            credentials=(*credentials, *user_netrc(surroundings)),
            credentials_go_into="~/.netrc or the address in GOPROXY",
        ),
    )


def _proxies(text: str) -> tuple[tuple[Proxy, ...], list[Credential]]:
    found: list[Proxy] = []
    credentials: list[Credential] = []
    for word, separator in re.findall(r"([^,|]+)([,|]?)", text):
        word = word.strip()
        if word in (DIRECT, OFF):
            found.append(Proxy(word, on_any_error=False))
            break  # nothing is asked behind these
        if address := web_address(word):
            plain, own = split_credentials(address, "GOPROXY")
            credentials += own
            found.append(Proxy(plain, on_any_error=separator == "|"))
    return tuple(found), credentials


def _fits(pattern: list[str], elements: list[str]) -> bool:
    if len(pattern) > len(elements):
        return False
    return all(_glob(part).fullmatch(element) for part, element in zip(pattern, elements, strict=False))


def _glob(pattern: str) -> re.Pattern[str]:
    """Go's path.Match within one element, without classes of letters: `*` and `?`."""
    parts = re.split(r"(\*+|\?)", pattern[:200])
    return re.compile(
        "".join("[^/]*" if part.startswith("*") else "[^/]" if part == "?" else re.escape(part) for part in parts)
    )


def _paths(surroundings: Surroundings) -> Iterator[str]:
    program = surroundings.program("go")
    root = surroundings.variable("GOROOT") or (os.path.dirname(os.path.dirname(program)) if program else "")
    if root:
        yield os.path.join(root, "go.env")
    named = surroundings.variable("GOENV")
    if named != OFF:
        yield named or surroundings.config_home("go", "env")
