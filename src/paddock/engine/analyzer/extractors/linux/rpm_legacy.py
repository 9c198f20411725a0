# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The older RPM databases, Berkeley DB (`Packages`) and ndb (`Packages.db`): recognised, and said not to be read.

Formats: https://rpm-software-management.github.io/rpm/manual/ (database backends).
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.issue import Severity

NAME = "linux/rpm_legacy"

_KINDS = {"Packages": "Berkeley DB", "Packages.db": "ndb"}


def extract(file: SourceFile) -> Extraction:
    """No packages, and an ERROR that says so and what to do."""
    draft = Draft(file, NAME)
    draft.issue(
        f"an RPM database of the kind {_KINDS.get(file.name, 'Berkeley DB')} is not read, so the packages in it are "
        "missing: convert it with `rpmdb --rebuilddb --define '_db_backend sqlite'`, or scan an SBOM of the image",
        Severity.ERROR,
    )
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="RPM databases of the kinds Berkeley DB and ndb (only recognised)",
    claims=Claims(
        patterns=tuple(
            f"{folder}/{name}" for folder in ("var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm") for name in _KINDS
        )
    ),
    tells=frozenset(),
    cannot_tell=("Everything: these databases are not read; each is reported as an error.",),
    extract=extract,
)
