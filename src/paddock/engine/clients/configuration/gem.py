# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What RubyGems and Bundler are set to: sources, mirrors, credentials, folders in which gems are kept.

RubyGems' command reference, gem environment, and https://bundler.io/man/bundle-config.1.html. Both files
are YAML of the simplest kind, and are read line by line.
"""

import glob
import os
import re
from collections.abc import Iterator

import msgspec

from paddock.engine.clients.credentials import Credential, basic, host_of, split_credentials
from paddock.engine.clients.http import Access
from paddock.engine.clients.surroundings import Surroundings, existing, web_address

SETTINGS = ":sources: in ~/.gemrc or `bundle config mirror.…`"
_KEY = re.compile(r'"?(BUNDLE_[^"\s]*?)"?:\s+"?([^"]*)"?\s*')
_ITEM = re.compile(r"\s*-\s+[\"']?([^\"'\s]+)[\"']?\s*")
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?")
_MAX_FOLDERS = 200


class GemSettings(msgspec.Struct, frozen=True, kw_only=True):
    """sources: as set, empty where none is. mirrors: pairs of a source ("all": every one) and what stands in for it.
    caches: folders with .gem files.
    """

    sources: tuple[str, ...]
    mirrors: tuple[tuple[str, str], ...]
    caches: tuple[str, ...]
    access: Access

    def addresses(self, public: str) -> tuple[str, ...]:
        """Where to ask; `public`: the public registry, asked where no source is set."""
        mirrors = dict(self.mirrors)
        wanted = self.sources or ((public,) if public else ("",))
        found = (mirrors.get(_slash(url)) or mirrors.get("all") or url for url in wanted)
        return tuple(dict.fromkeys(url for url in found if url))


def read_gem(surroundings: Surroundings) -> GemSettings:
    """The settings in force."""
    sources: list[str] = []
    credentials: list[Credential] = []
    for path, text in existing([surroundings.system("/etc/gemrc"), surroundings.below_home(".gemrc")]):
        stated = [split_credentials(url, path) for url in _gemrc_sources(text)]
        if stated:
            sources = [url for url, _ in stated]
            credentials += [one for _, found in stated for one in found]
    mirrors: dict[str, str] = {}
    for key, value, told_by in _bundle_settings(surroundings):
        if key.startswith("mirror."):
            url, found = split_credentials(web_address(value), told_by)
            name = key.removeprefix("mirror.")
            if url:
                mirrors["all" if name == "all" else _slash(name)] = url
                credentials += found
        elif ":" in value and _HOST.fullmatch(key):
            credentials.append(Credential(prefix=f"//{key}", value=basic(*value.split(":", 1)), told_by=told_by))
    return GemSettings(
        sources=tuple(dict.fromkeys(sources)),
        mirrors=tuple(mirrors.items()),
        caches=tuple(_caches(surroundings)),
        access=Access(credentials=tuple(credentials), credentials_go_into="`bundle config set HOST user:password`"),
    )


def _gemrc_sources(text: str) -> Iterator[str]:
    inside = False
    for line in text.splitlines():
        item = _ITEM.fullmatch(line)
        if inside and item:
            if url := web_address(item[1]):
                yield url
        else:
            inside = line.rstrip() in (":sources:", "sources:")


def _bundle_settings(surroundings: Surroundings) -> Iterator[tuple[str, str, str]]:
    """(key, value, where) as bundler writes them: dots as two underscores, dashes as three; the later wins."""
    paths = [surroundings.variable("BUNDLE_USER_CONFIG") or surroundings.below_home(".bundle", "config")]
    if surroundings.project:
        paths.insert(0, os.path.join(surroundings.project, ".bundle", "config"))
    for path, text in existing(paths):
        for line in text.splitlines():
            if found := _KEY.fullmatch(line):
                yield _plain(found[1]), found[2], path
    for name, value in surroundings.environment.items():
        if name.startswith("BUNDLE_"):
            yield _plain(name), value, name


def _plain(key: str) -> str:
    name = key.removeprefix("BUNDLE_").replace("___", "-").replace("__", ".").lower()
    return re.sub(r"^mirror[._]", "mirror.", name).replace("fallback_timeout", "")


def _slash(url: str) -> str:
    """Sources compare with a slash at the end and the host in lower case, as bundler keeps them."""
    try:
        host = host_of(url)
    except ValueError:
        host = None
    return f"{url.rstrip('/')}/".lower() if host else url


def _caches(surroundings: Surroundings) -> Iterator[str]:
    homes = [surroundings.variable("GEM_HOME"), *surroundings.variable("GEM_PATH").split(os.pathsep)]
    yield from (os.path.join(home, "cache") for home in homes if home)
    patterns = [
        surroundings.below_home(*parts) for parts in ((".gem", "ruby", "*"), (".local", "share", "gem", "ruby", "*"))
    ]
    for pattern in (*patterns, surroundings.system("/var/lib/gems/*")):
        yield from (os.path.join(found, "cache") for found in sorted(glob.glob(pattern))[:_MAX_FOLDERS])
