# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What Maven is set to: repositories, mirrors, servers' credentials, proxies, the local repository.

https://maven.apache.org/settings.html: the installation's settings.xml, then the user's, which wins. Of the project its
pom.xml's repositories are known. Passwords that Maven has encrypted are left alone.
"""

import os
import re
from collections.abc import Iterator

import msgspec
from lxml import etree

from paddock.engine.clients.credentials import Credential, Secret, basic, split_credentials
from paddock.engine.clients.documents import children, text_at, xml_root
from paddock.engine.clients.http import Access
from paddock.engine.clients.proxy import proxy_with_credentials
from paddock.engine.clients.surroundings import Surroundings, existing, read_text, web_address

SETTINGS = "a mirror or repository in ~/.m2/settings.xml"
CENTRAL = "central"
_PLACEHOLDER = re.compile(r"\$\{(env\.)?([^}]+)\}")


class Repository(msgspec.Struct, frozen=True):
    """A repository as settings and poms name it."""

    id: str
    url: str


class Mirror(msgspec.Struct, frozen=True):
    """A mirror and which repositories it stands for, as `mirrorOf` says."""

    id: str
    url: str
    of: str

    def stands_for(self, repository: Repository) -> bool:
        """The rule of https://maven.apache.org/guides/mini/guide-mirror-settings.html: the first exact word decides."""
        fits = False
        for word in (part.strip() for part in self.of.split(",")):
            if word == f"!{repository.id}":
                return False
            if word == repository.id:
                return True
            local = re.match(r"https?://(?:localhost|127\.0\.0\.1)(?:[:/]|$)", repository.url) is not None
            plain = repository.url.startswith("http:")
            fits = fits or word == "*" or (word == "external:*" and not local)
            fits = fits or (word == "external:http:*" and plain and not local)
        return fits


class MavenSettings(msgspec.Struct, frozen=True, kw_only=True):
    """repositories: those of active profiles and of the project's pom, in order, central not among them unless
    stated.
    """

    repositories: tuple[Repository, ...]
    mirrors: tuple[Mirror, ...]
    local_repository: str
    access: Access

    def addresses(self, central: str) -> tuple[str, ...]:
        """Where to ask, in order, mirrors in place of what they stand for; `central`: the public repository."""
        named = {one.id: one for one in self.repositories}
        every = [*self.repositories, *([Repository(CENTRAL, central)] if central and CENTRAL not in named else [])]
        if not every:
            every = [Repository(CENTRAL, "")]
        found: dict[str, None] = {}
        for repository in every:
            mirror = next((one for one in self.mirrors if one.stands_for(repository)), None)
            if url := mirror.url if mirror else repository.url:
                found[url] = None
        return tuple(found)


def read_maven(surroundings: Surroundings) -> MavenSettings:
    """The settings in force."""
    roots = [(path, xml_root(text.encode())) for path, text in existing(_paths(surroundings))]
    reader = _Reader(surroundings)
    for path, root in roots:
        if root is not None:
            reader.read(root, path)
    if surroundings.project:
        pom = read_text(os.path.join(surroundings.project, "pom.xml"))
        root = xml_root(pom.encode()) if pom else None
        reader.add_repositories(children(root, "repositories", "repository"), trusted=surroundings.trust_project)
    urls = {one.id: one.url for one in reader.repositories.values()}
    urls |= {one.id: one.url for one in reader.mirrors.values()}
    credentials = list(reader.credentials)
    for name, (secret, header, path) in reader.servers.items():
        host = re.match(r"https?://[^/?#]+", urls.get(name, ""))
        if host:
            told_by = f"server {name} in {path}"
            credentials.append(Credential(prefix=host[0], value=secret, told_by=told_by, header=header))
    return MavenSettings(
        repositories=tuple(reader.repositories.values()),
        mirrors=tuple(reader.mirrors.values()),
        local_repository=reader.local or surroundings.below_home(".m2", "repository"),
        access=Access(
            credentials=tuple(credentials),
            proxy=reader.proxy,
            no_proxy=reader.no_proxy,
            credentials_go_into="a server in ~/.m2/settings.xml",
            withheld=tuple(reader.withheld),
        ),
    )


class _Reader:
    """What the files said so far; a later file's entry takes the place of an earlier one with the same id."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self.repositories: dict[str, Repository] = {}
        self.mirrors: dict[str, Mirror] = {}
        self.servers: dict[str, tuple[Secret, str, str]] = {}
        self.credentials: list[Credential] = []
        self.withheld: list[str] = []
        self.local = ""
        self.proxy = ""
        self.no_proxy: tuple[str, ...] = ()

    def read(self, root: etree._Element, path: str) -> None:
        self.local = self._fill(text_at(root, "localRepository")) or self.local
        for mirror in children(root, "mirrors", "mirror"):
            name, url = text_at(mirror, "id"), self._address(text_at(mirror, "url"))
            if url:
                self.mirrors[name] = Mirror(name, url, text_at(mirror, "mirrorOf"))
        for server in children(root, "servers", "server"):
            self._server(server, path)
        self._proxy(list(children(root, "proxies", "proxy")), path)
        active = {(one.text or "").strip() for one in children(root, "activeProfiles", "activeProfile")}
        for profile in children(root, "profiles", "profile"):
            if text_at(profile, "id") in active or text_at(profile, "activation", "activeByDefault") == "true":
                self.add_repositories(children(profile, "repositories", "repository"), trusted=True)

    def add_repositories(self, found: Iterator[etree._Element], *, trusted: bool) -> None:
        for element in found:
            name, text = text_at(element, "id"), text_at(element, "url")
            url = self._address(text) if trusted or "${" not in text else ""
            # A pom of the scanned tree may add repositories, but not take the place of one that has a credential.
            if url and (trusted or name not in self.repositories):
                name = name if trusted else f"pom.xml:{name}"
                self.repositories[name] = Repository(name, url)

    def _proxy(self, proxies: list[etree._Element], path: str) -> None:
        """The first active proxy for https, else the first; `protocol` is the repositories', the proxy itself speaks
        http, as Maven's resolver has it.
        """
        active = [one for one in proxies if text_at(one, "active") != "false" and text_at(one, "host")]
        for proxy in sorted(active, key=lambda one: text_at(one, "protocol") != "https")[:1]:
            user, password = self._fill(text_at(proxy, "username")), self._fill(text_at(proxy, "password"))
            if _is_encrypted(text_at(proxy, "password")):
                self.withheld.append(f"the encrypted password of proxy {text_at(proxy, 'id')} in {path}")
                user = ""
            host, port = self._fill(text_at(proxy, "host")), self._fill(text_at(proxy, "port"))
            self.proxy = proxy_with_credentials(host, port, user, password)
            hosts = self._fill(text_at(proxy, "nonProxyHosts")).lower()
            self.no_proxy = tuple(one for part in re.split(r"[|,]", hosts) if (one := part.strip()))

    def _server(self, server: etree._Element, path: str) -> None:
        server_id = text_at(server, "id")
        user, password = self._fill(text_at(server, "username")), self._fill(text_at(server, "password"))
        if _is_encrypted(text_at(server, "password")):
            self.withheld.append(f"the encrypted password of server {server_id} in {path}")
        elif user and password:
            self.servers[server_id] = (basic(user, password), "Authorization", path)
        for header in children(server, "configuration", "httpHeaders", "property"):
            name, value = text_at(header, "name"), self._fill(text_at(header, "value"))
            if re.fullmatch(r"[A-Za-z0-9-]{1,60}", name) and value:
                self.servers[server_id] = (Secret(value), name, path)

    def _address(self, text: str) -> str:
        plain, found = split_credentials(web_address(self._fill(text)), "settings.xml")
        self.credentials += found
        return plain

    def _fill(self, text: str) -> str:
        """`${env.X}` and `${user.home}` filled in; "" where something is not known."""
        missing = False

        def value(match: re.Match[str]) -> str:
            nonlocal missing
            if match[1]:
                found = self._surroundings.environment.get(match[2])
            else:
                found = self._surroundings.home if match[2] == "user.home" else None
            missing = missing or found is None
            return found or ""

        filled = _PLACEHOLDER.sub(value, text)
        return "" if missing else filled


def _is_encrypted(password: str) -> bool:
    """Whether Maven has encrypted it: text in braces (https://maven.apache.org/guides/mini/guide-encryption.html)."""
    return "${" not in password and 0 <= password.find("{") < password.rfind("}") - 1


def _paths(surroundings: Surroundings) -> Iterator[str]:
    program = surroundings.program("mvn")
    home = surroundings.variable("M2_HOME", "MAVEN_HOME") or (
        os.path.dirname(os.path.dirname(program)) if program else ""
    )
    if home:
        yield os.path.join(home, "conf", "settings.xml")
    yield surroundings.below_home(".m2", "settings.xml")
