# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Files that pages load are compressed, kept for good by browsers, and under another address once they change."""

import gzip
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from django.test import Client

from paddock.hub.config.static_files import LENGTH, fingerprint
from tests.hub.company import Company

LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@pytest.mark.django_db
def test_every_file_of_a_page_is_compressed_and_kept_for_good(
    company: Company, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.admin)
    pages = [client.get(address).content.decode() for address in ("/", "/accounts/password/set/", "/api/v1/docs")]
    for address in sorted(set(LOADED.findall("".join(pages)))):
        plain, answer = client.get(address), client.get(address, headers={"accept-encoding": "gzip, br"})
        assert answer.status_code == 200, address
        assert answer["Content-Encoding"] == "gzip", address
        assert gzip.decompress(answer.getvalue()) == plain.getvalue()
        assert "max-age=315360000" in answer["Cache-Control"]
        assert "immutable" in answer["Cache-Control"]
        assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.django_db
def test_pages_are_compressed_each_time_to_another_length_and_another_token(
    company: Company, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(company.admin)
    answers = [client.get("/", headers={"accept-encoding": "gzip"}) for _ in range(12)]
    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert len({len(answer.content) for answer in answers}) > 1
    texts = [gzip.decompress(answer.content).decode() for answer in answers]
    assert len({match[1] for text in texts if (match := re.search(r'X-CSRFToken": "(\w+)"', text))}) == len(texts)


def test_the_address_changes_with_what_is_in_the_files(tmp_path: Path) -> None:
    file = tmp_path / "pages" / "static" / "paddock" / "theme.css"
    file.parent.mkdir(parents=True)
    file.write_text("a {}")
    before = fingerprint(tmp_path)
    assert re.fullmatch(rf"[0-9a-f]{{{LENGTH}}}", before)
    assert before == fingerprint(tmp_path)
    file.write_text("b {}")
    assert before != fingerprint(tmp_path) != fingerprint(tmp_path, libraries=("django",))


def test_libraries_that_bring_files_are_known() -> None:
    assert (files("allauth.mfa") / "static").is_dir()
