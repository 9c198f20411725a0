# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""ScanCode's expected package data: what its parsers say about one manifest, or a scan about a folder.

Every entry names the format that it was read from (`datasource_id`), from which follows the extractor of ours that
reads the same format. A dependency that ScanCode calls pinned has a version in its purl, any other none; both are
compared for manifests, only the first for lock files and installed packages, where the others are requirements. The
package that a manifest describes may be a project or a component here.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.inventory_agreement.suite_case import Case, Identity, all_extractors, identity
from paddock.engine.model.errors import EngineError
from paddock.engine.spdx.parse import InvalidExpression, normalize

ARCHIVE = "detection/scancode-packagedcode.tar.xz"

EXTRACTOR_OF = {
    "alpine_installed_db": "linux/apk",
    "cargo_lock": "rust/cargo_lock",
    "cargo_toml": "rust/cargo_toml",
    "cocoapods_podfile_lock": "swift/podfile_lock",
    "conan_conanfile_py": "cpp/conanfile_py",
    "conda_meta_json": "conda/conda_meta",
    "conda_yaml": "conda/environment",
    "debian_installed_status_db": "linux/dpkg",
    "gem_gemspec_installed_specifications": "ruby/gemspec",
    "gemfile_lock": "ruby/gemfile_lock",
    "gemspec": "ruby/gemspec",
    "go_mod": "go/go_mod",
    "go_sum": "go/go_sum",
    "maven_pom": "java/pom_xml",
    "npm_package_json": "javascript/package_json",
    "npm_package_lock_json": "javascript/package_lock",
    "nuget_packages_lock": "dotnet/packages_lock",
    "php_composer_json": "php/composer_json",
    "php_composer_lock": "php/composer_lock",
    "pip_requirements": "python/requirements",
    "pipfile_lock": "python/pipfile_lock",
    "pnpm_lock_yaml": "javascript/pnpm_lock",
    "pnpm_shrinkwrap_yaml": "javascript/pnpm_lock",
    "pubspec_lock": "dart/pubspec_lock",
    "pubspec_yaml": "dart/pubspec_yaml",
    "pypi_editable_egg_pkginfo": "python/installed",
    "pypi_egg_pkginfo": "python/installed",
    "pypi_poetry_lock": "python/poetry_lock",
    "pypi_poetry_pyproject_toml": "python/pyproject_toml",
    "pypi_pyproject_toml": "python/pyproject_toml",
    "pypi_sdist_pkginfo": "python/installed",
    "pypi_setup_cfg": "python/setup_cfg",
    "pypi_setup_py": "python/setup_py",
    "pypi_wheel_metadata": "python/installed",
    "swift_package_resolved": "swift/package_resolved",
    "yarn_lock_v1": "javascript/yarn_lock",
    "yarn_lock_v2": "javascript/yarn_lock",
}

RESOLVED = frozenset(
    {
        "alpine_installed_db", "cargo_lock", "debian_installed_status_db", "gemfile_lock", "npm_package_lock_json",
        "nuget_packages_lock", "php_composer_lock", "pipfile_lock", "pnpm_lock_yaml", "pnpm_shrinkwrap_yaml",
        "pubspec_lock", "pypi_editable_egg_pkginfo", "pypi_egg_pkginfo", "pypi_poetry_lock", "pypi_sdist_pkginfo",
        "pypi_wheel_metadata", "swift_package_resolved", "yarn_lock_v1", "yarn_lock_v2",
    }
)  # fmt: skip
"""Lock files and installed packages: what these say without a version are requirements, no packages."""

ENDINGS = (
    "-package-only.expected.json", ".package-expected.json", "-package-only-expected.json", "-expected-package",
    "-package-only.expected", "-expected.json", ".expected.json", ".package.json", "-expected", ".expected",
)  # fmt: skip
ELSEWHERE = {"swift-fastlane-resolved-v1-package-expected.json": "packages/fastlane_resolved_v1"}
"""Expectations whose name does not tell the folder."""


@dataclass
class Expectation:
    """What the entries of one file come to."""

    formats: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    paths: list[str] = field(default_factory=list)
    packages: set[Identity] = field(default_factory=set)
    dependencies: set[Identity] = field(default_factory=set)
    licenses: dict[Identity, str] = field(default_factory=dict)


def cases(root: Path) -> Iterator[Case | str]:
    """Every case, or a sentence for an expectation whose files are not in the data."""
    for path in sorted(root.rglob("*")):
        ending = next((ending for ending in ENDINGS if path.name.endswith(ending)), None)
        named = path.name in {"expected.json", "output.expected.json"}
        if path.is_file() and (ending or named):
            expectation = read(path)
            if expectation is not None:
                yield _case(root, path, path.name.removesuffix(ending or ""), expectation)


def _case(root: Path, path: Path, stem: str, expectation: Expectation) -> Case | str:
    name = path.relative_to(root / "tests/packagedcode/data").as_posix()
    group = ", ".join(sorted(expectation.formats))
    place = _source(path, stem, expectation)
    if place is None:
        return f"{group}: {name}"
    folder, files = place
    extractors = {EXTRACTOR_OF.get(name, "") for name in expectation.formats}
    chosen = extractors.pop() if len(extractors) == 1 else ""
    claimed = chosen and all(all_extractors()[chosen].claims.match(file) for file in files)
    return Case(
        name=name,
        group=group,
        root=folder,
        files=files,
        extractors={} if claimed or not chosen else dict.fromkeys(files, chosen),
        expected=frozenset(expectation.dependencies),
        described=frozenset(expectation.packages),
        licenses=expectation.licenses,
        pinned=bool(expectation.formats & RESOLVED),
    )


def _source(path: Path, stem: str, expectation: Expectation) -> tuple[Path, tuple[str, ...]] | None:
    """The folder and the files in it that the expectation is about; no files: the whole folder."""
    if expectation.paths:
        for folder in (path.parent, path.with_name(stem), path.parent / ELSEWHERE.get(path.name, "-")):
            if all((folder / one).is_file() for one in expectation.paths):
                return folder, tuple(sorted(expectation.paths))
        return None
    if path.name in {"expected.json", "output.expected.json"}:
        others = [one.name for one in path.parent.iterdir() if one.is_file() and "expected" not in one.name]
        return (path.parent, (others[0],)) if len(others) == 1 else None
    beside = path.with_name(stem)
    if beside.is_file():
        return path.parent, (stem,)
    below = [one.relative_to(path.parent).as_posix() for one in _below(path.parent, stem)]
    if len(below) == 1:
        return path.parent, (below[0],)
    if beside.is_dir():
        inside = [one.name for one in beside.iterdir() if one.name in {"METADATA", "PKG-INFO"}]
        return (path.parent, (f"{stem}/{inside[0]}",)) if len(inside) == 1 else (beside, ())
    return None


def _below(folder: Path, stem: str) -> list[Path]:
    """Files of that name in a recipe's folder, or in the folder that the name starts with ("gino-pyproject.toml")."""
    parts = stem.split("-")
    joined = [folder / "-".join(parts[:cut]) / "-".join(parts[cut:]) for cut in range(1, len(parts))]
    return [one for one in (folder / "manifest" / stem, *joined) if one.is_file()]


def read(path: Path) -> Expectation | None:
    """An expectation's entries, or None when the file holds something else than package data."""
    try:
        value = json.loads(path.read_text())
    except (ValueError, UnicodeDecodeError):
        return None
    found = Expectation()
    if isinstance(value, dict) and "files" in value:
        for file in value["files"]:
            for entry in file.get("package_data") or []:
                found.paths.append(file["path"])
                _add(found, entry)
        found.paths = sorted(set(found.paths))
    else:
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict) and entry.get("datasource_id"):
                _add(found, entry)
            elif isinstance(entry, dict) and "gemfile_lock" in path.parts and entry.get("version"):
                found.formats.add("gemfile_lock")
                found.dependencies.add(("gem", entry["name"], entry["version"]))
    if found.formats & RESOLVED:
        found.dependencies = {one for one in found.dependencies if one[2]}
    return found if found.formats else None


def _add(found: Expectation, entry: dict[str, Any]) -> None:
    found.formats.add(entry["datasource_id"])
    found.types.add(entry.get("type") or "")
    package = _identity(entry.get("purl"))
    if package:
        found.packages.add(package)
        expression = entry.get("declared_license_expression_spdx")
        if expression:
            found.licenses[package] = _canonical(expression)
    for dependency in entry.get("dependencies") or []:
        one = _identity(dependency.get("purl"))
        if one:
            found.dependencies.add(one)


def _identity(purl: str | None) -> Identity | None:
    try:
        return identity(purl) if purl else None
    except EngineError:
        return None


def _canonical(expression: str) -> str:
    try:
        return normalize(expression)
    except InvalidExpression:
        return expression
