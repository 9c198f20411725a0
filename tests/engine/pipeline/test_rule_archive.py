# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The licence rules come from the index for Python packages that the machine is set up for, by way of the cache."""

import hashlib
from pathlib import Path

import msgspec
import pytest

from paddock.engine.clients.http import HttpClient, Limits
from paddock.engine.clients.registry import Registries
from paddock.engine.downloader.cache import DiskCache
from paddock.engine.model.component import Hash
from paddock.engine.pipeline import rule_archive
from paddock.engine.pipeline.obtain import Sources
from paddock.engine.pipeline.rule_archive import DATA_VERSION, NoRules, check_archive, obtain_archive
from tests.engine.clients.machine import machine
from tests.engine.clients.server import Server

NAME = f"scancode_toolkit_mini-{DATA_VERSION}-cp311-none-any.whl"
QUICK = Limits(connect=5, read=5, tries=2, pause=0.01, longest_pause=0.05)


@pytest.fixture
def server():
    with Server().running() as running:
        yield running


@pytest.fixture
def sources(server, tmp_path):
    surroundings = machine(tmp_path, PIP_INDEX_URL=f"{server.url}/simple")
    http = HttpClient(QUICK, user_agent="paddock/test")
    yield Sources(Registries(surroundings, http), DiskCache(str(tmp_path / "cache")))
    http.close()


def offer(server: Server, data: bytes) -> None:
    """Put an archive among two others of the same version on the index."""
    names = [NAME, NAME.replace("cp311", "cp312"), f"scancode_toolkit_mini-{DATA_VERSION}.tar.gz"]
    contents = {name: data if name == NAME else name.encode() for name in names}
    links = [
        f'<a href="/files/{name}#sha256={hashlib.sha256(content).hexdigest()}">{name}</a>'
        for name, content in contents.items()
    ]
    server.put("/simple/scancode-toolkit-mini/", "".join(links), headers={"Content-Type": "text/html"})
    for name, content in contents.items():
        server.put(f"/files/{name}", content)


def expect(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    digest = hashlib.sha256(data).hexdigest()
    component = msgspec.structs.replace(rule_archive.PACKAGE, hashes=(Hash("sha256", digest),))
    monkeypatch.setattr(rule_archive, "PACKAGE", component)


def test_the_archive_with_the_known_digest_is_taken(server, sources, monkeypatch) -> None:
    offer(server, b"the rules")
    expect(monkeypatch, b"the rules")
    assert obtain_archive(sources).read_bytes() == b"the rules"


def test_what_was_fetched_is_not_fetched_again(server, sources, monkeypatch) -> None:
    offer(server, b"the rules")
    expect(monkeypatch, b"the rules")
    obtain_archive(sources)
    before = len([path for path in server.paths if path == f"/files/{NAME}"])
    obtain_archive(sources)
    assert len([path for path in server.paths if path == f"/files/{NAME}"]) == before == 1


def test_another_archive_is_refused_with_advice(server, sources, monkeypatch) -> None:
    offer(server, b"something else")
    expect(monkeypatch, b"the rules")
    with pytest.raises(NoRules, match="license-db import"):
        obtain_archive(sources)


def test_an_index_that_is_not_there_is_told_with_advice(sources) -> None:
    with pytest.raises(NoRules, match=f"{DATA_VERSION} could not be fetched"):
        obtain_archive(sources)


def test_a_file_is_known_by_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "x.whl"
    path.write_bytes(b"other")
    with pytest.raises(NoRules, match=rf"x\.whl is not the archive.*{hashlib.sha256(b'other').hexdigest()}"):
        check_archive(path)
