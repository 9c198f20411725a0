# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How long and with how much memory a large CycloneDX document is validated and read, and how that grows.

    python -m benchmarks.document_speed [--components 5800] [--peer PYTHON]

Each figure comes from a process of its own, best of three; memory is the peak of that process, interpreter and
libraries included. The peer is the JSON validator of cyclonedx-python-lib, on the smallest document only: it takes
minutes on large ones; it needs that package's extra "json-validation", if need be in another interpreter (--peer).
The bar: 5,800 components (about 5.8 MB) in at most 0.5 s and 200 MB; where other work keeps the machine busy, compare
the processor time.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from paddock.engine.formats.document import Document, DocumentFormat, Kind
from paddock.engine.formats.read import read
from paddock.engine.formats.write import write
from paddock.engine.model.result import Tool

SIZES = (1_000, 2_000, 4_000, 8_000)
BAR_SECONDS = 0.5
BAR_MEGABYTES = 200
PEER = """
import json, sys, time
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
text = open(sys.argv[1], encoding="utf-8").read()
start = time.perf_counter()
assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
print(json.dumps({"seconds": time.perf_counter() - start, "megabytes": 0}))
"""


def document(count: int) -> bytes:
    """A CycloneDX 1.6 JSON document with so many npm components, about 1 kB each, and three dependencies for each."""
    components = [_component(number) for number in range(count)]
    refs = [component["bom-ref"] for component in components]
    dependencies = [
        {"ref": ref, "dependsOn": sorted({refs[(number * 7 + step) % count] for step in (1, 2, 3)} - {ref})}
        for number, ref in enumerate(refs)
    ]
    root = {"type": "application", "name": "app", "version": "1.0.0", "bom-ref": "app"}
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
        "version": 1,
        "metadata": {"timestamp": "2026-01-01T00:00:00Z", "component": root},
        "components": components,
        "dependencies": [{"ref": "app", "dependsOn": refs[:50]}, *dependencies],
    }
    return json.dumps(bom).encode()


def _component(number: int) -> dict[str, Any]:
    name, version = f"package-{number}", f"1.{number % 20}.{number % 7}"
    purl = f"pkg:npm/%40scope{number % 50}/{name}@{version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "authors": [{"name": f"Author {number % 300}"}],
        "group": f"@scope{number % 50}",
        "name": name,
        "version": version,
        "description": f"Component number {number}, which does something that others find useful",
        "scope": "required",
        "hashes": [{"alg": "SHA-512", "content": hashlib.sha512(purl.encode()).hexdigest()}],
        "licenses": [{"license": {"id": "MIT" if number % 3 else "Apache-2.0"}}],
        "purl": purl,
        "externalReferences": [
            {"type": "website", "url": f"https://example.org/{name}"},
            {"type": "vcs", "url": f"git+https://example.org/{name}.git"},
        ],
        "properties": [{"name": "path", "value": f"node_modules/{name}"}],
    }


def measure(command: list[str]) -> dict[str, float]:
    """Seconds and megabytes that a command prints, best of three."""
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(3)]
    return min(runs, key=lambda run: run["seconds"])


def measure_read(path: Path) -> dict[str, float]:
    """Seconds and megabytes of reading one file."""
    return measure([sys.executable, "-m", "benchmarks.document_speed", "--file", str(path)])


def run_task(path: Path) -> dict[str, float]:
    """Read one file in this process; the peak memory is that of the whole process."""
    data = path.read_bytes()
    start, start_of_work = time.perf_counter(), time.process_time()
    read(data)
    seconds, work = time.perf_counter() - start, time.process_time() - start_of_work
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    return {"seconds": seconds, "work": work, "megabytes": peak / 1024}


def as_xml(found: Document) -> bytes:
    """The same content as XML."""
    kind = Kind(DocumentFormat.CYCLONEDX_XML, "1.6")
    return write(found.inventory, kind, created=datetime.now(UTC), serial="", tool=Tool("benchmark", "1"))


def main() -> int:
    """Measure, print, and answer 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--components", type=int, default=5_800)
    parser.add_argument("--peer", default=sys.executable, help="interpreter that has cyclonedx-python-lib")
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.file:
        print(json.dumps(run_task(arguments.file)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return compare(Path(folder), arguments.components, arguments.peer)


def compare(folder: Path, components: int, peer: str) -> int:
    """The table: the size of the bar, the growth, XML, and the peer."""
    head = ("components", "size", "encoding", "validate + read", "processor", "a component", "peak")
    print("{:>10}  {:>8}  {:8}  {:>15}  {:>9}  {:>11}  {:>7}".format(*head))
    missed = False
    for count in (*SIZES, components):
        data = document(count)
        for encoding, content in (("JSON", data), ("XML", as_xml(read(data)))):
            path = folder / f"{count}.{encoding.lower()}"
            path.write_bytes(content)
            found = measure_read(path)
            seconds, work, megabytes = found["seconds"], found["work"], found["megabytes"]
            print(
                f"{count:>10}  {len(content) / 1e6:>5.1f} MB  {encoding:8}  {seconds:>13.3f} s  {work:>7.3f} s"
                f"  {work / count * 1e6:>8.0f} µs  {megabytes:>4.0f} MB"
            )
            if count == components and encoding == "JSON":
                missed = seconds > BAR_SECONDS or megabytes > BAR_MEGABYTES
    print(f"bar ({components} components, JSON): {'missed' if missed else 'kept'}")
    compare_with_peer(folder / f"{SIZES[0]}.json", peer)
    return 1 if missed else 0


def compare_with_peer(path: Path, peer: str) -> None:
    """One line on the peer, or why there is none."""
    try:
        theirs = measure([peer, "-c", PEER, str(path)])["seconds"]
    except subprocess.CalledProcessError as error:
        print(f"no comparison: {error.stderr.decode().strip().splitlines()[-1]}")
        return
    ours = measure_read(path)["seconds"]
    print(
        f"{SIZES[0]} components: cyclonedx-python-lib's validator takes {theirs:.2f} s for validation alone, "
        f"{theirs / ours:.0f} times our validation and reading ({ours:.3f} s)"
    )


if __name__ == "__main__":
    sys.exit(main())
