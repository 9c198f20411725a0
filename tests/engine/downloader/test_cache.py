# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The cache: what is in it is whole, what is too old goes, and several processes may use it at once."""

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from paddock.engine.downloader.cache import CacheError, DiskCache, MemoryCache, key_of

KEY = key_of("a question")


def keep(cache: DiskCache | MemoryCache, folder: Path, data: bytes) -> str:
    path = folder / "new"
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    cache.keep_artifact(os.fspath(path), digest)
    return digest


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    for cache in (DiskCache(os.fspath(tmp_path / "cache")), MemoryCache(os.fspath(tmp_path))):
        digest = keep(cache, tmp_path, b"abc")
        cache.keep_record("findings", KEY, b"{}")
        found = cache.artifact(digest)
        assert found is not None
        assert Path(found).read_bytes() == b"abc"
        assert cache.record("findings", KEY) == b"{}"
        assert cache.record("other", KEY) is None
        assert cache.artifact("0" * 64) is None
    again = DiskCache(os.fspath(tmp_path / "cache"))
    assert again.record("findings", KEY) == b"{}"
    assert (tmp_path / "new").exists() is False


def test_parts_of_a_key_do_not_run_into_each_other() -> None:
    assert key_of("ab", "c") != key_of("a", "bc") != key_of("abc")


def test_what_a_broken_disk_has_changed_is_not_used(tmp_path: Path) -> None:
    cache = DiskCache(os.fspath(tmp_path / "cache"))
    digest = keep(cache, tmp_path, b"abc")
    cache.keep_record("findings", KEY, b'{"a": 1}')
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file() and path.name in (digest, KEY):
            data = bytearray(path.read_bytes())
            data[1] ^= 1
            path.write_bytes(data)
    assert cache.artifact(digest) is None
    assert cache.record("findings", KEY) is None
    assert cache.artifact(digest) is None
    for path in (tmp_path / "cache").rglob(KEY):
        path.write_bytes(b"")
    assert cache.record("findings", KEY) is None


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    cache = DiskCache(os.fspath(tmp_path / "cache"), max_bytes=1000)
    digests = [keep(cache, tmp_path, bytes([number]) * 400) for number in range(2)]
    for age, digest in enumerate(digests):
        path = cache.artifact(digest)
        assert path is not None
        os.utime(path, (1_000_000 + age, 1_000_000 + age))
    used = cache.artifact(digests[0])  # used again: now the other one is the oldest
    assert used is not None
    newest = keep(cache, tmp_path, b"9" * 400)
    assert [cache.artifact(digest) is not None for digest in (*digests, newest)] == [True, False, True]
    assert cache.size().bytes <= 1000


def test_what_just_came_stays_even_if_it_is_too_large(tmp_path: Path) -> None:
    cache = DiskCache(os.fspath(tmp_path / "cache"), max_bytes=10)
    assert cache.artifact(keep(cache, tmp_path, b"x" * 100)) is not None


def test_clear_removes_what_is_ours_and_nothing_else(tmp_path: Path) -> None:
    cache = DiskCache(os.fspath(tmp_path / "cache"))
    keep(cache, tmp_path, b"abc")
    cache.keep_record("findings", KEY, b"{}")
    (tmp_path / "cache" / "mine.txt").write_text("mine")
    removed = cache.clear()
    assert (removed.artifacts, removed.records) == (1, 1)
    assert cache.size().bytes == 0
    assert (tmp_path / "cache" / "mine.txt").exists()


def test_a_cache_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = DiskCache(os.fspath(tmp_path / "file"))
    with pytest.raises(CacheError, match="PADDOCK_CACHE moves it"):
        cache.keep_record("findings", KEY, b"")
    assert cache.record("findings", KEY) is None
    assert cache.size().bytes == 0


def test_two_at_once_receive_into_different_files(tmp_path: Path) -> None:
    cache = DiskCache(os.fspath(tmp_path / "cache"))
    with cache.receiving(KEY) as first, DiskCache(cache.root).receiving(KEY) as second:
        assert first != second
        Path(second).write_text("x")
    with cache.receiving(KEY) as again:
        assert again == first
    assert not Path(second).exists()


def test_the_folder_says_that_it_is_a_cache(tmp_path: Path) -> None:
    cache = DiskCache(os.fspath(tmp_path / "cache"))
    with cache.receiving(KEY):
        pass
    assert (tmp_path / "cache" / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


WRITER = """
import sys
from paddock.engine.downloader.cache import DiskCache, key_of
cache = DiskCache(sys.argv[1])
for round in range(30):
    for number in range(5):
        cache.keep_record("findings", key_of(str(number)), str(number).encode() * 20_000)
        found = cache.record("findings", key_of(str(number)))
        assert found == str(number).encode() * 20_000, "half a record was read"
"""


def test_processes_that_write_the_same_never_read_half_of_it(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", WRITER, os.fspath(tmp_path / "cache")]
    running = [subprocess.Popen(arguments, stderr=subprocess.PIPE) for _ in range(2)]
    results = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], results


def test_threads_share_a_cache(tmp_path: Path) -> None:
    cache = DiskCache(os.fspath(tmp_path / "cache"), max_bytes=200_000)
    faults: list[Exception] = []

    def work(own: int) -> None:
        try:
            for number in range(20):
                cache.keep_record("findings", key_of(str(own), str(number)), b"x" * 5_000)
        except Exception as error:  # noqa: BLE001 # a thread's fault must reach the test
            faults.append(error)

    threads = [threading.Thread(target=work, args=(own,)) for own in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert cache.size().bytes <= 220_000
