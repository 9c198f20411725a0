# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Through which proxy, and to which hosts without one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.clients.failure import HttpError
from paddock.engine.clients.http import Access, HttpClient
from paddock.engine.clients.proxy import (
    DIRECT,
    chosen_proxy,
    no_proxy_patterns,
    proxy_address,
    proxy_with_credentials,
)
from tests.engine.clients.machine import machine
from tests.engine.clients.server import Server

PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        ("proxy.example:3128", PROXY),
        (f" {PROXY} ", PROXY),
        ("null", ""),
        ("false", ""),
        ("", ""),
        ("a b", ""),
    ],
)
def test_addresses_of_proxies(stated: str, address: str) -> None:
    assert proxy_address(stated) == address


def test_user_and_password_are_quoted() -> None:
    assert proxy_with_credentials("p.example", "80", "a@b", "c:d/") == "http://a%40b:c%3Ad%2F@p.example:80"
    assert proxy_with_credentials("p.example", "", "", "x") == "http://p.example:8080"
    assert proxy_with_credentials("", "80", "", "") == ""


@pytest.mark.parametrize(
    ("listed", "url", "direct"),
    [
        ("corp.example", "https://corp.example/x", True),
        ("corp.example", "https://npm.corp.example/x", True),
        (".corp.example", "https://npm.corp.example/x", True),
        ("corp.example", "https://notcorp.example/x", False),
        ("a.example, corp.example", "http://CORP.example/x", True),
        ("corp.example:8443", "https://corp.example:8443/x", True),
        ("corp.example:8443", "https://corp.example/x", False),
        ("*", "https://any.example/x", True),
        ("10.0.0.0/8", "https://10.0.0.1/x", False),
        ("", "https://any.example/x", False),
    ],
)
def test_hosts_that_are_reached_without(tmp_path: Path, listed: str, url: str, *, direct: bool) -> None:
    patterns = no_proxy_patterns(machine(tmp_path, NO_PROXY=listed))
    assert chosen_proxy(url, PROXY, patterns) == (DIRECT if direct else PROXY)
    assert chosen_proxy(url, "", patterns) == ""


def test_the_settings_list_wins_over_the_variable(tmp_path: Path) -> None:
    assert no_proxy_patterns(machine(tmp_path, NO_PROXY="a.example"), "b.example") == ("b.example", "*.b.example")


def test_requests_go_through_the_proxy_of_the_settings_and_past_it_where_they_say_so(
    server: Server, http: HttpClient
) -> None:
    server.put("http://registry.example/a", "by the proxy")
    server.put("/b", "past the proxy")
    session = http.session(Access(proxy=server.url, no_proxy=("127.0.0.*",)))
    assert session.document("http://registry.example/a") == b"by the proxy"
    assert session.document(f"{server.url}/b") == b"past the proxy"
    assert server.paths == ["http://registry.example/a", "/b"]


def test_what_is_sent_goes_the_same_way_as_what_is_read(server: Server, http: HttpClient) -> None:
    server.put("/b", "taken")
    session = http.session(Access(proxy="http://127.0.0.1:9", no_proxy=("127.*",)))
    assert session.submit(f"{server.url}/b", {"product": "shop"}, ("bom.json", b"{}")) == b"taken"


def test_past_the_proxy_is_past_the_one_of_the_variables_too(
    server: Server, http: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.put("/b", "past every proxy")
    session = http.session(Access(proxy="http://127.0.0.1:9", no_proxy=("127.*",)))
    assert session.document(f"{server.url}/b") == b"past every proxy"


def test_the_password_of_a_proxy_shows_in_no_message(http: HttpClient) -> None:
    session = http.session(Access(proxy="http://ann:secret@127.0.0.1:9"))
    with pytest.raises(HttpError) as caught:
        session.document("http://registry.example/a")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "gopher://127.0.0.1:9"])
def test_another_kind_of_proxy_is_told(http: HttpClient, proxy: str) -> None:
    with pytest.raises(HttpError, match="the proxy cannot be used"):
        http.session(Access(proxy=proxy)).document("http://registry.example/a")


@given(st.text(max_size=80), st.text(max_size=80), st.text("a*.", max_size=60), st.text("a.", max_size=60))
def test_any_list_and_any_address(tmp_path_factory, listed: str, url: str, pattern: str, host: str) -> None:  # type: ignore[no-untyped-def]
    patterns = no_proxy_patterns(machine(tmp_path_factory.mktemp("m")), listed)
    assert chosen_proxy(url, PROXY, patterns) in (PROXY, DIRECT)
    chosen_proxy(f"https://{host}", PROXY, (pattern,))
    assert chosen_proxy(f"https://x{host}", PROXY, (f"x{host}",)) in (PROXY, DIRECT)
