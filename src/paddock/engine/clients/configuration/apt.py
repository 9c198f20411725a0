# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What apt is set to: archives, their components, credentials.

https://manpages.debian.org/sources.list, both styles, and https://manpages.debian.org/apt_auth.conf.
"""

import glob
import re
from collections.abc import Iterator

import msgspec

from paddock.engine.clients.configuration.netrc import read_netrc
from paddock.engine.clients.credentials import Credential, split_credentials
from paddock.engine.clients.http import Access
from paddock.engine.clients.surroundings import Surroundings, existing, web_address

SETTINGS = "an archive in /etc/apt/sources.list.d"
_LINE = re.compile(r"(deb|deb-src)\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)((?:\s+\S+)*)")
_FIELD = re.compile(r"([A-Za-z-]+):\s*(.*)")
_MAX_FILES = 200


class AptArchive(msgspec.Struct, frozen=True, order=True):
    """One archive: its address and its components ("main", …)."""

    url: str
    components: tuple[str, ...]


class AptSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The archives in the order of the files, each once."""

    archives: tuple[AptArchive, ...]
    access: Access


def read_apt(surroundings: Surroundings) -> AptSettings:
    """The settings in force."""
    found: dict[str, dict[str, None]] = {}
    credentials: list[Credential] = []
    for path, text in existing([surroundings.system("/etc/apt/sources.list"), *_files(surroundings, "sources.list.d")]):
        entries = _deb822(text) if path.endswith(".sources") else _one_line(text)
        for address, components in entries:
            url, own = split_credentials(web_address(address), path)
            if url:
                credentials += own
                found.setdefault(url.rstrip("/"), {}).update(dict.fromkeys(components))
    for path, text in existing([surroundings.system("/etc/apt/auth.conf"), *_files(surroundings, "auth.conf.d")]):
        credentials += read_netrc(text, path)
    return AptSettings(
        archives=tuple(AptArchive(url, tuple(components)) for url, components in found.items()),
        access=Access(credentials=tuple(credentials), credentials_go_into="/etc/apt/auth.conf.d"),
    )


def _files(surroundings: Surroundings, folder: str) -> list[str]:
    return sorted(glob.glob(surroundings.system(f"/etc/apt/{folder}/*")))[:_MAX_FILES]


def _one_line(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in text.splitlines():
        found = _LINE.fullmatch(line.partition("#")[0].strip())
        if found:
            yield found[2], found[4].split()


def _deb822(text: str) -> Iterator[tuple[str, list[str]]]:
    for stanza in re.split(r"\n[ \t]*\n", text):
        fields: dict[str, str] = {}
        name = ""
        for line in stanza.splitlines():
            if line.startswith("#"):
                continue
            field = _FIELD.fullmatch(line)
            if field:
                name = field[1].lower()
                fields[name] = field[2]
            elif name and line[:1] in " \t":
                fields[name] += f" {line.strip()}"
        if fields.get("enabled", "yes").lower() not in ("no", "false", "0"):
            yield from ((uri, fields.get("components", "").split()) for uri in fields.get("uris", "").split())
