# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""rpm's own kind of database is an error with advice, where it lies in rpm's folders, and nowhere else."""

from paddock.engine.analyzer.extractors import linux
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import inventory


def test_the_database_is_an_error_that_says_what_to_do() -> None:
    (issue,) = inventory(linux.EXTRACTORS, {"r/usr/lib/sysimage/rpm/Packages.db": b"RpmP"}).issues
    assert (issue.severity, issue.path) == (Severity.ERROR, "r/usr/lib/sysimage/rpm/Packages.db")
    assert "rebuilddb" in issue.message


def test_files_of_that_name_elsewhere_are_left_alone() -> None:
    assert inventory(linux.EXTRACTORS, {"data/Packages.db": b"RpmP"}).issues == ()
