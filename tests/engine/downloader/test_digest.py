# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Digests as lock files and registries state them."""

import base64
import contextlib
import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.downloader.digest import WrongDigest, check_digests, digest_of
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from tests.engine.downloader.archives import zipped


def written(folder: Path, data: bytes) -> str:
    (folder / "file").write_bytes(data)
    return os.fspath(folder / "file")


def test_of_each_algorithm_one_value_must_fit(tmp_path: Path) -> None:
    path = written(tmp_path, b"abc")
    right, other = hashlib.sha256(b"abc").hexdigest(), hashlib.sha256(b"x").hexdigest()
    assert check_digests(path, [Hash("sha256", other), Hash("sha256", right)])
    assert check_digests(path, [Hash("sha256", right), Hash("sha1", hashlib.sha1(b"abc").hexdigest())])  # noqa: S324
    with pytest.raises(WrongDigest, match=f"its sha256 is {right}, not {other}"):
        check_digests(path, [Hash("sha256", other)])
    with pytest.raises(WrongDigest):
        check_digests(path, [Hash("sha256", right), Hash("sha1", "0" * 40)])


def test_without_a_known_algorithm_nothing_is_checked(tmp_path: Path) -> None:
    path = written(tmp_path, b"abc")
    assert not check_digests(path, [])
    assert not check_digests(path, [Hash("blake9", "00"), Hash("streebog512", "11")])


def test_go_adds_up_the_files_of_a_module(tmp_path: Path) -> None:
    # By hand, as https://go.dev/ref/mod#go-sum-files says: the same whatever order and compression the zip has.
    files = {"m@v1/b": b"bbb", "m@v1/a": b"aaa"}
    lines = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    wanted = base64.b64encode(hashlib.sha256(lines.encode()).digest()).decode()
    assert digest_of(written(tmp_path, zipped(files)), "h1") == wanted
    other = zipped(dict(reversed(files.items())), method=zipfile.ZIP_STORED)
    assert digest_of(written(tmp_path, other), "h1") == wanted
    with pytest.raises(Unreadable, match="cannot be computed"):
        digest_of(written(tmp_path, b"no zip"), "h1")


def signed(files: dict[str, bytes], position: int) -> tuple[bytes, bytes]:
    """A package without and with a signature, as NuGet adds it: one more stored entry, here anywhere."""
    names = list(files)
    with_signature = {name: files[name] for name in names[:position]}
    with_signature |= {".signature.p7s": b"signature" * 30}
    with_signature |= {name: files[name] for name in names[position:]}
    return zipped(files), zipped(with_signature)


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=6), st.binary(max_size=200), min_size=1, max_size=5), st.data()
)
def test_nuget_looks_through_the_signature(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("nupkg")
    plain, package = signed(files, data.draw(st.integers(0, len(files))))
    wanted = hashlib.sha512(plain).hexdigest()
    assert digest_of(written(folder, plain), "nuget") == wanted
    assert digest_of(written(folder, package), "nuget") == wanted
    # a bill of materials states the digest of the signed file
    assert check_digests(written(folder, package), [Hash("nuget", hashlib.sha512(package).hexdigest())])
    with pytest.raises(WrongDigest):
        check_digests(written(folder, package), [Hash("nuget", "0" * 128)])


@given(st.binary(max_size=300), st.integers(0, 400))
def test_damaged_packages_have_no_digest_or_one(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    whole = signed({"a": b"1", "b": b"2" * 100}, 1)[1]
    path = written(tmp_path_factory.mktemp("noise"), whole[:at] + noise + whole[at + len(noise) :])
    for algorithm in ("h1", "nuget"):
        with contextlib.suppress(Unreadable):
            assert digest_of(path, algorithm)


def test_a_module_that_explodes_has_no_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from paddock.engine.downloader import digest
    from paddock.engine.downloader.bounds import Bounds

    monkeypatch.setattr(digest, "_BOUNDS", Bounds(ratio=10, ratio_from=100_000))
    with pytest.raises(Unreadable, match="more than 10 times its size"):
        digest_of(written(tmp_path, zipped({"a": io.BytesIO(bytes(1_000_000)).getvalue()})), "h1")
