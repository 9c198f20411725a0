# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Time and memory of `paddock analyze` on made-up trees, and how they grow with files and with packages.

    ./dev bench analysis_speed [--runs 3]

The full tree has 50,000 files and 5,000 locked packages (half npm, a quarter Cargo, a quarter PyPI). Bars: at most 3 s
and 300 MB for it, `paddock --version` in at most 0.3 s.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import measure

TAG = "SPDX-License-" + "Identifier"  # in two parts, so that this file does not carry a tag of its own

PADDOCK = [sys.executable, "-m", "paddock"]


def make_tree(root: Path, *, files: int, packages: int) -> None:
    """A monorepo: source files in folders of a hundred, three lock files with their manifests."""
    for number in range(files):
        folder = root / f"src/module{number // 1000:03}/part{number // 100 % 10}"
        if number % 100 == 0:
            folder.mkdir(parents=True, exist_ok=True)
        (folder / f"file{number:06}.c").write_text(f"/* {TAG}: MIT */\nint f{number};\n")
    write_npm(root / "web", packages // 2)
    write_cargo(root / "core", packages // 4)
    write_poetry(root / "tools", packages - packages // 2 - packages // 4)


def write_npm(folder: Path, count: int) -> None:
    """package.json and package-lock.json v3; each package depends on the next two."""
    folder.mkdir(parents=True)
    direct = {f"pkg-{number}": "^1.0.0" for number in range(0, count, 10)}
    locked = {"": {"name": "web", "version": "1.0.0", "dependencies": direct}}
    for number in range(count):
        needs = {f"pkg-{next_one}": "^1.0.0" for next_one in (number + 1, number + 2) if next_one < count}
        locked[f"node_modules/pkg-{number}"] = {
            "version": f"1.0.{number}",
            "resolved": f"https://registry.example.org/pkg-{number}/-/pkg-{number}-1.0.{number}.tgz",
            "integrity": "sha512-" + "A" * 86 + "==",
            "license": "MIT",
            "dependencies": needs,
        }
    lock = {"name": "web", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": locked}
    (folder / "package-lock.json").write_text(json.dumps(lock, indent=2))
    (folder / "package.json").write_text(json.dumps({"name": "web", "version": "1.0.0", "dependencies": direct}))


def write_cargo(folder: Path, count: int) -> None:
    """Cargo.toml and Cargo.lock."""
    folder.mkdir(parents=True)
    parts = ["version = 3\n"]
    for number in range(count):
        needs = "".join(f' "crate-{n}",\n' for n in (number + 1, number + 2) if n < count)
        parts.append(
            f'[[package]]\nname = "crate-{number}"\nversion = "0.1.{number}"\n'
            f'source = "registry+https://index.example.org"\nchecksum = "{number:064x}"\ndependencies = [\n{needs}]\n'
        )
    parts.append('[[package]]\nname = "core"\nversion = "0.1.0"\ndependencies = [\n "crate-0",\n]\n')
    (folder / "Cargo.lock").write_text("\n".join(parts))
    (folder / "Cargo.toml").write_text('[package]\nname = "core"\nversion = "0.1.0"\n[dependencies]\ncrate-0 = "0.1"\n')


def write_poetry(folder: Path, count: int) -> None:
    """pyproject.toml and poetry.lock."""
    folder.mkdir(parents=True)
    parts = []
    for number in range(count):
        needs = f'\n[package.dependencies]\nlib-{number + 1} = "*"\n' if number + 1 < count else ""
        digest = f'{{file = "lib_{number}.whl", hash = "sha256:{number:064x}"}}'
        parts.append(
            f'[[package]]\nname = "lib-{number}"\nversion = "2.0.{number}"\noptional = false\n'
            f'python-versions = "*"\nfiles = [{digest}]\n{needs}'
        )
    parts.append('[metadata]\nlock-version = "2.0"\npython-versions = "*"\ncontent-hash = "0"\n')
    (folder / "poetry.lock").write_text("\n".join(parts))
    (folder / "pyproject.toml").write_text(
        '[tool.poetry]\nname = "tools"\nversion = "1"\n[tool.poetry.dependencies]\nlib-0 = "*"\n'
    )


def row(label: str, files: int, packages: int, runs: int) -> None:
    """Make a tree, measure it, print a row."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "tree"
        make_tree(root, files=files, packages=packages)
        cost = measure(
            [*PADDOCK, "analyze", root, "--quiet", "--format", "json", "-o", Path(folder) / "out"], runs=runs
        )
    print(f"| {label} | {files:,} | {packages:,} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak_mb:.0f} |", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    version = measure([*PADDOCK, "--version"], runs=runs)
    print(f"paddock --version: {version.wall:.2f} s, {version.peak_mb:.0f} MB (bar 0.3 s)\n")
    print("| tree | files | packages | wall s | CPU s | peak MB |\n|---|---:|---:|---:|---:|---:|")
    row("the bar: 3 s, 300 MB", 50_000, 5_000, runs)
    for files in (6_250, 12_500, 25_000, 100_000):
        row("more files", files, 5_000, runs)
    for packages in (1_250, 2_500, 10_000, 20_000):
        row("more packages", 1_000, packages, runs)


if __name__ == "__main__":
    main()
