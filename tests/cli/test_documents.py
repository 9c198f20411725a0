# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`validate` and `convert`: bills of materials of every format."""

import gzip
import json
from itertools import product

import pytest

from paddock.cli.commands.convert import TARGETS
from paddock.cli.main import run_arguments
from paddock.engine.formats.read import read
from tests.cli.trees import LEFT, write_bom


def test_a_valid_document(tmp_path, capsys) -> None:
    file = write_bom(tmp_path / "bom.json")
    assert run_arguments(["validate", str(file)]) == 0
    assert capsys.readouterr().out.replace("\n  ", " ") == f"✓ {file}: valid CycloneDX 1.6 (JSON)\n"


def test_a_packed_document(tmp_path) -> None:
    file = tmp_path / "bom.json.gz"
    file.write_bytes(gzip.compress(b"\xef\xbb\xbf" + write_bom(tmp_path / "bom.json").read_bytes(), mtime=0))
    assert run_arguments(["validate", str(file), "-q"]) == 0


def test_every_fault_has_its_place_and_rule(tmp_path, capsys) -> None:
    file = write_bom(tmp_path / "bom.json", components=[{"type": "library"}, {"name": "x", "type": "nonsense"}])
    assert run_arguments(["validate", str(file)]) == 1
    text = " ".join(capsys.readouterr().out.split())
    assert "not valid, CycloneDX 1.6 (JSON), 2 faults" in text
    assert "components[0]: 'name' is missing bom-1.6.schema.json#" in text
    assert "components[1].type: 'nonsense' is not allowed" in text


def test_faults_for_programs(tmp_path, capsys) -> None:
    good, bad = write_bom(tmp_path / "good.json"), write_bom(tmp_path / "bad.json", components=[{"type": "library"}])
    assert run_arguments(["validate", str(good), str(bad), "--format", "json"]) == 1
    answers = json.loads(capsys.readouterr().out)
    assert [answer["valid"] for answer in answers] == [True, False]
    assert answers[1]["faults"][0].keys() == {"place", "rule", "message"}


@pytest.mark.parametrize(
    "data", [b"", b"nonsense", b"{}", b"[1, 2]", b"<a/>", b"\x00" * 100, b"\x1f\x8b\x08\x00broken"]
)
def test_what_is_no_document_is_not_valid(data, tmp_path, capsys) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    assert run_arguments(["validate", str(file)]) == 1
    assert "not valid, unknown format, 1 fault" in capsys.readouterr().out.replace("\n  ", " ")


def test_many_faults_are_cut_unless_all_are_wanted(tmp_path, capsys) -> None:
    file = write_bom(
        tmp_path / "bom.json", components=[{"type": "library", "version": str(number)} for number in range(50)]
    )
    assert run_arguments(["validate", str(file)]) == 1
    assert "    and 30 more; --verbose shows all\n" in capsys.readouterr().out
    run_arguments(["validate", str(file), "-v"])
    assert capsys.readouterr().out.count("'name' is missing") == 50
    run_arguments(["validate", str(file), "-q"])
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("source", "target"), list(product(TARGETS, TARGETS)))
def test_every_format_becomes_every_other(source, target, tmp_path, capsys) -> None:
    origin, first, second = (tmp_path / name for name in ("bom.json", "first", "second"))
    assert run_arguments(["convert", str(write_bom(origin)), "-q", "-f", source, "-o", str(first)]) == 0
    assert run_arguments(["convert", str(first), "-q", "-f", target, "-o", str(second)]) == 0
    assert run_arguments(["validate", str(second), "-q"]) == 0
    document = read(second.read_bytes())
    assert document.kind == TARGETS[target]
    (component,) = document.inventory.components
    assert (component.ref, component.declared_licenses) == (LEFT, ("MIT",))
    assert document.inventory.name == "delivered"
    assert capsys.readouterr() == ("", "")


def test_the_name_of_the_output_tells_the_format(tmp_path, capsysbinary) -> None:
    origin, target = write_bom(tmp_path / "bom.json"), tmp_path / "out.spdx.json"
    assert run_arguments(["convert", str(origin), "-q", "-o", str(target)]) == 0
    assert json.loads(target.read_text())["spdxVersion"] == "SPDX-2.3"
    assert run_arguments(["convert", str(origin), "-q", "-f", "spdx", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out == target.read_bytes()


@pytest.mark.parametrize("arguments", [[], ["-o", "out.txt"], ["-o", "out.html"]])
def test_without_a_format_one_is_asked_for(arguments, tmp_path, capsys) -> None:
    assert run_arguments(["convert", str(write_bom(tmp_path / "bom.json")), *arguments]) == 3
    assert "Say so with --format" in capsys.readouterr().err


def test_the_same_document_becomes_the_same_bytes(tmp_path) -> None:
    origin = write_bom(tmp_path / "bom.json", serialNumber="urn:uuid:22222222-2222-4333-8444-555555555555")
    written = []
    for name in ("a", "b"):
        assert run_arguments(["convert", str(origin), "-q", "-f", "spdx3", "-o", str(tmp_path / name)]) == 0
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_what_the_source_leaves_open_is_told(tmp_path, capsys) -> None:
    dependency = {"ref": LEFT, "dependsOn": ["not-there"]}
    origin = write_bom(tmp_path / "bom.json", dependencies=[dependency])
    assert run_arguments(["convert", str(origin), "-f", "spdx", "-o", str(tmp_path / "out")]) in (0, 3)
    assert "not-there" in capsys.readouterr().err


def test_an_invalid_document_is_not_converted(tmp_path, capsys) -> None:
    origin = write_bom(tmp_path / "bom.json", components=[{"type": "library"}, {"name": "x"}])
    assert run_arguments(["convert", str(origin), "-f", "spdx", "-o", "out"]) == 3
    message = capsys.readouterr().err
    assert f"{origin} is not valid CycloneDX 1.6 (JSON).\ncomponents[0]: 'name' is missing [bom-1.6" in message
    assert f"`paddock validate {origin}` lists all 2 faults." in message


def test_a_result_is_reported_not_converted(tmp_path, capsys) -> None:
    run_arguments(["scan", str(write_bom(tmp_path / "bom.json")), "-q", "-o", "r.paddock.json"])
    assert run_arguments(["convert", "r.paddock.json", "-f", "spdx"]) == 3
    assert "use `paddock report r.paddock.json`" in capsys.readouterr().err
