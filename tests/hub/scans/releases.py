# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Releases with something handed in, for the tests of their pages."""

import json
import re
from datetime import datetime
from typing import Any

import msgspec
from django.test import Client
from django.urls import reverse

from paddock.engine.formats.result import write_result
from paddock.engine.model.result import Result
from paddock.engine.policy.read import default_policy
from paddock.hub.products.models import Release
from paddock.hub.products.services import create_product, create_release
from paddock.hub.scans.reading import read_document, settings_for
from paddock.hub.scans.services import hand_in_document, take_in
from tests.hub.company import MOMENT, Company

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=")
"""What the content security policy forbids."""


def new_release(company: Company, *, distribution: str = "embedded") -> Release:
    """A release of Cockpit, of which nothing is known."""
    owner = company.actor(company.owner)
    product = create_product(
        actor=owner, name="Navigation", unit=company.cockpit, now=MOMENT, distribution=distribution
    )
    return create_release(actor=owner, product=product, name="1.0", now=MOMENT)


def take(company: Company, release: Release, content: bytes, *, now: datetime = MOMENT, name: str = "b.json") -> None:
    """Hand something in and let the worker read it."""
    intake = hand_in_document(
        actor=company.actor(company.owner), release=release, content=content, filename=name, now=now
    )
    take_in(intake_id=intake.id, now=now)
    intake.refresh_from_db()
    assert intake.state == "done", intake.problems
    release.refresh_from_db()


def graph_bom(edges: dict[str, list[str]], licenses: dict[str, str] | None = None) -> bytes:
    """A CycloneDX document in which the application `shop` and packages in version 1.0.0 need each other."""
    names = list(dict.fromkeys([*(one for one in edges if one != "shop"), *(t for ts in edges.values() for t in ts)]))
    known = licenses or {}
    return json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "metadata": {"component": {"type": "application", "bom-ref": "shop", "name": "shop"}},
            "components": [
                {
                    "type": "library", "bom-ref": name, "name": name, "version": "1.0.0",
                    "purl": f"pkg:npm/{name}@1.0.0",
                    **({} if known.get(name) == "" else {"licenses": [{"expression": known.get(name, "MIT")}]}),
                }
                for name in names
            ],
            "dependencies": [{"ref": ref, "dependsOn": targets} for ref, targets in edges.items()],
        }
    ).encode()  # fmt: skip


def result_with(content: bytes, **slots: Any) -> bytes:
    """What `paddock scan` writes about a document, with some slots filled otherwise."""
    result: Result = read_document(content, "b.json", settings_for(default_policy(), "app", None), now=MOMENT)
    return write_result(msgspec.structs.replace(result, **slots))


def page_of(client: Client, name: str, release: Release, **query: str) -> str:
    """The text of a page of a release, which holds nothing that the content security policy forbids."""
    answer = client.get(reverse(name, args=[release.pk]), query)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert not INLINE.search(text)
    return text


def plain(page: str) -> str:
    """What people read of the page's content, without marks and in single spaces."""
    words = " ".join(re.sub(r"<[^>]+>", " ", page.partition('id="content"')[2]).split())
    return re.sub(r" ([,.:;)])", r"\1", words).replace("( ", "(")


def exported(client: Client, name: str, release: Release, **query: str) -> list[list[str]]:
    """The rows of the CSV export of a page's table, without the head."""
    answer = client.get(reverse(name, args=[release.pk]), {**query, "export": "csv"})
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    return [line.split(",") for line in lines[1:]]
