# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Manifests inside installed packages: what their developers need is not what the scanned tree needs."""

import json

from paddock.engine.analyzer.extractors import github, go, javascript, php, python, ruby, rust
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import inventory, refs

EXTRACTORS = (
    *javascript.EXTRACTORS,
    *python.EXTRACTORS,
    *php.EXTRACTORS,
    *go.EXTRACTORS,
    *ruby.EXTRACTORS,
    *rust.EXTRACTORS,
    *github.EXTRACTORS,
)
METADATA = "Metadata-Version: 2.1\nName: c\nVersion: 3\n"
GEM = 'Gem::Specification.new do |s|\n s.name = "g"\n s.version = "1.0"\nend\n'
WORKFLOW = "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n"
STRANGER = "stranger==1.0\n"


def run(files: dict[str, str | bytes]) -> Inventory:
    return inventory(EXTRACTORS, files)


def hints(found: Inventory) -> list[str]:
    return [issue.message for issue in found.issues if issue.source == "analyzer"]


def test_what_developers_of_installed_packages_need_is_left_out_and_said_so() -> None:
    found = run(
        {
            "package.json": '{"name": "app", "dependencies": {"a": "1"}}',
            "node_modules/a/package.json": '{"name": "a", "version": "1.0.0", "license": "MIT"}',
            "node_modules/a/.github/workflows/ci.yml": WORKFLOW,
            "node_modules/a/docs/requirements.txt": STRANGER,
            "node_modules/@s/b/package.json": '{"name": "@s/b", "version": "2.0.0"}',
            "node_modules/@s/b/composer.json": '{"name": "s/b", "require": {"x/y": "1.0.0"}}',
            "node_modules/@s/b/requirements.txt": STRANGER,
        }
    )
    assert refs(found) == ["pkg:npm/%40s/b@2.0.0", "pkg:npm/a@1.0.0"]
    assert [project.id for project in found.projects] == ["package.json"]
    (hint,) = hints(found)
    assert hint.startswith("left out: 4 manifests and lock files inside installed or vendored packages")
    assert hint.endswith("and 1 more")
    assert {issue.severity for issue in found.issues if issue.source == "analyzer"} == {Severity.HINT}


def test_a_broken_manifest_in_an_installed_package_does_not_make_the_analysis_incomplete() -> None:
    found = run(
        {
            "node_modules/a/package.json": '{"name": "a", "version": "1.0.0"}',
            "node_modules/a/test/composer.lock": "{",
        }
    )
    assert {issue.severity for issue in found.issues} == {Severity.HINT}


def test_packages_inside_packages_and_what_lies_in_place_still_count() -> None:
    found = run(
        {
            "node_modules/a/package.json": '{"name": "a", "version": "1.0.0"}',
            "node_modules/a/node_modules/b/package.json": '{"name": "b", "version": "2.0.0"}',
            "node_modules/a/bundle/site-packages/c-3.dist-info/METADATA": METADATA,
        }
    )
    assert refs(found) == ["pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0", "pkg:pypi/c@3"]


def test_folders_that_only_look_like_it_are_not_installed_packages() -> None:
    found = run({"node_modules/readme/requirements.txt": STRANGER, "vendor/lib/requirements.txt": STRANGER})
    assert refs(found) == ["pkg:pypi/stranger@1.0"]
    assert hints(found) == []


def test_python_sites_and_folders_that_a_record_lists() -> None:
    found = run(
        {
            "site-packages/c-3.dist-info/METADATA": METADATA,
            "site-packages/other/requirements.txt": STRANGER,
            "bundle/d-3.dist-info/METADATA": METADATA.replace("c", "d"),
            "bundle/d-3.dist-info/RECORD": "d/__init__.py,sha256=x,1\n../bin/d,,\nd-3.dist-info/METADATA,,\n",
            "bundle/d/requirements.txt": STRANGER,
            "bundle/own/requirements.txt": "kept==1\n",
        }
    )
    assert "pkg:pypi/stranger@1.0" not in refs(found)
    assert "pkg:pypi/kept@1" in refs(found)


def test_vendored_modules_crates_gems_and_composer_packages() -> None:
    installed = {"packages": [{"name": "x/y", "version": "1.0.0", "install-path": "../x/y"}]}
    found = run(
        {
            "go/go.mod": "module example.org/app\ngo 1.22\n",
            "go/vendor/modules.txt": "# example.org/m v1.0.0\n## explicit\nexample.org/m\n",
            "go/vendor/example.org/m/requirements.txt": STRANGER,
            "php/vendor/composer/installed.json": json.dumps(installed),
            "php/vendor/x/y/requirements.txt": STRANGER,
            "php/vendor/own/requirements.txt": "kept==1\n",
            "gems/specifications/g-1.0.gemspec": GEM,
            "gems/gems/g-1.0/requirements.txt": STRANGER,
            "rust/vendor/k/.cargo-checksum.json": "{}",
            "rust/vendor/k/Cargo.toml": '[package]\nname = "k"\nversion = "1.0.0"\n',
            "rust/vendor/k/Cargo.lock": '[[package]]\nname = "z"\nversion = "1.0.0"\nsource = "registry"\n',
            "rust/vendor/k/requirements.txt": STRANGER,
        }
    )
    assert refs(found) == [
        "pkg:cargo/k@1.0.0",
        "pkg:composer/x/y@1.0.0",
        "pkg:gem/g@1.0",
        "pkg:golang/example.org/m@1.0.0",
        "pkg:golang/stdlib@1.22",
        "pkg:pypi/kept@1",
    ]
