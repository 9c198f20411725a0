# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""HTTP within bounds, against a server that misbehaves in every way that is known."""

import gzip
import os
import threading
from pathlib import Path

import pytest

from paddock.engine.clients.address import shown
from paddock.engine.clients.credentials import Credential, basic, bearer
from paddock.engine.clients.failure import HttpError, NotThere, Stopped
from paddock.engine.clients.http import Access, HttpClient, Limits, Session
from paddock.engine.clients.partial import PartialFile
from tests.engine.clients.conftest import QUICK
from tests.engine.clients.server import Reply, Server

BODY = bytes(range(256)) * 200


def fetch(session: Session, url: str, folder: Path, *, verified: bool = False) -> bytes:
    part = PartialFile(str(folder / "part"), verified_later=verified)
    try:
        session.download(url, part)
    finally:
        part.close()
    return (folder / "part").read_bytes()


def open_session(http: HttpClient, *credentials: Credential) -> Session:
    return http.session(Access(credentials=credentials, credentials_go_into="~/.settings"))


def test_a_document_is_read_and_unpacked(server: Server, http: HttpClient) -> None:
    url = server.put("/a", gzip.compress(b"hello", mtime=0), headers={"Content-Encoding": "gzip"})
    assert open_session(http).document(url) == b"hello"
    assert server.asked[0].headers["user-agent"] == "paddock/test"


def test_a_download_is_kept_as_it_is_sent(server: Server, http: HttpClient, tmp_path: Path) -> None:
    packed = gzip.compress(BODY, mtime=0)
    url = server.put("/a.tgz", packed, headers={"Content-Encoding": "gzip"})
    assert fetch(open_session(http), url, tmp_path) == packed


def test_what_is_not_there_is_asked_for_once(server: Server, http: HttpClient) -> None:
    with pytest.raises(NotThere):
        open_session(http).document(server.url + "/none")
    assert server.paths == ["/none"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(server: Server, http: HttpClient, status: int) -> None:
    server.replies["/a"] = Reply(status=status, headers={"Retry-After": "0"}, then=Reply(b"now"))
    assert open_session(http).document(server.url + "/a") == b"now"


def test_a_server_that_stays_busy_is_given_up(server: Server, http: HttpClient) -> None:
    server.put("/a", b"", status=503)
    with pytest.raises(HttpError, match="503"):
        open_session(http).document(server.url + "/a")
    assert len(server.asked) == QUICK.tries


def test_a_refusal_says_where_the_credential_goes_and_never_what_it_is(server: Server, http: HttpClient) -> None:
    url = server.put("/a", b"x", authorization="Bearer right")
    with pytest.raises(HttpError, match=r"401.*no credential is set for this host; it goes into ~/\.settings"):
        open_session(http).document(url)
    wrong = Credential(prefix=server.url, value=bearer("s3cret"), told_by="/home/u/.npmrc")
    with pytest.raises(HttpError, match=r"the credential from /home/u/\.npmrc is not accepted") as refusal:
        open_session(http, wrong).document(url)
    assert "s3cret" not in f"{refusal.value!r} {refusal.value}"
    right = Credential(prefix=server.url, value=bearer("right"), told_by="")
    assert open_session(http, right).document(url) == b"x"


def test_a_credential_does_not_follow_a_redirect_to_another_host(server: Server, http: HttpClient) -> None:
    other = server.url.replace("127.0.0.1", "localhost")
    server.put("/a", b"", status=302, headers={"Location": f"{other}/b"})
    server.put("/b", b"x")
    own = Credential(prefix=server.url, value=basic("u", "p"), told_by="")
    assert open_session(http, own).document(server.url + "/a") == b"x"
    assert ["authorization" in one.headers for one in server.asked] == [True, False]


def test_a_redirect_loop_ends(server: Server, http: HttpClient) -> None:
    server.put("/a", b"", status=301, headers={"Location": "/a"})
    with pytest.raises(HttpError, match="redirects"):
        open_session(http).document(server.url + "/a")
    assert len(server.asked) < 12


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://localhost/x", "gopher://x/"])
def test_a_redirect_to_something_else_than_the_web_is_refused(server: Server, http: HttpClient, target: str) -> None:
    server.put("/a", b"", status=302, headers={"Location": target})
    with pytest.raises(HttpError, match="only http and https"):
        open_session(http).document(server.url + "/a")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "", "http://", "npm:left-pad", "https://[::1", "data:,x"])
def test_only_web_addresses_are_fetched(http: HttpClient, url: str, tmp_path: Path) -> None:
    with pytest.raises(HttpError):
        open_session(http).document(url)
    with pytest.raises(HttpError):
        fetch(open_session(http), url, tmp_path)


def test_too_much_is_not_read(server: Server, tmp_path: Path) -> None:
    small = HttpClient(Limits(tries=1, document=1000, artifact=1000), user_agent="x")
    url = server.put("/a", BODY)
    with pytest.raises(HttpError, match="more than 1,000"):
        small.session(Access()).document(url)
    with pytest.raises(HttpError, match="over 1,000 are not fetched"):
        fetch(small.session(Access()), url, tmp_path)
    small.close()


def test_a_download_that_breaks_off_is_continued_within_one_call(
    server: Server, http: HttpClient, tmp_path: Path
) -> None:
    server.replies["/a"] = Reply(BODY, break_after=20_000, then=Reply(BODY))
    assert fetch(open_session(http), server.url + "/a", tmp_path) == BODY
    assert server.asked[1].headers["range"].startswith("bytes=")
    assert int(server.asked[1].headers["range"][6:-1]) > 0


def test_a_download_is_continued_by_the_next_process(server: Server, http: HttpClient, tmp_path: Path) -> None:
    url = server.put("/a", BODY, break_after=5_000)
    with pytest.raises(HttpError):
        fetch(open_session(http), url, tmp_path)
    kept = (tmp_path / "part").stat().st_size
    assert 0 < kept < len(BODY)
    server.put("/a", BODY)
    server.asked.clear()
    assert fetch(open_session(http), url, tmp_path) == BODY
    assert server.asked[0].headers["range"] == f"bytes={kept}-"


def test_another_file_in_its_place_is_fetched_from_the_start(server: Server, http: HttpClient, tmp_path: Path) -> None:
    url = server.put("/a", BODY, break_after=5_000)
    with pytest.raises(HttpError):
        fetch(open_session(http), url, tmp_path)
    changed = BODY[::-1]
    server.put("/a", changed)
    assert fetch(open_session(http), url, tmp_path) == changed


def test_without_validator_and_digest_nothing_is_continued(server: Server, http: HttpClient, tmp_path: Path) -> None:
    url = server.put("/a", BODY, break_after=20_000, etag=False)
    with pytest.raises(HttpError):
        fetch(open_session(http), url, tmp_path)
    assert all("range" not in one.headers for one in server.asked)


def test_with_a_digest_to_come_bytes_are_continued_without_validator(
    server: Server, http: HttpClient, tmp_path: Path
) -> None:
    server.replies["/a"] = Reply(BODY, break_after=20_000, etag=False, then=Reply(BODY, etag=False))
    assert fetch(open_session(http), server.url + "/a", tmp_path, verified=True) == BODY
    assert "range" in server.asked[1].headers


def test_a_server_without_ranges_sends_all_again(server: Server, http: HttpClient, tmp_path: Path) -> None:
    server.replies["/a"] = Reply(BODY, break_after=20_000, then=Reply(BODY, ranges=False))
    assert fetch(open_session(http), server.url + "/a", tmp_path) == BODY


def test_a_server_that_answers_with_another_part_is_not_believed(
    server: Server, http: HttpClient, tmp_path: Path
) -> None:
    lie = Reply(BODY[:5], status=206, headers={"Content-Range": "bytes 0-4/51200"}, then=Reply(BODY))
    server.replies["/a"] = Reply(BODY, break_after=20_000, then=lie)
    assert fetch(open_session(http), server.url + "/a", tmp_path) == BODY


@pytest.mark.parametrize("claimed", [len(BODY) + 1000, len(BODY) - 1000])
def test_a_length_that_is_a_lie_never_gives_a_whole_file(
    server: Server, http: HttpClient, tmp_path: Path, claimed: int
) -> None:
    url = server.put("/a", BODY, claimed=claimed, etag=False)
    try:
        found = fetch(open_session(http), url, tmp_path)
    except HttpError:
        return
    assert claimed < len(BODY)
    assert found == BODY[:claimed]  # what the server says is the whole; only a digest can tell


def test_a_server_that_falls_silent_is_given_up(server: Server, tmp_path: Path) -> None:
    hasty = HttpClient(Limits(read=0.1, tries=2, pause=0.01), user_agent="x")
    url = server.put("/a", BODY, stall_after=4096)
    with pytest.raises(HttpError, match="in time"):
        fetch(hasty.session(Access()), url, tmp_path)
    hasty.close()


def test_a_server_that_drips_is_given_up(server: Server, tmp_path: Path) -> None:
    hasty = HttpClient(Limits(tries=1, slow_after=0.05, slowest=1e9), user_agent="x")
    url = server.put("/a", BODY, pause=0.02)
    with pytest.raises(HttpError, match="too slow"):
        fetch(hasty.session(Access()), url, tmp_path)
    hasty.close()


def test_a_host_that_cannot_be_reached_is_not_asked_for_ever(tmp_path: Path) -> None:
    client = HttpClient(Limits(tries=2, pause=0.0, failures=2), user_agent="x")
    session = client.session(Access())
    messages = []
    for _ in range(3):
        with pytest.raises(HttpError) as problem:
            session.document("http://127.0.0.1:9/x")
        messages.append(str(problem.value))
    assert "not asked again" in messages[2]
    assert "not asked again" not in messages[1]
    client.close()


def test_stop_ends_a_transfer_and_keeps_what_came(server: Server, http: HttpClient, tmp_path: Path) -> None:
    url = server.put("/a", BODY, pause=0.05)
    threading.Timer(0.3, http.stop.set).start()
    with pytest.raises(Stopped):
        fetch(open_session(http), url, tmp_path)
    assert 0 < (tmp_path / "part").stat().st_size < len(BODY)


def test_certificates_that_cannot_be_used_are_told(http: HttpClient, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(HttpError, match=r"ca\.pem cannot be used"):
        http.session(Access(ca_file=str(tmp_path / "ca.pem"))).document("http://127.0.0.1:9/")


def test_addresses_are_shown_without_secrets() -> None:
    assert shown("https://user:pass@host:8443/a/b?token=x#y") == "https://host:8443/a/b"
    assert "pass" not in shown("https://user:pass@[broken/a")


def test_a_damaged_note_beside_the_bytes_means_beginning_anew(tmp_path: Path) -> None:
    path = os.fspath(tmp_path / "part")
    part = PartialFile(path, verified_later=True)
    part.restart("http://a/", '"1"')
    part.append(b"abc")
    part.close()
    assert PartialFile(path, verified_later=True).resumable_size("http://a/") == 3
    assert PartialFile(path, verified_later=True).resumable_size("http://b/") == 0
    (tmp_path / "part.json").write_bytes(b'{"url": "http://a/", "val')
    assert PartialFile(path, verified_later=True).resumable_size("http://a/") == 0
