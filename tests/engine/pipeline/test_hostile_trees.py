# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Trees built to lead astray: circles, links, names, places outside.

The rest of the tree is read, nothing outside of it is, and nothing of it runs.
"""

import os
import socket
from pathlib import Path

import pytest

from paddock.engine.downloader.walk import walk
from paddock.engine.formats.result import read_result, write_result
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import Result
from paddock.engine.model.verdict import Outcome
from tests.engine.pipeline.trees import (
    APP,
    CRATE,
    SOUND,
    SOUND_REF,
    claimed_paths,
    dangling,
    errors_at,
    look_at,
    plant,
    refs,
    state_of,
    told,
)

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<parent><groupId>g</groupId><artifactId>{parent}</artifactId><version>1</version>
<relativePath>../{parent}/pom.xml</relativePath></parent>
<artifactId>{own}</artifactId>
<modules><module>../{parent}</module><module>.</module><module>../../..</module></modules>
<properties><a>${{b}}</a><b>${{a}}</b></properties>
<dependencies><dependency><groupId>org.x</groupId><artifactId>lib</artifactId><version>${{a}}</version></dependency>
</dependencies></project>"""

CIRCLES: dict[str, dict[str, str | bytes]] = {
    "requirements that include themselves": {
        "requirements.txt": "-r requirements.txt\n-r sub/requirements.txt\n-c constraints.txt\nflask==1.0\n",
        "sub/requirements.txt": "-r ../requirements.txt\n-r ../../outside.txt\nclick==8.0\n",
        "constraints.txt": "-c constraints.txt\n-r requirements.txt\n",
    },
    "poms that are each other's parents": {
        "a/pom.xml": POM.format(parent="b", own="a"),
        "b/pom.xml": POM.format(parent="a", own="b"),
        "c/pom.xml": POM.format(parent="c", own="c"),
    },
    "a workspace that holds itself": {
        "package.json": '{"name": "w", "workspaces": [".", "./", "**", "../..", "/", "../w", "packages/../..", "*/*"]}',
        "packages/a/package.json": '{"name": "a", "workspaces": ["..", "../.."], "dependencies": {"w": "*", "a": "*"}}',
        "package-lock.json": '{"lockfileVersion": 3, "packages": {"": {"name": "w", "workspaces": ["."]},'
        '"node_modules/w": {"link": true, "resolved": ""}, "../..": {"name": "up", "version": "1.0.0"},'
        '"node_modules/a": {"link": true, "resolved": "node_modules/a"}}}',
    },
    "a pnpm workspace of everything": {
        "package.json": '{"name": "w"}',
        "pnpm-workspace.yaml": "packages: ['**', '../**', '.', '/']\n",
        "pnpm-lock.yaml": "lockfileVersion: '9.0'\nimporters:\n  .: {}\n  ../..: {}\n  a/../..: {}\n",
    },
    "a cargo workspace of itself": {
        "Cargo.toml": '[workspace]\nmembers = [".", "..", "**", "/*", "../../*"]\n[package]\nname = "w"\n',
        "Cargo.lock": 'version = 3\n[[package]]\nname = "w"\nversion = "1.0.0"\ndependencies = ["w", "w 1.0.0"]\n',
    },
    "go modules that replace each other": {
        "go.work": "go 1.21\nuse (\n\t.\n\t./.\n\t..\n\t./a\n)\n",
        "go.mod": "module example.org/w\ngo 1.21\nrequire example.org/a v1.0.0\nreplace example.org/a => ./a\n",
        "a/go.mod": "module example.org/a\ngo 1.21\nrequire example.org/w v1.0.0\nreplace example.org/w => ../\n",
    },
    "projects that import each other": {
        "a.csproj": '<Project><Import Project="b.props"/><ItemGroup><ProjectReference Include="a.csproj"/></ItemGroup>'
        "</Project>",
        "b.props": '<Project><Import Project="b.props"/><Import Project="../../../etc/passwd"/></Project>',
    },
    "build files that include each other": {
        "CMakeLists.txt": "include(CMakeLists.txt)\nadd_subdirectory(.)\nadd_subdirectory(..)\nset(A ${A}${A})\n",
        "a.gemspec": "Gem::Specification.new { |s| s.name = 'a'; s.add_dependency 'a' }\n",
        "Gemfile": "gemspec path: '.'\neval_gemfile 'Gemfile'\ngem 'a', path: '../..'\n",
    },
    "packages that need each other": {
        "poetry.lock": '[[package]]\nname = "a"\nversion = "1"\n[package.dependencies]\nb = "*"\na = "*"\n'
        '[[package]]\nname = "b"\nversion = "1"\n[package.dependencies]\na = "*"\n',
        "pyproject.toml": '[tool.poetry]\nname = "a"\nversion = "1"\n[tool.poetry.dependencies]\na = "*"\n',
    },
}


@pytest.mark.parametrize("kind", CIRCLES)
def test_circles_end_and_the_rest_is_read(tmp_path: Path, kind: str) -> None:
    (tmp_path / "outside.txt").write_text("secret==6.6.6\n")
    plant(tmp_path / "tree" / "root", {f"circle/{path}": text for path, text in CIRCLES[kind].items()} | SOUND)
    result = look_at(tmp_path / "tree" / "root")
    assert SOUND_REF in refs(result)
    assert dangling(result.inventory) == []
    assert [issue for issue in result.inventory.issues if "not understood (" in issue.message] == []
    assert not any("secret" in ref or "root:" in ref for ref in refs(result))


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that is no part of the tree, with a lock file and a licence in it."""
    return plant(
        tmp_path / "outside", {"Cargo.lock": CRATE.replace("serde", "secret"), "Cargo.toml": APP, "LICENSE": "x"}
    )


def test_links_out_of_the_tree_are_not_followed(tmp_path: Path, outside: Path) -> None:
    root = plant(tmp_path / "root", {**SOUND, "a/Cargo.lock": CRATE, "b/package-lock.json": '{"lockfileVersion": 3}'})
    (root / "linked").symlink_to(outside)
    (root / "Cargo.lock").symlink_to(outside / "Cargo.lock")
    (root / "a" / "Cargo.toml").symlink_to(outside / "Cargo.toml")
    (root / "b" / "package.json").symlink_to("/etc/passwd")
    (root / "up").symlink_to("..")
    (root / "loop").symlink_to("loop")
    (root / "here").symlink_to(".")
    result = look_at(root)
    assert refs(result) == [SOUND_REF]
    assert all("secret" not in project.id for project in result.inventory.projects)
    assert "passwd" not in write_result(result).decode()


def test_links_within_the_tree_are_read_where_they_lead(tmp_path: Path) -> None:
    """A neighbour may be a link; what the walk meets twice would be counted twice, so the walk passes links over."""
    root = plant(tmp_path / "root", {"lock/Cargo.lock": CRATE, "toml/Cargo.toml": APP})
    (root / "lock" / "Cargo.toml").symlink_to(root / "toml" / "Cargo.toml")
    result = look_at(root)
    assert [project.name for project in result.inventory.projects if project.id.startswith("lock/")] == ["app"]
    assert [file.path for file in walk(root).files] == ["lock/Cargo.lock", "toml/Cargo.toml"]


def test_folders_named_like_manifests_are_folders(tmp_path: Path) -> None:
    for names in claimed_paths().values():
        for name in names:
            (tmp_path / "folders" / name).mkdir(parents=True, exist_ok=True)
    plant(tmp_path, {**SOUND, "folders/package.json/Cargo.lock": CRATE.replace("serde", "inner")})
    result = look_at(tmp_path)
    assert set(refs(result)) == {SOUND_REF, "pkg:cargo/inner@1.0.200"}
    assert errors_at(result) == {}


def test_a_manifest_beside_a_folder_of_its_neighbours_name(tmp_path: Path) -> None:
    for name in ("package.json", "pyproject.toml", "Cargo.toml", "go.mod", "Gemfile", "composer.json"):
        (tmp_path / name).mkdir()
    plant(tmp_path, {"Cargo.lock": CRATE, "package-lock.json": '{"lockfileVersion": 3}', "poetry.lock": ""})
    assert SOUND_REF in refs(look_at(tmp_path))


def test_pipes_sockets_and_devices_do_not_hold_up_the_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, {**SOUND, "package-lock.json": '{"lockfileVersion": 3, "packages": {"": {}}}'})
    os.mkfifo(tmp_path / "package.json")
    os.mkfifo(tmp_path / "LICENSE")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("pom.xml")
        result = look_at(tmp_path)
    assert SOUND_REF in refs(result)


NAMES = (
    "two\nlines",
    "\x1b[31mred\x1b[0m",
    "bell\x07",
    "\U0001f984",
    "to\u202eleft",
    " blank ",
    "a" * 200,
    "%s",
    "..x",
)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_of_any_kind_are_places(tmp_path: Path, name: str) -> None:
    plant(tmp_path, {f"{name}/Cargo.lock": CRATE, f"{name}/package-lock.json": "{", f"{name}.csproj": "<"})
    result = look_at(tmp_path)
    assert refs(result) == [SOUND_REF]
    assert set(errors_at(result)) == {f"{name}/package-lock.json", f"{name}.csproj"}
    assert read_result(write_result(result)) == result


def test_names_that_are_no_text_are_told(tmp_path: Path) -> None:
    plant(tmp_path, SOUND)
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(folder)
    (Path(os.fsdecode(folder)) / "Cargo.lock").write_text(CRATE)
    result = look_at(tmp_path)
    assert list(errors_at(result)) == ["caf\\xe9"]
    assert result.verdict is not None
    assert result.verdict.outcome is not Outcome.COMPLIANT
    assert read_result(write_result(result)) == result


MARK = "{marker}"
TRAPS: dict[str, str] = {
    "setup.py": "import pathlib\npathlib.Path({marker!r}).touch()\nfrom setuptools import setup\nsetup(name='x')\n",
    "conanfile.py": "open({marker!r}, 'w')\nclass X(ConanFile):\n    requires = 'zlib/1.3'\n",
    "build.gradle": "new File({marker!r}).createNewFile()\ndependencies {{ implementation 'g:a:1' }}\n",
    "settings.gradle": "new File({marker!r}).createNewFile()\n",
    "package.json": '{{"name": "x", "scripts": {{"preinstall": "touch {marker}", "install": "touch {marker}"}}}}',
    "Gemfile": "File.write({marker!r}, '')\n`touch {marker}`\ngem 'rack'\n",
    "x.gemspec": "`touch {marker}`\nGem::Specification.new {{ |s| s.name = `touch {marker}` }}\n",
    "mix.exs": "File.write({marker!r}, '')\n",
    "mix.lock": '%{{"x": File.write({marker!r}, "")}}\n',
    "rebar.config.script": "file:write_file({marker!r}, <<>>).\n",
    "Package.swift": "import Foundation\nFileManager.default.createFile(atPath: {marker!r})\n",
    "Makefile": "$(shell touch {marker})\n",
    "CMakeLists.txt": "execute_process(COMMAND touch {marker})\nfile(WRITE {marker} x)\n",
    "configure": "#!/bin/sh\ntouch {marker}\n",
    "requirements.txt": "x @ file://{marker}\n-e git+file://{marker}#egg=x\n--index-url=file://{marker}\n",
    "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "evil"\nbackend-path = ["."]\n',
    "evil.py": "open({marker!r}, 'w')\n",
    "conftest.py": "open({marker!r}, 'w')\n",
    "sitecustomize.py": "open({marker!r}, 'w')\n",
    ".npmrc": "script-shell={marker}\n",
    ".git/hooks/post-checkout": "#!/bin/sh\ntouch {marker}\n",
    ".git/config": "[core]\n\tfsmonitor = touch {marker}\n\tsshCommand = touch {marker}\n",
    ".git/HEAD": "ref: refs/heads/main\n",
    ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% {marker}\n',
    ".paddock.yml": "excludes: {{}}\n",
}


def test_nothing_of_the_tree_is_executed_or_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = tmp_path / "marker"
    root = plant(tmp_path / "root", {path: text.format(marker=str(marker)) for path, text in TRAPS.items()} | SOUND)
    (root / "configure").chmod(0o755)
    monkeypatch.chdir(root)
    before = state_of(root)
    for _ in range(2):
        result = look_at(root)
    assert SOUND_REF in refs(result)
    assert not marker.exists()
    assert state_of(root) == before


def test_a_broken_sbom_in_the_tree_is_an_issue(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {**SOUND, "bom.json": '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{', "sbom.spdx": "?"},
    )
    result = look_at(tmp_path)
    assert SOUND_REF in refs(result)
    assert set(told(result.inventory, Severity.ERROR)) == {"bom.json", "sbom.spdx"}
    assert _outcome(result) is Outcome.UNDECIDED


def test_a_copyleft_package_installed_beside_a_lock_file_that_lacks_it_is_judged(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "package.json": '{"name": "w", "version": "1.0.0", "license": "MIT"}',
            "package-lock.json": '{"lockfileVersion": 3, "packages": {"": {"name": "w", "version": "1.0.0"}}}',
            "node_modules/stray/package.json": '{"name": "stray", "version": "1.0.0", "license": "AGPL-3.0-only"}',
        },
    )
    result = look_at(tmp_path)
    assert refs(result) == ["pkg:npm/stray@1.0.0"]
    assert _outcome(result) is not Outcome.COMPLIANT
    assert result.verdict is not None
    assert "pkg:npm/stray@1.0.0" in {reason.ref for reason in result.verdict.open_reasons}


def _outcome(result: Result) -> Outcome:
    assert result.verdict is not None
    return result.verdict.outcome
