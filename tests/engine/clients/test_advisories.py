# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Fetching files: only what changed, going on where it broke off, never a mixture, never half a file."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from paddock.engine.clients.advisories import Answer, Client, FetchFailed, State, join, without_secrets
from tests.engine.clients.feed_server import Site, serving

DATA = bytes(range(256)) * 4_000


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.files["all.zip"] = DATA
        yield site


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(pause=lambda _seconds: None) as client:
        yield client


def test_a_file_arrives_whole_and_is_not_fetched_again(site: Site, client: Client, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "all.zip"
    seen: list[tuple[int, int]] = []

    answer = client.fetch(join(site.address, "all.zip"), target, progress=lambda *done: seen.append(done))

    assert answer == Answer(State.NEW, site.etag("all.zip"))
    assert target.read_bytes() == DATA
    assert seen[-1] == (len(DATA), len(DATA))
    assert client.fetch(join(site.address, "all.zip"), target, mark=answer.mark) == Answer(State.SAME, answer.mark)
    assert [path.name for path in target.parent.iterdir()] == ["all.zip"]


def test_a_fetch_that_broke_off_goes_on(site: Site, client: Client, tmp_path: Path) -> None:
    site.cut_after["all.zip"] = [300_000, 200_000]
    target = tmp_path / "all.zip"

    client.fetch(join(site.address, "all.zip"), target)

    assert target.read_bytes() == DATA
    starts = [headers.get("Range") for _, headers in site.requests]
    assert starts[0] is None
    assert all(start and start != "bytes=0-" for start in starts[1:])
    assert len(starts) == 3


def test_it_goes_on_in_another_process_too(site: Site, tmp_path: Path) -> None:
    site.cut_after["all.zip"] = [200_000] * 4
    target = tmp_path / "all.zip"
    with Client(pause=lambda _seconds: None) as client, pytest.raises(FetchFailed, match="goes on from there"):
        client.fetch(join(site.address, "all.zip"), target)
    assert not target.exists()
    came = (tmp_path / "all.zip.part").stat().st_size
    assert came >= 200_000

    with Client() as client:
        client.fetch(join(site.address, "all.zip"), target)

    assert target.read_bytes() == DATA
    assert site.requests[-1][1]["Range"] == f"bytes={came}-"


def test_parts_of_two_versions_are_never_joined(site: Site, tmp_path: Path) -> None:
    site.cut_after["all.zip"] = [200_000] * 4
    target = tmp_path / "all.zip"
    with Client(pause=lambda _seconds: None) as client, pytest.raises(FetchFailed):
        client.fetch(join(site.address, "all.zip"), target)
    site.files["all.zip"] = DATA[::-1]

    with Client() as client:
        client.fetch(join(site.address, "all.zip"), target)

    assert target.read_bytes() == DATA[::-1]


def test_without_a_tag_a_fetch_starts_over(site: Site, client: Client, tmp_path: Path) -> None:
    site.without_etag = True
    site.cut_after["all.zip"] = [300_000]

    assert client.fetch(join(site.address, "all.zip"), tmp_path / "all.zip") == Answer(State.NEW, "")
    assert (tmp_path / "all.zip").read_bytes() == DATA
    assert all("Range" not in headers for _, headers in site.requests)


def test_a_part_that_is_longer_than_the_file_is_thrown_away(site: Site, client: Client, tmp_path: Path) -> None:
    (tmp_path / "all.zip.part").write_bytes(DATA + b"more")
    (tmp_path / "all.zip.part.of").write_text(site.etag("all.zip"))

    client.fetch(join(site.address, "all.zip"), tmp_path / "all.zip")

    assert (tmp_path / "all.zip").read_bytes() == DATA


def test_a_wrong_checksum_is_never_accepted(site: Site, client: Client, tmp_path: Path) -> None:
    site.wrong_hash.add("all.zip")
    target = tmp_path / "all.zip"
    target.write_bytes(b"old")

    with pytest.raises(FetchFailed, match="checksum"):
        client.fetch(join(site.address, "all.zip"), target)

    assert target.read_bytes() == b"old"


def test_failures_that_pass_are_waited_for_longer_each_time(site: Site, tmp_path: Path) -> None:
    site.failures["all.zip"] = [503, 429, 500]
    pauses: list[float] = []
    with Client(pause=pauses.append) as client:
        client.fetch(join(site.address, "all.zip"), tmp_path / "all.zip")

    assert pauses == sorted(pauses)
    assert len(set(pauses)) == 3


def test_failures_that_stay_are_told_without_secrets(site: Site, client: Client, tmp_path: Path) -> None:
    site.failures["all.zip"] = [500] * 9 + [403]
    address = site.address.replace("http://", "http://user:secret@") + "/all.zip?token=secret"
    for _ in range(2):
        site.failures["all.zip?token=secret"] = [500] * 4
        with pytest.raises(FetchFailed) as caught:
            client.fetch(address, tmp_path / "all.zip")
        assert "secret" not in str(caught.value)
        assert "500" in str(caught.value)
    assert without_secrets("https://u:p@h.example:8443/x?y=z#a") == "https://h.example:8443/x"


def test_a_server_that_stays_silent_is_waited_for_once(tmp_path: Path) -> None:
    asked, pauses = [], []

    def silent(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if len(asked) <= 5:
            raise httpx.ConnectError("refused")
        return httpx.Response(404)

    with Client(transport=httpx.MockTransport(silent), pause=pauses.append) as client:
        for name in ("a", "b"):
            with pytest.raises(FetchFailed, match="refused"):
                client.fetch(f"https://h.example/{name}", tmp_path / name)
        assert client.fetch("https://h.example/c", tmp_path / "c").state is State.MISSING
    assert asked == ["/a", "/a", "/a", "/a", "/b", "/c"]
    assert len(pauses) == 3


def test_a_refusal_is_not_tried_again(site: Site, client: Client, tmp_path: Path) -> None:
    site.failures["all.zip"] = [403]
    with pytest.raises(FetchFailed, match="answers 403"):
        client.fetch(join(site.address, "all.zip"), tmp_path / "all.zip")
    assert site.asked("all.zip") == 1


def test_what_is_not_there_is_an_answer(site: Site, client: Client, tmp_path: Path) -> None:
    assert client.fetch(join(site.address, "no", "all.zip"), tmp_path / "all.zip") == Answer(State.MISSING)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://h.example/x", "all.zip", ""])
def test_only_web_servers_are_asked(client: Client, tmp_path: Path, address: str) -> None:
    with pytest.raises(FetchFailed, match="no address of a web server"):
        client.fetch(address, tmp_path / "x")


def test_a_file_that_is_too_large_is_not_fetched(tmp_path: Path) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers={"Content-Length": str(10**12)}, content=b""))
    with Client(transport=transport) as client, pytest.raises(FetchFailed, match="are not fetched"):
        client.fetch("https://h.example/all.zip", tmp_path / "all.zip")


def test_names_are_quoted() -> None:
    assert join("https://h.example/osv/", "GitHub Actions", "ALSA-2019:0986.json") == (
        "https://h.example/osv/GitHub%20Actions/ALSA-2019%3A0986.json"
    )
