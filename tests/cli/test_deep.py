# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock scan --deep` and `paddock cache` as people use them: the verdict, the cache, Ctrl-C and going on."""

import base64
import hashlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paddock.cli.cache_folder import InvalidCacheSize, open_cache, shown_size
from paddock.cli.main import run_arguments
from paddock.cli.terminal import time_left
from paddock.engine.formats.result import read_result
from tests.cli.process import COMMAND, environment, run_process
from tests.cli.trees import unlicensed_tree
from tests.engine.clients.server import Reply, Server
from tests.engine.downloader.archives import tar

NOISE = hashlib.shake_128(b"noise").digest(300_000)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        for name, version in (("left", "1.0.0"), ("right", "2.0.0")):
            manifest = json.dumps({"name": name, "version": version, "license": "ISC"})
            package = tar({"package/package.json": manifest, "package/LICENSE": "text", "package/data.txt": NOISE})
            integrity = base64.b64encode(hashlib.sha512(package).digest()).decode()
            path = f"/{name}/-/{name}-{version}.tgz"
            dist = {"tarball": running.url + path, "integrity": f"sha512-{integrity}"}
            running.put(f"/{name}/{version}", json.dumps({"name": name, "dist": dist}))
            running.put(path, package)
        yield running


@pytest.fixture
def surroundings(server: Server, tmp_path: Path) -> dict[str, str]:
    """The environment of a user whose npm is set to the server, and who keeps the cache in a folder of the test."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".npmrc").write_text(f"registry={server.url}/\n")
    return {"HOME": os.fspath(home), "PADDOCK_CACHE": os.fspath(tmp_path / "cache")}


RIGHT = "/right/-/right-2.0.0.tgz"


def test_a_package_without_licence_gets_one_from_its_source(
    server: Server, surroundings: dict[str, str], tmp_path: Path
) -> None:
    tree = unlicensed_tree(tmp_path / "tree")
    assert run_process("scan", tree, **surroundings).returncode == 2
    assert server.asked == []
    done = run_process("scan", tree, "--deep", "-o", tmp_path / "r.paddock.json", **surroundings)
    assert (done.returncode, done.stderr) == (0, b"")
    result = read_result((tmp_path / "r.paddock.json").read_bytes())
    assert result.scan is not None
    assert [one.ref for one in result.scan.packages] == ["pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"]
    asked = len(server.asked)
    assert run_process("scan", tree, "--deep", **surroundings).returncode == 0
    assert len(server.asked) == asked


def test_without_cache_nothing_is_kept(server: Server, surroundings: dict[str, str], tmp_path: Path) -> None:
    tree = unlicensed_tree(tmp_path / "tree")
    for _ in range(2):
        assert run_process("scan", tree, "--deep", "--no-cache", "--jobs", "1", **surroundings).returncode == 0
    assert server.paths.count(RIGHT) == 2
    assert not (tmp_path / "cache").exists()


def test_the_options_belong_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_arguments(["scan", str(tmp_path), "--jobs", "3"]) == 3
    assert "belong to --deep" in capsys.readouterr().err
    assert run_arguments(["scan", str(tmp_path), "--deep", "--jobs", "0"]) == 3


def test_a_cache_that_cannot_be_used_is_told(surroundings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    done = run_process("scan", unlicensed_tree(tmp_path / "tree"), "--deep", **surroundings)
    assert done.returncode == 3
    assert b"PADDOCK_CACHE moves it" in done.stderr


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_scan_goes_on_where_it_was(
    server: Server, surroundings: dict[str, str], tmp_path: Path, end: signal.Signals
) -> None:
    tree = unlicensed_tree(tmp_path / "tree")
    whole = server.take(RIGHT)
    assert whole is not None
    server.replies[RIGHT] = Reply(whole.body, stall_after=200_000)
    with subprocess.Popen(
        [*COMMAND, "scan", str(tree), "--deep"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**surroundings),
    ) as process:
        assert server.stalled.wait(60)
        kept_findings = tmp_path / "cache" / "records" / "findings"
        wait_until(lambda: any(kept_findings.rglob("?" * 64)) and received(tmp_path) > 100_000)
        process.send_signal(end)
        _, complaint = process.communicate(timeout=60)
    if end is signal.SIGINT:
        assert process.returncode == 130
        assert complaint.decode() == (
            "Interrupted. 1 package fetched, scanned and kept, 1 left; half-fetched files are kept as such.\n"
            "The same command goes on from here.\n"
        )
    kept = received(tmp_path)
    assert 0 < kept < len(whole.body)
    server.replies[RIGHT] = whole
    server.asked.clear()
    done = run_process("scan", tree, "--deep", "-o", tmp_path / "r.paddock.json", **surroundings)
    assert (done.returncode, done.stderr) == (0, b"")
    assert server.paths == ["/right/2.0.0", RIGHT]
    assert server.asked[1].headers["range"] == f"bytes={kept}-"
    packages = read_result((tmp_path / "r.paddock.json").read_bytes()).scan.packages  # type: ignore[union-attr]
    assert packages[1].origins[0].sha256 == hashlib.sha256(whole.body).hexdigest()
    assert received(tmp_path) == 0


def received(folder: Path) -> int:
    """How many bytes of unfinished files lie in the cache."""
    files = (folder / "cache" / "partial").glob("*")
    return sum(path.stat().st_size for path in files if path.suffix not in (".json", ".lock"))


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def test_two_scans_at_once_come_to_the_same(server: Server, surroundings: dict[str, str], tmp_path: Path) -> None:
    tree = unlicensed_tree(tmp_path / "tree")
    command = [*COMMAND, "scan", str(tree), "--deep", "--format", "json"]
    environ = environment(**surroundings, SOURCE_DATE_EPOCH="0")
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ) for _ in range(2)]
    outputs = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert outputs[0] == outputs[1]


def test_the_cache_can_be_looked_at_and_emptied(server: Server, surroundings: dict[str, str], tmp_path: Path) -> None:
    run_process("scan", unlicensed_tree(tmp_path / "tree"), "--deep", **surroundings)
    shown = run_process("cache", "info", **surroundings).stdout.decode()
    assert str(tmp_path / "cache") in shown
    assert "packages   2 files" in shown
    assert "findings   5 records" in shown
    assert run_process("cache", "clear", **surroundings).stdout.startswith(b"Removed 7 files")
    assert "packages   0 files" in run_process("cache", "info", **surroundings).stdout.decode()


def test_the_size_of_the_cache(tmp_path: Path) -> None:
    folder = {"PADDOCK_CACHE": str(tmp_path)}
    sizes = {"": 10 * 1024**3, "500": 500, "2M": 2 * 1024**2, "1.5 GB": 3 * 1024**3 // 2, "1TiB": 1024**4}
    for text, size in sizes.items():
        assert open_cache({**folder, "PADDOCK_CACHE_SIZE": text}).max_bytes == size
    with pytest.raises(InvalidCacheSize, match="20G"):
        open_cache({**folder, "PADDOCK_CACHE_SIZE": "much"})
    assert [shown_size(size) for size in (7, 1_500, 2_500_000, 12_345_678_901)] == [
        "7 B",
        "1.5 kB",
        "2.5 MB",
        "12.3 GB",
    ]


def test_the_estimate() -> None:
    assert time_left(0.5, 10, 90) == ""
    assert time_left(10, 2, 90) == ""
    assert time_left(10, 10, 0) == ""
    assert time_left(10, 100, 50) == "a few seconds left"
    assert time_left(10, 10, 40) == "about 40 s left"
    assert time_left(60, 10, 100) == "about 10 min left"
