# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Credentials: each goes to its own place only, and shows nowhere."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.clients.configuration.netrc import read_netrc
from paddock.engine.clients.credentials import (
    Credential,
    Secret,
    basic,
    bearer,
    credential_for,
    split_credentials,
)


def held(prefix: str, url: str) -> bool:
    return credential_for(url, [Credential(prefix=prefix, value=bearer("t"), told_by="")]) is not None


@pytest.mark.parametrize(
    ("prefix", "url", "holds"),
    [
        ("https://a.example", "https://a.example/x", True),
        ("https://a.example", "https://A.EXAMPLE:443/x", True),
        ("https://a.example", "http://a.example/x", False),
        ("//a.example", "http://a.example/x", True),
        ("//a.example:8080", "http://a.example/x", False),
        ("https://a.example", "https://a.example.evil/x", False),
        ("https://a.example", "https://evil/a.example", False),
        ("https://a.example", "https://a.example@evil/", False),
        ("//a.example/npm", "https://a.example/npm/x", True),
        ("//a.example/npm", "https://a.example/npmx", False),
        ("//a.example/npm", "https://a.example/", False),
        ("//a.example/npm/", "https://a.example/npm", True),
        ("https://a.example", "https://[broken", False),
    ],
)
def test_where_a_credential_may_be_sent(prefix: str, url: str, *, holds: bool) -> None:
    assert held(prefix, url) is holds


def test_the_longest_prefix_wins() -> None:
    near = Credential(prefix="//a.example/npm/team", value=bearer("near"), told_by="")
    far = Credential(prefix="//a.example", value=bearer("far"), told_by="")
    assert credential_for("https://a.example/npm/team/x", [far, near]) == near
    assert credential_for("https://a.example/npm/other", [far, near]) == far


def test_no_text_shows_a_secret() -> None:
    secret = Credential(prefix="//a", value=Secret("s3cret"), told_by="x")
    assert "s3cret" not in f"{secret} {secret!r} {secret.value!r} {[secret]}"
    with pytest.raises(TypeError):
        msgspec.json.encode(secret)


def test_credentials_in_an_address_are_taken_out() -> None:
    plain, (found,) = split_credentials("https://us%40er:p%3Aw@a.example:8443/simple", "pip.conf")
    assert plain == "https://a.example:8443/simple"
    assert found.value == basic("us@er", "p:w")
    assert found.prefix == "https://a.example:8443"
    assert split_credentials("https://a.example/x", "") == ("https://a.example/x", ())


def test_netrc_by_machine() -> None:
    text = """
    # machine commented login a password b
    machine a.example login ann password "s p\\"ace"
    machine b.example/deb login bob password x account y
    default login anyone password everywhere
    machine c.example:8080
      login cyd
      password z
    """
    found = {one.prefix: one.value for one in read_netrc(text, "netrc")}
    assert found == {
        "//a.example": basic("ann", 's p"ace'),
        "//b.example/deb": basic("bob", "x"),
        "//c.example:8080": basic("cyd", "z"),
    }


@given(st.text(max_size=200))
def test_netrc_may_be_anything(text: str) -> None:
    assert all(one.prefix.startswith("//") for one in read_netrc(text, ""))


@given(st.text(max_size=60), st.text(max_size=60))
def test_addresses_may_be_anything(prefix: str, url: str) -> None:
    held(prefix, url)
    split_credentials(url, "")
