# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""CMake: FetchContent, ExternalProject, CPM.cmake; variables, comments, syntax."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.cpp.cmake import EXTRACTOR
from paddock.engine.analyzer.extractors.cpp.cmake_syntax import parse_commands
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def found_in(text: str) -> list[str]:
    return refs(extract(EXTRACTOR, {"CMakeLists.txt": text}))


LOOKED_FOR = """
# find_package(Paint)
find_package(Threads REQUIRED)
  find_package( Oil 1.75 COMPONENTS hot REQUIRED )
find_package(${COMPUTED})
Find_Package(Grease)
"""


def test_what_is_looked_for_on_the_machine_is_told() -> None:
    found = extract(EXTRACTOR, {"CMakeLists.txt": LOOKED_FOR})
    (issue,) = found.issues
    assert (refs(found), issue.severity, issue.line) == ([], Severity.WARNING, 4)
    assert "Oil 1.75, Grease;" in issue.message


@pytest.mark.parametrize("manifest", ["conanfile.txt", "../vcpkg.json"])
def test_what_a_package_manager_brings_is_not_looked_for_on_the_machine(manifest: str) -> None:
    path = f"src/{manifest}".replace("src/../", "")
    assert extract(EXTRACTOR, {"src/CMakeLists.txt": LOOKED_FOR, path: ""}, "src/CMakeLists.txt").issues == ()


def test_a_repository_with_a_tag_or_commit() -> None:
    text = f"""
    cmake_minimum_required(VERSION 3.20)
    include(FetchContent)
    FetchContent_Declare(
      oil  # the good one
      GIT_REPOSITORY https://github.com/Someone/Oil.git
      GIT_TAG        v1.4.0
    )
    ExternalProject_Add(paint GIT_REPOSITORY "https://git.example.org/firm/paint.git" GIT_TAG {COMMIT} CMAKE_ARGS -DX=1)
    """
    found = extract(EXTRACTOR, {"CMakeLists.txt": text})
    assert refs(found) == [
        f"pkg:generic/paint@{COMMIT}?vcs_url=git%2Bhttps://git.example.org/firm/paint.git%40{COMMIT}",
        "pkg:github/someone/oil@v1.4.0",
    ]
    assert {component.purl.name: component.locations[0].line for component in found.components} == {
        "oil": 4,
        "paint": 9,
    }
    assert usages(found, "CMakeLists.txt")["pkg:github/someone/oil@v1.4.0"].direct is True
    assert found.issues == ()


def test_an_archive_with_its_hash() -> None:
    digest = "AB" * 32
    found = extract(
        EXTRACTOR,
        {
            "x.cmake": f"""
    FetchContent_Declare(oil URL https://example.org/oil-1.4.tar.gz URL_HASH SHA256={digest})
    FetchContent_Declare(paint URL https://github.com/Someone/Paint/archive/refs/tags/v2.0.zip)
    ExternalProject_Add(wax URL https://github.com/Someone/Wax/releases/download/3.1/wax.tgz URL_MD5 {"0f" * 16})
    """
        },
    )
    oil, paint, wax = found.components
    assert (
        oil.ref == f"pkg:generic/oil?checksum=sha256:{digest.lower()}&download_url=https://example.org/oil-1.4.tar.gz"
    )
    assert oil.hashes == (Hash("sha256", digest.lower()),)
    assert (paint.ref, wax.ref) == ("pkg:github/someone/paint@v2.0", "pkg:github/someone/wax@3.1")
    assert wax.hashes == (Hash("md5", "0f" * 16),)
    assert found.issues == ()


def test_a_branch_or_nothing_gives_no_version_and_one_issue() -> None:
    found = extract(
        EXTRACTOR,
        {
            "CMakeLists.txt": """
    FetchContent_Declare(oil GIT_REPOSITORY https://example.org/oil.git GIT_TAG main)
    FetchContent_Declare(wax GIT_REPOSITORY https://example.org/wax.git)
    FetchContent_Declare(own SOURCE_DIR ${CMAKE_SOURCE_DIR}/own)
    """
        },
    )
    assert [component.purl.version for component in found.components] == [None, None]
    assert found.issues[0].message.startswith("2 downloads without a fixed revision or hash (oil, wax)")


def test_variables_that_are_set_literally_are_replaced() -> None:
    assert found_in("""
    set(OIL_VERSION 1.4.0 CACHE STRING "which")
    set(OIL_TAG "v${OIL_VERSION}")
    FetchContent_Declare(oil GIT_REPOSITORY https://github.com/someone/oil GIT_TAG ${OIL_TAG})
    """) == ["pkg:github/someone/oil@v1.4.0"]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "set(TAG v1)\nset(TAG v2)",
        "set(TAG v1)\nunset(TAG)",
        "set(TAG v1)\nstring(APPEND TAG .2)",
        "set(TAG $ENV{TAG})",
        "foreach(TAG v1 v2)",
    ],
)
def test_variables_without_one_known_value_are_an_issue(before: str) -> None:
    text = f"{before}\nFetchContent_Declare(oil GIT_REPOSITORY https://github.com/someone/oil GIT_TAG ${{TAG}})"
    found = extract(EXTRACTOR, {"CMakeLists.txt": text})
    assert refs(found) == ["pkg:github/someone/oil"]
    assert "GIT_TAG depends on variables" in found.issues[0].message
    assert len(found.issues) == 1


def test_what_stands_in_comments_and_strings_is_not_a_call() -> None:
    assert (
        found_in("""
    # FetchContent_Declare(a GIT_REPOSITORY https://github.com/x/a GIT_TAG v1)
    #[==[ FetchContent_Declare(b GIT_REPOSITORY https://github.com/x/b GIT_TAG v1) ]==]
    message("FetchContent_Declare(c GIT_REPOSITORY https://github.com/x/c GIT_TAG v1)")
    message([[FetchContent_Declare(d GIT_REPOSITORY https://github.com/x/d GIT_TAG v1)]])
    """)
        == []
    )


def test_the_forms_of_cpm() -> None:
    text = """
    CPMAddPackage("gh:Someone/Oil#v1.4")
    CPMAddPackage("gh:someone/paint@2.0")
    CPMAddPackage("bb:someone/wax@3.0.1")
    CPMAddPackage(NAME glue VERSION 4.2 GITHUB_REPOSITORY someone/glue OPTIONS "A ON" "B OFF")
    CPMAddPackage(NAME tar GIT_TAG r5 GITLAB_REPOSITORY firm/tar)
    CPMAddPackage("https://example.org/pitch-1.0.zip#MD5")
    CPMAddPackage(URI "gh:someone/resin@6.0" OPTIONS "X 1")
    CPMAddPackage(GITHUB_REPOSITORY someone/nameless VERSION 1.1 GIT_TAG release-1.1)
    """
    assert found_in(text) == [
        "pkg:bitbucket/someone/wax@v3.0.1",
        "pkg:generic/pitch-1.0.zip?download_url=https://example.org/pitch-1.0.zip",
        "pkg:generic/tar@r5?vcs_url=git%2Bhttps://gitlab.com/firm/tar.git%40r5",
        "pkg:github/someone/glue@v4.2",
        "pkg:github/someone/nameless@release-1.1",
        "pkg:github/someone/oil@v1.4",
        "pkg:github/someone/paint@v2.0",
        "pkg:github/someone/resin@v6.0",
    ]


def test_other_ways_of_downloading_are_an_issue() -> None:
    found = extract(EXTRACTOR, {"CMakeLists.txt": "ExternalProject_Add(oil SVN_REPOSITORY https://example.org/svn)"})
    assert (refs(found), "SVN_REPOSITORY" in found.issues[0].message) == ([], True)


def test_arguments_of_every_kind() -> None:
    (command,) = parse_commands('x(a "b c" [=[d]] e]=] (f) g\\ h -D"i j")')
    assert [argument.text for argument in command.arguments] == ["a", "b c", "d]] e", "(", "f", ")", "g\\ h", '-D"i j"']


@pytest.mark.parametrize(
    ("text", "line"),
    [("a()\nFetchContent_(", 2), ('CPMAddPackage(\n"x', 1), ("\nCPMAddPackage [", 2), ("CPMAddPackage([[", 1)],
)
def test_what_is_no_cmake_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"CMakeLists.txt": text + " # CPMAddPackage"})
    assert caught.value.line == line


def test_variables_that_grow_do_not_explode() -> None:
    lines = ["set(V0 " + "x" * 500 + ")"] + [f"set(V{n} ${{V{n - 1}}}${{V{n - 1}}})" for n in range(1, 60)]
    found = extract(EXTRACTOR, {"x.cmake": "\n".join([*lines, "FetchContent_Declare(oil URL ${V59})"])})
    assert "URL depends on variables" in found.issues[0].message


@given(st.binary(max_size=200).map(lambda data: b"CPMAddPackage" + data))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"CMakeLists.txt": data})


WORDS = st.sampled_from(
    [
        "GIT_TAG",
        "GIT_REPOSITORY",
        "URL",
        "URL_HASH",
        "NAME",
        "VERSION",
        "GITHUB_REPOSITORY",
        "URI",
        "https://github.com/a/b",
        "https://[",
        "${X}",
        "gh:a/b@1",
        "@",
        "#",
        ":",
        "/",
        "SHA256=zz",
        '"',
        "[[",
        "]]",
        "(",
        "\\",
    ]
)


@given(st.sampled_from(["FetchContent_Declare", "CPMAddPackage", "ExternalProject_Add"]), st.lists(WORDS, max_size=8))
def test_any_arguments_give_an_extraction_or_unreadable(command: str, words: list[str]) -> None:
    survives(EXTRACTOR, {"CMakeLists.txt": f"set(X {' '.join(words)})\n{command}({' '.join(words)})"})
