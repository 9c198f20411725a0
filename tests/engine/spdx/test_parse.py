# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Expressions from text."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.spdx.licenses import find_license, ids_by_key, known_licenses
from paddock.engine.spdx.parse import (
    InvalidExpression,
    ids_in,
    is_expression,
    join_all,
    join_any,
    nearest_id,
    normalize,
    parse,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mit", "MIT"),
        ("MIT or apache-2.0", "MIT OR Apache-2.0"),
        ("(MIT)AND(ISC)", "MIT AND ISC"),
        ("MIT AND\n  ISC", "MIT AND ISC"),
        ("ISC OR MIT AND X11", "ISC OR (MIT AND X11)"),
        ("GPL-2.0", "GPL-2.0-only"),
        ("gpl-2.0+", "GPL-2.0-or-later"),
        ("GPL-2.0-only+", "GPL-2.0-or-later"),
        ("GPL-2.0-or-later+", "GPL-2.0-or-later"),
        ("LGPL-2.1+", "LGPL-2.1-or-later"),
        ("Apache-2.0+", "Apache-2.0+"),
        ("StandardML-NJ", "SMLNJ"),
        ("GPL-2.0 with classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("GPL-2.0-with-classpath-exception OR MIT", "GPL-2.0-only WITH Classpath-exception-2.0 OR MIT"),
        ("eCos-2.0", "GPL-2.0-or-later WITH eCos-exception-2.0"),
        ("MPL-2.0-no-copyleft-exception", "MPL-2.0-no-copyleft-exception"),
        ("LicenseRef-My.Own-1", "LicenseRef-My.Own-1"),
        ("LicenseRef-Apache-2.0", "LicenseRef-Apache-2.0"),
        ("DocumentRef-spdx:LicenseRef-x", "DocumentRef-spdx:LicenseRef-x"),
        ("licenseref-scancode-PUBLIC-domain", "LicenseRef-scancode-public-domain"),
        ("MIT WITH AdditionRef-x", "MIT WITH AdditionRef-x"),
        ("UnRAR", "UnRAR"),
    ],
)
def test_ids_become_canonical(text: str, expected: str) -> None:
    assert normalize(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("()", "do not fit"),
        ("(MIT", "parentheses"),
        ("MIT)", "parentheses"),
        ("MIT AND", "AND requires two"),
        ("MIT ISC", "symbols sequence"),
        ("MIT, ISC", "',' does not belong"),
        ("MIT/ISC", "'/' does not belong"),
        ("Apache2", "did you mean Apache-2.0"),
        ("Foo-1", "begin with LicenseRef-"),
        ("GPL", "not on the SPDX licence list"),
        ("foo bar", "AND or OR is missing"),
        ("MIT WITH Apache-2.0", "cannot follow WITH"),
        ("Classpath-exception-2.0", "needs a licence before it"),
        ("NOASSERTION", "no licence is known"),
        ("NONE", "no licence is known"),
        ("(" * 50 + "MIT" + ")" * 50, "nested deeper"),
        ("MIT " * 80_000, "longer than"),
    ],
)
def test_what_is_no_expression_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidExpression, match=reason.replace("(", r"\(")):
        parse(text)
    assert not is_expression(text)


@given(st.text(max_size=60) | st.text("()MITAND OR WITH+-:.GPL20", max_size=60))
def test_any_text_is_an_expression_or_refused(text: str) -> None:
    try:
        found = normalize(text)
    except InvalidExpression:
        return
    assert normalize(found) == found


def test_a_very_wide_expression_is_read() -> None:
    assert len(ids_in(" OR ".join(f"LicenseRef-{number}" for number in range(1_500)))) == 1_500


def test_joining_flattens_and_removes_repetition() -> None:
    assert join_all(("MIT", "", "ISC OR X11", "MIT")) == "MIT AND (ISC OR X11)"
    assert join_any(("MIT", "GPL-2.0+", "MIT")) == "MIT OR GPL-2.0-or-later"
    assert join_all(()) == ""


def test_ids_keep_their_exception() -> None:
    assert ids_in("MIT OR GPL-2.0 WITH Classpath-exception-2.0") == ("MIT", "GPL-2.0-only WITH Classpath-exception-2.0")


def test_the_nearest_id_helps_with_typing_errors() -> None:
    assert nearest_id("apache2.0") == "Apache-2.0"
    assert nearest_id("zzzzzzzz") == ""


def test_the_list_knows_categories_keys_and_exceptions() -> None:
    gpl = find_license("gpl-2.0+")
    exception = find_license("Classpath-exception-2.0")

    assert gpl is not None
    assert (gpl.id, gpl.category, gpl.is_exception) == ("GPL-2.0-or-later", "Copyleft", False)
    assert exception is not None
    assert exception.is_exception
    assert find_license("no-such-licence") is None
    assert ids_by_key()["gpl-2.0-plus"] == "GPL-2.0-or-later"
    assert len(known_licenses()) > 2_000


def test_the_list_is_not_loaded_by_importing_the_engine() -> None:
    code = (
        "import sys, paddock.engine.spdx.names, paddock.engine.spdx.licenses as l;"
        "sys.exit(l.known_licenses.cache_info().currsize)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
