# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Files are read within bounds, and never outside the root."""

from pathlib import Path

import pytest

from paddock.engine.downloader.tree import DirectoryTree, MemoryTree, SourceFile, decode
from paddock.engine.model.errors import Unreadable


def file_of(root: Path, path: str) -> SourceFile:
    tree = DirectoryTree(root)
    return SourceFile(tree, path, tree.size(path) or 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "outside.txt").write_text("secret")
    inside = tmp_path / "root"
    (inside / "a" / "b").mkdir(parents=True)
    (inside / "a" / "x.txt").write_text("x")
    (inside / "y.txt").write_text("y")
    (inside / "a" / "leak").symlink_to(tmp_path / "outside.txt")
    (inside / "a" / "alias").symlink_to(inside / "y.txt")
    (inside / "a" / "loop").symlink_to(inside / "a" / "loop")
    return inside


def test_neighbours_are_found_by_relative_path(root: Path) -> None:
    x = file_of(root, "a/x.txt")
    found = x.neighbour("../y.txt")
    assert found is not None
    assert (found.path, found.read()) == ("y.txt", b"y")
    assert x.neighbour("nothing") is None
    assert x.neighbour("b") is None


@pytest.mark.parametrize("path", ["../../outside.txt", "/etc/passwd", "leak", "loop", "../..", "a\0b", "\ud800"])
def test_nothing_outside_the_root_is_reached(root: Path, path: str) -> None:
    assert file_of(root, "a/x.txt").neighbour(path) is None
    with pytest.raises(Unreadable):
        DirectoryTree(root).open(f"a/{path.lstrip('/')}")


def test_links_inside_the_root_are_followed(root: Path) -> None:
    found = file_of(root, "a/x.txt").neighbour("alias")
    assert found is not None
    assert found.text() == "y"


def test_folders_below_a_link_are_where_the_link_leads(root: Path) -> None:
    (root / "out").symlink_to(root.parent)
    (root / "back").symlink_to(root / "a" / ".." / "a")
    tree = DirectoryTree(root)
    assert tree.size("out/outside.txt") is None
    assert tree.size("out/root/a/x.txt") is None
    assert tree.size("back/x.txt") == 1
    assert tree.size("back/../../outside.txt") is None
    assert tree.size("/".join(["a", ".."] * 200) + "/y.txt") == 1
    assert tree.size("/".join(["a", ".."] * 20_000) + "/y.txt") is None
    assert (tree.names("out"), tree.names("back/b")) == ([], [])


def test_siblings_are_listed_and_only_inside(root: Path) -> None:
    x = file_of(root, "a/x.txt")
    assert x.siblings() == ["alias", "b", "leak", "loop", "x.txt"]
    assert x.siblings("..") == ["a", "y.txt"]
    assert x.siblings("../..") == []
    assert x.siblings("/etc") == []


def test_a_file_over_the_limit_is_not_read(root: Path) -> None:
    with pytest.raises(Unreadable, match="files over 0 bytes are not read"):
        file_of(root, "y.txt").read(limit=0)


def test_a_file_that_grew_meanwhile_is_not_read_whole(root: Path) -> None:
    stale = SourceFile(DirectoryTree(root), "y.txt", 0)
    (root / "y.txt").write_text("y" * 100)
    with pytest.raises(Unreadable, match="grew"):
        stale.read(limit=50)


def test_a_file_that_went_away_says_so(root: Path) -> None:
    with pytest.raises(Unreadable, match="No such file"):
        file_of(root, "gone.txt").read()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_decide_the_encoding(encoding: str) -> None:
    assert decode("gr\u00fcn".encode(encoding)) == "gr\u00fcn"


def test_what_is_not_text_is_refused_with_its_line_or_replaced() -> None:
    with pytest.raises(Unreadable, match="not valid UTF-8 at byte 3") as caught:
        decode(b"a\nb\xff")
    assert caught.value.line == 2
    assert decode(b"a\xff", strict=False) == "a\ufffd"


def test_a_tree_in_memory_behaves_the_same() -> None:
    tree = MemoryTree({"a/x.txt": b"x", "y.txt": b"y"})
    x = next(file for file in tree.files() if file.path == "a/x.txt")
    neighbour = x.neighbour("../y.txt")
    assert neighbour is not None
    assert neighbour.read() == b"y"
    assert (x.siblings(".."), x.siblings(), x.siblings("../..")) == (["a", "y.txt"], ["x.txt"], [])
    with pytest.raises(Unreadable):
        tree.open("nothing")
