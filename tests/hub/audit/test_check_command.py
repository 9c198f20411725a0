# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock hub check`, run as people run it."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.db import connection

from paddock.hub.audit.services import record
from paddock.hub.core.actor import system
from tests.hub.company import MOMENT

pytestmark = pytest.mark.django_db(transaction=True)


def check() -> subprocess.CompletedProcess[str]:
    """The command, on the database of the tests."""
    now = connection.settings_dict
    user = quote(now["USER"]) + (f":{quote(now['PASSWORD'])}" if now["PASSWORD"] else "")
    port = f"&port={now['PORT']}" if now["PORT"] else ""
    url = f"postgresql://{user}@/{now['NAME']}?host={quote(now['HOST'], safe='')}{port}"
    environment = {**os.environ, "DATABASE_URL": url, "PADDOCK_HUB_SECRET_KEY": "x" * 50}
    command = [sys.executable, "-m", "paddock", "hub", "check"]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


def write(*names: str) -> None:
    for name in names:
        record(
            actor=system("tests"), now=MOMENT, action="thing.done", subject_type="thing", subject_id=name,
            subject_name=name,
        )  # fmt: skip


def test_a_whole_record_is_said_to_be_whole() -> None:
    write("one", "two")
    done = check()
    assert (done.returncode, done.stdout) == (0, "")
    assert "The record is whole" in done.stderr


def test_a_record_that_was_changed_is_found_out_and_the_place_is_named() -> None:
    write("one", "two", "three")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_entry SET actor_name = 'somebody else' WHERE subject_name = 'two'")
        cursor.execute("SET session_replication_role = origin")
    done = check()
    assert done.returncode == 1
    assert "(thing.done) says something else than when it was written" in done.stdout
    assert "1 faults" in done.stderr
