# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""HTTP within bounds: time, bytes, redirects and retries are limited, credentials go to their own host only."""

import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from paddock.engine.clients.address import check_address, moved_to, shown, shown_host
from paddock.engine.clients.credentials import Credential, credential_for
from paddock.engine.clients.failure import HttpError, NotThere, Stopped
from paddock.engine.clients.partial import PartialFile
from paddock.engine.clients.proxy import DIRECT, chosen_proxy

Answer = TypeVar("Answer")
MAX_REDIRECTS = 8
MAX_WORDS = 1024 * 1024
"""Bytes of an answer to something that was sent."""
_MOVED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of one client. Seconds and bytes.

    tries: how often one address is asked at most. pause: before the second try; doubled before each further one.
    longest_pause: also of what a server asks for. slow_after, slowest: a transfer that has run for `slow_after` seconds
    and still brings fewer than `slowest` bytes a second is given up.
    """

    connect: float = 10.0
    read: float = 30.0
    tries: int = 4
    pause: float = 0.5
    longest_pause: float = 30.0
    slow_after: float = 60.0
    slowest: float = 1_024.0
    failures: int = 3
    document: int = 64 * 1024 * 1024
    artifact: int = 512 * 1024 * 1024


class _Problem(msgspec.Struct):
    detail: str
    errors: list[str] = []


class _TryAgain(Exception):
    """This attempt failed in a way that may pass; `pause`: what the server asks for, in seconds."""

    def __init__(self, error: HttpError, pause: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.pause = pause


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """How one ecosystem's registries are reached: its credentials, certificates and proxy, and where to set them.

    proxy: of the settings; "" where they name none, so that the variables count. no_proxy: patterns of hosts that go
    without it, see `proxy.chosen_proxy`. withheld: settings that were left alone, each with the reason; told when a
    registry refuses.
    """

    credentials: tuple[Credential, ...] = ()
    ca_file: str = ""
    proxy: str = ""
    no_proxy: tuple[str, ...] = ()
    credentials_go_into: str = ""
    withheld: tuple[str, ...] = ()


class HttpClient:
    """Makes sessions; shared by all threads. `stop`: set it, and every transfer ends with Stopped."""

    def __init__(self, limits: Limits, *, user_agent: str, stop: threading.Event | None = None) -> None:
        self.limits = limits
        self.stop = stop or threading.Event()
        self._user_agent = user_agent
        self._opened: list[httpx.Client] = []
        self._lock = threading.Lock()
        self._connections = cache(self._connect)
        self._failures: Counter[str] = Counter()

    def session(self, access: Access) -> "Session":
        """A session with an ecosystem's own settings."""
        return Session(self, access)

    def connections(self, ca_file: str, proxy: str) -> httpx.Client:
        """The pool of connections with these certificates and this proxy. Raises HttpError when they cannot be used."""
        with self._lock:
            return self._connections(ca_file, proxy)

    def note_reached(self, url: str, *, reached: bool) -> None:
        """Remember whether the host of an address could be reached."""
        host = urlsplit(url).netloc
        with self._lock:
            self._failures[host] = 0 if reached else self._failures[host] + 1

    def check_reachable(self, url: str) -> None:
        """Raises HttpError at once for a host that has just been tried in vain several times."""
        if self._failures[urlsplit(url).netloc] >= self.limits.failures:
            raise HttpError(f"{shown_host(url)} cannot be reached and is not asked again")

    def _connect(self, ca_file: str, proxy: str) -> httpx.Client:
        try:
            context = httpx.create_ssl_context()
            context.load_default_certs()
            if ca_file:
                context.load_verify_locations(cafile=ca_file)
            opened = httpx.Client(
                verify=context,
                proxy=None if proxy == DIRECT else proxy or None,
                trust_env=proxy != DIRECT,
                timeout=httpx.Timeout(self.limits.read, connect=self.limits.connect),
                headers={"User-Agent": self._user_agent},
                follow_redirects=False,
            )
        except ImportError as error:  # httpx asks for a library that speaks SOCKS
            raise HttpError("the proxy cannot be used: it speaks SOCKS, and only http proxies are known") from error
        except (OSError, ssl.SSLError, ValueError, httpx.HTTPError) as error:
            what = f"the certificates in {ca_file}" if ca_file else "the proxy"
            raise HttpError(f"{what} cannot be used ({type(error).__name__})") from error
        self._opened.append(opened)
        return opened

    def close(self) -> None:
        """Close every connection."""
        for client in self._opened:
            client.close()


class Session:
    """Requests with one ecosystem's settings."""

    def __init__(self, client: HttpClient, access: Access) -> None:
        self._client = client
        self._access = access

    def document(self, url: str, *, accept: str = "*/*", limit: int | None = None) -> bytes:
        """A whole answer of at most `limit` bytes, unpacked. Raises HttpError, NotThere, Stopped."""
        most = limit or self._client.limits.document

        def read() -> bytes:
            with self._answer(url, {"Accept": accept}) as response:
                pace = _Pace(self._client.limits, url)
                data = bytearray()
                for chunk in response.iter_bytes():
                    self._heed_stop()
                    data += chunk
                    pace.note(len(chunk))
                    if len(data) > most:
                        raise HttpError(f"{shown(url)} sends more than {most:,} bytes")
                return bytes(data)

        return self._repeat(url, read)

    def download(self, url: str, part: PartialFile, *, limit: int | None = None) -> None:
        """Bring the whole file into `part`, going on where an earlier attempt, or an earlier process, has stopped.

        On return `part` holds everything the server says there is. Raises HttpError, NotThere, Stopped; what was
        received is kept for the next time.
        """
        most = limit or self._client.limits.artifact
        self._repeat(url, lambda: self._receive(url, part, most))

    def submit(self, url: str, fields: Mapping[str, str], file: tuple[str, bytes]) -> bytes:
        """Send a form with one file, (its name, its content), in the field "file"; the answer.

        Only for addresses where sending the same again changes nothing: it is repeated like reading is. Redirects are
        not followed. Raises HttpError with what the server says, Stopped.
        """

        def send() -> bytes:
            connections, own, _ = self._way(url)
            with connections.stream("POST", url, data=dict(fields), files={"file": file}, headers=own) as response:
                self._client.note_reached(url, reached=True)
                answer = bytearray()
                for chunk in response.iter_bytes():
                    answer += chunk
                    if len(answer) > MAX_WORDS:
                        break
                if response.is_success:
                    return bytes(answer)
                said = _problem(bytes(answer)) or f"{shown(url)} answers {response.status_code}"
                error = HttpError(said, response.status_code)
                raise _TryAgain(error, _asked_pause(response)) if response.status_code in _BUSY else error

        return self._repeat(url, send)

    def _receive(self, url: str, part: PartialFile, most: int) -> None:
        start = part.resumable_size(url)
        headers = {"Accept-Encoding": "identity"}
        if start:
            headers |= {"Range": f"bytes={start}-"}
            headers |= {"If-Range": part.validator} if part.validator else {}
        with self._answer(url, headers) as response:
            length = response.headers.get("content-length", "")
            left = int(length) if length.isdecimal() else None
            if response.status_code != 206 or not _continues(response, start):
                if response.status_code == 206:
                    part.restart(url, "")
                    raise _TryAgain(HttpError(f"{shown(url)} answers with another part of the file than was asked for"))
                start = 0
                part.restart(url, _validator(response))
            if left is not None and start + left > most:
                raise HttpError(f"{shown(url)} has {start + left:,} bytes; over {most:,} are not fetched")
            pace = _Pace(self._client.limits, url)
            for chunk in response.iter_raw():
                self._heed_stop()
                part.append(chunk)
                pace.note(len(chunk))
                if part.size > most:
                    part.discard()
                    raise HttpError(f"{shown(url)} sends more than {most:,} bytes")
            if left is not None and part.size != start + left:
                raise _TryAgain(HttpError(f"{shown(url)} broke off after {part.size:,} bytes"))

    def _repeat(self, url: str, attempt: Callable[[], Answer]) -> Answer:
        limits = self._client.limits
        pause = limits.pause
        check_address(url)
        self._client.check_reachable(url)
        for left in reversed(range(limits.tries)):
            self._heed_stop()
            reached = False
            try:
                return attempt()
            except _TryAgain as trouble:
                error, wanted, reached = trouble.error, trouble.pause, True
            except httpx.TimeoutException as problem:
                error, wanted = HttpError(f"{shown(url)} does not answer in time ({type(problem).__name__})"), None
            except httpx.TransportError as problem:
                error, wanted = HttpError(f"{shown(url)} cannot be read: {problem or type(problem).__name__}"), None
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError) as problem:
                raise HttpError(f"{shown(url)} cannot be read: {type(problem).__name__}") from problem
            if not left:
                self._client.note_reached(url, reached=reached)
                raise error
            if self._client.stop.wait(min(limits.longest_pause, pause if wanted is None else wanted)):
                raise Stopped
            pause *= 2
        raise AssertionError("unreachable: the last try returns or raises")

    @contextmanager
    def _answer(self, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """The answer with the content, redirects followed. Everything but success is raised."""
        for _ in range(MAX_REDIRECTS + 1):
            check_address(url)
            connections, own, credential = self._way(url)
            with connections.stream("GET", url, headers={**headers, **own}) as response:
                self._client.note_reached(url, reached=True)
                target = response.headers.get("location", "")
                if response.status_code not in _MOVED or not target:
                    self._refuse(url, response, credential)
                    yield response
                    return
            url = moved_to(url, target)
        raise HttpError(f"{shown(url)}: over {MAX_REDIRECTS} redirects")

    def _way(self, url: str) -> tuple[httpx.Client, dict[str, str], Credential | None]:
        """The connections that lead to an address, and the credential of its host, as a header and as it was told."""
        credential = credential_for(url, self._access.credentials)
        own = {credential.header: credential.value.reveal()} if credential else {}
        proxy = chosen_proxy(url, self._access.proxy, self._access.no_proxy)
        return self._client.connections(self._access.ca_file, proxy), own, credential

    def _refuse(self, url: str, response: httpx.Response, credential: Credential | None) -> None:
        status = response.status_code
        if status in (200, 206):
            return
        if status in (404, 410):
            raise NotThere(f"{shown(url)} is not there ({status})", status)
        if status in (401, 403, 407):
            raise HttpError(f"{shown(url)} refuses ({status}): {self._advice(credential)}", status)
        if status in _BUSY or status == 416:
            raise _TryAgain(HttpError(f"{shown(url)} fails ({status})", status), _asked_pause(response))
        raise HttpError(f"{shown(url)} fails ({status})", status)

    def _advice(self, credential: Credential | None) -> str:
        if credential is not None:
            return f"the credential from {credential.told_by} is not accepted"
        where = self._access.credentials_go_into
        withheld = ", ".join(self._access.withheld[:3])
        advice = f"no credential is set for this host{f'; it goes into {where}' if where else ''}"
        return f"{advice}; not used: {withheld}" if withheld else advice

    def _heed_stop(self) -> None:
        if self._client.stop.is_set():
            raise Stopped


class _Pace:
    """Gives up on transfers that would never end."""

    def __init__(self, limits: Limits, url: str) -> None:
        self._limits, self._url = limits, url
        self._started = time.monotonic()
        self._received = 0

    def note(self, count: int) -> None:
        self._received += count
        passed = time.monotonic() - self._started
        if passed > self._limits.slow_after and self._received < self._limits.slowest * passed:
            raise HttpError(f"{shown(self._url)} is too slow: {self._received:,} bytes in {passed:.0f} s")


def _problem(answer: bytes) -> str:
    """What a problem document (RFC 9457) says, on one line; "" for anything else."""
    try:
        told = msgspec.json.decode(answer, type=_Problem)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return " ".join(" ".join((told.detail, *told.errors[:5])).split())[:1_000]


def _continues(response: httpx.Response, start: int) -> bool:
    unit, _, span = response.headers.get("content-range", "").partition(" ")
    return start > 0 and unit == "bytes" and span.partition("-")[0] == str(start)


def _validator(response: httpx.Response) -> str:
    """What tells later whether the file is still the same: a strong entity tag (RFC 9110), else the date of change."""
    tag = str(response.headers.get("etag", ""))
    return tag if tag.startswith('"') else str(response.headers.get("last-modified", ""))


def _asked_pause(response: httpx.Response) -> float | None:
    """Retry-After in seconds; a date counts as not asked."""
    text = response.headers.get("retry-after", "").strip()
    return float(text) if text.isdecimal() and len(text) < 8 else None
