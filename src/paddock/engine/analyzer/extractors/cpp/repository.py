# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Source repositories as components: what a clone URL and a revision say about identity and how firmly they pin it.

Repositories on the hosts that the package URL specification gives types of their own
(https://github.com/package-url/purl-spec, types github and bitbucket) get these, all others the type generic with
`vcs_url`, as that specification proposes for plain repositories.
"""

import posixpath
import re
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from paddock.engine.model.purl import PackageURL, make_purl

_TYPES = {"github.com": "github", "bitbucket.org": "bitbucket"}
_SCP = re.compile(r"(?:([\w.-]+)@)?([\w.-]{2,}):(?!//)(?!\\)(.+)")
_COMMIT = re.compile(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")
_ARCHIVE_ENDINGS = (".tar.gz", ".zip", ".tgz", ".tar.bz2", ".tar.xz")


class Source(NamedTuple):
    """Where a component comes from: its purl, and the address as `vcs_url` or `download_url` of a component."""

    purl: PackageURL
    vcs_url: str = ""
    download_url: str = ""


def is_fixed(revision: str) -> bool:
    """Whether a revision names one state for good: a full commit id, or what looks like a tag.

    Tags and branches cannot be told apart by their names; a name with a digit that does not call itself a branch is
    taken for a tag ("v1.2", "release-1.12.1"), one without ("main", "stable") for a branch.
    """
    if _COMMIT.fullmatch(revision) or revision.startswith("refs/tags/"):
        return True
    if revision.startswith(("refs/heads/", "origin/")) or "branch" in revision.lower():
        return False
    return any(character.isdigit() for character in revision)


def clean_url(url: str) -> str:
    """A clone URL without credentials; git's short form `git@host:path` written out as ssh. "" when it is none."""
    url = url.strip().removeprefix("git+")
    short = _SCP.fullmatch(url) if "://" not in url else None
    if short:
        user, host, path = short.groups()
        return f"ssh://{user or 'git'}@{host}/{path.lstrip('/')}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not parts.scheme or not (host or parts.scheme == "file"):
        return ""
    user = parts.username if parts.scheme == "ssh" and parts.username else ""
    # A password or token in a URL is nobody's business: it must not travel into reports.
    address = (f"{user}@" if user else "") + host + (f":{port}" if port else "")
    return urlunsplit((parts.scheme, address, parts.path.rstrip("/"), parts.query, ""))


def git_source(url: str, revision: str, name: str, *, subpath: str = "") -> Source:
    """A git repository at a revision; without version when the revision is none that stays (see `is_fixed`).

    name: how the project calls it, used where the host has no purl type. Raises InvalidPurl when the name is empty.
    """
    cleaned = clean_url(url)
    version = revision.removeprefix("refs/tags/") if is_fixed(revision) else ""
    vcs_url = (f"git+{cleaned}@{revision}" if revision else f"git+{cleaned}") if cleaned else ""
    hosted = _hosted(cleaned, version, subpath)
    if hosted:
        return Source(hosted, vcs_url=vcs_url)
    qualifiers = {"vcs_url": vcs_url} if vcs_url else None
    return Source(make_purl("generic", name, version, qualifiers=qualifiers, subpath=subpath), vcs_url=vcs_url)


def archive_source(url: str, checksum: str, name: str) -> Source:
    """A downloaded archive: the repository's tag where its host's URL names one, else generic with URL and checksum.

    checksum: "sha256:…" in lower case, or "". Raises InvalidPurl when the name is empty.
    """
    cleaned = clean_url(url) or url
    base, tag = _archived_tag(cleaned)
    hosted = _hosted(base, tag, "") if tag else None
    if hosted:
        return Source(hosted, download_url=cleaned)
    qualifiers = {"download_url": cleaned} | ({"checksum": checksum} if checksum else {})
    return Source(make_purl("generic", name, qualifiers=qualifiers), download_url=cleaned)


def repository_name(url: str) -> str:
    """The last part of a repository's path, without `.git`."""
    return posixpath.basename(url.rstrip("/").replace(":", "/")).removesuffix(".git")


def _archived_tag(url: str) -> tuple[str, str]:
    """(repository, tag) of a host's URL for the archive of a tag or for a file of a release; ("", "") of any other."""
    base, found, rest = url.partition("/archive/")
    if found:
        tag = rest.removeprefix("refs/tags/")
        ending = next((ending for ending in _ARCHIVE_ENDINGS if tag.endswith(ending)), "")
        return (base, tag.removesuffix(ending)) if ending and is_fixed(tag.removesuffix(ending)) else ("", "")
    base, found, rest = url.partition("/releases/download/")
    tag, _, file = rest.partition("/")
    return (base, tag) if found and file else ("", "")


def _hosted(url: str, version: str, subpath: str) -> PackageURL | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    owner, _, name = parts.path.strip("/").removesuffix(".git").partition("/")
    if host not in _TYPES or not owner.strip() or not name.strip() or "/" in name:
        return None
    return make_purl(_TYPES[host], name, version, namespace=owner, subpath=subpath)
