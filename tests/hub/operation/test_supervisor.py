# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub up` as people and machines treat it: parts are killed, it is ended, it is started twice."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.hub.operation.running import (
    ROOT,
    RunningHub,
    alive,
    hub_command,
    postmaster,
    run_hub,
    running_hub,
    surroundings,
    wait_until,
)
from tests.hub.places import place_for_server

BOUNDED = 45.0
"""Seconds within which a hub ends: what its parts get to finish, and the database after them."""
REFUSED = 3


@pytest.fixture(scope="module")
def hub() -> Iterator[RunningHub]:
    """One hub for the tests that it survives."""
    with running_hub(place_for_server()) as running:
        running.until_ready()
        running.until_workers_live()
        yield running


@pytest.fixture
def own_hub(home: Path) -> Iterator[RunningHub]:
    """One for a test that ends it."""
    with running_hub(home) as running:
        yield running


def none_lives(processes: list[psutil.Process]) -> None:
    wait_until(
        lambda: not any(map(alive, processes)),
        lambda: f"still there: {[(one.pid, one.cmdline()) for one in processes if alive(one)]}",
        BOUNDED,
    )


def test_a_hub_says_where_it_is_once_it_is_ready(hub: RunningHub) -> None:
    said = f"Paddock is at {hub.environment['PADDOCK_HUB_BASE_URL']} (ready in"
    wait_until(lambda: said in hub.said, lambda: hub.said)
    assert hub.said.count(said) == 1
    assert "admin@localhost.localdomain is administrator" in hub.said


@pytest.mark.parametrize("word", ["serve", "--queue=intake", "--queue=batch"])
def test_a_part_that_is_killed_is_started_again(hub: RunningHub, word: str) -> None:
    fallen = hub.child(word)
    parts = [fallen, *fallen.children(recursive=True)]
    os.kill(fallen.pid, signal.SIGKILL)
    wait_until(
        lambda: [one.pid for one in hub.children(word)] not in ([], [fallen.pid]),
        lambda: f"not started again:\n{hub.said}",
    )
    none_lives(parts)
    hub.until_ready()
    assert "ended with code -9; it is started again" in hub.said


def test_a_worker_that_was_started_again_works(hub: RunningHub) -> None:
    intake = hub.hand_in("1.0", 10)
    hub.until("SELECT state FROM scans_intake WHERE id = %s", [("done",)], intake, seconds=120)


def test_a_second_hub_in_the_same_folder_is_refused_and_the_first_goes_on(hub: RunningHub) -> None:
    second = run_hub(surroundings(hub.folder), "up")
    assert second.returncode == REFUSED
    assert f"A hub runs in {hub.folder} already: at {hub.environment['PADDOCK_HUB_LISTEN']}" in second.stderr
    assert "Nothing was started" in second.stderr
    hub.until_ready()


def test_other_commands_work_beside_a_hub_and_leave_its_database_running(hub: RunningHub) -> None:
    assert run_hub(hub.environment, "check").returncode == 0
    assert alive(hub.postmaster())
    hub.until_ready()


def test_nothing_is_left_of_a_hub_that_was_told_to_end(own_hub: RunningHub) -> None:
    own_hub.until_ready()
    tree = own_hub.tree()
    assert own_hub.end(signal.SIGINT, BOUNDED) == 0
    none_lives(tree)


def test_nothing_is_left_of_a_hub_that_was_told_to_end_while_it_started(own_hub: RunningHub) -> None:
    wait_until(lambda: postmaster(own_hub.folder) is not None, lambda: own_hub.said)
    database = own_hub.postmaster()
    assert own_hub.end(signal.SIGTERM, BOUNDED) in (0, 128 + signal.SIGTERM)
    none_lives([database])


def test_the_parts_of_a_hub_that_was_killed_end_and_the_next_one_ends_its_database(home: Path) -> None:
    with running_hub(home) as first:
        first.until_ready()
        parts = psutil.Process(first.process.pid).children(recursive=True)
        database = first.postmaster()
        first.end(signal.SIGKILL)
        none_lives(parts)
        assert alive(database)
    with running_hub(home) as second:
        second.until_ready()
        assert second.postmaster() == database
        assert second.end() == 0
        none_lives([database])


def test_an_address_that_is_taken_is_told_and_nothing_is_started(home: Path) -> None:
    environment = surroundings(home / "folder")
    host, _, port = environment["PADDOCK_HUB_LISTEN"].partition(":")
    with socket.socket() as taken:
        taken.bind((host, int(port)))
        taken.listen()
        refused = run_hub(environment, "up")
    assert refused.returncode == REFUSED
    assert f"cannot listen on {host}:{port}: Address already in use" in refused.stderr
    assert not (home / "folder").exists()


def test_a_folder_that_cannot_be_used_is_told_and_nothing_is_started(home: Path) -> None:
    (home / "file").write_text("no folder")
    refused = run_hub(surroundings(home / "file"), "up")
    assert refused.returncode == REFUSED
    assert f"keeps its data in {home / 'file'}, which cannot be used" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert [path.name for path in home.iterdir()] == ["file"]


def test_a_folder_that_may_not_be_written_to_is_told(home: Path) -> None:
    """An administrator becomes somebody else for this, once everything is loaded."""
    home.chmod(0o555)
    program = (
        "import os, click, paddock.hub.command\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try: paddock.hub.command.prepare('up')\n"
        "except click.UsageError as error: print(error.message)"
    )
    refused = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=surroundings(home / "hub"), capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert f"keeps its data in {home / 'hub'}, which cannot be used: Permission denied" in refused.stdout
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PADDOCK_HUB_WEB_PROCESSES", "99", "PADDOCK_HUB_WEB_PROCESSES: Input should be less than or equal to 64"),
        ("DATABASE_URL", "mysql://somewhere/hub", "only PostgreSQL is supported"),
        ("DATABASE_URL", "postgresql://a:secret@127.0.0.1:1/hub", "The database does not answer"),
    ],
)
def test_settings_that_lead_nowhere_are_told_in_a_sentence(home: Path, name: str, value: str, told: str) -> None:
    refused = run_hub(surroundings(home, **{name: value}), "up")
    assert refused.returncode == REFUSED
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "secret" not in refused.stderr


def test_commands_of_a_hub_that_does_not_run_leave_no_database_running(home: Path) -> None:
    with subprocess.Popen(hub_command("migrate"), cwd=ROOT, env=surroundings(home), stdout=subprocess.DEVNULL) as one:
        wait_until(lambda: postmaster(home) is not None, lambda: "no database was started")
        database = postmaster(home)
        assert one.wait(120) == 0
    assert database is not None
    none_lives([database])


ONCE = """
import sys
from paddock.hub.operation.supervisor import Child, Supervisor
ends = [sys.executable, "-c", "import sys; sys.exit(int(sys.argv[1]))"]
children = [Child("refusal", [*ends, "3"], once=True), Child("done", [*ends, "0"], once=True)]
children.append(Child("fault", [*ends, "1"]))
Supervisor(children, lambda text: print(text, flush=True)).run()
"""


def test_what_was_refused_or_is_done_is_not_tried_again_and_what_fell_is(home: Path) -> None:
    said = home / "said"
    with said.open("wb") as output, subprocess.Popen([sys.executable, "-c", ONCE], cwd=ROOT, stdout=output) as one:
        wait_until(lambda: said.read_text().count("The fault ended with code 1") == 2, said.read_text)
        one.terminate()
        assert one.wait(60) == 0
    assert "refusal" not in said.read_text()
    assert "done" not in said.read_text()
