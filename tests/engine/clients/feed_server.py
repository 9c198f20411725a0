# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A server on this machine that publishes files as OSV's does, and that can be told to misbehave."""

import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


@dataclass
class Site:
    """files: path -> content. The rest is misbehaviour by path: how many times still."""

    files: dict[str, bytes] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    cut_after: dict[str, list[int]] = field(default_factory=dict)
    failures: dict[str, list[int]] = field(default_factory=dict)
    wrong_hash: set[str] = field(default_factory=set)
    without_etag: bool = False
    address: str = ""

    def asked(self, path: str) -> int:
        """How often a file was asked for."""
        return sum(one == path for one, _ in self.requests)

    def etag(self, path: str) -> str:
        """The tag of the present version."""
        return f'"{hashlib.sha256(self.files[path]).hexdigest()[:16]}"'


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        path = unquote(self.path).lstrip("/")
        site = self.site
        site.requests.append((path, dict(self.headers)))
        if site.failures.get(path):
            return self._answer(site.failures[path].pop(0), b"", {"Retry-After": "0"})
        if path not in site.files:
            return self._answer(404, b"", {})
        data, tag = site.files[path], site.etag(path)
        headers = {} if site.without_etag else {"ETag": tag}
        digest = hashlib.md5(b"other" if path in site.wrong_hash else data, usedforsecurity=False).digest()
        headers["x-goog-hash"] = f"crc32c=AAAAAA==,md5={base64.b64encode(digest).decode()}"
        if self.headers.get("If-None-Match") == tag:
            return self._answer(304, b"", headers)
        wanted = self.headers.get("Range", "")
        if wanted and self.headers.get("If-Range") == tag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if start >= len(data):
                return self._answer(416, b"", {})
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
            return self._answer(206, data[start:], headers, path)
        return self._answer(200, data, headers, path)

    def _answer(self, status: int, body: bytes, headers: dict[str, str], path: str = "") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cuts = self.site.cut_after.get(path)
        if cuts:
            self.wfile.write(body[: cuts.pop(0)])
            self.wfile.flush()
            self.close_connection = True
            self.connection.close()
            return
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Connections that were cut on purpose are no error."""


@contextmanager
def serving(**files: bytes) -> Iterator[Site]:
    """A site that is there until the block ends."""
    site = Site(dict(files))
    handler = type("Handler", (_Handler,), {"site": site, "protocol_version": "HTTP/1.1"})
    with _Server(("127.0.0.1", 0), handler) as server:
        site.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
