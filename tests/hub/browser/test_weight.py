# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A first visit of a page is light, whatever connection it comes over."""

from collections.abc import Callable

import pytest
from django.test import Client

from benchmarks.page_weight import MOST, weigh
from tests.hub.browser.world import build_world

MOST_LATER = 50_000
"""Bytes of a page when everything that browsers keep is there already."""


@pytest.mark.django_db
def test_pages_stay_below_their_weight(signed_in: Callable[..., Client]) -> None:
    world = build_world()
    client = signed_in(world.company.owner)
    client.defaults["HTTP_ACCEPT_ENCODING"] = "gzip, deflate, br, zstd"
    for address in ("/", "/products/", f"/releases/{world.release.pk}/", "/search?q=cock", "/packages/"):
        weight = weigh(client.get, address)
        assert len(weight.parts) >= 6, f"{address} loads styles, scripts and a picture"
        assert weight.total <= MOST, f"{address}: {weight.parts}"
        assert 0 < weight.script <= MOST
        assert 0 < weight.later <= MOST_LATER
