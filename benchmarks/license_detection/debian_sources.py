# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Source packages of Debian by apt, with a configuration of its own beside the system's, which stays as it is."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_SYSTEM = Path("/etc/apt")
_SETTINGS = """\
Dir::State::Lists "{root}/lists";
Dir::Cache "{root}/cache";
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "{root}/sources";
APT::Sandbox::User "root";
"""


def fetch(packages: Iterable[str], folder: Path) -> Iterator[Path]:
    """The upstream archives (`*.orig.tar.*`) of packages, fetched into a folder unless they lie there already.

    A package that cannot be had is named on standard error and left out.
    """
    environment: dict[str, str] = {}
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for package in packages:
        if not list(_archives(package, folder)):
            environment = environment or _configure(folder / "apt")
            command = ["apt-get", "-qq", "source", "--download-only", "--tar-only", package]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
            if not list(_archives(package, folder)):
                print(f"{package} left out: {done.stderr.strip()[:200]}", file=sys.stderr)
        yield from _archives(package, folder)


def _archives(package: str, folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob(f"{package}_*.orig.tar.*") if path.suffix != ".asc")


def _configure(root: Path) -> dict[str, str]:
    """The environment in which apt knows the sources of what the system knows the binaries of."""
    for name in ("lists/partial", "cache", "sources"):
        (root / name).mkdir(parents=True, exist_ok=True)
    for path in sorted(_SYSTEM.glob("sources.list.d/*.sources")):
        text = re.sub(r"^Types:.*$", "Types: deb-src", path.read_text(), flags=re.MULTILINE)
        (root / "sources" / path.name).write_text(text)
    for path in (_SYSTEM / "sources.list", *sorted(_SYSTEM.glob("sources.list.d/*.list"))):
        if path.is_file():
            (root / "sources" / f"{path.stem}.list").write_text(re.sub(r"(?m)^deb\s", "deb-src ", path.read_text()))
    configuration = root / "apt.conf"
    configuration.write_text(_SETTINGS.format(root=root))
    environment = {**os.environ, "APT_CONFIG": str(configuration)}
    subprocess.run(["apt-get", "-qq", "update"], env=environment, capture_output=True, check=False)
    return environment
