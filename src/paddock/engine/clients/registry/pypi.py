# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Python packages: source distributions and wheels from indexes with the Simple API, and from local folders of
packages.

https://packaging.python.org/en/latest/specifications/simple-repository-api/, JSON or HTML. A source distribution is
never built, not even for its metadata: it is unpacked and read.
"""

import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

from paddock.engine.clients.address import join_url, shown
from paddock.engine.clients.artifact import (
    LOCK_FILE,
    REGISTRY,
    Artifact,
    CouldNotLocate,
    Kind,
    Offer,
    StatedContentMissing,
)
from paddock.engine.clients.configuration.pip import SETTINGS, PipSettings, read_pip
from paddock.engine.clients.configuration.public import public_registry
from paddock.engine.clients.documents import items, json_value, table, text
from paddock.engine.clients.failure import HttpError, NotThere
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.surroundings import Surroundings, web_address
from paddock.engine.model.component import Component, Hash
from paddock.engine.model.errors import EngineError

_ACCEPT = (
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1, "
    "application/json;q=0.01"
)
_SDIST = re.compile(r"(.+)-([^-]+(?:-\d+)?)\.(?:tar\.gz|tar\.bz2|tar\.xz|tgz|zip|tar)")
_WHEEL = re.compile(r"([^-]+)-([^-]+)(?:-\d[^-]*)?-([^-]+)-([^-]+)-([^-]+)\.whl")
_MAX_FOLDER = 20_000
_SPELLINGS = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc", "rev": "post", "r": "post"}


class ReleaseFile(msgspec.Struct, frozen=True):
    """A file of an index: address, name, digests."""

    url: str
    name: str
    hashes: tuple[Hash, ...]


class PythonRegistry:
    """See `artifact.Registry`."""

    def __init__(self, surroundings: Surroundings, http: HttpClient) -> None:
        self._settings: PipSettings = read_pip(surroundings)
        public = public_registry("pypi")
        stated = self._settings.index_urls or ((public,) if public else ())
        self._indexes = () if self._settings.no_index else stated
        self.session = http.session(self._settings.access)

    @property
    def identity(self) -> str:
        """See Registry.identity."""
        return " ".join((*self._settings.find_links, *self._indexes))

    def locate(self, component: Component) -> Iterator[Offer]:
        """See Registry.locate."""
        if address := web_address(component.purl.qualifiers.get("download_url", "")):
            yield _offer(component, ReleaseFile(address, _file_name(address), ()), LOCK_FILE)
            return
        local = list(self._in_folders(component))
        yield from (_offer(component, file, LOCK_FILE, path) for file, path in local if not _is_wheel(file))
        if not self._indexes and not local:
            raise CouldNotLocate(f"no index is configured for Python packages; set {SETTINGS}")
        files, problem = self._in_indexes(component)
        yield from (_offer(component, file, REGISTRY) for file in files if not _is_wheel(file))
        makeshift = isinstance(problem, HttpError)
        for file, path in local:
            if _is_wheel(file):
                yield msgspec.structs.replace(_offer(component, file, LOCK_FILE, path), makeshift=makeshift)
        yield from (_offer(component, file, REGISTRY) for file in files if _is_wheel(file))
        if problem is not None:
            raise problem

    def _in_indexes(self, component: Component) -> tuple[list[ReleaseFile], EngineError | None]:
        """The files of the version that the indexes have, best first, and what keeps an index from telling."""
        found: list[ReleaseFile] = []
        problem: EngineError | None = None
        for index in self._indexes:
            page = join_url(index, normalised(component.purl.name), "")
            try:
                document = self.session.document(page, accept=_ACCEPT)
            except NotThere:
                continue
            except HttpError as error:
                problem = error
                continue
            files = [file for file in read_page(document, page) if _is_release(file.name, component)]
            kept = [file for file in files if _is_stated(file, component)]
            if files and not kept:
                reason = f"no file at {shown(page)} has a digest that the lock file states"
                problem = problem or StatedContentMissing(reason)
            found += sorted(kept, key=_preference)
        return found, problem

    def _in_folders(self, component: Component) -> Iterator[tuple[ReleaseFile, str]]:
        for folder in self._settings.find_links:
            try:
                names = sorted(os.listdir(folder)[:_MAX_FOLDER])
            except OSError:
                continue
            found = [ReleaseFile("", name, ()) for name in names if _is_release(name, component)]
            yield from ((file, os.path.join(folder, file.name)) for file in sorted(found, key=_preference))


def _offer(component: Component, file: ReleaseFile, told_by: str, copy: str = "") -> Offer:
    kind = Kind.WHEEL if _is_wheel(file) else Kind.SDIST
    stated = [one for one in component.hashes if one.algorithm != "md5"]
    part = Artifact(
        url=file.url,
        name=file.name,
        kind=kind,
        digests=tuple(stated) or file.hashes,
        stated_by=LOCK_FILE if stated else told_by if file.hashes else "",
        copies=(copy,) if copy else (),
    )
    remark = "has no source distribution; the wheel was looked into" if kind is Kind.WHEEL else ""
    return Offer(parts=(part,), remark=remark, or_else=bool(copy))


def _is_wheel(file: ReleaseFile) -> bool:
    return file.name.endswith(".whl")


def _is_stated(file: ReleaseFile, component: Component) -> bool:
    """Whether a lock file means this file; where it states no digest of a kind that the index tells: whether it may."""
    stated = {one.algorithm: set[str]() for one in component.hashes}
    for one in component.hashes:
        stated[one.algorithm].add(one.value)
    told = [one for one in file.hashes if one.algorithm in stated]
    return all(one.value in stated[one.algorithm] for one in told)


def _preference(file: ReleaseFile) -> tuple[int, str]:
    """Source before wheels, wheels for every machine before those for one."""
    if not _is_wheel(file):
        return (0 if file.name.endswith(".tar.gz") else 1), file.name
    return (2 if file.name.endswith("-none-any.whl") else 3), file.name


def _is_release(name: str, component: Component) -> bool:
    found = _WHEEL.fullmatch(name) or _SDIST.fullmatch(name)
    if found is None or normalised(found[1]) != normalised(component.purl.name):
        return False
    return plain_version(found[2]) == plain_version(component.version)


def normalised(name: str) -> str:
    """https://packaging.python.org/en/latest/specifications/name-normalization/."""
    return re.sub(r"[-_.]+", "-", name).lower()


def plain_version(version: str) -> str:
    """A version such that other spellings of the same one are equal (PEP 440, without checking that it is one)."""
    public, _, local = version.lower().strip().removeprefix("v").partition("+")
    words = re.findall(r"\d+!|\d+|[a-z]+", public.replace("_", "."))
    epoch = words.pop(0) if words and words[0].endswith("!") else ""
    plain = [str(int(word)) if word.isdecimal() and len(word) < 1_000 else _SPELLINGS.get(word, word) for word in words]
    release = next((at for at, word in enumerate(plain) if not word.isdecimal()), len(plain))
    head = plain[:release]
    while len(head) > 1 and head[-1] == "0":
        head.pop()
    return f"{epoch.removeprefix('0!')}{'.'.join(head)}{'.'.join(['', *plain[release:]])}+{re.sub('[-_.]', '.', local)}"


def read_page(document: bytes, page: str) -> list[ReleaseFile]:
    """The files that a project's page names; `page` is its address. Nothing for what is no such page."""
    if document.lstrip().startswith(b"{"):
        return [file for entry in items(json_value(document), "files") if (file := _read_entry(entry, page))]
    reader = _Anchors()
    reader.feed(document.decode("utf-8", "replace"))
    found = []
    for address in reader.addresses:
        url, _, fragment = _joined(page, address).partition("#")
        algorithm, _, value = fragment.partition("&")[0].partition("=")
        hashes = (Hash(algorithm.lower(), value.lower()),) if re.fullmatch(r"[0-9a-fA-F]{32,128}", value) else ()
        if web_address(url):
            found.append(ReleaseFile(url, _file_name(url), hashes))
    return found


def _read_entry(entry: Any, page: str) -> ReleaseFile | None:
    url = web_address(_joined(page, text(entry, "url")).partition("#")[0])
    if not url:
        return None
    hashes = tuple(
        Hash(name.lower(), value.lower())
        for name, value in sorted(table(entry, "hashes").items())
        if isinstance(value, str)
    )
    return ReleaseFile(url, text(entry, "filename") or _file_name(url), hashes)


def _joined(page: str, address: str) -> str:
    try:
        return urljoin(page, address)
    except ValueError:
        return ""


def _file_name(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2])


class _Anchors(HTMLParser):
    """The addresses of all links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the address of a link."""
        if tag == "a":
            self.addresses += [value for name, value in attrs if name == "href" and value]
