# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The API's documentation as a page of our own, made from the schema: it needs no script and nothing from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI


@dataclass(frozen=True)
class Place:
    """A parameter or a field: its name, its type in words, whether it must be given, and what it means."""

    name: str
    type: str
    required: bool
    meaning: str
    where: str = ""


@dataclass(frozen=True)
class Described:
    """One operation, ready for the page. answers: (status, meaning, type)."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Place]
    body: list[Place]
    body_type: str
    answers: list[tuple[str, str, str]]


def documentation(request: HttpRequest, api: NinjaAPI) -> HttpResponse:
    """The page."""
    schema = api.get_openapi_schema()
    context = {"schema": schema, "groups": groups(schema), "models": list(models(schema))}
    return render(request, "api/documentation.html", context)


def groups(schema: dict[str, Any]) -> dict[str, list[Described]]:
    """The operations by tag, in the order of the schema."""
    found: dict[str, list[Described]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            described = _described(schema, path, method, operation)
            found.setdefault(operation.get("tags", [""])[0], []).append(described)
    return found


def models(schema: dict[str, Any]) -> Iterator[tuple[str, str, list[Place]]]:
    """(name, description, fields) of every object that operations take or give, by name."""
    for name, model in sorted(schema["components"]["schemas"].items()):
        yield name, model.get("description", ""), list(_fields(model))


def _described(schema: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Described:
    content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    media = next(iter(content), "")
    model: dict[str, Any] = content.get(media, {}).get("schema", {})
    referred = schema["components"]["schemas"].get(model.get("$ref", "").rpartition("/")[2], model)
    return Described(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=[
            Place(entry["name"], words(entry["schema"]), entry.get("required", False), _meaning(entry), entry["in"])
            for entry in operation.get("parameters", [])
        ],
        body=list(_fields(referred)),
        body_type=media,
        answers=[
            (str(status), answer.get("description", ""), _answer(answer))
            for status, answer in operation["responses"].items()
        ],
    )


def _fields(model: dict[str, Any]) -> Iterator[Place]:
    required = model.get("required", [])
    for name, field in model.get("properties", {}).items():
        yield Place(name, words(field), name in required, field.get("description", ""))


def _meaning(entry: dict[str, Any]) -> str:
    return str(entry.get("description") or entry["schema"].get("description", ""))


def _answer(answer: dict[str, Any]) -> str:
    return next((words(content.get("schema", {})) for content in answer.get("content", {}).values()), "")


def words(schema: dict[str, Any]) -> str:
    """A type in words: "list of Product or null"."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(words(part) for part in schema["anyOf"])
    if "allOf" in schema:
        return " and ".join(words(part) for part in schema["allOf"])
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    kind = str(schema.get("type", "anything"))
    if kind == "array":
        return f"list of {words(schema.get('items', {}))}"
    return f"{kind} ({schema['format']})" if "format" in schema else kind
