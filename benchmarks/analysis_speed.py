# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Time and memory of `paddock analyze` and `paddock scan` on made-up trees, and how they grow.

    ./dev bench analysis_speed [--runs 3] [--peer PATH_TO_CDXGEN]

The full tree has 50,000 files and 5,000 locked packages (half npm, a quarter Cargo, a quarter PyPI). Bars: at most 3 s
and 300 MB for `analyze` on it, `paddock --version` in at most 0.3 s. The installed tree has 5,000 packages in
node_modules, ten files each. A peer (cdxgen) runs on the same trees in the same minutes; it may install nothing and
fetch nothing, as Paddock does not.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.cdxgen import CDXGEN_OPTIONS, surroundings
from benchmarks.measure import measure, run_once

TAG = "SPDX-License-" + "Identifier"  # in two parts, so that this file does not carry a tag of its own

PADDOCK = [sys.executable, "-m", "paddock"]
BLOCK = 20
"""The first package of each block is asked for by the project, the others by their neighbours."""


def needs_of(number: int, count: int) -> list[int]:
    """What a package depends on: the next two of its block, so that no chain is longer than a block."""
    end = min(count, (number // BLOCK + 1) * BLOCK)
    return [needed for needed in (number + 1, number + 2) if needed < end]


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
    """package.json and package-lock.json v3."""
    folder.mkdir(parents=True)
    direct = {f"pkg-{number}": "^1.0.0" for number in range(0, count, BLOCK)}
    locked = {"": {"name": "web", "version": "1.0.0", "dependencies": direct}}
    for number in range(count):
        needs = {f"pkg-{needed}": "^1.0.0" for needed in needs_of(number, count)}
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
        needs = "".join(f' "crate-{needed}",\n' for needed in needs_of(number, count))
        parts.append(
            f'[[package]]\nname = "crate-{number}"\nversion = "0.1.{number}"\n'
            f'source = "registry+https://index.example.org"\nchecksum = "{number:064x}"\ndependencies = [\n{needs}]\n'
        )
    direct = range(0, count, BLOCK)
    listed = "".join(f' "crate-{number}",\n' for number in direct)
    parts.append(f'[[package]]\nname = "core"\nversion = "0.1.0"\ndependencies = [\n{listed}]\n')
    (folder / "Cargo.lock").write_text("\n".join(parts))
    wanted = "".join(f'crate-{number} = "0.1"\n' for number in direct)
    (folder / "Cargo.toml").write_text(f'[package]\nname = "core"\nversion = "0.1.0"\n[dependencies]\n{wanted}')


def write_poetry(folder: Path, count: int) -> None:
    """pyproject.toml and poetry.lock."""
    folder.mkdir(parents=True)
    parts = []
    for number in range(count):
        needs = "".join(f'lib-{needed} = "*"\n' for needed in needs_of(number, count))
        digest = f'{{file = "lib_{number}.whl", hash = "sha256:{number:064x}"}}'
        parts.append(
            f'[[package]]\nname = "lib-{number}"\nversion = "2.0.{number}"\noptional = false\n'
            f'python-versions = "*"\nfiles = [{digest}]\n\n[package.dependencies]\n{needs}'
        )
    parts.append('[metadata]\nlock-version = "2.0"\npython-versions = "*"\ncontent-hash = "0"\n')
    (folder / "poetry.lock").write_text("\n".join(parts))
    wanted = "".join(f'lib-{number} = "*"\n' for number in range(0, count, BLOCK))
    (folder / "pyproject.toml").write_text(
        f'[tool.poetry]\nname = "tools"\nversion = "1"\n[tool.poetry.dependencies]\n{wanted}'
    )


def write_installed(root: Path, count: int) -> None:
    """A project whose packages are installed: package.json, LICENSE and eight source files each."""
    license = (
        "MIT License\n\nCopyright (c) Somebody\n\nPermission is hereby granted, free of charge, to any person\n" * 8
    )
    direct = {f"pkg-{number}": "^1.0.0" for number in range(0, count, BLOCK)}
    root.mkdir(parents=True)
    (root / "package.json").write_text(json.dumps({"name": "app", "version": "1.0.0", "dependencies": direct}))
    for number in range(count):
        folder = root / f"node_modules/pkg-{number}"
        (folder / "lib").mkdir(parents=True)
        needs = {f"pkg-{needed}": "^1.0.0" for needed in needs_of(number, count)}
        stated = {"name": f"pkg-{number}", "version": f"1.0.{number}", "license": "MIT", "dependencies": needs}
        (folder / "package.json").write_text(json.dumps(stated, indent=2))
        (folder / "LICENSE").write_text(license)
        for file in range(8):
            (folder / "lib" / f"file{file}.js").write_text("'use strict';\nmodule.exports = 1;\n" * 20)


def row(label: str, root: Path, command: str, runs: int) -> None:
    """Measure Paddock on a tree, print a row."""
    out = root.parent / "out"
    cost = measure([*PADDOCK, command, root, "--quiet", "--format", "json", "-o", out], runs=runs)
    print(f"| {label} | {command} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak_mb:.0f} |", flush=True)


def growth(label: str, files: int, packages: int, runs: int) -> None:
    """Make a tree, measure both commands on it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "tree"
        make_tree(root, files=files, packages=packages)
        for command in ("analyze", "scan"):
            row(f"{label}: {files:,} files, {packages:,} packages", root, command, runs)


def peer_row(label: str, root: Path, peer: Path) -> None:
    """Run cdxgen once on a tree, with nothing on its path but Node.js; print a row."""
    output = root.parent / "peer.json"
    environment = surroundings(root.parent / "bin")
    cost = run_once([peer, *CDXGEN_OPTIONS, "-o", output, root], cwd=root, environment=environment, timeout=600)
    count = len(json.loads(output.read_bytes()).get("components", ())) if output.is_file() else 0
    print(f"| {label} | cdxgen ({count:,} found) | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak_mb:.0f} |", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer", type=Path, help="the cdxgen command, to be run on the same trees")
    given = parser.parse_args()
    version = measure([*PADDOCK, "--version"], runs=given.runs)
    print(f"paddock --version: {version.wall:.2f} s, {version.peak_mb:.0f} MB (bar 0.3 s)\n")
    print("| tree | command | wall s | CPU s | peak MB |\n|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        locked, installed = Path(folder) / "locked" / "tree", Path(folder) / "installed" / "tree"
        make_tree(locked, files=50_000, packages=5_000)
        write_installed(installed, 5_000)
        for label, root in (("50,000 files, 5,000 locked", locked), ("5,000 installed, 50,000 files", installed)):
            for command in ("analyze", "scan"):
                row(label, root, command, given.runs)
            if given.peer is not None:
                peer_row(label, root, given.peer)
    for files in (6_250, 12_500, 25_000, 100_000):
        growth("more files", files, 5_000, given.runs)
    for packages in (1_250, 2_500, 10_000, 20_000):
        growth("more packages", 1_000, packages, given.runs)


if __name__ == "__main__":
    main()
