# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""conanfile.txt: sections, exact versions and ranges, lines."""

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.cpp.conanfile_txt import EXTRACTOR
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

TEXT = """# what the workshop needs
[requires]
paint/2.0@shop/stable#aabb%1
oil/[>=1.4 <2]   # any of these

[tool_requires]
brush/0.9
[test_requires]
check/3@
[generators]
CMakeDeps
[options]
paint/*:shared=True
"""


def test_sections_give_scopes_and_ranges_stay_requirements() -> None:
    found = extract(EXTRACTOR, {"conanfile.txt": TEXT})
    paint = "pkg:conan/paint@2.0?channel=stable&user=shop"
    assert refs(found) == ["pkg:conan/brush@0.9", "pkg:conan/check@3", "pkg:conan/oil", paint]
    used = usages(found, "conanfile.txt")
    assert used["pkg:conan/oil"].requirement == ">=1.4 <2"
    assert {ref: usage.scope for ref, usage in used.items()} == {
        paint: Scope.RUNTIME,
        "pkg:conan/oil": Scope.RUNTIME,
        "pkg:conan/brush@0.9": Scope.BUILD,
        "pkg:conan/check@3": Scope.TEST,
    }
    assert all(usage.direct for usage in used.values())


def test_components_know_their_line_and_ranges_are_reported_once() -> None:
    found = extract(EXTRACTOR, {"conanfile.txt": TEXT})
    assert {component.purl.name: component.locations[0].line for component in found.components} == {
        "paint": 3,
        "oil": 4,
        "brush": 7,
        "check": 9,
    }
    (issue,) = found.issues
    assert issue.message.startswith("1 requirement without an exact version")


def test_a_line_that_is_no_reference_is_an_issue_with_its_line() -> None:
    found = extract(EXTRACTOR, {"conanfile.txt": "[requires]\npaint 2.0\n"})
    assert (refs(found), found.issues[0].line) == ([], 2)


@given(
    st.binary(max_size=200)
    | st.text(alphabet="[]requis/@#:%_ \n=><1", max_size=80).map(lambda text: f"[requires]\n{text}".encode())
)
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"conanfile.txt": data})
