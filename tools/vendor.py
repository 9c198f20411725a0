# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Checks the libraries that the hub's pages bring along: every file is in vendor.toml, and is what was published.

python tools/vendor.py            every file against its SHA-256; nothing unlisted; licences are in LICENSES
python tools/vendor.py --fetch    also against the published packages (needs npm and a network)
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "src" / "paddock" / "hub" / "pages" / "static" / "vendor"
LIST = VENDOR / "vendor.toml"


def libraries() -> list[dict[str, Any]]:
    """What vendor.toml lists."""
    return list(tomllib.loads(LIST.read_text())["library"])


def faults() -> Iterator[str]:
    """A sentence for each file that is missing, changed or unlisted, and for each licence without its text."""
    listed = {LIST}
    for library in libraries():
        if not (ROOT / "LICENSES" / f"{library['license']}.txt").is_file():
            yield f"{library['name']}: LICENSES/{library['license']}.txt is missing"
        for file in library["file"]:
            path = VENDOR / file["path"]
            listed.add(path)
            if not path.is_file():
                yield f"{file['path']}: missing"
            elif hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
                yield f"{file['path']}: is not what was published ({library['name']} {library['version']})"
    for path in sorted(VENDOR.rglob("*")):
        if path.is_file() and path not in listed:
            yield f"{path.relative_to(VENDOR)}: not in vendor.toml"


def published() -> Iterator[str]:
    """A sentence for each file that differs from its published package."""
    for library in libraries():
        with tempfile.TemporaryDirectory() as folder:
            spec = f"{library['name']}@{library['version']}"
            command = ["npm", "pack", "--silent", "--pack-destination", folder, spec]
            subprocess.run(command, check=True, capture_output=True, cwd=folder)
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
                for file in library["file"]:
                    member = package.extractfile(f"package/{file['origin']}")
                    if member is None or hashlib.sha256(member.read()).hexdigest() != file["sha256"]:
                        yield f"{file['path']}: differs from {file['origin']} of {spec}"


def main() -> int:
    """Check, report."""
    found = [*faults(), *(published() if "--fetch" in sys.argv[1:] else ())]
    print("\n".join(found) or "Vendored libraries are what was published.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
