# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A hub of one's organisation: results are handed in, and its verdict is asked for (docs/hub/api.md)."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from paddock.engine.clients.address import join_url, shown
from paddock.engine.clients.credentials import Credential, bearer
from paddock.engine.clients.failure import HttpError
from paddock.engine.clients.http import Access, HttpClient, Limits, Session

Answer = TypeVar("Answer")


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """Something handed in, and how far it is.

    state: "waiting", "running", "done", "failed" or "cancelled". total: 0 = not known.
    """

    id: str
    release_id: str
    state: str
    stage: str = ""
    done: int = 0
    total: int = 0
    problems: tuple[str, ...] = ()

    @property
    def final(self) -> bool:
        """Whether it stays as it is."""
        return self.state in ("done", "failed", "cancelled")


class HubRelease(msgspec.Struct, frozen=True, kw_only=True):
    """A release in the hub. outcome: the verdict's, or "unknown"."""

    id: str
    product: str
    name: str
    outcome: str
    sentence: str = ""


class Hub:
    """One hub. Every method raises HttpError with what the hub says, and Stopped."""

    def __init__(self, session: Session, url: str) -> None:
        self._session = session
        self._api = join_url(url, "api/v1")

    def hand_in(self, content: bytes, filename: str, *, product: str, release: str) -> Intake:
        """Hand a document in for a release known by its names; both are made where they do not exist yet.

        The same content again changes nothing, so a broken connection is simply tried again.
        """
        fields = {"product": product, "release": release, "create": "true"}
        answer = self._session.submit(join_url(self._api, "intakes"), fields, (filename, content))
        return self._read(answer, Intake, "intakes")

    def intake(self, id: str) -> Intake:
        """How far it is."""
        place = join_url("intakes", id)
        return self._read(self._session.document(join_url(self._api, place)), Intake, place)

    def release(self, id: str) -> HubRelease:
        """What the hub knows about a release."""
        place = join_url("releases", id)
        return self._read(self._session.document(join_url(self._api, place)), HubRelease, place)

    def _read(self, answer: bytes, kind: type[Answer], place: str) -> Answer:
        try:
            return msgspec.json.decode(answer, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            address = shown(join_url(self._api, place))
            raise HttpError(f"{address} gives no answer of a hub: is this the address of one?") from error

    def until_final(self, intake: Intake, *, seconds: float, progress: Callable[[str, int, int], None]) -> Intake:
        """Ask until the hub is done with it, at most for that many seconds; the last answer."""
        end = time.monotonic() + seconds
        pause = 0.2
        while not intake.final and time.monotonic() < end:
            progress(intake.stage or "The hub is working", intake.done, intake.total)
            time.sleep(pause)
            pause = min(pause * 1.5, 3.0)
            intake = self.intake(intake.id)
        return intake


@contextmanager
def connected(url: str, token: str, *, ca_file: str, user_agent: str) -> Iterator[Hub]:
    """The hub at an address; the token is sent there and nowhere else. ca_file: further certificates, "" for none.

    A proxy is used as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say.
    """
    credential = Credential(prefix=url, value=bearer(token), told_by="PADDOCK_TOKEN")
    access = Access(credentials=(credential,), ca_file=ca_file, credentials_go_into="PADDOCK_TOKEN")
    http = HttpClient(Limits(read=120.0), user_agent=user_agent)
    try:
        yield Hub(http.session(access), url)
    finally:
        http.close()
