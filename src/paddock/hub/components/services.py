# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Storing documents and inventories: whole or not at all, in a handful of statements however large they are."""

import gzip
import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from paddock.engine.formats.result import write_result
from paddock.engine.model.result import Result
from paddock.hub.components.contents import ComponentRow, PackageRow, component_rows
from paddock.hub.components.models import Document, Inventory, Usage
from paddock.hub.components.queries import result_in

__all__ = ["content_of", "renew_result", "result_in", "retire_inventory", "store_document", "store_inventory"]
FAST = 1
"""How hard gzip tries: the lowest level packs these documents to a twelfth already."""


def store_document(*, content: bytes, format: str, now: datetime) -> Document:
    """The document with these bytes, stored once however often it comes; the caller opened the transaction."""
    digest = hashlib.sha256(content).hexdigest()
    found = Document.objects.filter(sha256=digest).defer("content").first()
    if found is not None:
        return found
    fresh = Document(
        created_at=now, sha256=digest, size=len(content), format=format, content=gzip.compress(content, FAST, mtime=0)
    )
    Document.objects.bulk_create([fresh], ignore_conflicts=True)
    return Document.objects.defer("content").get(sha256=digest)


def content_of(document: Document) -> bytes:
    """The bytes as they came."""
    return gzip.decompress(bytes(document.content))


def store_inventory(*, result: Result, document: Document | None, now: datetime) -> Inventory:
    """A new current inventory with its usages, in the caller's transaction. Seven statements for any number of
    components."""
    rows = list(component_rows(result))
    inventory = Inventory.objects.create(
        created_at=now,
        document=document,
        result=_packed(result),
        component_count=len(rows),
        issue_count=len(result.all_issues()),
    )
    if rows:
        packages = _packages(list({package.purl: package for package, _ in rows}.values()))
        components = _components([component for _, component in rows], packages)
        _usages(inventory.pk, [component for _, component in rows], components)
    return inventory


def renew_result(*, inventory_id: int, result: Result, now: datetime) -> None:
    """Keep a result that says something new of the same components: other vulnerabilities, another verdict."""
    Inventory.objects.filter(pk=inventory_id).update(result=_packed(result), renewed_at=now)


def retire_inventory(*, inventory_id: int) -> None:
    """The inventory is no longer what its release contains: it stays, its usages go."""
    Inventory.objects.filter(pk=inventory_id).update(current=False)
    Usage.objects.filter(inventory_id=inventory_id).delete()


def _packed(result: Result) -> bytes:
    return gzip.compress(write_result(result), FAST, mtime=0)


def _packages(rows: Sequence[PackageRow]) -> dict[str, int]:
    columns = [[getattr(row, name) for row in rows] for name in ("purl", "type", "namespace", "name", "words")]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO components_package (purl, type, namespace, name, words)
            SELECT purl, type, namespace, name, to_tsvector('simple', words)
            FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
                AS given (purl, type, namespace, name, words)
            WHERE NOT EXISTS (SELECT 1 FROM components_package known WHERE known.purl = given.purl)
            ORDER BY purl
            ON CONFLICT (purl) DO NOTHING
            """,
            columns,
        )
        cursor.execute("SELECT purl, id FROM components_package WHERE purl = ANY(%s)", [columns[0]])
        return dict(cursor.fetchall())


def _components(rows: Sequence[ComponentRow], packages: dict[str, int]) -> dict[str, int]:
    purls = [row.purl for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO components_component (purl, package_id, version, version_key, license)
            SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::bytea[], %s::text[])
                AS given (purl, package_id, version, version_key, license)
            WHERE NOT EXISTS (SELECT 1 FROM components_component known WHERE known.purl = given.purl)
            ORDER BY purl
            ON CONFLICT (purl) DO NOTHING
            """,
            [
                purls,
                [packages[row.package] for row in rows],
                [row.version for row in rows],
                [row.version_key for row in rows],
                [row.license for row in rows],
            ],
        )
        cursor.execute("SELECT purl, id FROM components_component WHERE purl = ANY(%s)", [purls])
        return dict(cursor.fetchall())


def _usages(inventory_id: int, rows: Sequence[ComponentRow], components: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO components_usage (inventory_id, component_id, direct, scopes, license)
            SELECT %s, component_id, direct, string_to_array(scopes, ' '), license
            FROM unnest(%s::bigint[], %s::boolean[], %s::text[], %s::text[])
                AS given (component_id, direct, scopes, license)
            """,
            [
                inventory_id,
                [components[row.purl] for row in rows],
                [row.direct for row in rows],
                [" ".join(row.scopes) for row in rows],
                [row.license for row in rows],
            ],
        )
