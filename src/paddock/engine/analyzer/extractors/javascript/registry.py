# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The identity of npm packages: names, sources and digests, as package.json and every lock file write them.

Names and specifiers: npm's documentation, configuring-npm/package-json; digests:
https://www.w3.org/TR/SRI/. Which registry a package comes from is not part of its purl: the
tarball's address is kept as `download_url` beside it.
"""

import binascii
import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from paddock.engine.analyzer.draft import Draft
from paddock.engine.model.component import Hash
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl

_DIGEST_BYTES = {"md5": 16, "sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}
_FORGES = {"github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org"}
_FORGE_SPECIFIER = re.compile(r"(github|gitlab|bitbucket):([^#]+)(?:#(.*))?$", re.DOTALL)
_SCP_LIKE = re.compile(r"(?:git\+ssh://)?([\w.-]+@[\w.-]+):([^/#][^#]*)(?:#(.*))?$")
_SHORTHAND = re.compile(r"[\w-][\w.-]*/[\w.-]+(?:#.*)?$")
_ARCHIVES = (
    re.compile(r"https?://codeload\.([^/]+)/([^/]+/[^/]+)/(?:legacy\.)?(?:tar\.gz|zip)/(?:refs/[^/]+/)?([^?#]+)"),
    re.compile(r"https?://([^/]+)/([^/]+/[^/]+)/(?:archive|get|-/archive)/([^/?#]+?)(?:\.tar\.gz|\.zip|/[^/]+)$"),
)
_TARBALL = re.compile(r"\.(?:tgz|tar\.gz|tar|zip)$")
_EXACT = re.compile(r"[v=\s]*(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)\s*$")
_RANGE = re.compile(r"[\^~<>=*|\s\d]|[vx](?:\d|$)")


class Source(msgspec.Struct, frozen=True):
    """Where a package comes from when it is not a registry: a git revision or a single archive."""

    vcs_url: str = ""
    download_url: str = ""


REGISTRY = Source()
MAX_ADDRESS = 2_048
"""A longer text is no address."""


def package_url(name: str, version: str = "", source: Source = REGISTRY) -> PackageURL | None:
    """The purl of a package; None where the name cannot be one (empty, only a scope)."""
    scope, slash, rest = name.rpartition("/")
    if slash and not (scope.startswith("@") and len(scope) > 1 and "/" not in scope):
        # "a/b" is no npm name; what lies in sub-folders of a package is not a package
        return None
    qualifiers = None
    if source.vcs_url:
        qualifiers = {"vcs_url": source.vcs_url}
    elif source.download_url:
        qualifiers = {"download_url": source.download_url}
    try:
        return make_purl("npm", rest, version, namespace=scope, qualifiers=qualifiers)
    except InvalidPurl:
        return None


def integrity_hashes(integrity: str) -> tuple[Hash, ...]:
    """The digests of a Subresource Integrity text; parts that are no known digest are left out."""
    found: list[Hash] = []
    for part in integrity.split():
        algorithm, _, digest = part.partition("-")
        try:
            raw = binascii.a2b_base64(digest.partition("?")[0], strict_mode=True)
        except (binascii.Error, ValueError):
            continue
        if len(raw) == _DIGEST_BYTES.get(algorithm.lower()):
            found.append(Hash(algorithm.lower(), raw.hex()))
    return tuple(found)


def source_of(specifier: str) -> Source:
    """What a specifier or resolved address says about the source; REGISTRY where it is a range, a tag or an alias.

    Git addresses become `git+<protocol>://host/path@revision`; archives that forges make of a revision count as git.
    """
    return REGISTRY if len(specifier) > MAX_ADDRESS else _source_of(specifier.strip())


@lru_cache(maxsize=4096)
def _source_of(text: str) -> Source:
    for archive in _ARCHIVES:
        found = archive.match(text)
        if found:
            return Source(vcs_url=f"git+https://{found[1]}/{found[2]}@{found[3]}")
    found = _FORGE_SPECIFIER.match(text)
    if found:
        return Source(vcs_url=_git(f"https://{_FORGES[found[1]]}/{found[2]}", found[3]))
    if text.startswith(("git+", "git:", "ssh:")):
        scp = _SCP_LIKE.match(text)
        if scp and not scp[2].split("/")[0].isdigit():
            return Source(vcs_url=_git(f"ssh://{scp[1]}/{scp[2]}", scp[3]))
        address, _, revision = text.partition("#")
        return Source(vcs_url=_git(address.removeprefix("git+"), revision))
    if text.startswith(("https:", "http:")):
        return _web_source(text)
    scp = _SCP_LIKE.match(text)
    if scp:
        return Source(vcs_url=_git(f"ssh://{scp[1]}/{scp[2]}", scp[3]))
    if _SHORTHAND.match(text):
        address, _, revision = text.partition("#")
        return Source(vcs_url=_git(f"https://{_FORGES['github']}/{address}", revision))
    return REGISTRY


def _web_source(text: str) -> Source:
    address, _, fragment = text.partition("#")
    path = address.partition("?")[0]
    if path.endswith(".git") or (fragment and not _TARBALL.search(path)):
        return Source(vcs_url=_git(address, fragment))
    return Source(download_url=address)


def _git(address: str, fragment: str | None) -> str:
    # `#commit=…`, `#semver:…`, `#head=…&workspace=…`: the revision is what the last form names
    revision = (fragment or "").partition("&")[0]
    for prefix in ("commit=", "commit:", "tag=", "head=", "semver:", "semver="):
        revision = revision.removeprefix(prefix)
    return f"git+{address}@{revision}" if revision else f"git+{address}"


def exact_version(requirement: str) -> str:
    """The version that a requirement pins ("1.2.3", "=1.2.3"), else ""."""
    found = _EXACT.match(requirement)
    return found[1] if found else ""


def tarball_name(resolved: str) -> str:
    """The package name in the address of a registry's tarball (`…/name/-/name-1.0.0.tgz`), else ""."""
    address, separator, _ = resolved.partition("/-/")
    if not separator or not address.startswith(("https:", "http:")):
        return ""
    parts = address.replace("%40", "@").replace("%2f", "/").replace("%2F", "/").rsplit("/", 2)
    scoped = len(parts) > 2 and parts[-2].startswith("@")
    return "/".join(parts[-2:]) if scoped else parts[-1]


def split_name(text: str) -> tuple[str, str]:
    """`@scope/name@rest` or `name@rest` as (name, rest); the rest is "" when there is none."""
    at = text.find("@", 1)
    return (text, "") if at < 0 else (text[:at], text[at + 1 :])


def unaliased(name: str, specifier: str) -> tuple[str, str]:
    """The package and range that `name: specifier` asks for: `npm:other@^1` asks for `other`, everything else for name.

    A bare `npm:^1` is a range of the package itself.
    """
    if not specifier.startswith("npm:"):
        return name, specifier
    other, requirement = split_name(specifier[4:])
    if requirement or (other and not _RANGE.match(other)):
        return other, requirement
    return name, specifier[4:]


class Unresolved:
    """Collects dependencies that a lock file names but does not contain, for one issue instead of hundreds."""

    def __init__(self) -> None:
        self._pairs: list[tuple[str, str]] = []

    def add(self, source: str, target: str) -> None:
        """Note that `source` needs `target`."""
        self._pairs.append((source, target))

    def report(self, draft: Draft) -> None:
        """Note the issue, if there is one."""
        if self._pairs:
            shown = listed(f"{source or 'the project'} needs {target}" for source, target in sorted(self._pairs))
            draft.issue(f"{len(self._pairs)} dependencies are not in the lock file: {shown}")


def listed(texts: Iterable[str], limit: int = 3) -> str:
    """The first few texts, and how many more there are."""
    every = list(texts)
    more = f" and {len(every) - limit} more" if len(every) > limit else ""
    return ", ".join(text[:120] for text in every[:limit]) + more
