# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The keys of pnpm-lock.yaml: a package's name and version, or an address, in the spellings of versions 5 to 9.

Format: https://github.com/pnpm/spec/tree/master/lockfile ("dependency path").
"""

import re

import msgspec

from paddock.engine.analyzer.extractors.javascript.registry import split_name

_VERSION = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")


class Key(msgspec.Struct, frozen=True):
    """name and version as far as the key has them; address: what stands in the version's place and is none."""

    name: str = ""
    version: str = ""
    address: str = ""


def parse_key(key: str) -> Key:
    """Read a key. A key that is only an address (git, archives; version 5) gives neither name nor version."""
    plain = key.partition("(")[0]
    text = plain.removeprefix("/")
    name, rest = split_name(text)
    if rest and name.count("/") == (1 if name.startswith("@") else 0):  # versions 6 and later
        version = _version(rest)
        if version:
            return Key(name, version)
        if ":" in rest:
            return Key(name, "", rest)
    return _parse_slashed(plain)


def _parse_slashed(plain: str) -> Key:
    """Version 5: `[host]/[@scope/]name/version[_peers][/more peers]`; 6 with a host: `host/[@scope/]name@version`."""
    parts = plain.split("/", 4)[1:]  # the host is empty for the default registry
    size = 2 if parts and parts[0].startswith("@") else 1
    name, rest = split_name("/".join(parts[:size]))
    version = _version(rest or "".join(parts[size : size + 1]))
    return Key(name, version) if name and version else Key(address=plain)


def _version(text: str) -> str:
    """The version a text begins with, when nothing but peers ("_…") follows; else ""."""
    found = _VERSION.match(text)
    return found[0] if found and text[found.end() : found.end() + 1] in {"", "_"} else ""
