# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Installed RPM packages as components, whatever kind of database their headers come from."""

from collections.abc import Callable, Iterable

from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractors.linux.os_release import Distribution
from paddock.engine.analyzer.extractors.linux.rpm_header import Header, read_files, read_header
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import InvalidPurl, make_purl

MAX_BYTES = 512 * 1024 * 1024
"""A workstation with 3,000 packages has a database of about 150 MB."""

PLACES = ("var/lib/rpm/", "usr/lib/sysimage/rpm/", "usr/share/rpm/")
"""Where rpm keeps its database, by age and distribution."""

KEYS = "gpg-pubkey"
"""The name under which rpm keeps trusted keys as if they were packages."""


def add_packages(draft: Draft, distribution: Distribution, blobs: Callable[[], Iterable[bytes]]) -> None:
    """Note every package of a database as used by one project, the system.

    blobs: gives the header blobs; called twice when needs on files are to be found among the packages' files.
    """
    project = draft.project(origin=Origin.INSTALLED, name=distribution.qualifier)
    refs: dict[int, tuple[str, Header]] = {}
    for number, blob in enumerate(blobs(), 1):
        try:
            header = read_header(blob)
            if header.texts.get("name") != KEYS:
                refs[number] = (_add(draft, header, distribution), header)
        except Unreadable as error:
            draft.issue(f"package number {number} was left out: {error.reason}", Severity.ERROR)
        except InvalidPurl as error:
            draft.issue(f"package number {number} was left out: {error}", Severity.ERROR)
    if refs and not distribution.id:
        draft.issue(
            "which distribution this is, is not told (no etc/os-release beside it); "
            "the package URLs have no namespace and advisories may not be found"
        )
    for ref, _ in refs.values():
        project.use(ref, Scope.RUNTIME)
    _connect(draft, refs, blobs)


def _add(draft: Draft, header: Header, distribution: Distribution) -> str:
    texts = header.texts
    name, version = texts.get("name", ""), texts.get("version", "")
    if not name or not version:
        raise Unreadable("it has no name or version")
    release = texts.get("release", "")
    qualifiers = {
        "arch": texts.get("arch", ""),
        "distro": distribution.qualifier,
        "epoch": str(header.epoch) if header.epoch else "",
        "upstream": texts.get("source", ""),
    }
    purl = make_purl(
        "rpm",
        name,
        f"{version}-{release}" if release else version,
        namespace=distribution.id,
        qualifiers={key: text for key, text in qualifiers.items() if text},
    )
    license, module = texts.get("license", ""), texts.get("modularity", "")
    return draft.add(
        purl,
        licenses=(license,) if license else (),
        supplier=texts.get("vendor", ""),
        description=texts.get("summary", ""),
        homepage=texts.get("url", ""),
        properties=(("rpm:modularity", module),) if module else (),
    )


def _connect(draft: Draft, refs: dict[int, tuple[str, Header]], blobs: Callable[[], Iterable[bytes]]) -> None:
    """Edges to who provides a need; what rpm itself provides ("rpmlib(…)") and conditions ("(a if b)") are none."""
    providers: dict[str, str] = {}
    for ref, header in refs.values():
        for name in (header.texts["name"], *header.provides):
            providers.setdefault(name, ref)
    wanted = {
        need
        for _, header in refs.values()
        for need in header.requires
        if need.startswith("/") and need not in providers
    }
    if wanted:
        providers.update(_owners(refs, blobs, wanted))
    for ref, header in refs.values():
        for need in header.requires:
            if need in providers:
                draft.depend(ref, providers[need])


def _owners(
    refs: dict[int, tuple[str, Header]], blobs: Callable[[], Iterable[bytes]], wanted: set[str]
) -> dict[str, str]:
    """Which package each of the wanted paths belongs to; the first where several have it."""
    owners: dict[str, str] = {}
    for number, blob in enumerate(blobs(), 1):
        if number in refs:
            try:
                paths = read_files(blob)
            except Unreadable:
                continue  # without its files the package still is one; only edges to them are missing
            for path in wanted.intersection(paths):
                owners.setdefault(path, refs[number][0])
    return owners
