# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Names of licences as metadata writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.spdx.fold import fold
from paddock.engine.spdx.names import candidates_of, expression_of, map_statements, statements_are_alternatives


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # spellings
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("The Apache Software License, Version 2.0", "Apache-2.0"),
        ("apache 2", "Apache-2.0"),
        ("ASL2", "Apache-2.0"),
        ("Apache Sofware Licence, Verison 2.0", "Apache-2.0"),
        ("MIT Licence", "MIT"),
        ("The MIT License (MIT)", "MIT"),
        ("MIT/X11", "MIT"),
        ("New BSD License", "BSD-3-Clause"),
        ("3-Clause BSD License", "BSD-3-Clause"),
        ("BSD (3 clause)", "BSD-3-Clause"),
        ('BSD 2-Clause "Simplified" License', "BSD-2-Clause"),
        ("Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
        ("Eclipse Public License - v 2.0", "EPL-2.0"),
        ("cddl-1-1", "CDDL-1.1"),
        # only, or later
        ("GPLv2", "GPL-2.0-only"),
        ("GPLv2 only", "GPL-2.0-only"),
        ("GPL-2+", "GPL-2.0-or-later"),
        ("GPL (>= 2)", "GPL-2.0-or-later"),
        ("GNU GPLv3 or later", "GPL-3.0-or-later"),
        ("GNU General Public License version 2 (or, at your option any later version)", "GPL-2.0-or-later"),
        ("GNU Lesser General Public License v2.1 or any later version", "LGPL-2.1-or-later"),
        ("version 2 of the GNU General Public License", "GPL-2.0-only"),
        ("GPL", "GPL-1.0-or-later"),
        # exceptions
        ("GPLv2 with Classpath exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("Apache-2.0-with-LLVM-exception", "Apache-2.0 WITH LLVM-exception"),
        # several
        ("MIT/Apache-2.0", "MIT OR Apache-2.0"),
        ("Artistic or GPL", "Artistic-1.0-Perl OR GPL-1.0-or-later"),
        ("GPL-2+ or Artistic", "Artistic-1.0-Perl OR GPL-2.0-or-later"),
        ("GFDL-NIV-1.3+", "GFDL-1.3-no-invariants-or-later"),
        ("GFDL-NIV-1.2", "GFDL-1.2-no-invariants-only"),
        ("perl_5", "Artistic-1.0-Perl OR GPL-1.0-or-later"),
        ("GPL-2 | GPL-3", "GPL-2.0-only OR GPL-3.0-only"),
        ("(GPL-2+ and MIT) or BSD-3-clause", "(GPL-2.0-or-later AND MIT) OR BSD-3-Clause"),
        ("Apache License, Version 2.0 and MIT", "Apache-2.0 AND MIT"),
        ("MIT License, Apache License 2.0", "MIT AND Apache-2.0"),
        ("Dual licensed under the MIT and GPL licenses", "MIT OR GPL-1.0-or-later"),
        ("MPL-2.0 GPL-2.0-or-later", "MPL-2.0 AND GPL-2.0-or-later"),
        # ecosystems
        ("License :: OSI Approved :: MIT License", "MIT"),
        ("License :: OSI Approved :: Apache Software License", "Apache-2.0"),
        ("License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)", "GPL-3.0-or-later"),
        ("License :: Public Domain", "LicenseRef-scancode-public-domain"),
        ("MIT + file LICENSE", "MIT"),
        ("UNLICENSED", "LicenseRef-scancode-proprietary-license"),
        # addresses
        ("http://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://www.gnu.org/licenses/gpl-3.0.en.html", "GPL-3.0-only"),
        ("https://creativecommons.org/licenses/by-sa/4.0/legalcode", "CC-BY-SA-4.0"),
        ("https://choosealicense.com/licenses/mit/", "MIT"),
        # sentences
        ("This material is licensed under the Apache Software License, Version 2.0", "Apache-2.0"),
        (
            "GNU General Public License as published by the FSF; either version 3 or any later version",
            "GPL-3.0-or-later",
        ),
        # an exception after a dash, as Debian's files have it
        ("GPL-2+-libtool-exception", "GPL-2.0-or-later WITH Libtool-exception"),
        # several lines
        ("Apache License\nVersion 2.0, January 2004\nhttp://www.apache.org/licenses/", "Apache-2.0"),
        ("GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007\n\n Copyright (C) 2007", "GPL-3.0-only"),
        ("GNU Lesser General\n  Public License v3", "LGPL-3.0-only"),
        ("MIT\nGPL-3.0", "MIT AND GPL-3.0-only"),
        ("* MIT\n* Apache-2.0", "MIT AND Apache-2.0"),
        # a text with its title
        ("MIT License\n\nCopyright (c) 2020 A\n\nPermission is hereby granted, free of charge", "MIT"),
    ],
)
def test_names_map(name: str, expected: str) -> None:
    assert expression_of(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "BSD",
        "BSD-style",
        "Apache License",
        "Artistic",
        "License :: OSI Approved :: BSD License",
        "SEE LICENSE IN terms.txt",
        "https://github.com/example/example/blob/main/LICENSE",
        "https://www.gnu.org/licenses/gpl.html",
        "MIT License (with a condition of our own)",
        "GPL-2.0 with a special exception",
        "MIT or something else",
        "MIT\nwith conditions of our own",
        "BSD\nMIT",
        "2",
        "Version 2.0",
        "v3",
        "x",
        "X License",
        "by",
        "click",
        "python",
        "Zope Public License",
        "Classpath-exception-2.0",
        "GPL-2.0 our own exception",
        "",
        "NOASSERTION",
        "x" * 5_000,
    ],
)
def test_what_is_not_certain_is_not_guessed(name: str) -> None:
    assert expression_of(name) == ""


def test_an_exact_statement_settles_an_ambiguous_one() -> None:
    assert map_statements(["BSD", "BSD-3-Clause"]).unmapped == ()
    assert map_statements(["BSD", "MIT"]).unmapped == ("BSD",)
    assert map_statements(["MIT", "License :: OSI Approved"]).unmapped == ()
    assert map_statements(["License :: OSI Approved"]).unmapped == ("License :: OSI Approved",)
    assert candidates_of("License :: OSI Approved :: BSD License")[:2] == ("0BSD", "BSD-1-Clause")


def test_several_statements_all_apply_unless_the_ecosystem_offers_a_choice() -> None:
    assert map_statements(["MIT", "GPL-2.0"]).expression == "MIT AND GPL-2.0-only"
    assert map_statements(["MIT", "GPL-2.0"], either=True).expression == "MIT OR GPL-2.0-only"
    assert statements_are_alternatives("maven")
    assert not statements_are_alternatives("pypi")


def test_statements_that_say_nothing_are_dropped_and_others_kept_as_they_stand() -> None:
    found = map_statements(["UNKNOWN", " MIT ", "Our own terms", "许可证"])

    assert (found.expression, found.unmapped) == ("MIT", ("Our own terms", "许可证"))


def test_a_curation_maps_a_statement_literally() -> None:
    assert map_statements(["BSD"], mapping={"BSD": "BSD-2-Clause"}).expression == "BSD-2-Clause"


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 1_000_000 + "b",
        "(" * 100_000 + "MIT" + ")" * 100_000,
        "x\n" * 500_000,
        "GPL or " * 60,
        "\n" * 1_000_000,
    ],
    ids=["spaces", "parentheses", "lines", "endless", "nothing"],
)
def test_a_hostile_statement_comes_to_an_end_without_a_licence(text: str) -> None:
    assert expression_of(text) == ""


def test_a_very_long_expression_is_one_all_the_same() -> None:
    many = " OR ".join(f"LicenseRef-a{number}" for number in range(10_000))

    assert expression_of(many) == many
    assert expression_of(" OR ".join(["MIT"] * 10_000)) == "MIT"


def test_what_the_parser_underneath_cannot_do_is_left() -> None:
    assert expression_of("gpl or license / license later (") == ""


@given(
    st.lists(
        st.sampled_from(
            [
                "gpl",
                "mit",
                " or ",
                " and ",
                ",",
                "/",
                " with ",
                "(",
                ")",
                "&",
                ";",
                "version 2",
                "license",
                "later",
                "|",
                "\n",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_odd_sentences_are_mapped_or_left(text: str) -> None:
    found = expression_of(text)
    assert not found or expression_of(found) == found


@given(st.text(max_size=80))
def test_any_text_is_mapped_or_left(text: str) -> None:
    found = expression_of(text)
    assert not found or expression_of(found) == found


@given(st.text(alphabet="()[]/|,;&+ -vGPLMITorand0.", max_size=60))
def test_odd_combinations_are_mapped_or_left(text: str) -> None:
    expression_of(text)


def test_folding_does_not_join_different_versions() -> None:
    assert fold("GPL-2.0") == fold("GNU General Public License, version 2")
    assert fold("LGPL 2.1") != fold("LGPL 2")
    assert fold("GPL 2") != fold("GPL 2 or later")
