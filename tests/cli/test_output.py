# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Writing files: in one step, or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from paddock.cli.main import run_arguments
from paddock.cli.output import NotWritable, check_writable, write_bytes
from tests.cli.trees import compliant_tree


def disk_full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, capsys) -> None:
    target = tmp_path / "out" / "result.paddock.json"
    target.parent.mkdir()
    target.write_text("old")
    monkeypatch.setattr(os, "replace", disk_full)
    assert run_arguments(["scan", str(compliant_tree(tmp_path / "tree")), "-o", str(target)]) == 3
    assert capsys.readouterr() == ("", f"paddock: {target} cannot be written: No space left on device\n")
    assert [(path.name, path.read_text()) for path in target.parent.iterdir()] == [("result.paddock.json", "old")]


def test_an_interrupt_while_writing_leaves_nothing_half_done(tmp_path, monkeypatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(b"new", tmp_path / "file")
    assert list(tmp_path.glob("*file*")) == []


def test_no_report_is_written_when_one_of_them_cannot_be_made(tmp_path, capsys) -> None:
    tree = str(compliant_tree(tmp_path / "tree"))
    assert run_arguments(["analyze", tree, "-f", "json", "-o", "a.json", "-f", "sarif", "-o", "b.sarif"]) == 3
    assert "an inventory on which nobody decided" in capsys.readouterr().err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("name", ["no/such/folder/file", "."])
def test_what_cannot_be_written_is_told_beforehand(name, tmp_path) -> None:
    with pytest.raises(NotWritable, match="cannot be written: "):
        check_writable(tmp_path / name)


def test_a_file_as_folder_is_told(tmp_path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotWritable, match="there is no folder"):
        check_writable(tmp_path / "file" / "below")


def test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path) -> None:
    mask = os.umask(0o027)
    try:
        write_bytes(b"x", tmp_path / "new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    (tmp_path / "new").chmod(0o604)
    write_bytes(b"y", tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o604
    assert (tmp_path / "new").read_bytes() == b"y"


def test_a_link_stays_a_link(tmp_path) -> None:
    (tmp_path / "link").symlink_to("target")
    write_bytes(b"x", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"x"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_bytes(b"x", Path(os.devnull))
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
