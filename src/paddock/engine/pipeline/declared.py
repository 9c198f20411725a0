# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a package's own metadata, inside its published source, declares about its licence."""

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from paddock.engine.analyzer.analyze import analyze
from paddock.engine.analyzer.documents import parse_xml
from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.linux.debian_copyright import declared_licenses
from paddock.engine.downloader.archive_tree import ArchiveTree
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.downloader.unpack import GEM_METADATA
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.purl import PackageURL, package_of
from paddock.engine.scanner.weigh import FileRole, classify

_MAX_MANIFESTS = 50
_DEBIAN = "debian/copyright"
_ITEM = re.compile(r"-\s+[\"']?([^\"'\n]+?)[\"']?\s*")


def declared_in(tree: ArchiveTree, purl: PackageURL, extractors: Sequence[Extractor]) -> tuple[str, ...]:
    """The declared licences, verbatim; empty where the package says nothing that can be read.

    Only manifests at the top are read, each by the extractor of its format. Never raises for what files contain.
    """
    files = {file.path: file for file in tree.files()}
    if purl.type == "deb":
        return _of_debian(files.get(_DEBIAN))
    if purl.type == "gem" and GEM_METADATA in files:
        return _of_gem(files[GEM_METADATA])
    if purl.type == "nuget":
        return _of_nuspec(
            [file for path, file in files.items() if path.lower().endswith(".nuspec") and "/" not in path]
        )
    manifests = [file for path, file in files.items() if classify(path) is FileRole.MANIFEST][:_MAX_MANIFESTS]
    return _of_manifests(manifests, purl, extractors)


def _of_manifests(files: Iterable[SourceFile], purl: PackageURL, extractors: Sequence[Extractor]) -> tuple[str, ...]:
    """What the manifests say about the package itself, not about what it needs."""
    inventory = analyze(files, extractors)
    wanted = package_of(purl)
    own = [one.declared_licenses for one in inventory.projects if one.purl and package_of(one.purl) == wanted]
    own += [one.declared_licenses for one in inventory.components if one.package == wanted]
    if not any(own):
        own = [one.declared_licenses for one in inventory.projects if "/" not in one.id]
    return tuple(dict.fromkeys(text for texts in own for text in texts))


def _of_debian(file: SourceFile | None) -> tuple[str, ...]:
    try:
        return declared_licenses(file.text(strict=False)) if file else ()
    except Unreadable:
        return ()


def _of_gem(file: SourceFile) -> tuple[str, ...]:
    """The `licenses` of a gem's specification in YAML, which RubyGems writes: a list with one item a line."""
    try:
        lines = iter(file.text(strict=False).splitlines())
    except Unreadable:
        return ()
    found: list[str] = []
    for line in lines:
        if line.startswith("licenses:"):
            for item in lines:
                match = _ITEM.fullmatch(item)
                if match is None:
                    return tuple(found)
                found.append(match[1])
    return tuple(found)


def _of_nuspec(files: Sequence[SourceFile]) -> tuple[str, ...]:
    """The `license` expression of a .nuspec, else the address of one (https://learn.microsoft.com/nuget/reference/nuspec)."""
    for file in files[:1]:
        try:
            root = parse_xml(file.read())
        except Unreadable:
            continue
        license, address = _text(root, "license"), _text(root, "licenseUrl")
        if license is not None and license.get("type") == "expression" and license.text:
            return (license.text.strip(),)
        # where the text lies in the package, the address only says so
        if license is None and address is not None and address.text:
            return (address.text.strip(),)
    return ()


def _text(root: etree._Element, name: str) -> etree._Element | None:
    return next((one for one in root.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name), None)
