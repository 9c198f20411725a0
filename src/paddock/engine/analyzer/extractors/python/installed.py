# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Installed packages: METADATA in *.dist-info, PKG-INFO in *.egg-info and EGG-INFO, and *.egg-info files.

Formats: https://packaging.python.org/en/latest/specifications/recording-installed-packages/ and
https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html
"""

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, parse_json, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.python.core_metadata import MAX_BYTES, CoreMetadata, parse_metadata
from paddock.engine.analyzer.extractors.python.declaration import project_path
from paddock.engine.analyzer.extractors.python.requirement import (
    normalised,
    pypi_purl,
    without_credentials,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.purl import PackageURL

NAME = "python/installed"

_SITES = ("site-packages", "dist-packages")
_MAX_RECORD = 16 * 1024 * 1024
_LICENSE_FILE = re.compile(r"(?:licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)


def extract(file: SourceFile) -> Extraction:
    """One installed package; metadata of the project that is being developed gives facts about that project instead."""
    data = file.head(MAX_BYTES)
    if (
        file.name == "METADATA"
        and not file.directory.lower().endswith("dist-info")
        and b"Metadata-Version:" not in data[:4096]
    ):
        return Extraction()  # a file of that name that has nothing to do with Python
    metadata = parse_metadata(data)
    if not metadata.name:
        raise Unreadable("no metadata: the field `Name` is missing")
    draft = Draft(file, NAME)
    developed = _developed_project(file)
    if developed:
        return _describe(draft, developed, metadata)
    source = _direct_url(file)
    purl = purl_of(metadata, source)
    if purl is None:
        raise Unreadable(f"{metadata.name[:80]!r} in version {metadata.version[:80]!r} is no Python package")
    ref = draft.add(
        purl,
        licenses=metadata.licenses,
        license_files=_license_files(file, metadata),
        description=metadata.summary,
        homepage=metadata.homepage,
        authors=metadata.authors,
        vcs_url=source[0],
        download_url=source[1],
    )
    site = _site(file)
    draft.own(*_own_folders(file, site))
    project = draft.project(site or ".", origin=Origin.INSTALLED)
    requested = _beside(file, "REQUESTED") is not None
    project.use(ref, direct=True if requested else None)
    _connect(draft, file, site, ref, metadata)
    return draft.finish()


def _describe(draft: Draft, project: str, metadata: CoreMetadata) -> Extraction:
    """Facts about the project that the metadata were made from."""
    draft.project(
        project,
        origin=Origin.DECLARED,
        name=metadata.name,
        version=metadata.version,
        purl=pypi_purl(metadata.name, metadata.version),
        licenses=metadata.licenses,
    )
    return draft.finish()


def purl_of(metadata: CoreMetadata, source: tuple[str, str] = ("", "")) -> PackageURL | None:
    """The purl of the package that the metadata describe; source: (VCS URL, download URL), "" for a package index."""
    return pypi_purl(metadata.name, metadata.version, vcs_url=source[0], download_url=source[1])


def _connect(draft: Draft, file: SourceFile, site: str, ref: str, metadata: CoreMetadata) -> None:
    """Edges to what is installed beside; those neighbours are noted too, so that the edge has two ends."""
    if not metadata.requirements or not _in_folder(file):
        return
    neighbours = installed_in(SourceFile(file.tree, site, 0))
    for requirement in metadata.requirements:
        target = neighbours.get(requirement.key)
        if target is not None and target[1].to_string() != ref:
            draft.depend(ref, draft.add(target[1], path=target[0]))


@lru_cache(maxsize=4)
def installed_in(site: SourceFile) -> dict[str, tuple[str, PackageURL]]:
    """Normalised name: (path of the metadata, purl) for everything installed in a folder (`site` is the folder).

    Kept for the last few folders: each package of a folder asks again, and reading it each time would be quadratic.
    """
    found: dict[str, tuple[str, PackageURL]] = {}
    tree, folder = site.tree, site.path
    for name in tree.names(folder):
        if not name.endswith((".dist-info", ".egg-info")):
            continue
        base = posixpath.join(folder, name)
        candidates = [f"{base}/METADATA"] if name.endswith(".dist-info") else [f"{base}/PKG-INFO", base]
        for path in candidates:
            size = tree.size(path)
            if size is None:
                continue
            other = SourceFile(tree, path, size)
            metadata = parse_metadata(other.head(MAX_BYTES))
            purl = purl_of(metadata, _direct_url(other))
            if purl is not None:
                found.setdefault(normalised(metadata.name), (path, purl))
    return found


def _in_folder(file: SourceFile) -> bool:
    """Whether the metadata lie in the folder of metadata that all packages of a site have."""
    return file.directory.lower().endswith((".dist-info", ".egg-info")) or file.name.endswith(".egg-info")


def _site(file: SourceFile) -> str:
    """The folder that the package is installed in."""
    folder = file.directory if file.name.endswith(".egg-info") else posixpath.dirname(file.directory)
    return posixpath.dirname(folder) if file.directory.endswith(".egg/EGG-INFO") else folder


def _own_folders(file: SourceFile, site: str) -> Iterable[str]:
    """Folders that hold installed code only: the whole site where it is one by name, else what RECORD lists in it.

    https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file
    """
    if posixpath.basename(site) in _SITES:
        return (site,)
    record = _beside(file, "RECORD") if site else None
    if record is None:
        return ()
    try:
        lines = record.text(strict=False, limit=_MAX_RECORD).splitlines()
    except Unreadable:
        return ()
    folders = {line.lstrip('"').partition("/")[0] for line in lines if "/" in line}
    return {posixpath.join(site, folder) for folder in folders - {"", ".", "..", posixpath.basename(file.directory)}}


def _developed_project(file: SourceFile) -> str | None:
    """The project whose own metadata these are: setuptools leaves them in its folder, source archives at the top."""
    if file.directory.endswith("dist-info") or "site-packages" in file.path or "dist-packages" in file.path:
        return None
    in_info = file.name == "PKG-INFO" and file.directory.endswith(".egg-info")
    candidates = [".."] if in_info else ["."] if file.name == "PKG-INFO" else []
    if in_info and posixpath.basename(posixpath.dirname(file.directory)) in {"src", "lib", "python"}:
        candidates.append("../..")
    found = (project_path(file, candidate) for candidate in candidates)
    return next((path for path in found if path), None)


def _beside(file: SourceFile, name: str) -> SourceFile | None:
    """A further file of the metadata folder."""
    return file.neighbour(name) if file.directory.endswith("info") else None


def _direct_url(file: SourceFile) -> tuple[str, str]:
    """(VCS URL, download URL) of a package that came from no index.

    https://packaging.python.org/en/latest/specifications/direct-url-data-structure/
    """
    found = _beside(file, "direct_url.json")
    try:
        document: dict[str, Any] = mapping(parse_json(found.head(65_536))) if found else {}
    except Unreadable:
        return "", ""
    url = without_credentials(text_of(document.get("url")))
    vcs = mapping(document.get("vcs_info"))
    if vcs and url:
        return f"{text_of(vcs.get('vcs')) or 'git'}+{url}@{text_of(vcs.get('commit_id'))}".rstrip("@"), ""
    # A folder on the machine of whoever installed it says nothing to anybody else.
    return ("", url) if "archive_info" in document and not url.startswith("file:") else ("", "")


def _license_files(file: SourceFile, metadata: CoreMetadata) -> tuple[str, ...]:
    """Paths of the licence files beside the metadata: those it names, else those whose names say so."""
    if file.name.endswith(".egg-info"):
        return ()
    found: list[str] = []
    for name in metadata.license_files:
        # Metadata 2.4 puts them into `licenses/`, earlier tools beside METADATA or without their folders.
        options = (f"licenses/{name}", name, posixpath.basename(name))
        there = next((entry for option in options if (entry := file.neighbour(option))), None)
        if there is not None:
            found.append(there.path)
    if not found:
        named = (file.neighbour(name) for name in file.siblings() if _LICENSE_FILE.match(name))
        found = [entry.path for entry in named if entry is not None]
    return tuple(dict.fromkeys(found))


EXTRACTOR = Extractor(
    name=NAME,
    title="installed Python packages (dist-info, egg-info)",
    claims=Claims(
        names=("PKG-INFO", "METADATA"),
        suffixes=(".egg-info",),
    ),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.EDGES, Fact.LICENSES}),
    cannot_tell=(
        "Transitive: installers mark what was asked for (REQUESTED), not what was not.",
        "Edges to packages that are installed elsewhere, and edges that only an extra brings.",
        "Scopes: an environment does not say what its packages are for.",
    ),
    delivered=True,
    extract=extract,
)
