# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""apk's database: the packages that are installed in a root file system (Alpine, Wolfi, OpenWrt and their like).

Format: https://wiki.alpinelinux.org/wiki/Apk_spec (one letter, a colon, the value; an empty line ends a package);
`etc/apk/world` lists what was asked for.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.linux.os_release import Distribution, distribution_of, in_root
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import InvalidPurl, make_purl

NAME = "linux/apk"

_PLACES = ("usr/lib/apk/db/installed", "lib/apk/db/installed")
_CONSTRAINT = re.compile(r"[<>=~@]")


class _Package(NamedTuple):
    """A package as its fields by letter; the line of its name."""

    line: int
    fields: dict[str, str]


def extract(file: SourceFile) -> Extraction:
    """Installed packages as components of one project, the system; what provides a need gives the edges."""
    draft = Draft(file, NAME)
    place = next((place for place in _PLACES if file.path.endswith(place)), "")
    distribution = distribution_of(file, place) if place else Distribution()
    project = draft.project(origin=Origin.INSTALLED, name=distribution.qualifier)
    packages: list[tuple[_Package, str]] = []
    listed = list(_packages(file.text(strict=False)))
    if file.size and not listed:
        raise Unreadable("no package is in the database")
    for package in listed:
        if not package.fields.get("P") or not package.fields.get("V"):
            draft.issue("a package without a name or version was left out", line=package.line)
            continue
        try:
            packages.append((package, _add(draft, package, distribution)))
        except InvalidPurl as error:
            draft.issue(f"a package was left out: {error}", line=package.line)
    if packages and not distribution.id:
        draft.issue(
            "which distribution this is, is not told (no etc/os-release beside it); "
            "the package URLs have no namespace and advisories may not be found"
        )
    _connect(draft, packages)
    world = _world(file, place)
    for package, ref in packages:
        project.use(ref, Scope.RUNTIME, direct=None if world is None else package.fields["P"] in world)
    return draft.finish()


def _packages(text: str) -> Iterator[_Package]:
    fields: dict[str, str] = {}
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip():
            if fields:
                yield _Package(start, fields)
            fields, start = {}, 0
        elif line[1:2] == ":":
            start = start or number
            # Files (F, R, a, Z, M) come last and repeat; the first of each letter is the package's own.
            fields.setdefault(line[0], line[2:].strip())
    if fields:
        yield _Package(start, fields)


def _add(draft: Draft, package: _Package, distribution: Distribution) -> str:
    fields = package.fields
    origin = fields.get("o", "")
    qualifiers = {
        "arch": fields.get("A", ""),
        "distro": distribution.qualifier,
        "upstream": origin if origin != fields["P"] else "",
    }
    purl = make_purl(
        "apk",
        fields["P"].lower(),
        fields["V"],
        namespace=distribution.id,
        qualifiers={key: text for key, text in qualifiers.items() if text},
    )
    license, commit = fields.get("L", ""), fields.get("c", "")
    return draft.add(
        purl,
        line=package.line,
        licenses=(license,) if license else (),
        homepage=fields.get("U", ""),
        description=fields.get("T", ""),
        supplier=fields.get("m", ""),
        properties=(("apk:commit", commit),) if commit else (),
    )


def _connect(draft: Draft, packages: list[tuple[_Package, str]]) -> None:
    providers = {package.fields["P"]: ref for package, ref in packages}
    for package, ref in packages:
        for name in _names(package.fields.get("p", "")):
            providers.setdefault(name, ref)
    for package, ref in packages:
        for name in _names(package.fields.get("D", "")):
            if name in providers:  # conflicts ("!name") never are
                draft.depend(ref, providers[name])


def _names(field: str) -> Iterator[str]:
    """The names of a list of needs or provisions, without their version constraints."""
    return (_CONSTRAINT.split(token, maxsplit=1)[0] for token in field.split())


def _world(file: SourceFile, place: str) -> set[str] | None:
    found = in_root(file, place, "etc/apk/world") if place else None
    try:
        return set(_names(found.text(strict=False))) if found else None
    except Unreadable:
        return None


EXTRACTOR = Extractor(
    name=NAME,
    title="apk database (installed)",
    claims=Claims(patterns=_PLACES),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.EDGES, Fact.LICENSES, Fact.LINES}),
    cannot_tell=(
        "What was asked for and what came in as a dependency, where etc/apk/world is missing.",
        "Dependencies on paths (`/bin/sh`) that no package says to provide.",
        "Hashes of packages: the checksum in the database is that of a part of the package file.",
    ),
    delivered=True,
    extract=extract,
)
