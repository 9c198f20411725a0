# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""OTP application files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import erlang
from paddock.engine.analyzer.extractors.erlang.otp_app import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from tests.engine.analyzer.extractors.extraction import extract, inventory, refs, survives

APP = """\
%% -*- erlang -*-
{application, 'http', [
    {description, "It \\"speaks\\" HTTP"},
    {vsn, "2.0.1"},
    {licenses, ["Apache-2.0"]},
    {modules, ['http_a','http_b']},
    {env, [{limit, 16#FF}, {rate, 1.5e3}, {char, $a}]}
]}.
"""


def test_an_application_is_read() -> None:
    (component,) = inventory(erlang.EXTRACTORS, {"lib/http-2.0.1/ebin/http.app": APP}).components
    assert component.ref == "pkg:otp/http@2.0.1"
    assert component.declared_licenses == ("Apache-2.0",)
    assert component.description == 'It "speaks" HTTP'
    assert component.locations[0].line == 2


def test_other_files_of_that_ending_are_not_claimed() -> None:
    assert inventory(erlang.EXTRACTORS, {"Thing.app": "whatever"}).files_read == 0


def test_an_application_without_version_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"ebin/a.app": "{application, a, []}."})
    assert (refs(found), len(found.issues)) == (["pkg:otp/a"], 1)


@pytest.mark.parametrize("text", ["", "{application, a}.", "[].", "<xml/>"])
def test_what_is_no_application_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"ebin/a.app": text})


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"{{application, a, [{text}]}}.".encode()))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"ebin/a.app": data})


@given(
    st.lists(
        st.sampled_from(["{vsn, a}", "{vsn}", "{}", "vsn", '{vsn, "1"}', "{licenses, [[], {}, b]}", "{description, 1}"])
    )
)
def test_any_keys_give_an_extraction(keys: list[str]) -> None:
    assert survives(EXTRACTOR, {"ebin/a.app": f"{{application, a, [{','.join(keys)}]}}."}) is not None
