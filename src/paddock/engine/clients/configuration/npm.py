# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What npm is set to: the registry, registries of scopes, tokens, certificates, proxy.

npm's documentation, configuring-npm/npmrc: npm's own file, the system's, the user's, the project's, then variables; the
later wins. A project's file lies in the scanned tree and is not trusted: values that it takes from variables of this
machine are left out unless the user says that they may be used.
"""

import base64
import binascii
import os
import re
from collections.abc import Iterator

import msgspec

from paddock.engine.clients.configuration.public import public_registry
from paddock.engine.clients.credentials import Credential, Secret, basic, bearer, split_credentials
from paddock.engine.clients.http import Access
from paddock.engine.clients.proxy import no_proxy_patterns, proxy_address
from paddock.engine.clients.surroundings import Surroundings, existing, read_text, web_address

SETTINGS = "registry in .npmrc or npm_config_registry"
_AUTH = re.compile(r"(//[^\s]+?)/?:(_authToken|_auth|username|_password)")
_BARE = ("_authToken", "_auth", "username", "_password")
_OF_PROJECT = re.compile(r"registry|@[^:]+:registry|//|replace-registry-host")
"""What a project's file may say: not through which proxy, with which certificates, with which folders."""
_SCOPE = re.compile(r"(@[^:/\s]+):registry")
_VARIABLE_PREFIX = re.compile(r"npm_config_", re.IGNORECASE)
_OPTIONAL = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\?\}")


class NpmSettings(msgspec.Struct, frozen=True, kw_only=True):
    """registry: "" where none is set. scopes: registries by scope ("@x"). cache: the folder npm keeps packages in.
    replace_host: `replace-registry-host`.
    """

    registry: str
    scopes: tuple[tuple[str, str], ...]
    cache: str
    replace_host: str
    access: Access


def read_npm(surroundings: Surroundings) -> NpmSettings:
    """The settings in force."""
    values: dict[str, tuple[str, str]] = {}
    withheld: list[str] = []
    bare: dict[str, tuple[str, str]] = {}
    home = ""
    for path, text in existing(_paths(surroundings)):
        is_trusted = surroundings.trust_project or not _is_project(path, surroundings)
        for key, value in read_ini(text):
            filled = surroundings.fill(_OPTIONAL.sub(r"${\1:-}", value))
            if not is_trusted and ("${" in value or not _OF_PROJECT.match(key)):
                withheld.append(f"{key} in {path} (--trust-project-settings allows it)")
            elif filled is not None:
                values[key] = (filled, path)
        if is_trusted:
            # credentials without a host are for the registry that is set beside them, not for one the project names
            bare = {key: values[key] for key in _BARE if key in values}
            home = values.get("registry", ("", ""))[0]
    for name, value in surroundings.environment.items():
        if prefix := _VARIABLE_PREFIX.match(name):
            key = name[prefix.end() :]
            values[key if key.startswith(("@", "//")) else key.lower().replace("_", "-")] = (value, name)
    registry, credentials = split_credentials(web_address(values.get("registry", ("", ""))[0]), "registry")
    scopes = {
        found[1]: url
        for key, (text, _) in values.items()
        if (found := _SCOPE.fullmatch(key)) and (url := web_address(text))
    }
    own_registry = split_credentials(web_address(home), "")[0]
    credentials += tuple(_credentials(values, bare, own_registry or public_registry("npm")))
    proxy = values.get("https-proxy", values.get("proxy", ("", "")))[0]
    return NpmSettings(
        registry=registry,
        scopes=tuple(sorted(scopes.items())),
        cache=values.get("cache", ("", ""))[0] or surroundings.below_home(".npm"),
        replace_host=values.get("replace-registry-host", ("", ""))[0] or "npmjs",
        access=Access(
            credentials=credentials,
            ca_file=values.get("cafile", ("", ""))[0],
            proxy=proxy_address(proxy),
            no_proxy=no_proxy_patterns(surroundings, values.get("noproxy", ("", ""))[0]),
            credentials_go_into="//host/:_authToken in ~/.npmrc",
            withheld=tuple(withheld),
        ),
    )


def read_ini(text: str) -> Iterator[tuple[str, str]]:
    """The settings of an npmrc in order; sections, lists and comments are passed over."""
    for line in text.splitlines():
        line = line.strip()
        key, equals, value = line.partition("=")
        if equals and not line.startswith((";", "#", "[")):
            value = value.strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            yield key.strip(), value


def _credentials(
    values: dict[str, tuple[str, str]], bare: dict[str, tuple[str, str]], registry: str
) -> Iterator[Credential]:
    parts: dict[str, dict[str, tuple[str, str]]] = {registry: bare} if bare and registry else {}
    for key, value in values.items():
        found = _AUTH.fullmatch(key)
        if found:
            parts.setdefault(found[1], {})[found[2]] = value
    for prefix, given in parts.items():
        secret = _secret({key: text for key, (text, _) in given.items()})
        if secret is not None:
            yield Credential(prefix=prefix, value=secret, told_by=next(iter(given.values()))[1])


def _secret(given: dict[str, str]) -> Secret | None:
    if token := given.get("_authToken"):
        return bearer(token)
    if token := given.get("_auth"):
        return Secret(f"Basic {token}")
    if given.get("username") and given.get("_password"):
        try:
            password = base64.b64decode(given["_password"], validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return None
        return basic(given["username"], password)
    return None


def _is_project(path: str, surroundings: Surroundings) -> bool:
    return bool(surroundings.project) and os.path.dirname(path) == os.path.abspath(surroundings.project)


def _paths(surroundings: Surroundings) -> Iterator[str]:
    program = surroundings.program("npm")
    if program:
        own = os.path.dirname(os.path.dirname(program))  # …/lib/node_modules/npm, from its bin/npm-cli.js
        yield os.path.join(own, "npmrc")
        yield os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(own))), "etc", "npmrc")
    yield surroundings.system("/etc/npmrc")
    user = surroundings.variable("NPM_CONFIG_USERCONFIG", "npm_config_userconfig") or surroundings.below_home(".npmrc")
    yield user
    if surroundings.project:
        project = os.path.join(os.path.abspath(surroundings.project), ".npmrc")
        if read_text(project) is not None and os.path.realpath(project) != os.path.realpath(user):
            yield project
