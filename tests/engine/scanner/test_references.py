# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Pointers ("see LICENSE") and what becomes of them: the licence of the file that is meant."""

import pytest

from paddock.engine.downloader.tree import MemoryTree
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.licensing import CopyrightStatement, FileFindings, LicenseFindings, LicenseMatch
from paddock.engine.scanner.detect import default_detectors
from paddock.engine.scanner.references import MATCHER, follow
from paddock.engine.scanner.scan import scan
from tests.license_data import BROOK, HEDGEROW, MEADOW

POINTER = "code();\n\n# see the LICENSE file for the terms\n"
UNKNOWN = "LicenseRef-scancode-unknown-license-reference"


def scanned(files: dict[str, str]) -> dict[str, list[LicenseMatch]]:
    """The findings of each file of a tree that has some."""
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    result = scan(list(tree.files()), Inventory(), detectors=default_detectors())
    return {file.path: list(file.findings.licenses) for file in result.files}


def told(files: dict[str, str], path: str) -> list[str]:
    return [match.license_expression for match in scanned(files)[path]]


def test_a_pointer_says_what_the_file_beside_it_says_at_its_own_lines() -> None:
    (match,) = scanned({"x.py": POINTER, "LICENSE": MEADOW})["x.py"]
    assert (match.license_expression_spdx, match.license_expression) == ("LicenseRef-scancode-meadow", "meadow")
    assert (match.start_line, match.end_line, match.matcher) == (3, 3, MATCHER)
    assert match.rule == "see_license.RULE -> LICENSE"


@pytest.mark.parametrize(
    ("path", "files", "expected"),
    [
        ("src/deep/x.py", {"LICENSE": MEADOW}, ["meadow"]),
        ("src/deep/x.py", {"LICENSE": MEADOW, "src/LICENSE": BROOK}, ["brook"]),
        ("src/x.py", {"LICENSE": MEADOW, "src/deep/LICENSE": BROOK}, ["meadow"]),
        ("src/x.py", {"LICENSE.txt": HEDGEROW}, ["hedgerow"]),
        ("src/x.py", {"license": HEDGEROW}, ["hedgerow"]),
        ("src/x.py", {"Src/Licence": MEADOW, "LICENSE": BROOK}, ["brook"]),
        ("x.py", {"LICENSE": f"{MEADOW}\n-----\n\n{HEDGEROW}"}, ["meadow", "hedgerow"]),
    ],
)
def test_it_is_looked_for_beside_and_then_in_each_folder_above(path, files, expected) -> None:
    assert told({path: POINTER, **files}, path) == expected


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"other/LICENSE": MEADOW},
        {"LICENSES/LICENSE": MEADOW},
        {"LICENSE": "Nothing that anybody knows."},
        {"LICENSE": "GPL"},
        {"LICENSE": ""},
        {"LICENSE": "\0\1\2"},
    ],
)
def test_what_leads_nowhere_stays_a_pointer(files) -> None:
    (match,) = scanned({"x.py": POINTER, **files})["x.py"]
    assert (match.license_expression_spdx, match.rule) == (UNKNOWN, "see_license.RULE")


def test_a_file_that_points_to_itself_or_back_is_a_dead_end() -> None:
    assert told({"LICENSE": POINTER}, "LICENSE") == ["unknown-license-reference"]
    both = {"LICENSE": POINTER, "a/LICENSE": POINTER}
    assert told(both, "a/LICENSE") == ["unknown-license-reference"]


def test_other_findings_of_the_file_stay() -> None:
    text = f"{MEADOW}\n\n\n\n\n\n\n{POINTER}"
    assert told({"x.py": text, "LICENSE": HEDGEROW}, "x.py") == ["meadow", "hedgerow"]


def test_a_reference_that_names_its_licence_is_no_pointer() -> None:
    (match,) = scanned({"x.py": "Meadow licence in MEADOW.txt", "MEADOW.txt": HEDGEROW})["x.py"]
    assert (match.license_expression, match.referenced_files) == ("meadow", ("MEADOW.txt",))


def finding(expression: str, *files: str, score: float = 100.0) -> LicenseMatch:
    return LicenseMatch(
        start_line=1,
        end_line=1,
        license_expression_spdx=expression,
        license_expression=expression,
        score=score,
        referenced_files=files,
    )


def file(path: str, *licenses: LicenseMatch) -> FileFindings:
    copyrights = (CopyrightStatement(start_line=1, end_line=1, statement="2020 A"),)
    return FileFindings(path=path, findings=LicenseFindings(licenses=licenses, copyrights=copyrights))


def test_the_weaker_of_two_scores_is_that_of_what_they_say_together() -> None:
    pointer = finding("unknown-license-reference", "LICENSE", score=40.0)
    for score in (90.0, 30.0):
        after, _ = follow([file("a/x", pointer), file("LICENSE", finding("mit", score=score))])
        assert after.findings.licenses[0].score == min(40.0, score)
        assert after.findings.copyrights


@pytest.mark.parametrize("name", ["../LICENSE", "../../../LICENSE", "/LICENSE", "./x/../LICENSE", "", "."])
def test_names_with_folders_lead_no_further_than_the_tree(name) -> None:
    pointer = finding("unknown-license-reference", name)
    after, _ = follow([file("a/b/x", pointer), file("LICENSE", finding("mit"))])
    assert after.findings.licenses[0].license_expression in ("mit", "unknown-license-reference")


def test_a_pointer_to_its_own_file_adds_nothing_where_more_is_said() -> None:
    pointer = finding("unknown-license-reference", "LICENSE")
    (after,) = follow([file("a/LICENSE", pointer, finding("mit"))])
    assert [match.license_expression for match in after.findings.licenses] == ["mit"]
    after, _ = follow([file("a/LICENSE", pointer, finding("mit")), file("LICENSE", finding("isc"))])
    assert [match.license_expression for match in after.findings.licenses] == ["isc", "mit"]


EITHER = finding("bsd-new OR apache-2.0", "LICENSE.APACHE", "LICENSE.BSD")


def test_each_licence_of_a_choice_is_what_its_file_says() -> None:
    files = [file("LICENSE.BSD", finding("bsd-simplified")), file("LICENSE.APACHE", finding("apache-2.0"))]
    after = follow([file("a/LICENSE", EITHER), *files])[0].findings.licenses
    assert [(match.license_expression, match.matcher) for match in after] == [("apache-2.0 OR bsd-simplified", MATCHER)]
    assert after[0].license_expression_spdx == "apache-2.0 OR bsd-simplified"


@pytest.mark.parametrize(
    "files",
    [
        [],
        [file("LICENSE.BSD", finding("bsd-simplified"))],
        [file("LICENSE.BSD", finding("bsd-simplified"), finding("mit")), file("LICENSE.APACHE", finding("apache-2.0"))],
        [file("LICENSE.BSD", finding("bsd-simplified OR mit")), file("LICENSE.APACHE", finding("apache-2.0"))],
    ],
)
def test_a_choice_whose_files_do_not_tell_stays_as_it_is(files) -> None:
    assert follow([file("LICENSE", EITHER), *files])[0].findings.licenses == (EITHER,)


@pytest.mark.parametrize("expression", ["mit", "mit OR isc AND zlib", "mit OR isc OR zlib"])
def test_only_a_plain_choice_of_as_many_licences_as_files_is_filled_in(expression) -> None:
    named = finding(expression, "A", "B")
    assert follow([file("x", named), file("A", finding("a")), file("B", finding("b"))])[0].findings.licenses == (named,)


def test_a_name_with_a_folder_is_looked_for_below_each_folder_above() -> None:
    pointer = finding("free-unknown", "legal/TERMS.md")
    found = follow([file("a/b/x", pointer), file("a/legal/terms.md", finding("mit")), file("TERMS.md", finding("isc"))])
    assert [match.license_expression for match in found[0].findings.licenses] == ["mit"]
