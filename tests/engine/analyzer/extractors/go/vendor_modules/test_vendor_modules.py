# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""vendor/modules.txt: modules that were copied into the tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import go
from paddock.engine.analyzer.extractors.go.vendor_modules import EXTRACTOR
from paddock.engine.model.component import Location
from paddock.engine.model.errors import Unreadable
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives, usages

LISTED = """\
# example.org/a v1.0.0
## explicit; go 1.17
example.org/a/pkg
# example.org/b v1.0.0 => example.org/fork v1.5.0
## explicit
example.org/b
# example.org/deep/v2 v2.3.4
example.org/deep/v2
# example.org/unused v1.0.0
## explicit; go 1.20
# example.org/local v1.0.0 => ../local
## explicit
example.org/local
# example.org/b => example.org/fork v1.5.0
"""
PATH = "vendor/modules.txt"


def test_copied_modules_are_listed_with_lines() -> None:
    found = extract(EXTRACTOR, {PATH: LISTED})
    assert refs(found) == [
        "pkg:golang/example.org/a@1.0.0",
        "pkg:golang/example.org/deep/v2@2.3.4",
        "pkg:golang/example.org/fork@1.5.0",
        "pkg:golang/example.org/local@1.0.0",
    ]
    assert found.components[1].locations == (Location(PATH, 7),)
    assert [component.modified for component in found.components] == [None, None, None, True]
    used = usages(found, PATH)
    assert used["pkg:golang/example.org/deep/v2@2.3.4"].direct is False
    assert used["pkg:golang/example.org/a@1.0.0"].direct is None


def test_beside_a_go_mod_both_describe_one_project() -> None:
    mod = (
        "module m\ngo 1.16\nrequire example.org/a v1.0.0\nrequire example.org/b v1.0.0\n"
        "replace example.org/b => example.org/fork v1.5.0\n"
    )
    found = inventory(go.EXTRACTORS, {"go.mod": mod, PATH: LISTED})
    assert [project.id for project in found.projects] == ["go.mod"]
    used = usages(found, "go.mod")
    assert used["pkg:golang/example.org/a@1.0.0"].direct is True
    assert used["pkg:golang/example.org/deep/v2@2.3.4"].direct is False
    assert found.issues == ()


def test_licence_files_that_were_copied_with_a_module() -> None:
    text = "# example.org/m v1.0.0\nexample.org/m\n# ../odd v1.0.0\n../odd\n"
    files: dict[str, str | bytes] = {
        PATH: text,
        "vendor/example.org/m/LICENSE": "text",
        "vendor/example.org/m/NOTICE.md": "text",
        "vendor/example.org/m/license/x.go": "package x",
        "vendor/example.org/m/sub/LICENSE": "text",
    }
    found = {component.purl.name: component for component in extract(EXTRACTOR, files).components}
    assert found["m"].license_files == ("vendor/example.org/m/LICENSE", "vendor/example.org/m/NOTICE.md")


def test_a_major_version_that_contradicts_the_path_is_an_issue() -> None:
    found = extract(
        EXTRACTOR, {PATH: "# example.org/x/v2 v1.0.0\nexample.org/x/v2\n# example.org/y nope\nexample.org/y\n"}
    )
    assert refs(found) == []
    assert [issue.line for issue in found.issues] == [1, 3]


def test_packages_without_any_module_are_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {PATH: "just\nsome text\n"})


@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from(["# ", "## explicit", "a/b ", "v1.0.0 ", "=> ", "/", "\n"])).map("".join).map(str.encode)
)
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {PATH: data})
