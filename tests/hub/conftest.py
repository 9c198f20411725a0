# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server for the tests of the hub, and the people they are about."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from django.utils import translation

from paddock.hub.accounts.models import Person
from paddock.hub.config.database import database
from paddock.hub.operation.embedded import start_embedded
from tests.hub.company import Company, found
from tests.hub.places import shared_place

SOMEWHERE_ELSE = "PADDOCK_TEST_DATABASE_URL"
"""Names a server to use instead of the embedded one; its user must be allowed to make databases."""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Start the server (one for all processes of a run) and let Django's settings lead to it."""
    given = os.environ.get(SOMEWHERE_ELSE)
    if given:
        settings.DATABASES["default"].update({**database(given), "TEST": settings.DATABASES["default"]["TEST"]})
        return
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    url = start_embedded(shared_place(shared) / "pg", extra={"fsync": "off", "synchronous_commit": "off"})
    settings.DATABASES["default"].update({**database(url), "TEST": settings.DATABASES["default"]["TEST"]})


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests() -> Iterator[None]:
    """Tests with transactions of their own empty all tables afterwards, which the record of what was done refuses."""
    flush = DatabaseOperations.execute_sql_flush

    def without_triggers(self: DatabaseOperations, sql_list: list[str]) -> None:
        flush(self, ["SET session_replication_role = replica", *sql_list, "SET session_replication_role = origin"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", without_triggers)
        yield


@pytest.fixture(autouse=True)
def _english_between_tests() -> Iterator[None]:
    """A request leaves its language to whatever its thread does next: here, to the next test."""
    yield
    translation.deactivate()


@pytest.fixture
def company(db: None) -> Company:
    """A small company: three units, and people whose names say what they are to its products."""
    return found()


@pytest.fixture
def signed_in() -> "SignIn":
    """Gives a browser of the given person: `signed_in(company.owner).get("/")`."""
    return SignIn()


class SignIn:
    """Signs people in without a password."""

    def __call__(self, person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client
