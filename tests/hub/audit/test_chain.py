# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The record of what was done cannot be changed without being found out."""

import pytest
from django.db import DatabaseError, connection, transaction

from paddock.hub.audit.models import Entry, Seal
from paddock.hub.audit.queries import broken_links
from paddock.hub.audit.services import record
from paddock.hub.core.actor import system
from tests.hub.company import MOMENT

pytestmark = pytest.mark.django_db(transaction=True)


def write(name: str) -> None:
    record(
        actor=system("tests"), now=MOMENT, action="thing.done", subject_type="thing", subject_id=name, subject_name=name
    )


def tamper(statement: str) -> None:
    """What somebody with all rights on the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


def test_entries_are_chained_in_the_order_of_commits_and_the_chain_is_whole() -> None:
    for name in ("one", "two", "three"):
        write(name)
    assert list(Seal.objects.order_by("number").values_list("number", "entry__subject_name")) == [
        (1, "one"),
        (2, "two"),
        (3, "three"),
    ]
    assert list(broken_links()) == []


def test_an_entry_of_a_transaction_that_is_rolled_back_never_was() -> None:
    with transaction.atomic():
        write("never")
        transaction.set_rollback(True)
    write("after")
    assert list(Seal.objects.values_list("number", "entry__subject_name")) == [(1, "after")]


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_remove(table: str, statement: str) -> None:
    write("kept")
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert Entry.objects.count() == 1


def test_the_database_refuses_to_change() -> None:
    write("kept")
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.update(actor_name="somebody else")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit_entry SET actor_name = 'somebody else' WHERE subject_name = 'two'", "says something else"),
        (
            "UPDATE audit_entry SET content = replace(content, 'two', 'ten') WHERE subject_name = 'two'",
            "broken at link 2",
        ),
        ("DELETE FROM audit_seal WHERE number = 2", "Links 2 to 2 of the chain are missing"),
        ("DELETE FROM audit_seal WHERE number = 3", "1 entries are not in the chain"),
    ],
)
def test_what_was_changed_behind_the_back_of_the_database_is_found(statement: str, told: str) -> None:
    for name in ("one", "two", "three"):
        write(name)
    tamper(statement)
    assert any(told in fault for fault in broken_links())
