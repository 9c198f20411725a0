# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How much a first visit of a page loads, in bytes as they are sent.

    python -m benchmarks.page_weight [--folder PLACE]

Founds the demonstration's company in a database of its own and asks, as the head of the office, for pages with
everything that they load: scripts, styles, pictures, all compressed, with the heads of the answers. The bars: 250 kB a
page, and 250 kB of script. `tests/hub/browser/test_weight.py` holds them. With --folder the database is kept and filled
once.
"""

import argparse
import gzip
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from benchmarks.hub_database import hub_database

MOST = 250_000
"""Bytes of a first visit, and of the scripts in it."""
LOADED = re.compile(r"""<(?:link|script|img)\b[^>]*?\s(?:href|src)=["']([^"']+)["']""")
IN_STYLES = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


@dataclass
class Weight:
    """What was loaded: bytes by address. later: what a second visit loads, as browsers keep the rest."""

    parts: dict[str, int] = field(default_factory=dict)
    later: int = 0

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.parts.values())

    @property
    def script(self) -> int:
        """The bytes of scripts."""
        return sum(size for address, size in self.parts.items() if address.endswith(".js"))


def weigh(get: Callable[[str], Any], page: str) -> Weight:
    """The page and everything that it loads. get: asks for an address as a browser does and gives Django's answer.

    Raises ValueError when something does not answer.
    """
    weight, waiting = Weight(), [page]
    while waiting:
        address = waiting.pop()
        if address in weight.parts:
            continue
        answer = get(address)
        if answer.status_code != 200:
            raise ValueError(f"{address} answers {answer.status_code}")
        content: bytes = answer.getvalue()
        weight.parts[address] = len(content) + len(answer.serialize_headers())
        if "immutable" not in answer.headers.get("Cache-Control", ""):
            weight.later += weight.parts[address]
        text = plain(content, answer)
        if address == page:
            waiting += [urljoin(address, one) for one in LOADED.findall(text)]
        elif address.endswith(".css"):
            waiting += [urljoin(address, one) for one in IN_STYLES.findall(text) if not one.startswith("data:")]
    return weight


def plain(content: bytes, answer: Any) -> str:
    """What was sent, unpacked."""
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(content) if packed else content).decode("utf-8", "replace")


def pages() -> dict[str, str]:
    """What to weigh: names and addresses of pages of the demonstration."""
    from paddock.hub.products.models import Release

    release = Release.objects.exclude(inventory=None).order_by("-component_count")[0]
    tabs = {f"release, {tab}": f"/releases/{release.pk}/{tab}" for tab in ("components", "documents")}
    return {
        "home": "/", "products": "/products/", "release": f"/releases/{release.pk}/", **tabs, "search": "/search?q=a",
        "packages": "/packages/",
    }  # fmt: skip


def main() -> int:
    """Fill, weigh, tell; 1 when a page is too heavy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with hub_database(arguments.folder):
        from django.test import Client

        from paddock.hub.accounts.models import Person
        from paddock.hub.operation.demo.demonstrate import demonstrate

        demonstrate(now=datetime.now(UTC), progress=lambda *_: None)
        client = Client(headers={"accept-encoding": "gzip, deflate, br, zstd"}, SERVER_NAME="localhost")
        client.force_login(
            Person.objects.get(email="head@halden.example"),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        print(f"{'bytes as they are sent':24} {'first visit':>12} {'script':>9} {'later':>9}   (bar {MOST:,} each)")
        heaviest = 0
        for name, address in pages().items():
            weight = weigh(client.get, address)
            heaviest = max(heaviest, weight.total)
            print(f"{name:24} {weight.total:12,} {weight.script:9,} {weight.later:9,}")
    return int(heaviest > MOST)


if __name__ == "__main__":
    sys.exit(main())
