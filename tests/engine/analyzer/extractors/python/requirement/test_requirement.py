# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Dependency specifiers, names, file names and URLs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.python.requirement import (
    Requirement,
    file_name_parts,
    normalised,
    parse_requirement,
    pinned_version,
    pypi_purl,
    vcs_parts,
    without_credentials,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A", Requirement("A")),
        ("A.B-C_D>=1.0,<2", Requirement("A.B-C_D", (), ">=1.0,<2")),
        (
            "name [fred, bar] == 2.* ; python_version<'3'",
            Requirement("name", ("fred", "bar"), "==2.*", "", "python_version<'3'"),
        ),
        ("name (>=1,<2)", Requirement("name", (), ">=1,<2")),
        (
            "name@https://example.org/a;b.zip ; os_name=='a'",
            Requirement("name", (), "", "https://example.org/a;b.zip", "os_name=='a'"),
        ),
        ("name===weird", Requirement("name", (), "===weird")),
    ],
)
def test_specifiers(text: str, expected: Requirement) -> None:
    assert parse_requirement(text) == expected


@pytest.mark.parametrize(
    "text", ["", "==1.0", "a==", "a 1.0", "-r x", "a b", "a==1#x", "a=={}", "%s==1.0", "a @ ", "a>=1,!", "a={}"]
)
def test_what_is_no_specifier(text: str) -> None:
    assert parse_requirement(text) is None


@pytest.mark.parametrize(
    ("specifier", "version"),
    [("==1.0", "1.0"), ("===1", "1"), ("==1.*", ""), (">=1", ""), (">=1,==1.4", "1.4"), ("", ""), ("~=1.1", "")],
)
def test_only_exact_clauses_pin(specifier: str, version: str) -> None:
    assert pinned_version(specifier) == version


def test_every_spelling_of_a_name_gives_one_purl() -> None:
    spellings = ["Zope.Interface", "zope_interface", "zope-interface", "ZOPE--interface"]
    assert {str(pypi_purl(name, "1")) for name in spellings} == {"pkg:pypi/zope-interface@1"}


@pytest.mark.parametrize("name", ["", "a/b", "a b", "-a", "ä", "a\n"])
def test_impossible_names_have_no_purl(name: str) -> None:
    assert pypi_purl(name) is None


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("numpy-1.9.2-cp34-none-win32.whl", ("numpy", "1.9.2")),
        ("a_b-1.0+local.1-py3-none-any.whl", ("a_b", "1.0+local.1")),
        ("a-b-1.0.tar.gz", ("a-b", "1.0")),
        ("a-1.0-py3.8.egg", ("a", "1.0")),
        ("main.zip", None),
        ("a-b.zip", None),
        ("a.whl", None),
    ],
)
def test_file_names(name: str, parts: tuple[str, str] | None) -> None:
    assert file_name_parts(name) == parts


def test_credentials_are_not_kept() -> None:
    assert without_credentials("https://me:secret@example.org/x") == "https://example.org/x"
    assert without_credentials("https://token@example.org/x") == "https://example.org/x"
    assert without_credentials("git+ssh://git@example.org/x") == "git+ssh://git@example.org/x"


def test_vcs_urls() -> None:
    assert vcs_parts("git+https://u:p@example.org/r@v1#egg=x&subdirectory=a%20b") == (
        "git+https://example.org/r@v1",
        "a b",
    )
    assert vcs_parts("https://example.org/r.zip") is None


@given(st.text(max_size=60))
def test_any_text_is_a_requirement_or_none(text: str) -> None:
    found = parse_requirement(text)
    assert found is None or normalised(found.name) == found.key
    without_credentials(text)
    file_name_parts(text)
