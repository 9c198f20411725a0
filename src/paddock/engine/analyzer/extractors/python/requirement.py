# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A dependency specifier, and how Python packages are named.

Grammar: https://packaging.python.org/en/latest/specifications/dependency-specifiers/
Names: https://packaging.python.org/en/latest/specifications/name-normalization/
"""

import re
from urllib.parse import unquote, urlsplit

import msgspec

from paddock.engine.model.component import Hash
from paddock.engine.model.errors import EngineError
from paddock.engine.model.purl import PackageURL, make_purl

_HEAD = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\[\]]*)\])?\s*", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?", re.ASCII)
_CLAUSE = re.compile(r"(===|==|~=|!=|<=|>=|<|>)\s*([A-Za-z0-9._*+!-]+)", re.ASCII)
_RUN = re.compile(r"[-_.]+")
_DIGEST = re.compile(r"([A-Za-z0-9_-]+)[:=]([0-9A-Fa-f]{32,128})", re.ASCII)
_SDIST = re.compile(r"(.+)-(\d[^-]*)\.(?:tar\.(?:gz|bz2|xz)|tgz|zip)")


class Requirement(msgspec.Struct, frozen=True):
    """One requirement: name as written, extras as written, version specifier, URL (instead of it), marker."""

    name: str
    extras: tuple[str, ...] = ()
    specifier: str = ""
    url: str = ""
    marker: str = ""

    @property
    def key(self) -> str:
        """The normalised name."""
        return normalised(self.name)

    @property
    def pinned(self) -> str:
        """The one version that satisfies the specifier, or "" when there may be several."""
        return pinned_version(self.specifier)

    @property
    def text(self) -> str:
        """What is required, without name and extras: the specifier or the URL; with the marker."""
        core = self.specifier or (f"@ {self.url}" if self.url else "")
        return f"{core} ; {self.marker}".strip() if self.marker else core


def normalised(name: str) -> str:
    """The name as registries compare it: lower case, runs of `-`, `_` and `.` as one dash."""
    return _RUN.sub("-", name).lower()


def parse_requirement(text: str) -> Requirement | None:
    """Read one specifier; None when it is none."""
    head = _HEAD.match(text := text.strip())
    if head is None:
        return None
    rest = text[head.end() :]
    extras = tuple(extra.strip() for extra in (head.group(2) or "").split(",") if extra.strip())
    if rest.startswith("@"):
        url, marker = _split_url(rest[1:].strip())
        return Requirement(head.group(1), extras, "", without_credentials(url), marker) if url else None
    specifier, _, marker = rest.partition(";")
    clauses = _specifier(specifier)
    return None if clauses is None else Requirement(head.group(1), extras, clauses, "", marker.strip())


def _split_url(text: str) -> tuple[str, str]:
    """URL and marker; the marker's semicolon stands after white space, because URLs may contain semicolons."""
    parts = re.split(r"(?<!\s)\s+;\s*", text, maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) > 1 else ""


def _specifier(text: str) -> str | None:
    """The clauses in the usual notation, or None when the text is no version specifier."""
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    parts = [part.strip() for part in text.rstrip(",").split(",")] if text else []
    matches = [_CLAUSE.fullmatch(part) for part in parts]
    if any(match is None for match in matches):
        return None
    return ",".join(match.group(1) + match.group(2) for match in matches if match)


def pinned_version(specifier: str) -> str:
    """The version that an `==` or `===` clause without wildcard names, else ""."""
    for clause in specifier.split(","):
        match = _CLAUSE.fullmatch(clause.strip())
        if match and (match.group(1) == "===" or (match.group(1) == "==" and not match.group(2).endswith("*"))):
            return match.group(2)
    return ""


def pypi_purl(
    name: str, version: str = "", *, vcs_url: str = "", download_url: str = "", checksum: str = ""
) -> PackageURL | None:
    """The purl of a Python package, its name normalised so that every source names it alike; None for a name that no
    Python package can have or a version that is no text for a line.

    vcs_url and download_url are for packages that do not come from a package index.
    """
    if not _NAME.fullmatch(name) or not f"{version}{vcs_url}{download_url}".isprintable():
        return None
    qualifiers = {"vcs_url": vcs_url, "download_url": download_url, "checksum": checksum}
    try:
        return make_purl(
            "pypi", normalised(name), version, qualifiers={key: value for key, value in qualifiers.items() if value}
        )
    except EngineError:
        return None


def digests(texts: list[str]) -> tuple[Hash, ...]:
    """Hashes written as `sha256:…` or `sha256=…`; anything else is passed over."""
    matches = (_DIGEST.fullmatch(text.strip()) for text in texts)
    return tuple(Hash(match.group(1).lower(), match.group(2).lower()) for match in matches if match)


def without_credentials(url: str) -> str:
    """The URL without user and password, which belong in no report; a bare user name of ssh stays."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    user, at, host = parts.netloc.rpartition("@")
    if not at or (":" not in user and parts.scheme.endswith("ssh")):
        return url
    return parts._replace(netloc=host).geturl()


def vcs_parts(url: str) -> tuple[str, str] | None:
    """(VCS URL with revision, subdirectory) of pip's notation `git+https://host/repo@revision#egg=…&subdirectory=…`.

    None when the URL names no version control system. The revision is as written: a branch, a tag or a commit.
    """
    address, _, fragment = without_credentials(url).partition("#")
    kind, plus, _ = address.partition("+")
    if not plus or kind not in {"git", "hg", "svn", "bzr"}:
        return None
    found = re.search(r"(?:^|&)subdirectory=([^&]*)", fragment)
    return address, unquote(found.group(1)) if found else ""


def file_name_parts(name: str) -> tuple[str, str] | None:
    """(name, version) that a wheel's or source archive's file name states; None when it states none.

    https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention
    """
    name = unquote(name)
    if name.endswith((".whl", ".egg")):
        parts = name.rsplit(".", 1)[0].split("-")
        return (parts[0], parts[1]) if len(parts) >= (5 if name.endswith(".whl") else 2) else None
    match = _SDIST.fullmatch(name)
    return (match.group(1), match.group(2)) if match else None
