# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The embedded server as the process knows it that keeps it running."""

import os
import signal
from pathlib import Path

import psycopg
import pytest

from paddock.hub.operation.embedded import Keeper, NotStarted, start_embedded
from tests.hub.operation.running import postmaster, wait_until

QUICK = {"fsync": "off"}


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.Error:
        return False


def test_a_server_that_does_not_start_at_once_is_tried_again(home: Path) -> None:
    place, said = home / "postgresql", list[str]()
    url = start_embedded(place, extra=QUICK)
    fallen = postmaster(home)
    assert fallen is not None
    keeper = Keeper(said.append)
    keeper.PAUSE = 0.0
    (place / "postgresql.auto.conf").write_text("no_such_setting = 1\n")
    os.kill(fallen.pid, signal.SIGKILL)
    wait_until(lambda: not answers(url), lambda: "still there")
    keeper.look()
    assert not answers(url)
    (place / "postgresql.auto.conf").write_text("")

    def looked_again() -> bool:
        keeper.look()
        return answers(url)

    wait_until(looked_again, lambda: "never started again")
    assert said[0] == "The database has fallen; it is started again. What was answered is kept."


def test_a_server_that_cannot_start_says_where_its_messages_are(home: Path) -> None:
    place = home / "postgresql"
    with pytest.raises(NotStarted, match="does not start") as refused:
        start_embedded(place, extra={"no_such_setting": "1"})
    assert str(place / "log") in str(refused.value)
    assert "no_such_setting" in (place / "log").read_text()


def test_files_that_were_only_begun_are_made_anew(home: Path) -> None:
    begun = home / "postgresql.begun"
    begun.mkdir()
    (begun / "PG_VERSION").write_text("18")
    assert answers(start_embedded(home / "postgresql", extra=QUICK))
    assert not begun.exists()
