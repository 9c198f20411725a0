# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Scanning the published source of one package."""

from paddock.engine.downloader.tree import MemoryTree
from paddock.engine.model.licensing import FoundLicense
from paddock.engine.scanner.artifact import MAX_TEXTS, scan_artifact, scanner_identity, summarise
from paddock.engine.scanner.detect import DETECTORS

# REUSE-IgnoreStart
MIT = "SPDX-License-Identifier: MIT\nSPDX-FileCopyrightText: 2020 Ada\n"
GPL = "SPDX-License-Identifier: GPL-3.0-only\nSPDX-FileCopyrightText: 2021 Tester\n"
# REUSE-IgnoreEnd


def tree(**files: str | bytes) -> MemoryTree:
    return MemoryTree(
        {path.replace("__", "/"): text.encode() if isinstance(text, str) else text for path, text in files.items()}
    )


def test_licences_copyrights_and_texts_are_found() -> None:
    found = scan_artifact(tree(LICENSE="the text", src__a=MIT, tests__b=GPL, lib__COPYING="another text"))
    assert [file.path for file in found.files] == ["src/a", "tests/b"]
    assert [(text.path, text.text) for text in found.texts] == [
        ("LICENSE", "the text"),
        ("lib/COPYING", "another text"),
    ]
    assert found.copyrights == ("Copyright 2020 Ada",)
    assert found.files_scanned == 4


def test_texts_are_few_and_no_binaries() -> None:
    many = {f"d{number:03}__LICENSE": "x" for number in range(MAX_TEXTS + 20)}
    found = scan_artifact(tree(LICENSE=b"\0\1", NOTICE="n", **many))
    assert len(found.texts) == MAX_TEXTS - 1
    assert found.texts[0].path == "NOTICE"


def test_the_summary_counts_files_by_role_and_licence() -> None:
    found = scan_artifact(tree(a=MIT, b=MIT, tests__c=GPL))
    assert summarise(found.files) == (
        FoundLicense(role="source", license_expression_spdx="MIT", files=2, examples=("a", "b")),
        FoundLicense(role="test", license_expression_spdx="GPL-3.0-only", files=1, examples=("tests/c",)),
    )


def test_the_identity_of_the_scanner_changes_with_what_findings_depend_on() -> None:
    plain = scanner_identity()
    assert plain == scanner_identity(DETECTORS)
    assert plain != scanner_identity(data=[("index", "2")])
    assert plain != scanner_identity((*DETECTORS, DETECTORS[0]))
