# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The addresses of every page, from the hub's own table of addresses: whoever adds a page need not add it here."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.urls import URLPattern, reverse

from tests.hub.browser.world import World
from tests.hub.test_every_address import TABLE, WALKED, expected, key_of

WITH_QUERY = {
    "package": f"?purl={quote('pkg:npm/left-pad', safe='')}",
    "search": "?q=cock",
}
"""Pages that show nothing without a query."""
NO_PAGES = {
    "healthz": "text for a program",
    "readyz": "text for a program",
    "metrics": "text for a program",
    "unit-offers": "a part of a page",
    "unit-branch": "a part of a page",
    "person-offers": "a part of a page",
    "dry-run-progress": "a part of a page",
    "release-document": "a file",
    "mfa_download_recovery_codes": "a file",
}
"""Addresses that answer and are no page: name -> what they are."""


def known_patterns() -> dict[str, tuple[str, URLPattern]]:
    """Name -> (path, pattern) of every address beside those of the API."""
    return {key_of(path, one): (path, one) for path, one in WALKED.items()}


def address_of(name: str, path: str, pattern: URLPattern, variables: dict[str, Any]) -> str:
    """The address with the world's things in it; fails for a variable part for which it has nothing."""
    wanted = {one: variables.get(one) for one in re.findall(r"[<:](\w+)>", path)}
    missing = [one for one, value in wanted.items() if value is None]
    assert not missing, f"/{path}: say in tests/hub/browser/world.py (variables) what stands for {missing}"
    return (reverse(name, kwargs=wanted) if pattern.name else f"/{path}") + WITH_QUERY.get(name, "")


def pages(world: World, client: Client) -> dict[str, str]:
    """Name -> address of everything that answers this client with a page; what is a part or a file is left out."""
    found: dict[str, str] = {}
    for name, (path, pattern) in known_patterns().items():
        if name in NO_PAGES or expected(TABLE[name])["admin"] == "405":
            continue
        address = address_of(name, path, pattern, world.variables)
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            assert b"<html" in answer.content, f"{address} is no page: say in NO_PAGES what it is"
            found[name] = address
    return found


def further_pages(world: World) -> dict[str, str]:
    """What pages look like that have little to show, or something else than usual."""
    bare, waiting = world.bare.pk, world.waiting.pk
    tabs = ("release", "release-components", "release-licenses", "release-documents", "release-changes")
    return {
        **{f"{name} of nothing known": reverse(name, args=[bare]) for name in tabs},
        "intake that waits": reverse("intake", args=[waiting]),
        "search for nothing": f"{reverse('search')}?q=zzzz",
        "products that no filter leaves": f"{reverse('products')}?name=zzzz",
        "products on their heads": f"{reverse('products')}?sort=-verdict&archived=yes",
        "licences of which there is one": reverse("release-licenses", args=[world.good.pk]),
        "second page of components": f"{reverse('release-components', args=[world.release.pk])}?page=2",
        "package in wrong versions": f"{reverse('package')}{WITH_QUERY['package']}&versions=%3E%3E",
    }


def expected_pages(viewer: str) -> Iterator[str]:
    """The names that this person of `tests.hub.company` must have been shown as pages, by the table of addresses."""
    yield from (name for name, row in TABLE.items() if expected(row)[viewer] == "200" and name not in NO_PAGES)
