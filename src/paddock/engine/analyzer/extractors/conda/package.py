# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Conda packages: match specs, package URLs and the purls they give.

Match specs: https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html#package-match-specifications
File names: https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/packages.html
"""

import posixpath
import re
from urllib.parse import unquote, urlsplit

import msgspec

from paddock.engine.model.errors import EngineError
from paddock.engine.model.purl import PackageURL, make_purl

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", re.ASCII)
_SPEC = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_.-]*)\s*(.*)", re.DOTALL | re.ASCII)
_BRACKET = re.compile(r"""(?<![a-z_0-9])([a-z_0-9]++)\s*+=\s*(?:'([^']*)'|"([^"]*)"|([^,'"\]]*))""")
_ARCHIVES = (".conda", ".tar.bz2")


class Spec(msgspec.Struct, frozen=True):
    """A match spec: name, version requirement as written, exact version ("" when several match), build, channel."""

    name: str
    requirement: str = ""
    version: str = ""
    build: str = ""
    channel: str = ""
    subdir: str = ""


def parse_spec(text: str) -> Spec | None:
    """Read `channel/subdir::name version build`, `name=version=build`, `name[version=…]`; None when it is none.

    A single `=` with a version and no build matches every version that begins so; it pins nothing.
    """
    text = text.split("#")[0].strip()
    channel, sep, rest = text.rpartition("::")
    match = _SPEC.fullmatch(rest if sep else text)
    if match is None:
        return None
    name, tail = match.group(1), match.group(2).strip()
    subdir = posixpath.basename(channel) if "/" in channel and _is_subdir(posixpath.basename(channel)) else ""
    channel = channel_name(channel.removesuffix(f"/{subdir}") if subdir else channel)
    if tail.startswith("["):
        keys = {found[0]: found[1] or found[2] or found[3].strip() for found in _BRACKET.findall(tail)}
        requirement = keys.get("version", "")
        build = keys.get("build", "")
        exact = requirement.removeprefix("==").removeprefix("=") if requirement.startswith("==") or build else ""
        return Spec(
            name, requirement, _exact(exact), _exact(build), channel_name(keys.get("channel", "")) or channel, subdir
        )
    if tail and tail[0] not in "=<>!~ " and match.group(2) == rest[len(name) :]:
        return None
    if tail.startswith("==") and not set(tail[2:]) & set(",|*<>!= "):
        return Spec(name, tail, tail[2:].strip(), "", channel, subdir)
    if tail.startswith("=") and not tail.startswith("=="):
        version, _, build = tail[1:].partition("=")
        return Spec(name, tail, _exact(version) if _exact(build) else "", _exact(build), channel, subdir)
    parts = tail.split()
    if len(parts) == 2 and tail[0] not in "<>!~=":
        return Spec(name, tail, _exact(parts[0]), _exact(parts[1]), channel, subdir)
    return Spec(name, tail, "", "", channel, subdir)


def _exact(text: str) -> str:
    """The text when it is one version or build, not a pattern."""
    text = text.strip()
    return "" if set(text) & set(",|*<>!= ^$") else text


def _is_subdir(text: str) -> bool:
    return text == "noarch" or bool(re.fullmatch(r"(?:linux|osx|win|emscripten|wasi|freebsd|zos)-[a-z0-9_]+", text))


def channel_name(channel: str) -> str:
    """The name of a channel given as name or URL: what follows the host, without the platform; its last part."""
    path = urlsplit(channel).path if "://" in channel else channel
    parts = [part for part in path.strip("/").split("/") if part and not _is_subdir(part)]
    return parts[-1] if parts else ""


class Package(msgspec.Struct, frozen=True):
    """A package file: what its URL tells."""

    name: str
    version: str
    build: str
    subdir: str = ""
    channel: str = ""
    type: str = ""


def parse_url(url: str) -> Package | None:
    """Read `https://host/channel/subdir/name-version-build.conda`; None when the last part is no package file."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    file_name = posixpath.basename(path)
    kind = next((suffix for suffix in _ARCHIVES if file_name.endswith(suffix)), "")
    parts = file_name.removesuffix(kind).rsplit("-", 2)
    if not kind or len(parts) != 3 or not all(parts):
        return None
    folder = posixpath.dirname(path)
    subdir = posixpath.basename(folder)
    subdir = subdir if _is_subdir(subdir) else ""
    name, version, build = parts
    return Package(
        name, version, build, subdir, channel_name(posixpath.dirname(folder) if subdir else folder), kind.lstrip(".")
    )


def conda_purl(package: Package) -> PackageURL | None:
    """The purl, as its type definition wants it: build, channel, subdir and type as qualifiers where known."""
    qualifiers = {"build": package.build, "channel": package.channel, "subdir": package.subdir, "type": package.type}
    if not _NAME.fullmatch(package.name) or not "".join((package.version, *qualifiers.values())).isprintable():
        return None
    try:
        return make_purl("conda", package.name, package.version, qualifiers={k: v for k, v in qualifiers.items() if v})
    except EngineError:
        return None
