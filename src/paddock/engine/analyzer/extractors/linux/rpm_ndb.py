# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Packages.db, rpm's own kind of database (ndb, SUSE): recognised, and said not to be read.

Format: https://rpm-software-management.github.io/rpm/manual/ (database backends).
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor
from paddock.engine.analyzer.extractors.linux.rpm_packages import PLACES
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.issue import Severity

NAME = "linux/rpm_ndb"


def extract(file: SourceFile) -> Extraction:
    """No packages, and an ERROR that says so and what to do."""
    draft = Draft(file, NAME)
    draft.issue(
        "an RPM database of the kind ndb is not read, so the packages in it are missing: convert it with "
        "`rpmdb --rebuilddb --define '_db_backend sqlite'`, or scan an SBOM of the image",
        Severity.ERROR,
    )
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="RPM database (Packages.db, ndb; only recognised)",
    claims=Claims(patterns=tuple(f"{folder}Packages.db" for folder in PLACES)),
    tells=frozenset(),
    cannot_tell=("Everything: the database is not read; each is reported as an error.",),
    delivered=True,
    extract=extract,
)
