# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Entity tags (RFC 9110): "only if it changed" for reading, "only if it did not" for changing."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.responses import NinjaJSONEncoder

from paddock.hub.core.errors import HubError


class PreconditionFailed(HubError):
    """The thing is no longer what the caller knows it as; nothing was changed."""

    title = "Changed meanwhile"
    status = 412


def tag_of(content: bytes | str) -> str:
    """The tag of an answer with this content."""
    data = content.encode() if isinstance(content, str) else content
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"'


def tag_of_schema(schema: Schema) -> str:
    """The tag that the answer with this object has."""
    return tag_of(json.dumps(schema.model_dump(), cls=NinjaJSONEncoder))


def names(header: str, tag: str) -> bool:
    """Whether a header If-Match or If-None-Match names the tag; weak tags (W/"…", as proxies make them) count."""
    given = {part.strip().removeprefix("W/") for part in header.split(",")}
    return "*" in given or tag in given


@contextmanager
def alone_with(thing: UUID) -> Iterator[None]:
    """In a transaction, with every other change through the API of the same thing waiting: what If-Match compared is
    what is changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(thing.bytes[-8:], "big", signed=True)])
        yield


def check_unchanged(request: HttpRequest, schema: Schema) -> None:
    """Raises PreconditionFailed when the request says If-Match, and the object is no longer that one."""
    header = request.headers.get("If-Match", "")
    if header and not names(header, tag_of_schema(schema)):
        raise PreconditionFailed(_("Somebody changed it since you read it. Read it again, then decide anew."))
