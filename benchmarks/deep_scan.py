# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a deep scan costs the first time, and that the second time it fetches nothing and scans nothing.

    python -m benchmarks.deep_scan [--packages N] [--latency MILLISECONDS]
    python -m benchmarks.deep_scan --tree PATH
    python -m benchmarks.deep_scan --registries [npm,maven,golang,cargo,pypi]

Without a tree: N generated npm packages of 60 files on a server on loopback that answers after some time, as one far
away does. The peer is the plain way to get the same files: one after another, unpacked with tar. With a tree or a bill
of materials: the registries that this machine is set up for. The cache is a new folder each time. With --registries:
small projects of five ecosystems against those registries, see `deep_registries`.
"""

import argparse
import base64
import hashlib
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from benchmarks.deep_registries import scan_against_registries
from benchmarks.measure import Cost, run_once
from paddock.engine.formats.result import read_result

PADDOCK = (sys.executable, "-m", "paddock")
FILES = 60


class Registry(ThreadingHTTPServer):
    """Packages by path; counts what is asked for."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, packages: dict[str, bytes], latency: float) -> None:
        self.packages = packages
        self.latency = latency
        self.asked = 0
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Registry

    def do_GET(self) -> None:
        """Answer with the package, late."""
        self.server.asked += 1
        time.sleep(self.server.latency)
        body = self.server.packages.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def main() -> int:
    """Measure and print one row a run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--packages", type=int, default=200)
    parser.add_argument("--latency", type=float, default=40.0, help="milliseconds before each answer")
    parser.add_argument("--tree", type=Path)
    parser.add_argument("--registries", nargs="?", const="", help="ecosystems, separated by commas; all without")
    chosen = parser.parse_args()
    if chosen.registries is not None:
        return scan_against_registries(chosen.registries)
    print(f"{'run':<28}{'packages':>9}{'requests':>10}{'seconds':>9}{'CPU s':>8}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        if chosen.tree is not None:
            return _twice(Path(folder), chosen.tree, {}, None)
        return _generated(Path(folder), chosen.packages, chosen.latency / 1000)


def _generated(folder: Path, count: int, latency: float) -> int:
    registry = Registry({}, latency)
    url = f"http://127.0.0.1:{registry.server_port}"
    tree = _publish(folder, registry.packages, url, count)
    threading.Thread(target=registry.serve_forever, daemon=True).start()
    (folder / ".npmrc").write_text(f"registry={url}/\n")
    try:
        seconds = _one_after_another(folder, url, registry)
        _row("one after another, tar", count, registry.asked, Cost(seconds, 0, 0, 0))
        return _twice(folder, tree, {"HOME": os.fspath(folder)}, registry)
    finally:
        registry.shutdown()


def _twice(folder: Path, tree: Path, surroundings: dict[str, str], registry: Registry | None) -> int:
    """Cold and warm; a warm run that fetches or scans anything fails."""
    surroundings = {**surroundings, "PADDOCK_CACHE": os.fspath(folder / "cache"), "SOURCE_DATE_EPOCH": "0"}
    outputs = []
    for name in ("paddock scan --deep, cold", "paddock scan --deep, warm"):
        before = registry.asked if registry else 0
        target = folder / "result.paddock.json"
        command = [*PADDOCK, "scan", tree, "--deep", "--quiet", "--exit-zero", "-o", target]
        cost = run_once(command, environment=surroundings)
        outputs.append(target.read_bytes())
        result = read_result(outputs[-1])
        packages = len(result.scan.packages) if result.scan else 0
        _row(name, packages, registry.asked - before if registry else None, cost)
    if registry is not None and registry.asked != before:
        print("The warm run has asked the registry.")
        return 1
    if outputs[0] != outputs[1]:
        print("The two runs differ.")
        return 1
    return 0


def _row(name: str, packages: int, requests: int | None, cost: Cost) -> None:
    asked = "-" if requests is None else f"{requests:,}"
    print(f"{name:<28}{packages:>9,}{asked:>10}{cost.wall:>9.2f}{cost.cpu:>8.2f}{cost.peak_mb:>9.0f}", flush=True)


def _one_after_another(folder: Path, url: str, registry: Registry) -> float:
    started = time.perf_counter()
    target = folder / "unpacked"
    target.mkdir()
    with httpx.Client() as client:
        for path in registry.packages:
            (target / "file.tgz").write_bytes(client.get(url + path).content)
            subprocess.run(["tar", "xzf", "file.tgz"], cwd=target, check=True)
    return time.perf_counter() - started


def _publish(folder: Path, packages: dict[str, bytes], url: str, count: int) -> Path:
    """Packages of made-up files into `packages`, and a tree whose lock file names them."""
    chance = random.Random(1)  # noqa: S311 # the same packages every time; nothing secret
    words = ["licence", "value", "of", "the", "return", "function", "const", "index", "any", "module", "export", "if"]
    locked: dict[str, object] = {"": {"name": "made-up", "version": "1.0.0"}}
    for number in range(count):
        name = f"package-{number:04}"
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=1) as archive:
            _add(archive, "package/package.json", json.dumps({"name": name, "version": "1.0.0", "license": "MIT"}))
            _add(archive, "package/LICENSE", "Permission is hereby granted, free of charge, to any person …\n")
            for file in range(FILES):
                head = f"// SPDX-{'License'}-Identifier: MIT\n"
                _add(archive, f"package/lib/{file}.js", head + " ".join(chance.choices(words, k=800)))
        data = stream.getvalue()
        path = f"/{name}/-/{name}-1.0.0.tgz"
        packages[path] = data
        integrity = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
        locked[f"node_modules/{name}"] = {"version": "1.0.0", "resolved": url + path, "integrity": integrity}
    tree = folder / "tree"
    tree.mkdir()
    lock = {"name": "made-up", "version": "1.0.0", "lockfileVersion": 3, "packages": locked}
    (tree / "package-lock.json").write_text(json.dumps(lock))
    (tree / "package.json").write_text(json.dumps({"name": "made-up", "version": "1.0.0"}))
    return tree


def _add(archive: tarfile.TarFile, name: str, text: str) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(text.encode())
    archive.addfile(info, io.BytesIO(text.encode()))


if __name__ == "__main__":
    sys.exit(main())
