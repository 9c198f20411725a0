# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""File names made from what people typed."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.hub.documents.names import LONGEST, attachment, file_name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Cockpit UI", "4.2"), "Cockpit-UI-4.2.pdf"),
        (("../../etc/passwd", ""), "etc-passwd.pdf"),
        (('a"; filename="evil.exe', "1"), "a-filename-evil.exe-1.pdf"),
        (("Kühlung", "1\r\nSet-Cookie: x=1"), "Kuhlung-1-Set-Cookie-x-1.pdf"),
        (("车载", "…"), "document.pdf"),
        (("con", ""), "_con.pdf"),
        (("a\u202eexe.fdp", "1"), "aexe.fdp-1.pdf"),
    ],
)
def test_a_name_is_made_of_plain_characters(parts: tuple[str, str], name: str) -> None:
    assert file_name(*parts, suffix=".pdf") == name


@given(st.text(max_size=300), st.text(max_size=300))
def test_nothing_gets_out_of_the_header(product: str, release: str) -> None:
    value = attachment(product, release, suffix=".cdx.json")
    assert value.isascii()
    assert value.isprintable()
    plain = re.match(r'attachment; filename="([0-9A-Za-z._+-]+)"(; filename\*=UTF-8\'\'[0-9A-Za-z%._~-]+)?\Z', value)
    assert plain is not None
    assert len(plain[1]) <= LONGEST + 10
    assert not plain[1].startswith((".", "-"))


def test_programs_that_understand_it_get_the_true_name() -> None:
    value = attachment("Kühlung 车载", "4.2", suffix=".pdf")
    assert unquote(value.split("UTF-8''")[1]) == "Kühlung 车载 4.2.pdf"
    assert 'filename="Kuhlung-4.2.pdf"' in value
