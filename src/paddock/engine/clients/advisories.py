# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Fetches files of advisories over HTTP: only when they changed, going on where an earlier attempt broke off.

A file that is being fetched lies beside its place, ending in `.part`, its version in `.part.of`. `If-Range`
(https://www.rfc-editor.org/rfc/rfc9110#name-if-range) sees to it that parts of two versions are never joined. Lengths
are checked, and MD5 sums where the server states them (`x-goog-hash`, `Content-MD5`).
"""

import base64
import binascii
import hashlib
import re
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import msgspec

from paddock import __version__
from paddock.engine.model.errors import EngineError

MAX_BYTES = 4 * 1024**3
"""No file larger than this is fetched; the largest dump has about half a gigabyte."""
ATTEMPTS = 4
_CONNECT_SECONDS, _READ_SECONDS = 20.0, 60.0
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_CHUNK = 256 * 1024
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_HASH = re.compile(r"md5=([A-Za-z0-9+/=]{24})")

Progress = Callable[[int, int], None]
"""Called with bytes so far and in total (0: not known)."""
Pause = Callable[[float], None]


class State(StrEnum):
    """What a server answered. SAME: not changed since `mark`. MISSING: there is no such file."""

    NEW = "new"
    SAME = "same"
    MISSING = "missing"


class Answer(msgspec.Struct, frozen=True):
    """state; mark: with which to ask next time ("" when the server gives none)."""

    state: State
    mark: str = ""


class FetchFailed(EngineError):
    """A file could not be fetched; what came so far is kept and the next attempt goes on from there."""


class _Passing(Exception):
    """A failure that may be over in a moment."""

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.pause = pause


def join(base: str, *parts: str) -> str:
    """The address of a file below a base address; parts are quoted ("GitHub Actions", "ALSA-2019:0986.json")."""
    return "/".join((base.rstrip("/"), *(quote(part, safe="") for part in parts)))


def without_secrets(url: str) -> str:
    """An address for messages: without user, password and query."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{parts.path}"


class Client:
    """Fetches files from one or more servers over connections that stay open. A context manager."""

    def __init__(self, *, transport: httpx.BaseTransport | None = None, pause: Pause = time.sleep) -> None:
        self._pause = pause
        self._silent: set[str] = set()  # servers that did not answer at all, not even after some time
        self._http = httpx.Client(
            transport=transport,
            follow_redirects=True,
            timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
            headers={"User-Agent": f"paddock/{__version__}", "Accept-Encoding": "identity"},
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def fetch(self, url: str, target: Path, *, mark: str = "", progress: Progress = lambda *_: None) -> Answer:
        """Bring a file to `target`, replacing what is there once it is whole.

        mark: of the version that the caller has; where it is still current, nothing is fetched. Failures that may pass
        are tried again a few times, longer apart each time; a server that stayed silent all the while is asked only
        once for every further file, until it answers. Raises FetchFailed.
        """
        if urlsplit(url).scheme not in {"http", "https"}:
            raise FetchFailed(f"{url!r} is no address of a web server; it has to begin with https:// or http://")
        target.parent.mkdir(parents=True, exist_ok=True)
        pause = _FIRST_PAUSE
        server = urlsplit(url).netloc
        attempts = 1 if server in self._silent else ATTEMPTS
        for attempt in range(1, attempts + 1):
            try:
                answer = self._attempt(url, target, mark, progress)
                self._silent.discard(server)
                return answer
            except (httpx.TransportError, _Passing) as error:
                if attempt == attempts:
                    if isinstance(error, httpx.TransportError):
                        self._silent.add(server)
                    reason = str(error) or type(error).__name__
                    raise FetchFailed(
                        f"{without_secrets(url)} could not be fetched ({reason}); what came so far is kept, "
                        "and the next attempt goes on from there"
                    ) from error
                self._pause(min(_LONGEST_PAUSE, max(pause, getattr(error, "pause", 0.0))))
                pause *= 3
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise FetchFailed(f"{without_secrets(url)} could not be fetched: {error}") from error
        raise AssertionError("the last attempt returns or raises")

    def _attempt(self, url: str, target: Path, mark: str, progress: Progress) -> Answer:
        part = _Part(target)
        headers = part.headers() or ({"If-None-Match": mark} if mark else {})
        with self._http.stream("GET", url, headers=headers) as response:
            if response.status_code == 304:
                return Answer(State.SAME, mark)
            if response.status_code in {404, 410}:
                return Answer(State.MISSING)
            if response.status_code == 416:
                part.forget()
                raise _Passing("the part that was there does not fit the file")
            if response.status_code in _PASSING:
                raise _Passing(f"the server answers {response.status_code}", _wanted_pause(response))
            if response.status_code not in {200, 206}:
                raise FetchFailed(
                    f"{without_secrets(url)} could not be fetched: the server answers {response.status_code}"
                )
            part.receive(response, without_secrets(url), progress)
        part.finish(target)
        return Answer(State.NEW, response.headers.get("ETag", ""))


class _Part:
    """A file on its way."""

    def __init__(self, target: Path) -> None:
        self._path = target.with_name(target.name + ".part")
        self._of = target.with_name(target.name + ".part.of")

    def headers(self) -> dict[str, str]:
        """What to ask for to go on; nothing when there is no part whose version is known."""
        try:
            size, validator = self._path.stat().st_size, self._of.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return {}
        return {"Range": f"bytes={size}-", "If-Range": validator} if size and validator else {}

    def forget(self) -> None:
        """Start over next time."""
        self._path.unlink(missing_ok=True)
        self._of.unlink(missing_ok=True)

    def receive(self, response: httpx.Response, name: str, progress: Progress) -> None:
        """Write what comes, after what is there when the server goes on from it, and check the whole."""
        goes_on = response.status_code == 206
        start = self._path.stat().st_size if goes_on else 0
        if goes_on and not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
            self.forget()
            raise _Passing("the server goes on from another place than it was asked to")
        length = response.headers.get("Content-Length", "")
        total = start + int(length) if length.isdigit() else 0
        if total > MAX_BYTES:
            raise FetchFailed(f"{name} has {total:,} bytes; files over {MAX_BYTES:,} bytes are not fetched")
        validator = response.headers.get("ETag") or response.headers.get("Last-Modified") or ""
        strong = "" if validator.startswith("W/") else validator
        with self._path.open("ab" if goes_on else "wb") as stream:
            self._of.write_text(strong, "ascii", errors="ignore")
            done = start
            for chunk in response.iter_raw():
                done += len(chunk)
                if done > MAX_BYTES:
                    raise FetchFailed(f"{name} is larger than {MAX_BYTES:,} bytes and was not fetched")
                stream.write(chunk)
                progress(done, total)
        if total and done != total:
            raise _Passing(f"{done:,} of {total:,} bytes came")
        wanted = _stated_md5(response)
        if wanted and wanted != _md5(self._path):
            self.forget()
            raise _Passing("what came does not have the checksum that the server states")

    def finish(self, target: Path) -> None:
        """Give the whole file its name."""
        self._path.replace(target)
        self._of.unlink(missing_ok=True)


def _stated_md5(response: httpx.Response) -> bytes:
    """The MD5 sum of the whole file as the server states it; empty where it states none."""
    found = _HASH.search(response.headers.get("x-goog-hash", ""))
    text = found.group(1) if found else response.headers.get("Content-MD5", "") if response.status_code == 200 else ""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _md5(path: Path) -> bytes:
    digest = hashlib.md5(usedforsecurity=False)
    for block in _blocks(path):
        digest.update(block)
    return digest.digest()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(_CHUNK):
            yield block


def _wanted_pause(response: httpx.Response) -> float:
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isdigit() else 0.0
