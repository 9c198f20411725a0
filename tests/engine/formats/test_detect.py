# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A document is known by what it says, packed or not, in any encoding with a byte order mark."""

import codecs
import gzip
import zlib
from datetime import UTC, datetime

import pytest

from paddock.engine.formats.detect import detect
from paddock.engine.formats.document import DocumentFormat, InvalidDocument, Kind
from paddock.engine.formats.read import read
from paddock.engine.formats.unpack import unpack
from paddock.engine.formats.validate import validate
from paddock.engine.formats.write import WRITABLE, write
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.result import Tool

JSON = b'{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1}'
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n<b:bom xmlns:b="http://cyclonedx.org/schema/bom/1.4"/>'
JSON_15 = Kind(DocumentFormat.CYCLONEDX_JSON, "1.5")
XML_14 = Kind(DocumentFormat.CYCLONEDX_XML, "1.4")


@pytest.mark.parametrize(("data", "kind"), [(JSON, JSON_15), (XML, XML_14)])
@pytest.mark.parametrize("packed", [False, True])
def test_plain_and_packed(data: bytes, kind: Kind, packed: bool) -> None:
    given = gzip.compress(data, mtime=0) if packed else data
    assert detect(given) == kind
    assert read(given).kind == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(("data", "kind"), [(JSON, JSON_15), (XML.replace(b' encoding="UTF-8"', b""), XML_14)])
def test_byte_order_marks(data: bytes, kind: Kind, encoding: str) -> None:
    marks = {
        "utf-8": codecs.BOM_UTF8,
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }
    assert read(marks[encoding] + data.decode().encode(encoding)).kind == kind


def test_latin_1_xml_is_read_by_its_declaration() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components>'
    text += '<component type="library"><name>Bücher</name><version>1</version></component></components></bom>'
    assert read(text.encode("latin-1")).inventory.components[0].name == "Bücher"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x1f\x8b",
        b"\x1f\x8bnonsense",
        b"{}",
        b"[]",
        b"null",
        b"<bom/>",
        b'<html xmlns="http://cyclonedx.org/schema/bom/1.4"/>',
        b'{"bomFormat": "CycloneDX", "specVersion": "0.9"}',
        b'{"bomFormat": "CycloneDX", "specVersion": 1.4}',
        b'{"bomFormat": ["CycloneDX"], "specVersion": "1.4"}',
        codecs.BOM_UTF16_LE + b"x",
    ],
)
def test_what_is_nothing_known(data: bytes) -> None:
    assert detect(data) is None
    with pytest.raises(InvalidDocument):
        read(data)
    kind, faults = validate(data)
    assert kind is None
    assert faults


@pytest.mark.parametrize("kind", WRITABLE, ids=str)
def test_every_kind_that_is_written_is_recognised_and_read(kind: Kind) -> None:
    created = datetime(2026, 1, 1, tzinfo=UTC)
    data = write(Inventory(), kind, created=created, serial="", tool=Tool("paddock", "1"))
    assert detect(data) == kind
    assert read(data).kind == kind


def test_broken_json_still_says_what_it_wanted_to_be() -> None:
    assert detect(JSON[:-1]) == JSON_15


def test_the_version_may_come_last() -> None:
    filler = b'"components": [' + b'{"type": "library", "name": "x", "version": "1"},' * 200
    data = b"{" + filler[:-1] + b'], "version": 1, "specVersion": "1.5", "bomFormat": "CycloneDX"}'
    assert detect(data) == JSON_15


def test_several_gzip_members_are_one_stream() -> None:
    assert unpack(gzip.compress(JSON[:10], mtime=0) + gzip.compress(JSON[10:], mtime=0) + b"\0\0") == JSON


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(JSON, mtime=0)[:-9], "ends too early"),
        (gzip.compress(JSON, mtime=0) + b"more", "something else behind"),
        (b"\x1f\x8b\x07" + bytes(20), "broken"),
    ],
)
def test_broken_gzip_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InvalidDocument, match=reason):
        unpack(data)


def test_a_stream_that_explodes_is_refused() -> None:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    zeros = bytes(1024 * 1024)
    bomb = b"".join(packer.compress(zeros) for _ in range(64)) + packer.flush()
    with pytest.raises(InvalidDocument, match="unpacks to more than"):
        unpack(bomb)
