# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CMake files: what FetchContent, ExternalProject and CPM.cmake download while the project is configured or built.

Formats: https://cmake.org/cmake/help/latest/module/FetchContent.html,
https://cmake.org/cmake/help/latest/module/ExternalProject.html and https://github.com/cpm-cmake/CPM.cmake
"""

import posixpath
import re
from typing import NamedTuple

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.cpp.cmake_syntax import Command, Variables, parse_commands
from paddock.engine.analyzer.extractors.cpp.repository import Source, archive_source, git_source
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Origin
from paddock.engine.model.purl import InvalidPurl

NAME = "cpp/cmake"

MAX_BYTES = 8 * 1024 * 1024
"""CMake files are written by hand; replacing variables makes texts longer than they are."""

_PLAIN = {"fetchcontent_declare", "fetchcontent_populate", "externalproject_add"}
_CPM = {"cpmaddpackage", "cpmfindpackage", "cpmdeclarepackage"}
_INTERESTING = re.compile(r"FetchContent_|ExternalProject_Add|CPM\w+Package", re.IGNORECASE)
_FIND_PACKAGE = re.compile(
    r"^[ \t]*+find_package[ \t]*+\([ \t]*+([A-Za-z][\w.+-]*+)(?:[ \t]++(\d[\w.]*+))?", re.IGNORECASE | re.MULTILINE
)
_NOT_LINKED = {"Doxygen", "Git", "PkgConfig", "Threads"}
_MANAGERS = ("conanfile.py", "conanfile.txt", "conan.lock", "vcpkg.json")
_HOSTED = {
    "GITHUB_REPOSITORY": "https://github.com/{}.git",
    "GITLAB_REPOSITORY": "https://gitlab.com/{}.git",
    "BITBUCKET_REPOSITORY": "https://bitbucket.org/{}.git",
}
_SHORT = {"gh": "GITHUB_REPOSITORY", "gl": "GITLAB_REPOSITORY", "bb": "BITBUCKET_REPOSITORY"}
_OPTIONS = {"URL", "URL_HASH", "URL_MD5", "GIT_REPOSITORY", "GIT_TAG", "NAME", "VERSION", "SOURCE_DIR", "URI", *_HOSTED}
_OTHERS = {"SVN_REPOSITORY", "HG_REPOSITORY", "CVS_REPOSITORY", "DOWNLOAD_COMMAND"}
_KEYWORD = re.compile(r"[A-Z][A-Z0-9]*+_[A-Z0-9_]++|OPTIONS|SYSTEM|PATCHES|PREFIX")
_HASH = re.compile(r"(MD5|SHA1|SHA224|SHA256|SHA384|SHA512|SHA3_\d{3})=([0-9a-fA-F]+)", re.IGNORECASE)


class _Download(NamedTuple):
    """One download: name, options (None: not known, for want of a variable's value), line."""

    name: str
    options: dict[str, str | None]
    line: int


def extract(file: SourceFile) -> Extraction:
    """Each declared download as a component: version where a tag or commit is named, hash where the file has one."""
    draft = Draft(file, NAME)
    # Comments in these files come in any encoding; what matters is ASCII.
    text = file.text(strict=False, limit=MAX_BYTES)
    _note_machine(draft, file, text)
    if not _INTERESTING.search(text):
        return draft.finish()
    variables = Variables()
    floating: list[str] = []
    for command in parse_commands(text):
        variables.follow(command)
        if command.name in _PLAIN | _CPM:
            download = _download(draft, command, variables)
            if download is not None and not _add(draft, download):
                floating.append(download.name)
    if floating:
        draft.issue(
            f"{len(floating)} download{'s' if len(floating) > 1 else ''} without a fixed revision or hash "
            f"({', '.join(sorted(floating)[:5])}): give a commit as GIT_TAG, or URL_HASH"
        )
    return draft.finish()


def _note_machine(draft: Draft, file: SourceFile, text: str) -> None:
    """An issue for libraries that are looked for on the machine, where no package manager is told to bring them."""
    found = [(match.group(1), match.group(2) or "", match.start(1)) for match in _FIND_PACKAGE.finditer(text)]
    found = [one for one in found if one[0] not in _NOT_LINKED]
    if not found or _has_package_manager(file):
        return
    names = list(dict.fromkeys(f"{name} {version}".strip() for name, version, _ in found))
    draft.issue(
        f"what find_package looks for on the machine is no component: {', '.join(names[:5])}"
        f"{f' and {len(names) - 5} more' if len(names) > 5 else ''}; versions and licences cannot be told: bring it by "
        "Conan, vcpkg or FetchContent with a fixed revision, or lay an SBOM beside it",
        line=text.count("\n", 0, found[0][2]) + 1,
    )


def _has_package_manager(file: SourceFile) -> bool:
    """Whether a Conan or vcpkg manifest lies in the file's folder or in one above it."""
    folders = file.directory.split("/") if file.directory else []
    places = ["/".join([".."] * up) or "." for up in range(len(folders) + 1)]
    return any(file.neighbour(f"{place}/{name}") for place in places for name in _MANAGERS)


def _download(draft: Draft, command: Command, variables: Variables) -> _Download | None:
    """The options of one call; None, with an issue, where not even the name is known."""
    values = [(argument.text, variables.expand(argument)) for argument in command.arguments]
    if command.name in _CPM and len(values) == 1:
        return _short_form(draft, values[0][1] or "", command.line)
    options: dict[str, str | None] = {}
    name = "" if command.name in _CPM else values[0][1] if values else ""
    key = ""
    for written, value in values[0 if command.name in _CPM else 1 :]:
        if written in _OPTIONS | _OTHERS:
            key = written
        elif _KEYWORD.fullmatch(written):
            key = ""
        elif key and key not in options:
            options[key] = value
    name = name or options.get("NAME") or ""
    uri = options.get("URI")
    if command.name in _CPM and uri:
        short = _short_form(draft, uri, command.line)
        options = (short.options if short else {}) | options
        name = name or (short.name if short else "")
    if command.name in _CPM and not name:
        name = _last_part(next((options[key] or "" for key in (*_HOSTED, "GIT_REPOSITORY") if options.get(key)), ""))
    if not name:
        draft.issue(f"{command.name}: the name is not a literal", line=command.line)
        return None
    return _Download(name, options, command.line)


def _short_form(draft: Draft, text: str, line: int) -> _Download | None:
    """CPM's `gh:owner/name@version`, `gh:owner/name#tag`, or a URL with one of these at its end."""
    address, _, tag = text.partition("#")
    scheme, _, rest = address.partition(":")
    version = ""
    if not tag and "@" in posixpath.basename(address):
        address, _, version = address.rpartition("@")
        rest = rest.rpartition("@")[0]
    options: dict[str, str | None] = {"GIT_TAG": tag} if tag else {"VERSION": version} if version else {}
    if scheme.lower() in _SHORT:
        options[_SHORT[scheme.lower()]] = rest
    elif address.endswith(".git"):
        options["GIT_REPOSITORY"] = address
    elif "://" in address:
        options["URL"] = address
    else:
        draft.issue(f"cpmaddpackage: {text[:60]!r} is not understood", line=line)
        return None
    return _Download(_last_part(address), options, line)


def _add(draft: Draft, download: _Download) -> bool:
    """Note a download's component; whether it is pinned. What is no download (a folder, a command) is pinned."""
    options = download.options
    unknown = sorted(key for key, value in options.items() if value is None and key not in ("SOURCE_DIR", "NAME"))
    if unknown:
        draft.issue(
            f"{download.name}: {', '.join(unknown)} depends on variables that are not set to one literal value here",
            line=download.line,
        )
    try:
        source, hashes, requirement = _source(download)
    except InvalidPurl as error:
        draft.issue(f"a download was left out: {error}", line=download.line)
        return True
    if source is None:
        others = [key for key in _OTHERS if key in options]
        if others:
            draft.issue(f"{download.name} comes by {others[0]}, which is not read", line=download.line)
        return True
    ref = draft.add(
        source.purl, line=download.line, hashes=hashes, vcs_url=source.vcs_url, download_url=source.download_url
    )
    draft.project(origin=Origin.DECLARED).use(ref, direct=True, requirement=requirement)
    return bool(source.purl.version or hashes or unknown)


def _source(download: _Download) -> tuple[Source | None, tuple[Hash, ...], str]:
    options = download.options
    repository = options.get("GIT_REPOSITORY")
    for key, template in _HOSTED.items():
        if options.get(key):
            repository = template.format(options[key])
    version = options.get("VERSION") or ""
    if repository:
        # CPM.cmake takes the tag v<version> where only a version is given.
        tag = options.get("GIT_TAG") or (f"v{version}" if version and "GIT_TAG" not in options else "")
        return git_source(repository, tag, download.name), (), tag
    url = options.get("URL")
    if url and "://" in url:
        hashes = _hashes(options)
        checksum = f"{hashes[0].algorithm}:{hashes[0].value}" if hashes else ""
        return archive_source(url, checksum, download.name), hashes, version
    unknown = any(key in options and options[key] is None for key in ("URL", "GIT_REPOSITORY", *_HOSTED))
    # A component whose address is not known still is a component.
    return (git_source("", options.get("GIT_TAG") or "", download.name) if unknown else None), (), version


def _hashes(options: dict[str, str | None]) -> tuple[Hash, ...]:
    found = _HASH.fullmatch(options.get("URL_HASH") or "")
    if found:
        return (Hash(found.group(1).lower().replace("_", "-"), found.group(2).lower()),)
    md5 = options.get("URL_MD5") or ""
    return (Hash("md5", md5.lower()),) if re.fullmatch(r"[0-9a-fA-F]{32}", md5) else ()


def _last_part(address: str) -> str:
    return posixpath.basename(address.rstrip("/").replace(":", "/")).removesuffix(".git")


EXTRACTOR = Extractor(
    name=NAME,
    title="CMake downloads (FetchContent, ExternalProject, CPM.cmake)",
    claims=Claims(names=("CMakeLists.txt",), suffixes=(".cmake",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.HASHES, Fact.LINES}),
    cannot_tell=(
        "Whether a call is reached: conditions, functions and macros are not evaluated.",
        "Values of variables that other files, the cache or the environment set; each such call is reported.",
        "Whether GIT_TAG is a tag or a branch: a name with a digit and without 'branch' counts as tag.",
        "Libraries found on the machine by find_package, and what sources lie in the tree without a manifest.",
    ),
    extract=extract,
)
