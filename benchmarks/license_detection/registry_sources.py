# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Published sources of packages, fetched by each ecosystem's own client and unpacked: one folder a package."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.license_detection.debian_sources import fetch


def _run(command: Sequence[str], cwd: Path, **environment: str) -> str:
    """What a client printed; "" and its complaint on standard error when it failed or is not there."""
    try:
        done = subprocess.run(
            command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        print(f"{command[0]} is not on the path", file=sys.stderr)
        return ""
    if done.returncode:
        print(f"{' '.join(command)[:200]}: {(done.stderr or done.stdout).strip()[:300]}", file=sys.stderr)
    return done.stdout if done.returncode == 0 else ""


def _unzip(archives: Sequence[Path], target: Path) -> None:
    for archive in archives:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(target / archive.stem)


def _untar(archives: Sequence[Path], target: Path) -> None:
    for archive in archives:
        with tarfile.open(archive) as packed:
            packed.extractall(target / archive.name.partition(".tar")[0].removesuffix(".tgz"), filter="data")


def npm(packages: Sequence[str], target: Path, scratch: Path) -> None:
    """`name@version`."""
    for package in packages:
        _run(["npm", "pack", "--silent", package], scratch)
    _untar(sorted(scratch.glob("*.tgz")), target)


def pip(packages: Sequence[str], target: Path, scratch: Path) -> None:
    """`name==version`; wheels, since building a source distribution would run it."""
    for package in packages:
        _run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", package], scratch)
    _unzip(sorted(scratch.glob("*.whl")), target)


def go(packages: Sequence[str], target: Path, scratch: Path) -> None:
    """`module@version`."""
    for package in packages:
        told = _run(
            ["go", "mod", "download", "-json", package], scratch, GOMODCACHE=str(scratch), GOFLAGS="-modcacherw"
        )
        if told:
            shutil.copytree(json.loads(told)["Dir"], target / package.replace("/", "+"))


def cargo(packages: Sequence[str], target: Path, scratch: Path) -> None:
    """`name@version`; with what they need."""
    needed = "\n".join('{} = "={}"'.format(*package.split("@")) for package in packages)
    head = '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n'
    (scratch / "Cargo.toml").write_text(head + needed + "\n")
    (scratch / "src").mkdir()
    (scratch / "src" / "lib.rs").touch()
    _run(["cargo", "vendor", "-q", str(target)], scratch, CARGO_HOME=str(scratch / "home"))


def maven(packages: Sequence[str], target: Path, scratch: Path) -> None:
    """`group:artifact:version`; the jar of sources."""
    for package in packages:
        artifact = f"-Dartifact={package}:jar:sources"
        local = f"-Dmaven.repo.local={scratch / 'local'}"
        _run(["mvn", "-q", "-B", "dependency:copy", artifact, f"-DoutputDirectory={scratch}", local], scratch)
    _unzip(sorted(scratch.glob("*.jar")), target)


def apt(packages: Sequence[str], target: Path, scratch: Path) -> None:
    """Debian source packages; the upstream archive."""
    _untar(list(fetch(packages, scratch)), target)


CLIENTS: dict[str, Callable[[Sequence[str], Path, Path], None]] = {
    "npm": npm, "pip": pip, "go": go, "cargo": cargo, "maven": maven, "apt": apt,
}  # fmt: skip


def fetch_packages(client: str, packages: Sequence[str], target: Path) -> None:
    """Bring packages below a folder, unless it is there already. Packages that cannot be had are left out."""
    if target.is_dir():
        return
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="paddock-sources-") as scratch:
        CLIENTS[client](packages, target, Path(scratch))
