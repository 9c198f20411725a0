# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What NuGet is set to: package sources and their credentials, the folder it keeps packages in.

https://learn.microsoft.com/nuget/reference/nuget-config-file: the user's file, then the project's. Encrypted passwords
are left alone; values of the project's file that want variables of this machine are, unless the user says otherwise.
"""

import os
import re
from collections.abc import Iterator

import msgspec
from lxml import etree

from paddock.engine.clients.credentials import Credential, basic, host_of, split_credentials
from paddock.engine.clients.documents import children, local_name, xml_root
from paddock.engine.clients.http import Access
from paddock.engine.clients.surroundings import Surroundings, existing, web_address

SETTINGS = "packageSources in NuGet.Config"
_VARIABLE = re.compile(r"%([A-Za-z_][A-Za-z0-9_]*)%")
_NAMES = ("nuget.config", "NuGet.config", "NuGet.Config")


class NugetSettings(msgspec.Struct, frozen=True, kw_only=True):
    """sources: addresses of service indexes, in order. packages: the folder of unpacked packages."""

    sources: tuple[str, ...]
    packages: str
    access: Access


def read_nuget(surroundings: Surroundings) -> NugetSettings:
    """The settings in force."""
    sources: dict[str, str] = {}
    own: dict[str, str] = {}
    disabled: set[str] = set()
    given: dict[str, tuple[dict[str, str], str, dict[str, str]]] = {}
    credentials: list[Credential] = []
    withheld: list[str] = []
    for path, text in existing(_paths(surroundings)):
        root = xml_root(text.encode())
        trusted = surroundings.trust_project or os.path.dirname(path) != os.path.abspath(surroundings.project or "/")
        for entry in _entries(root, "packageSources"):
            if local_name(entry) == "clear":
                sources.clear()
            elif url := web_address(entry.get("value", "")):
                sources[entry.get("key", url)], found = split_credentials(url, path)
                credentials += found
        for entry in _entries(root, "disabledPackageSources"):
            if local_name(entry) == "add" and entry.get("value", "").lower() == "true":
                disabled.add(entry.get("key", ""))
        if trusted:
            # what the project calls by the same name is another source, and gets no credential
            own = dict(sources)
        for source in _entries(root, "packageSourceCredentials"):
            values = {entry.get("key", ""): entry.get("value", "") for entry in source if isinstance(entry.tag, str)}
            if not trusted and any("%" in value for value in values.values()):
                name = _plain_name(local_name(source))
                withheld.append(f"the credential of {name} in {path} (--trust-project-settings allows it)")
            else:
                given[_plain_name(local_name(source))] = (values, path, own if trusted else sources)
    for name, (values, path, meant) in given.items():
        user, password = (_fill(values.get(key, ""), surroundings) for key in ("Username", "ClearTextPassword"))
        if user and password and name in meant and (host := host_of(meant[name])):
            scheme = meant[name].partition(":")[0]
            prefix = f"{scheme}://{host[0]}:{host[1]}"
            credentials.append(Credential(prefix=prefix, value=basic(user, password), told_by=f"{name} in {path}"))
        elif values.get("Password"):
            withheld.append(f"the encrypted password of {name} in {path}")
    return NugetSettings(
        sources=tuple(dict.fromkeys(url for name, url in sources.items() if name not in disabled)),
        packages=surroundings.variable("NUGET_PACKAGES") or surroundings.below_home(".nuget", "packages"),
        access=Access(
            credentials=tuple(credentials),
            credentials_go_into="packageSourceCredentials in NuGet.Config",
            withheld=tuple(withheld),
        ),
    )


def _entries(root: etree._Element | None, section: str) -> Iterator[etree._Element]:
    for found in children(root, section):
        yield from (entry for entry in found if isinstance(entry.tag, str))


def _plain_name(name: str) -> str:
    """Element names cannot hold a space; NuGet writes it as `_x0020_`."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), name)


def _fill(text: str, surroundings: Surroundings) -> str:
    return _VARIABLE.sub(lambda match: surroundings.environment.get(match[1], ""), text)


def _paths(surroundings: Surroundings) -> Iterator[str]:
    yield surroundings.below_home(".nuget", "NuGet", "NuGet.Config")
    yield surroundings.config_home("NuGet", "NuGet.Config")
    if surroundings.project:
        for name in _NAMES:
            yield os.path.join(os.path.abspath(surroundings.project), name)
