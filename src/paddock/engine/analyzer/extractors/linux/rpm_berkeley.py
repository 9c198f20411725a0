# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Packages: the packages that are installed in a root file system with an older rpm (RHEL and CentOS up to 8, Amazon
Linux 2 and their like), which keeps its header blobs in a Berkeley DB file.

Format: https://rpm-software-management.github.io/rpm/manual/ (database backends): a hash from the header's number to
its blob; number 0 holds the highest number in use.
"""

from collections.abc import Iterator

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.linux.berkeley_hash import read_records
from paddock.engine.analyzer.extractors.linux.os_release import Distribution, distribution_of
from paddock.engine.analyzer.extractors.linux.rpm_packages import MAX_BYTES, PLACES, add_packages
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable

NAME = "linux/rpm_berkeley"


def extract(file: SourceFile) -> Extraction:
    """Installed packages as components of one project, the system; what provides a need gives the edges."""
    draft = Draft(file, NAME)
    place = next((folder + file.name for folder in PLACES if file.path.endswith(folder + file.name)), "")
    distribution = distribution_of(file, place) if place else Distribution()
    data = file.read(MAX_BYTES)
    try:
        add_packages(draft, distribution, lambda: _blobs(data))
    except Unreadable as error:
        raise Unreadable(
            f"{error.reason}; `rpmdb --rebuilddb` repairs it, `--define '_db_backend sqlite'` converts it"
        ) from error
    return draft.finish()


def _blobs(data: bytes) -> Iterator[bytes]:
    return (value for key, value in read_records(data) if any(key))


EXTRACTOR = Extractor(
    name=NAME,
    title="RPM database (Packages, Berkeley DB)",
    claims=Claims(patterns=tuple(f"{folder}Packages" for folder in PLACES)),
    tells=frozenset({Fact.VERSIONS, Fact.EDGES, Fact.LICENSES}),
    cannot_tell=(
        "What was asked for and what came in as a dependency; the package manager notes that elsewhere.",
        "Needs under conditions (rich dependencies): they are no edges.",
    ),
    delivered=True,
    extract=extract,
)
