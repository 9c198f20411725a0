# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A web server on loopback that answers as told, honestly or not, and remembers what it was asked."""

import hashlib
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


@dataclass
class Reply:
    """One answer. `break_after`: the connection is closed after so many bytes of the body; `stall_after`: nothing
    follows until the server stops; `claimed`: a Content-Length that is not the body's; `pause`: seconds before each
    4 KiB; `then`: the answer to the next request.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    authorization: str = ""
    header_name: str = "Authorization"
    ranges: bool = True
    etag: bool = True
    break_after: int | None = None
    stall_after: int | None = None
    claimed: int | None = None
    pause: float = 0.0
    then: "Reply | None" = None


@dataclass
class Asked:
    """One request: the path, unquoted, the headers in lower case, and what was sent."""

    path: str
    headers: Mapping[str, str]
    sent: bytes = b""


class Server:
    """The server of one test. `context`: it speaks TLS with this certificate."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.replies: dict[str, Reply | Callable[[], Reply]] = {}
        self.asked: list[Asked] = []
        self.stopping = threading.Event()
        self.stalled = threading.Event()
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._scheme = "https" if context else "http"
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """Without a slash at the end."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [one.path for one in self.asked]

    def put(self, path: str, body: bytes | str, **more: object) -> str:
        """Answer with a body; returns the whole address."""
        data = body.encode() if isinstance(body, str) else body
        self.replies[path] = Reply(data, **more)  # type: ignore[arg-type]
        return self.url + path

    def take(self, path: str) -> Reply | None:
        with self.lock:
            found = self.replies.get(path)
            reply = found() if callable(found) else found
            if reply is not None and reply.then is not None and not callable(found):
                self.replies[path] = reply.then
            return reply

    @contextmanager
    def running(self) -> Iterator["Server"]:
        self._thread.start()
        try:
            yield self
        finally:
            self.stopping.set()
            self._server.shutdown()
            self._server.server_close()

    def _handler(outer: "Server") -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.do_GET(self.rfile.read(int(self.headers["Content-Length"])))

            def do_GET(self, sent: bytes = b"") -> None:
                path = unquote(self.path.partition("?")[0])
                outer.asked.append(Asked(path, {name.lower(): value for name, value in self.headers.items()}, sent))
                reply = outer.take(path)
                if reply is None:
                    reply = Reply(b"no such thing", 404)
                elif reply.authorization and self.headers.get(reply.header_name, "") != reply.authorization:
                    reply = Reply(b"who are you?", 401)
                self._answer(reply)

            def _answer(self, reply: Reply) -> None:
                body, status, headers = reply.body, reply.status, dict(reply.headers)
                tag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
                if reply.etag:
                    headers.setdefault("ETag", tag)
                wanted = self.headers.get("Range", "")
                same = self.headers.get("If-Range", tag) == tag
                if wanted.startswith("bytes=") and reply.ranges and status == 200 and same:
                    start = int(wanted[6:].partition("-")[0])
                    if start >= len(body):
                        body, status = b"", 416
                    else:
                        headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
                        body, status = body[start:], 206
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body) if reply.claimed is None else reply.claimed))
                self.end_headers()
                self._send(body, reply)

            def _send(self, body: bytes, reply: Reply) -> None:
                end = min(one for one in (reply.break_after, reply.stall_after, len(body)) if one is not None)
                try:
                    for start in range(0, end, 4096):
                        if reply.pause and outer.stopping.wait(reply.pause):
                            break
                        self.wfile.write(body[start : min(end, start + 4096)])
                        self.wfile.flush()
                    if reply.stall_after is not None and reply.stall_after < len(body):
                        outer.stalled.set()
                        outer.stopping.wait(60)
                except OSError:
                    pass
                if end < len(body) or reply.claimed is not None:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler
