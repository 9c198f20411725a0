# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What is put together by default: all extractors, the policy in force, the configuration found; what is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paddock import __version__
from paddock.engine.bootstrap import EXTRACTORS, MAX_FILE_BYTES, MissingFile, build, find_configuration, load_policy
from paddock.engine.policy.nodes import InvalidFile
from paddock.engine.policy.types import Distribution

POLICY = "name: own\nlicenses: {base: licensedb}\nrules: []\n"


def test_every_extractor_is_there_once_and_knows_its_name() -> None:
    names = [extractor.name for extractor in EXTRACTORS]
    assert len(set(names)) == len(names)
    for extractor in EXTRACTORS:
        assert extractor.extract.__module__ == "paddock.engine.analyzer.extractors." + extractor.name.replace("/", ".")
        claims = extractor.claims
        assert claims.names or claims.suffixes or claims.patterns or claims.executables


def test_every_module_of_an_extractor_is_in_use() -> None:
    """An extractor that nobody lists reads nothing, in silence."""
    root = Path(sys.modules["paddock.engine.analyzer.extractors"].__file__ or "").parent
    written = {
        f"{module.parent.name}/{module.stem}"
        for module in root.glob("*/*.py")
        if "\nEXTRACTOR = " in module.read_text(encoding="utf-8")
    }
    assert written == {extractor.name for extractor in EXTRACTORS}


def test_without_files_the_default_policy_and_no_configuration_hold(tmp_path: Path) -> None:
    settings = build(tmp_path)
    assert settings.policy.name == "Paddock default"
    assert settings.configuration.files == ()
    assert (settings.tool.name, settings.tool.version) == ("Paddock", __version__)
    assert all(name and version for name, version in settings.data)


def test_configuration_files_of_the_tree_are_found_and_joined(tmp_path: Path) -> None:
    (tmp_path / ".paddock.yml").write_text("distribution: hosted\n")
    (tmp_path / ".ort.yml").write_text('excludes:\n  paths: [{pattern: "docs/**", reason: OTHER}]\n')
    found = find_configuration(tmp_path)
    assert found.files == (".paddock.yml", ".ort.yml")
    assert found.distribution is Distribution.HOSTED
    assert [exclude.pattern for exclude in found.path_excludes] == ["docs/**"]
    assert build(tmp_path, use_config=False).configuration.files == ()


def test_a_configuration_that_is_named_takes_the_place_of_those_found(tmp_path: Path) -> None:
    (tmp_path / ".paddock.yml").write_text("distribution: hosted\n")
    (tmp_path / "other.yml").write_text("distribution: embedded\n")
    settings = build(tmp_path, config=tmp_path / "other.yml")
    assert settings.configuration.distribution is Distribution.EMBEDDED
    assert settings.configuration.files == ("other.yml",)


def test_a_distribution_that_is_given_wins_over_every_project(tmp_path: Path) -> None:
    text = "distribution: hosted\nprojects: [{path: web/**, distribution: app}]\n"
    (tmp_path / ".paddock.yml").write_text(text)
    settings = build(tmp_path, distribution="internal")
    assert settings.configuration.distribution_of("web/package.json") is Distribution.INTERNAL


def test_a_policy_that_is_given_wins_over_the_one_that_is_named(tmp_path: Path) -> None:
    for name in ("named", "given"):
        (tmp_path / f"{name}.yml").write_text(POLICY.replace("own", name))
    (tmp_path / ".paddock.yml").write_text("policy: named.yml\n")
    assert build(tmp_path).policy.name == "named"
    assert build(tmp_path, policy=tmp_path / "given.yml").policy.name == "given"


def test_what_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / ".paddock.yml").write_text("policy: absent.yml\n")
    for make in (
        lambda: build(tmp_path),
        lambda: build(tmp_path, config=tmp_path / "absent.yml"),
        lambda: load_policy(tmp_path / "absent.yml"),
    ):
        with pytest.raises(MissingFile, match=r"absent\.yml"):
            make()


def test_a_broken_configuration_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".paddock.yml").write_text("exclude: []\n")
    with pytest.raises(InvalidFile, match="excludes"):
        build(tmp_path)


def test_a_configuration_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with open(tmp_path / ".ort.yml", "wb") as stream:
        stream.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(MissingFile, match="larger than"):
        build(tmp_path)


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for named in ("/dev/zero", "pipe", "."):
        (tmp_path / ".paddock.yml").write_text(f"policy: {named}\n")
        with pytest.raises(MissingFile, match="not a regular file"):
            build(tmp_path)


HEAVY = (
    "prompt_toolkit",
    "typer",
    "rdflib",
    "rich",
    "jinja2",
    "pygments",
    "asyncio",
    "http.client",
    "ssl",
    "subprocess",
)


def test_starting_loads_no_more_than_the_engine_needs() -> None:
    """What a scan never uses must not be loaded: one library that pulls in others doubles the time of every start."""
    code = f"import sys, paddock.engine.bootstrap; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert found.stdout.strip() == "[]"
