# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Handing a result in at a hub: repeated where the network fails, and never telling the token."""

import json

import pytest

from paddock.engine.clients.credentials import Credential, bearer
from paddock.engine.clients.failure import HttpError
from paddock.engine.clients.http import Access, HttpClient
from paddock.engine.clients.hub import Hub, HubRelease, Intake, connected
from tests.engine.clients.server import Reply, Server

WAITING = {"id": "1", "release_id": "2", "state": "waiting", "stage": "", "done": 0, "total": 0, "problems": []}
PLACE = "/api/v1/intakes"


def hub(http: HttpClient, url: str) -> Hub:
    access = Access(credentials=(Credential(prefix=url, value=bearer("pdk_secret"), told_by="PADDOCK_TOKEN"),))
    return Hub(http.session(access), url)


def test_a_result_goes_with_the_names_of_its_release(server: Server, http: HttpClient) -> None:
    server.put(PLACE, json.dumps(WAITING), status=202)
    intake = hub(http, server.url).hand_in(b"{}", "result.paddock.json", product="Größe", release="1.0")
    (asked,) = server.asked
    assert intake == Intake(id="1", release_id="2", state="waiting")
    assert asked.headers["authorization"] == "Bearer pdk_secret"
    assert asked.headers["content-type"].startswith("multipart/form-data")
    for part in (b"\r\n\r\n{}\r\n", "Größe".encode(), b'name="create"', b'filename="result.paddock.json"'):
        assert part in asked.sent


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_busy_hub_is_asked_again_with_the_same(server: Server, http: HttpClient, status: int) -> None:
    server.replies[PLACE] = Reply(status=status, then=Reply(json.dumps(WAITING).encode(), 202))
    hub(http, server.url).hand_in(b"{}", "result.paddock.json", product="a", release="b")
    first, second = server.asked
    boundaries = [asked.sent.split(b"\r\n", 1)[0] for asked in (first, second)]
    assert first.sent.replace(boundaries[0], b"") == second.sent.replace(boundaries[1], b"")


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (json.dumps({"detail": "No such unit.", "errors": ["unit: x"]}), 404, "No such unit. unit: x"),
        ("<html>", 502, "answers 502"),
        ("", 307, "answers 307"),
        ("<html>who", 200, "no answer of a hub"),
        (json.dumps([1]), 202, "no answer of a hub"),
    ],
)
def test_what_goes_wrong_is_told_and_the_token_is_not(
    server: Server, http: HttpClient, body: str, status: int, said: str
) -> None:
    server.put(PLACE, body, status=status, headers={"Location": "https://elsewhere.example/"})
    with pytest.raises(HttpError) as caught:
        hub(http, server.url).hand_in(b"{}", "result.paddock.json", product="a", release="b")
    assert said in str(caught.value)
    assert "pdk_secret" not in str(caught.value)


def test_a_hub_that_is_not_there(http: HttpClient) -> None:
    with pytest.raises(HttpError, match="cannot be read"):
        hub(http, "http://127.0.0.1:1").hand_in(b"{}", "r.json", product="a", release="b")


def test_waiting_ends_when_the_hub_is_done_or_patience_is(server: Server) -> None:
    running = json.dumps({**WAITING, "state": "running", "stage": "Reading", "done": 1, "total": 2}).encode()
    done = json.dumps({**WAITING, "state": "done"}).encode()
    server.replies[f"{PLACE}/1"] = Reply(running, then=Reply(done))
    release = {"id": "2", "product": "a", "name": "b", "outcome": "compliant", "sentence": "Fine.", "more": 1}
    server.put("/api/v1/releases/2", json.dumps(release))
    told: list[tuple[str, int, int]] = []
    with connected(server.url, "pdk_secret", ca_file="", user_agent="paddock/test") as opened:
        first = opened.intake("1")
        ended = opened.until_final(first, seconds=30, progress=lambda *step: told.append(step))
        assert (ended.final, told[0]) == (True, ("Reading", 1, 2))
        assert opened.release("2") == HubRelease(id="2", product="a", name="b", outcome="compliant", sentence="Fine.")
        assert not opened.until_final(first, seconds=0, progress=lambda *_: None).final
