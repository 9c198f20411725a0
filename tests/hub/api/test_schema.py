# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the API says of itself, and that it does what it says."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from paddock.hub.config.api import api
from paddock.hub.config.wsgi import application
from tests.hub.api.callers import caller
from tests.hub.api.world import World, build_world
from tests.hub.company import Company

SCHEMA = api.get_openapi_schema()
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
OPERATIONS = [(path, method) for path, methods in SCHEMA["paths"].items() for method in methods]


def test_every_operation_has_a_name_of_its_own_a_summary_and_its_refusals() -> None:
    operations = [operation for methods in SCHEMA["paths"].values() for operation in methods.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    for operation in operations:
        assert operation["description"]
        assert operation["tags"]
        assert operation["security"]
        assert {400, 401, 403, 404, 422, 429} <= set(operation["responses"])
        assert set(operation["responses"][422]["content"]) == {"application/problem+json"}


def test_the_schema_is_openapi_3_1_and_readable_by_whoever_is_signed_in_or_not(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")


@cache
def loaded() -> Any:
    """The schema without its ways to sign in: every request of these tests carries a token."""
    plain = json.loads(json.dumps(SCHEMA))
    plain["components"].pop("securitySchemes")
    for methods in plain["paths"].values():
        for operation in methods.values():
            operation.pop("security")
    schema = schemathesis.openapi.from_dict(plain)
    schema.app = application
    return schema


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The server closes its connection after a request; here that is the one with the test's data in it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def world(company: Company) -> World:
    return build_world(company)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.name)
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: part.strip("/"))
def test_whatever_is_sent_the_answer_is_one_that_the_schema_names(
    company: Company, world: World, path: str, method: str, mode: GenerationMode
) -> None:
    operation = loaded()[path][method.upper()]
    headers = {"Authorization": f"Bearer {caller(company, 'admin').secret}", "Accept-Encoding": "identity"}
    checks = [*CHECKS, negative_data_rejection] if mode is GenerationMode.NEGATIVE else CHECKS
    if mode is GenerationMode.NEGATIVE and not (operation.query or operation.path_parameters or operation.body):
        return  # nothing that could be wrong
    known = {name: value for name, value in world.path_values().items() if f"{{{name}}}" in path}

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode), at_home=st.booleans())
    def answers_as_documented(case: Any, at_home: bool) -> None:
        if at_home and known and mode is GenerationMode.POSITIVE:
            case.path_parameters = dict(known)
        case.call_and_validate(headers=headers, checks=checks)

    answers_as_documented()


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: part.strip("/"))
def test_methods_that_an_address_does_not_take_are_named(
    company: Company, world: World, path: str, method: str
) -> None:
    address = path.format(**world.path_values())
    answer = caller(company, "admin")("TRACE", address)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert method.upper() in answer["Allow"]
