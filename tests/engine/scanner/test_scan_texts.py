# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Scanning a tree on a machine with a licence index: texts, hints, corrections, what cannot be told."""

from collections.abc import Iterator

import pytest

from paddock.engine.downloader.tree import MemoryTree
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Severity
from paddock.engine.model.licensing import LicenseFindings, ScanFindings
from paddock.engine.policy.configuration import Configuration, FindingCuration
from paddock.engine.scanner.detect import default_detectors
from paddock.engine.scanner.look import Looked, look_one_by_one
from paddock.engine.scanner.scan import scan
from tests.license_data import HEDGEROW, MEADOW, MEADOW_NOTICE

# REUSE-IgnoreStart
TAG = "SPDX-License-Identifier: "


def run(files: dict[str, str | bytes], configuration: Configuration | None = None, **more) -> ScanFindings:
    tree = MemoryTree({path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()})
    return scan(
        list(tree.files()),
        Inventory(),
        configuration=configuration or Configuration(),
        detectors=default_detectors(),
        **more,
    )


def told(result: ScanFindings) -> dict[str, list[str]]:
    return {file.path: [one.license_expression for one in file.findings.licenses] for file in result.files}


def findings_of(result: ScanFindings, path: str) -> LicenseFindings:
    return next(file.findings for file in result.files if file.path == path)


def test_the_licences_of_a_tree() -> None:
    files = {
        "LICENSE": MEADOW,
        "src/a.c": f"/*\n{MEADOW_NOTICE}*/\n",
        "src/b.c": "int b;\n",
        "vendor/x/COPYING": HEDGEROW,
    }
    result = run(files)
    assert told(result) == {"LICENSE": ["meadow"], "src/a.c": ["meadow"], "vendor/x/COPYING": ["hedgerow"]}
    assert (result.files_scanned, result.issues) == (4, ())


def test_hints_are_kept_apart_from_findings() -> None:
    result = run({"x.c": "GPL\n", "y.c": "grazing licence for private herds\n"})
    assert told(result) == {"x.c": [], "y.c": []}
    assert [clue.license_expression for clue in findings_of(result, "x.c").clues] == ["gpl-1.0-plus"]


TABLE = 'version = 1\n[[annotations]]\npath = "**"\nprecedence = "{}"\nSPDX-License-Identifier = "MIT"\n'


@pytest.mark.parametrize(("precedence", "kept"), [("closest", True), ("aggregate", True), ("override", False)])
def test_hints_stay_where_reuse_information_adds_to_a_file(precedence, kept) -> None:
    result = run({"REUSE.toml": TABLE.format(precedence), "x.c": "GPL\n"})
    found = findings_of(result, "x.c")
    assert [one.license_expression_spdx for one in found.licenses] == ["MIT"]
    assert bool(found.clues) is kept


def test_hints_stay_where_findings_are_corrected() -> None:
    curation = FindingCuration(path="x.c", detected_license="LicenseRef-scancode-meadow", concluded_license="ISC")
    result = run({"x.c": f"{MEADOW}{chr(10) * 9}GPL\n"}, Configuration(finding_curations=(curation,)))
    found = findings_of(result, "x.c")
    assert [one.license_expression_spdx for one in found.licenses] == ["ISC"]
    assert [clue.license_expression for clue in found.clues] == ["gpl-1.0-plus"]


@pytest.mark.parametrize(
    ("written", "is_told"), [("see the readme", True), ("Apache-2.0 OR (Foo-1.0 AND MIT)", True), ("ISC OR MIT", False)]
)
def test_a_tag_that_cannot_be_read_is_a_warning_with_its_line(written, is_told) -> None:
    result = run({"x.c": f"\n// {TAG}{written}\n"})
    assert [(issue.severity, issue.path, issue.line) for issue in result.issues] == (
        [(Severity.WARNING, "x.c", 2)] if is_told else []
    )
    assert all("is not an SPDX licence expression" in issue.message for issue in result.issues)


def test_how_the_files_are_gone_through_is_a_choice_of_the_caller() -> None:
    asked: list[str] = []

    def backwards(files, detectors) -> Iterator[Looked]:
        asked.extend(file.path for file in files)
        return iter(list(look_one_by_one(files, detectors)))

    result = run({"a": MEADOW, "b": HEDGEROW, "LICENSES/x": MEADOW, "c": "", "c.license": MEADOW}, look_all=backwards)
    assert asked == ["a", "b", "c.license"]
    assert told(result) == {"a": ["meadow"], "b": ["hedgerow"], "c": ["meadow"]}


def test_answers_that_get_lost_are_not_passed_over() -> None:
    with pytest.raises(ValueError, match="shorter"):
        run({"a": MEADOW, "b": HEDGEROW}, look_all=lambda _files, _detectors: [Looked()])


# REUSE-IgnoreEnd
