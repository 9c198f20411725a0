# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What clients send with a document: as JSON or as a form, with names that differ and booleans that are texts."""

import base64
import binascii
import json
import re
import zlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from paddock.hub.core.errors import Invalid, TooLarge

MARK = b"\xef\xbb\xbf"
"""UTF-8's byte order mark, which some clients leave in front of a document or of the JSON around it."""
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
DEFAULT_VERSION = "main"
"""The release of a document that names no version; what cdxgen calls it, too."""
MAX_NAME = 200
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Submission:
    """One document, and for which project it is.

    project: by id; else name and version. create: make what is not there. tags: of a project that is made.
    """

    content: bytes
    filename: str
    project: UUID | None = None
    name: str = ""
    version: str = DEFAULT_VERSION
    create: bool = False
    is_latest: bool = False
    tags: tuple[str, ...] = field(default=())


def read_submission(request: HttpRequest, part: str) -> Submission:
    """The document in the field `part` ("bom"), and where it goes. Raises Invalid, TooLarge."""
    if request.content_type == "multipart/form-data":
        values, content, filename = _form(request, part)
    else:
        values, content, filename = _json(request, part)
    project = _uuid(values.get("project"))
    name, version = _text(values, "projectName"), _text(values, "projectVersion")
    if project is None and not name:
        raise Invalid("Say for which project: by its UUID in project, or by projectName and projectVersion.")
    return Submission(
        content=unpacked(content),
        filename=filename,
        project=project,
        name=name,
        version=version or DEFAULT_VERSION,
        create=truth(values.get("autoCreate")),
        is_latest=truth(values.get("isLatest", values.get("isLatestProjectVersion"))),
        tags=tags_of(values.get("projectTags")),
    )


def read_object(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in the body. Raises Invalid."""
    try:
        values = json.loads(request.body.removeprefix(MARK))
    except (ValueError, RecursionError) as error:
        raise Invalid("The body is no JSON.", errors=(str(error)[:200],)) from error
    if not isinstance(values, dict):
        raise Invalid("The body is no JSON object.")
    return values


def _json(request: HttpRequest, part: str) -> tuple[dict[str, Any], bytes, str]:
    values = read_object(request)
    encoded = values.pop(part, None)
    if not isinstance(encoded, str) or not encoded:
        raise Invalid(f"There is no document in the field {part}.", errors=(f"{part}: must be a text in Base64",))
    try:
        content = base64.b64decode(_SPACE.sub("", encoded).encode("ascii"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid(f"The field {part} is no Base64.", errors=(f"{part}: {error}"[:200],)) from error
    return values, content, part


def _form(request: HttpRequest, part: str) -> tuple[dict[str, Any], bytes, str]:
    values: QueryDict = request.POST
    files: MultiValueDict[str, Any] = request.FILES
    if request.method != "POST":  # Django reads forms of POST only
        values, files = MultiPartParser(request.META, request, request.upload_handlers, request.encoding).parse()
    if part in files:
        file: Any = files[part]
        if (file.size or 0) > settings.MAX_UPLOAD:
            raise TooLarge("The document is larger than the hub takes.")
        return values.dict(), file.read(), (file.name or part)[:MAX_NAME]
    given = values.get(part)
    if not given:
        raise Invalid(f"There is no document in the field {part}.", errors=(f"{part}: missing",))
    return values.dict(), str(given).encode("utf-8", "surrogateescape"), part


def unpacked(content: bytes) -> bytes:
    """The document without gzip around it and without a byte order mark. Raises Invalid, TooLarge."""
    if content.startswith(ZSTD):
        raise Invalid("Documents packed with Zstandard are not taken; send them as they are, or with gzip.")
    if content.startswith(GZIP):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            content = unpacker.decompress(content, settings.MAX_UPLOAD + 1)
        except zlib.error as error:
            raise Invalid("The document is no whole gzip file.") from error
        if len(content) > settings.MAX_UPLOAD:
            raise TooLarge("The document is larger than the hub takes.")
        if not unpacker.eof:
            raise Invalid("The document is no whole gzip file.")
    return content.removeprefix(MARK)


def truth(value: object) -> bool:
    """A boolean, also as the text that some clients make of it."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def tags_of(value: object) -> tuple[str, ...]:
    """Tags: [{"name": …}, …] in JSON, separated by commas in a form."""
    given = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in given]
    texts = [_clean(name)[:100] for name in names if isinstance(name, str)]
    return tuple(dict.fromkeys(text for text in texts if text))[:50]


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    cleaned = _clean(str(value)) if isinstance(value, str | int | float) else None
    if cleaned is None or len(cleaned) > MAX_NAME:
        raise Invalid(f"{name} is no text of at most {MAX_NAME} characters.", errors=(f"{name}: not usable",))
    return cleaned


def _clean(value: str) -> str:
    return value.encode("utf-8", "replace").decode().replace("\x00", "").strip()


def _uuid(value: object) -> UUID | None:
    if value in (None, ""):
        return None
    try:
        return UUID(str(value))
    except ValueError as error:
        raise Invalid("project is no UUID.", errors=("project: no UUID",)) from error
