# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What pip is set to: indexes, folders of packages, certificates, proxy.

https://pip.pypa.io/en/stable/topics/configuration/: files of the system, the user and the environment, then
PIP_CONFIG_FILE, then variables; the later wins. uv's variables for the same are looked at where pip's are not set.
"""

import configparser
import os
from collections.abc import Iterator

import msgspec

from paddock.engine.clients.configuration.netrc import user_netrc
from paddock.engine.clients.credentials import Credential, split_credentials
from paddock.engine.clients.http import Access
from paddock.engine.clients.proxy import no_proxy_patterns, proxy_address
from paddock.engine.clients.surroundings import Surroundings, existing, web_address

SETTINGS = "index-url in pip.conf or PIP_INDEX_URL"
_SECTIONS = ("global", "install", "download")
_UV = {"index-url": ("UV_DEFAULT_INDEX", "UV_INDEX_URL"), "extra-index-url": ("UV_INDEX", "UV_EXTRA_INDEX_URL")}


class PipSettings(msgspec.Struct, frozen=True, kw_only=True):
    """index_urls: without credentials, the main one first; empty where none is set. find_links: local folders."""

    index_urls: tuple[str, ...]
    find_links: tuple[str, ...]
    no_index: bool
    access: Access


def read_pip(surroundings: Surroundings) -> PipSettings:
    """The settings in force."""
    values = _file_values(surroundings)
    for name in ("index-url", "extra-index-url", "find-links", "no-index", "cert", "proxy"):
        variable = "PIP_" + name.upper().replace("-", "_")
        text = surroundings.variable(variable)
        if text:
            values[name] = (text, variable)
        elif name in _UV and name not in values and (text := surroundings.variable(*_UV[name])):
            values[name] = (text, _UV[name][0])
    urls: list[str] = []
    credentials: list[Credential] = []
    for name in ("index-url", "extra-index-url"):
        text, told_by = values.get(name, ("", ""))
        for word in text.split():
            # uv may give an index a name: name=address
            address = web_address(word) or web_address(word.partition("=")[2])
            if address:
                plain, found = split_credentials(address, told_by)
                urls.append(plain)
                credentials += found
    links = [word for word in values.get("find-links", ("", ""))[0].split() if _is_folder(word)]
    return PipSettings(
        index_urls=tuple(dict.fromkeys(urls)),
        find_links=tuple(links),
        no_index=values.get("no-index", ("", ""))[0].lower() in ("1", "true", "yes", "on", "t", "y"),
        access=Access(
            credentials=(*credentials, *user_netrc(surroundings)),
            ca_file=values.get("cert", ("", ""))[0],
            proxy=proxy_address(values.get("proxy", ("", ""))[0]),
            no_proxy=no_proxy_patterns(surroundings),
            credentials_go_into="~/.netrc or the address in pip.conf",
        ),
    )


def _is_folder(text: str) -> bool:
    return "://" not in text and os.path.isdir(text)


def _file_values(surroundings: Surroundings) -> dict[str, tuple[str, str]]:
    """(value, file) of each key that some file sets."""
    values: dict[str, tuple[str, str]] = {}
    for path, text in existing(_paths(surroundings)):
        parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
        try:
            parser.read_string(text)
        except (configparser.Error, ValueError):
            continue
        for section in _SECTIONS:
            if parser.has_section(section):
                values.update((key.replace("_", "-"), (value or "", path)) for key, value in parser.items(section))
    return values


def _paths(surroundings: Surroundings) -> Iterator[str]:
    named = surroundings.variable("PIP_CONFIG_FILE")
    if named == os.devnull:
        return
    name = "pip.ini" if surroundings.windows else "pip.conf"
    for folder in reversed((surroundings.variable("XDG_CONFIG_DIRS") or "/etc/xdg").split(os.pathsep)):
        yield os.path.join(surroundings.system(folder), "pip", name)
    yield surroundings.system("/etc/pip.conf")
    yield surroundings.below_home("pip" if surroundings.windows else ".pip", name)
    yield surroundings.config_home("pip", name)
    if environment := surroundings.variable("VIRTUAL_ENV"):
        yield os.path.join(environment, name)
    yield named
