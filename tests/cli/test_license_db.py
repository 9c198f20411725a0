# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock license-db`: the index of this machine is made, shown, carried; `paddock scan` uses it."""

import hashlib
import json
from pathlib import Path

import pytest

from paddock.cli.main import run_arguments
from paddock.engine.pipeline import license_database
from tests.cli.process import run_process
from tests.cli.trees import write_tree
from tests.engine.pipeline.trees import plant
from tests.license_data import HEDGEROW, MEADOW, write_archive


@pytest.fixture
def machine(tmp_path, monkeypatch) -> Path:
    """Where the index of a machine that has none yet would lie."""
    place = tmp_path / "machine" / "licenses.index"
    monkeypatch.setenv("PADDOCK_LICENSE_DB", str(place))
    return place


def said(capsys, *arguments: object) -> str:
    """What a command prints that ends well."""
    assert run_arguments(["license-db", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def complained(capsys, *arguments: object) -> str:
    """What a command complains about that cannot do its work, as one line."""
    assert run_arguments(["license-db", *map(str, arguments)]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    return " ".join(shown.err.split())


def test_info_says_where_which_and_how_much(license_index_file, license_index, capsys) -> None:
    lines = said(capsys, "info").splitlines()
    assert lines[0] == f"index    {license_index_file}  (PADDOCK_LICENSE_DB moves it)"
    assert lines[1].startswith(f"version  {license_index.version}, 2.")
    licenses = sum(not one.is_deprecated for one in license_index.header.licenses)
    assert lines[2] == f"knows    {licenses} licences by {license_index.header.rules} rules"
    assert "Copyright nexB Inc. and others, CC-BY-4.0" in lines[3]


def test_build_makes_it(machine, license_archive, capsys, monkeypatch) -> None:
    def builds(target: Path, *_: object) -> license_database.IndexFacts:
        return license_database.build_from(license_archive, target)

    monkeypatch.setattr(license_database, "build", builds)
    assert f"index    {machine}" in said(capsys, "build")
    assert said(capsys, "build", "--quiet") == ""
    assert f"index    {machine}" in said(capsys, "info")


def test_an_index_is_carried_from_one_machine_to_another(tmp_path, license_index_file, capsys, monkeypatch) -> None:
    carried = tmp_path / "carried.index"
    text = said(capsys, "export", carried)
    assert text.startswith(f"Wrote {carried}, 2.")
    assert text.endswith(" MB. There: paddock license-db import carried.index\n")
    there = tmp_path / "there" / "licenses.index"
    monkeypatch.setenv("PADDOCK_LICENSE_DB", str(there))
    assert f"index    {there}" in said(capsys, "import", carried)
    assert there.read_bytes() == license_index_file.read_bytes()
    assert said(capsys, "import", carried, "-q") == ""


def test_the_archive_of_the_rules_can_be_imported(machine, tmp_path, capsys, monkeypatch) -> None:
    archive = write_archive(tmp_path / "rules.whl")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    monkeypatch.setattr(f"{license_database.check_archive.__module__}.SHA256", digest)
    assert f"index    {machine}" in said(capsys, "import", archive)


def test_another_archive_is_refused(machine, license_archive, capsys) -> None:
    assert "SHA-256" in complained(capsys, "import", license_archive)
    assert not machine.exists()


@pytest.mark.parametrize("command", [["info"], ["export", "x.index"]])
def test_where_there_is_none_it_is_said_how_to_make_one(command, machine, capsys) -> None:
    text = complained(capsys, *command)
    assert f"There is no licence index at {machine}. Make it with: paddock license-db build" in text
    assert "(without network: paddock license-db import FILE)" in text


@pytest.mark.parametrize("command", [["info"], ["export", "x.index"], ["build"], ["import", "carried.index"]])
def test_where_there_is_to_be_none_nothing_is_made(command, license_index_file, capsys, monkeypatch) -> None:
    Path("carried.index").write_bytes(license_index_file.read_bytes())
    monkeypatch.setenv("PADDOCK_LICENSE_DB", "none")
    assert "PADDOCK_LICENSE_DB is none" in complained(capsys, *command)
    assert [path.name for path in Path.cwd().iterdir()] == ["carried.index"]


@pytest.mark.parametrize("command", [["info"], ["export", "x.index"]])
def test_a_damaged_index_is_told_with_what_to_do(command, machine, capsys) -> None:
    machine.parent.mkdir()
    machine.write_bytes(b"damaged")
    assert (
        f"The licence index {machine} is no index of this version of Paddock. Make it anew: paddock license-db build"
        in (complained(capsys, *command))
    )


def test_a_damaged_file_is_not_taken_over(machine, license_index_file, tmp_path, capsys) -> None:
    carried = tmp_path / "carried.index"
    carried.write_bytes(license_index_file.read_bytes()[:-5_000])
    assert "was cut off" in complained(capsys, "import", carried)
    assert not machine.exists()


def test_an_export_needs_a_folder_that_can_be_written(tmp_path, capsys) -> None:
    (tmp_path / "file").touch()
    assert "file" in complained(capsys, "export", tmp_path / "file" / "x.index")


@pytest.mark.parametrize("arguments", [["import"], ["import", "absent.index"], ["export"], ["nothing"]])
def test_wrong_usage(arguments, capsys) -> None:
    assert run_arguments(["license-db", *arguments]) == 3
    assert "Usage: paddock license-db" in capsys.readouterr().err


def test_as_a_process(license_index_file) -> None:
    done = run_process("license-db", "info")
    assert (done.returncode, done.stderr) == (0, b"")
    assert str(license_index_file).encode() in done.stdout


# paddock scan


def scanned(tree: Path, capsys) -> dict[str, object]:
    assert run_arguments(["scan", str(tree), "-f", "json", "--exit-zero"]) == 0
    shown = capsys.readouterr()
    found: dict[str, object] = json.loads(shown.out)["result"]
    return found


def test_a_scan_recognises_texts_and_names_the_index(tmp_path, license_index, capsys) -> None:
    tree = plant(write_tree(tmp_path / "tree"), {"LICENSE": MEADOW, "src/x.c": HEDGEROW})
    found = scanned(tree, capsys)
    assert ["licence rules", license_index.version] in found["data"]
    told = {
        file["path"]: [one["license_expression"] for one in file["findings"].get("licenses", ())]
        for file in found["scan"]["files"]
    }
    assert (told["LICENSE"], told["src/x.c"]) == (["meadow"], ["hedgerow"])


def test_a_scan_without_an_index_says_so_in_its_result(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("PADDOCK_LICENSE_DB", "none")
    found = scanned(plant(write_tree(tmp_path / "tree"), {"LICENSE": MEADOW}), capsys)
    messages = [issue["message"] for issue in found["scan"]["issues"]]
    assert messages == ["licence texts were not recognised, only tags: PADDOCK_LICENSE_DB is none"]
    assert all(name != "licence rules" for name, _ in found["data"])


def test_the_second_scan_of_a_tree_says_the_same(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("PADDOCK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    tree = plant(write_tree(tmp_path / "tree"), {"LICENSE": MEADOW, "x.pdf": "%PDF-1.4"})
    assert scanned(tree, capsys) == scanned(tree, capsys)
    assert list((tmp_path / "cache" / "records").iterdir())
