# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What those who run a hub look at."""

import io
import json
import logging
from typing import Any

import pytest
import structlog
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client

from paddock.hub.core.queue import Queue, defer
from paddock.hub.observability import queries
from tests.hub.api.callers import caller
from tests.hub.api.world import build_world
from tests.hub.company import Company


def test_ready_when_database_and_tables_are(db: None) -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert Client().get("/healthz").status_code == 200


def test_not_ready_without_a_database(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def gone(_: object) -> Any:
        raise OperationalError("password=secret")

    monkeypatch.setattr(queries, "oldest_waiting", gone)
    queries.readiness.__globals__["_Applied"].known = True
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")
    assert b"secret" not in answer.content


def test_not_ready_before_the_tables_are_there(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    class Unfinished:
        def __init__(self, _: object) -> None:
            self.loader = self
            self.graph = self

        def leaf_nodes(self) -> list[str]:
            return ["0001"]

        def migration_plan(self, _: object) -> list[str]:
            return ["0001"]

    monkeypatch.setattr(queries, "MigrationExecutor", Unfinished)
    monkeypatch.setattr(queries._Applied, "known", False)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "not applied, or not known")


def test_figures_of_requests_queues_and_intakes(company: Company) -> None:
    build_world(company)
    defer("webhooks.deliver", queue=Queue.EVENTS, message_id="0")
    Client().get("/api/v1/releases/0189f7a0-0000-7000-8000-000000000000")
    Client().generic("BREW", "/api/v1/releases")
    text = Client().get("/metrics").content.decode()
    assert 'paddock_intakes{state="waiting"} 1.0' in text
    assert 'paddock_queue_tasks{queue="events",state="todo"}' in text
    assert 'paddock_queue_oldest_seconds{queue="events"}' in text
    assert 'route="api/v1/releases/<release_id>",status="401"' in text
    assert 'method="other"' in text
    assert "0189f7a0" not in text


def test_figures_are_for_this_machine_and_for_whoever_manages_the_hub(company: Company) -> None:
    caches["process"].clear()
    assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics").status_code == 401
    assert Client().get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 401
    for who, status in (("admin", 200), ("owner", 401)):
        headers = {"Authorization": f"Bearer {caller(company, who).secret}"}
        assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics", headers=headers).status_code == status


def test_a_line_for_each_request_without_secrets_and_bodies(company: Company) -> None:
    caches["process"].clear()
    program = caller(company, "owner")
    with structlog.testing.capture_logs() as lines:
        body = {"name": "a name in the body", "unit_id": str(company.cockpit.id)}
        program("POST", "/api/v1/products?hidden=in-the-query", body, x_request_id="request-0001")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["route"], line["status"]) == ("POST", "api/v1/products", 201)
    assert line["actor"]
    assert not any(word in json.dumps(line) for word in (program.secret, "in the body", "in-the-query"))


def test_a_fault_is_logged_without_the_values_of_variables() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.getLogger().handlers[0].formatter)

    def fault(password: str) -> None:
        raise RuntimeError(f"{len(password)} characters")

    logger = logging.getLogger("tests.fault")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        fault("hunter2-hunter2")
    except RuntimeError:
        logger.exception("failed")
    assert "15 characters" in stream.getvalue()
    assert "hunter2" not in stream.getvalue()
