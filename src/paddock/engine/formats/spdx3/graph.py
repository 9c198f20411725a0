# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The objects of an SPDX 3 JSON-LD document, nested ones included, by id, each with its JSON path.

An object may stand in `@graph` or inline where another names it; blank nodes (`_:x`) may be shared. All are found in
one walk without recursion.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from paddock.engine.formats.document import DocumentFormat, Fault, InvalidDocument, Kind
from paddock.engine.formats.spdx3.vocabulary import CONTEXTS, VERSIONS

Thing = dict[str, Any]
_LINE_END = b"\n"


class Graph(msgspec.Struct, eq=False):
    """All objects in document order.

    paths, ids: JSON path and id of each object, by its Python identity; nameless inline objects get an id here.
    """

    things: list[Thing]
    by_id: dict[str, Thing]
    paths: dict[int, str]
    ids: dict[int, str]
    context: Any = None
    shape_faults: list[Fault] = []

    def id_of(self, value: Any) -> str:
        """The id of an object or of a reference to one; "" for anything else."""
        if isinstance(value, dict):
            return self.ids.get(id(value), "")
        return value if isinstance(value, str) else ""

    def find(self, value: Any) -> Thing | None:
        """The object that a value is or names."""
        return value if isinstance(value, dict) else self.by_id.get(value) if isinstance(value, str) else None

    def path(self, thing: Thing) -> str:
        """Where an object stands."""
        return self.paths.get(id(thing), "document")

    def follow(self, thing: Thing | None, name: str) -> Iterator[Thing]:
        """The objects that a property names, as far as the document has them."""
        for value in values_of(thing, name):
            found = self.find(value)
            if found is not None:
                yield found


def values_of(thing: Thing | None, name: str) -> list[Any]:
    """A property's values as a list, whether the document writes one or many."""
    value = None if thing is None else thing.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def type_of(thing: Thing) -> str:
    """An object's class; "" when it has none."""
    value = thing.get("type", thing.get("@type"))
    return value if isinstance(value, str) else ""


def text_of(thing: Thing | None, name: str) -> str:
    """A property that is a text; "" when it is missing or none."""
    value = None if thing is None else thing.get(name)
    return value if isinstance(value, str) else ""


def read_graph(data: bytes, kind: Kind) -> Graph:
    """The objects in some bytes. Raises InvalidDocument where these are no SPDX 3 JSON-LD of a known version."""
    if kind.format is not DocumentFormat.SPDX3_JSON or kind.version not in VERSIONS:
        message = f"{kind} is not read here; SPDX {' and '.join(VERSIONS)} as JSON-LD are"
        raise InvalidDocument(kind, (Fault("document", "SPDX 3 version", message),))
    try:
        value = msgspec.json.decode(data.decode("utf-8-sig"))
    except msgspec.DecodeError as error:
        raise _refused(kind, _line(data, str(error)), "JSON, RFC 8259", str(error)) from error
    except UnicodeDecodeError as error:
        line = data.count(_LINE_END, 0, error.start) + 1
        raise _refused(kind, f"line {line}", "text encoding", "the text is not UTF-8") from error
    except RecursionError as error:
        raise _refused(kind, "document", "JSON, RFC 8259", "nested too deeply to be an SPDX document") from error
    if not isinstance(value, dict):
        raise _refused(kind, "document", "SPDX 3 serialization", "the document is not a JSON object")
    graph = Graph([], {}, {}, {}, value.get("@context"))
    _collect(value, graph, kind)
    return graph


def _collect(value: Thing, graph: Graph, kind: Kind) -> None:
    if "@graph" in value:
        items = value["@graph"]
        if not isinstance(items, list):
            raise _refused(kind, "@graph", "SPDX 3 serialization", "is not a list")
        waiting: list[tuple[Any, str]] = [(item, f"@graph[{index}]") for index, item in enumerate(items)]
        for item, path in waiting:
            if not isinstance(item, dict):
                raise _refused(kind, path, "SPDX 3 serialization", "is not an object")
    else:
        waiting = [({name: item for name, item in value.items() if name != "@context"}, "")]
    waiting.reverse()
    while waiting:
        item, path = waiting.pop()
        if isinstance(item, list):
            waiting.extend(
                (part, f"{path}[{index}]") for index, part in enumerate(item) if isinstance(part, dict | list)
            )
        elif isinstance(item, dict):
            _add(item, path, graph)
            waiting.extend(
                (part, f"{path}.{name}" if path else name)
                for name, part in item.items()
                if isinstance(part, dict | list)
            )


def _add(item: Thing, path: str, graph: Graph) -> None:
    key = item.get("spdxId", item.get("@id"))
    if not isinstance(key, str):
        key = f"_:inline {len(graph.things)}"
    graph.things.append(item)
    graph.paths[id(item)] = path
    graph.ids[id(item)] = key
    if key in graph.by_id:
        graph.shape_faults.append(Fault(path or "document", "SPDX 3 Element", f"{key[:80]!r} is used a second time"))
    else:
        graph.by_id[key] = item


def context_version(context: Any) -> str | None:
    """The version whose context a document names, alone or among others."""
    for item in context if isinstance(context, list) else [context]:
        if isinstance(item, str) and item in CONTEXTS:
            return CONTEXTS[item]
    return None


def _refused(kind: Kind, place: str, rule: str, message: str) -> InvalidDocument:
    return InvalidDocument(kind, (Fault(place, rule, message),))


def _line(data: bytes, message: str) -> str:
    _, found, offset = message.rpartition("(byte ")
    end = int(offset.rstrip(")")) if found else len(data)
    return f"line {data.count(_LINE_END, 0, end) + 1}"
