# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Sending one message over HTTP, within bounds of time and bytes, and following nothing."""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from paddock import __version__
from paddock.hub.webhooks.addresses import NotReachable, resolve

TIMEOUT = httpx.Timeout(5.0)
LONGEST = 10.0
"""Seconds that one attempt takes at most once the receiver has begun to answer."""
MAX_ANSWER = 64 * 1024
"""Bytes that are read of an answer; nothing in it is used."""


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended. status: None where there was no answer. error: "" when it was taken."""

    status: int | None
    error: str
    milliseconds: int

    @property
    def taken(self) -> bool:
        """Whether the receiver said so: any status of 200 to 299."""
        return self.status is not None and 200 <= self.status < 300


def send(url: str, body: bytes, headers: dict[str, str]) -> Outcome:
    """Send the body by POST. Never raises for what the network or the receiver does."""
    started = time.monotonic()

    def ended(status: int | None, error: str) -> Outcome:
        return Outcome(status, error, int((time.monotonic() - started) * 1000))

    try:
        status = _post(url, body, headers)
    except NotReachable as error:
        return ended(None, str(error)[:300])
    except httpx.TimeoutException:
        return ended(None, "The receiver took too long.")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return ended(None, f"No connection ({type(error).__name__}).")
    return ended(status, "" if 200 <= status < 300 else f"The receiver answered {status}.")


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = resolve(host, port)
    target = httpx.URL(url).copy_with(host=address)
    named = {**headers, "Host": parts.netloc, "User-Agent": f"Paddock/{__version__}"}
    # trust_env: a proxy of the environment would resolve the name anew, past the check of its address.
    with (
        httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
        client.stream("POST", target, content=body, headers=named, extensions={"sni_hostname": host}) as answer,
    ):
        received, begun = 0, time.monotonic()
        for chunk in answer.iter_raw():
            received += len(chunk)
            if received > MAX_ANSWER or time.monotonic() - begun > LONGEST:
                break
        return answer.status_code
