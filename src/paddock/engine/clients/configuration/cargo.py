# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What Cargo is set to: registries, replaced sources, tokens, certificates, proxy.

https://doc.rust-lang.org/cargo/reference/config.html: the user's file ($CARGO_HOME), the project's, then variables; the
later wins. Credentials: https://doc.rust-lang.org/cargo/reference/registry-authentication.html; programs that hand out
credentials are never started.
"""

import os
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from paddock.engine.clients.credentials import Credential, Secret
from paddock.engine.clients.documents import table, text, toml_table
from paddock.engine.clients.http import Access
from paddock.engine.clients.proxy import no_proxy_patterns, proxy_address
from paddock.engine.clients.surroundings import Surroundings, existing, web_address

SETTINGS = "[registries] or [source] in ~/.cargo/config.toml"
PUBLIC = "crates-io"
_MAX_REPLACEMENTS = 10
_REGISTRY_VARIABLE = re.compile(r"CARGO_REGISTRIES_([A-Z0-9_]+)_(INDEX|TOKEN)")


class Index(msgspec.Struct, frozen=True):
    """A registry: its name and the address of its index. sparse: served over HTTP file by file, no git repository."""

    name: str
    url: str
    sparse: bool


class CargoSettings(msgspec.Struct, frozen=True, kw_only=True):
    """indexes: what stands in for the public registry, if anything does, first; then the others by name.
    public_replaced: whether the public registry itself must not be asked. home: $CARGO_HOME.
    """

    indexes: tuple[Index, ...]
    public_replaced: bool
    home: str
    access: Access


def read_cargo(surroundings: Surroundings) -> CargoSettings:
    """The settings in force.

    The project's file lies in the scanned tree: it may add registries, which get no token, but neither take the place
    of one of the user's nor say through which proxy and with which certificates to ask.
    """
    home = surroundings.variable("CARGO_HOME") or surroundings.below_home(".cargo")
    own = _files(home)
    project = _files(os.path.join(surroundings.project, ".cargo")) if surroundings.project else {}
    if surroundings.trust_project:
        _merge(own, project)
    registries = {name: entry for name, entry in table(own, "registries").items() if isinstance(entry, dict)}
    for name, what, value in _variables(surroundings):
        registries.setdefault(name, {})[what] = value
    known = {one.url: one for one in _indexes(table(own, "source"), registries)}
    credentials = tuple(_credentials(home, registries, tuple(known.values())))
    sources = {**table(project, "source"), **table(own, "source")}
    added = {**table(project, "registries"), **registries}
    for index in _indexes(sources, {name: entry for name, entry in added.items() if isinstance(entry, dict)}):
        known.setdefault(index.url, index)
    http = table(own, "http")
    proxy = surroundings.variable("CARGO_HTTP_PROXY") or text(http, "proxy")
    return CargoSettings(
        indexes=tuple(sorted(known.values(), key=lambda one: (one.name != PUBLIC, one.name))),
        public_replaced=bool(text(table(sources, PUBLIC), "replace-with")),
        home=home,
        access=Access(
            credentials=credentials,
            ca_file=surroundings.variable("CARGO_HTTP_CAINFO") or text(http, "cainfo"),
            proxy=proxy_address(proxy),
            no_proxy=no_proxy_patterns(surroundings),
            credentials_go_into="~/.cargo/credentials.toml",
        ),
    )


def _files(folder: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for _, content in existing(os.path.join(folder, name) for name in ("config", "config.toml")):
        _merge(merged, toml_table(content))
    return merged


def _indexes(sources: dict[str, Any], registries: dict[str, Any]) -> list[Index]:
    """What stands in for the public registry, and all registries by name."""
    replaced = _replacement(sources, registries)
    found = [_index(name, text(entry, "index")) for name, entry in sorted(registries.items())]
    first = [_index(PUBLIC, replaced)] if replaced else []
    return [one for one in (*first, *found) if one is not None]


def _replacement(sources: dict[str, Any], registries: dict[str, Any]) -> str:
    """The index that stands in for the public registry, through all replacements; "" where none does."""
    name = PUBLIC
    for _ in range(_MAX_REPLACEMENTS):
        following = text(table(sources, name), "replace-with")
        if not following:
            break
        name = following
    if name == PUBLIC:
        return ""
    return text(table(sources, name), "registry") or text(table(registries, name), "index")


def _index(name: str, stated: str) -> Index | None:
    sparse = stated.startswith("sparse+")
    address = web_address(stated.removeprefix("sparse+").removeprefix("registry+"))
    return Index(name, address, sparse) if address else None


def _credentials(home: str, registries: dict[str, Any], indexes: tuple[Index, ...]) -> Iterator[Credential]:
    tokens: dict[str, tuple[str, str]] = {}
    for path, content in existing(os.path.join(home, name) for name in ("credentials", "credentials.toml")):
        for name, entry in table(toml_table(content), "registries").items():
            if isinstance(entry, dict) and text(entry, "token"):
                tokens[name] = (text(entry, "token"), path)
    for name, entry in registries.items():
        if token := text(entry, "token"):
            tokens[name] = (token, f"the token of registry {name}")
    for index in indexes:
        if index.name in tokens:
            token, told_by = tokens[index.name]
            host = re.match(r"https?://[^/?#]+", index.url)
            if host:
                yield Credential(prefix=host[0], value=Secret(token), told_by=told_by)


def _variables(surroundings: Surroundings) -> Iterator[tuple[str, str, str]]:
    for name, value in surroundings.environment.items():
        found = _REGISTRY_VARIABLE.fullmatch(name)
        if found and value:
            yield found[1].lower().replace("_", "-"), found[2].lower(), value


def _merge(into: dict[str, Any], new: dict[str, Any]) -> None:
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value
