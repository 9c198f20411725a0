# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How fast a hub answers about a large portfolio.

    python -m benchmarks.hub_portfolio [--releases 2000] [--components 500] [--folder PLACE]

Fills a database of its own by COPY: products, releases, packages (as many as usages / 20, of which some are in nearly
every release and most in few, as in real portfolios), components, usages, verdicts. Then asks what pages ask, 100 times
each with other packages and words, the first 50 rows at a time; then gets whole pages, rendered, as the head of the
office: everything but the way through the web server. The bars: 95 of 100 within 100 ms at 1 million usages
(2,000 x 500), within 300 ms at 10 million (--releases 20000). With --folder the database is kept and filled once.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.hub_database import hub_database, machine, milliseconds, summary

WORDS = ("core", "http", "json", "utils", "react", "server", "parser", "client", "logging", "async", "crypto", "image")
OUTCOMES = ("compliant", "not compliant", "undecided")
VERSIONS = 3
RUNS = 100
PAGE = 50
HEAD = "head@benchmark.example"


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows the fastest way there is."""
    from django.db import connection  # needs Django to be set up

    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as target,  # our own names
    ):
        for row in rows:
            target.write_row(row)


def fill_packages(rows: Iterable[Sequence[Any]]) -> None:
    """The packages with their words, as the search needs them."""
    from django.db import connection  # needs Django to be set up

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE given (id bigint, purl text, type text, namespace text, name text, words text)"
        )
        copy("given", ("id", "purl", "type", "namespace", "name", "words"), rows)
        cursor.execute(
            "INSERT INTO components_package (id, purl, type, namespace, name, words) "
            "SELECT id, purl, type, namespace, name, to_tsvector('simple', words) FROM given"
        )


def fill(releases: int, components: int) -> None:
    """The portfolio; the same one each time."""
    from django.db import connection  # needs Django to be set up

    from paddock.hub.accounts.models import LegalEntity, Unit
    from paddock.hub.accounts.services import create_person, create_unit, grant_role
    from paddock.hub.accounts.types import Role
    from paddock.hub.core.actor import system
    from paddock.hub.core.models import new_id

    chance, moment, by = random.Random(5), datetime.now(UTC), system("benchmark")  # noqa: S311 # data of a benchmark
    entity = LegalEntity.objects.create(created_at=moment, name="Benchmark", country="DE")
    root = create_unit(actor=by, name="Benchmark", legal_entity=entity, now=moment)
    units: list[Unit] = [create_unit(actor=by, name=f"Unit {n}", parent=root, now=moment) for n in range(20)]
    packages = releases * components // 20

    def package(number: int) -> tuple[Any, ...]:
        name = f"{WORDS[number % 12]}-{WORDS[number // 12 % 12]}-{number}"
        kind = ("npm", "pypi", "maven", "golang")[number % 4]
        return number, f"pkg:{kind}/{name}", kind, "", name, f"{kind} {name} {name.replace('-', ' ')}"

    fill_packages(map(package, range(1, packages + 1)))
    copy(
        "components_component", ("id", "package_id", "version", "purl", "version_key", "license"),
        ((number * VERSIONS + v, number, f"{v}.0.0", f"{package(number)[1]}@{v}.0.0", bytes([v]), "MIT")
         for number in range(1, packages + 1) for v in range(VERSIONS)),
    )  # fmt: skip
    copy(
        "components_inventory",
        ("id", "created_at", "result", "component_count", "issue_count", "current"),
        ((number, moment, b"", components, 0, True) for number in range(1, releases + 1)),
    )
    products = [new_id() for _ in range(max(1, releases // 10))]
    copy(
        "products_product",
        ("id", "created_at", "name", "unit_id", "description", "distribution", "criticality", "tags"),
        ((key, moment, f"{WORDS[n % 12].title()} product {n}", units[n % 20].pk, "", "embedded", "medium", [])
         for n, key in enumerate(products)),
    )  # fmt: skip
    keys = [new_id() for _ in range(releases)]
    copy(
        "products_release",
        ("id", "created_at", "product_id", "name", "state", "is_latest", "inventory_id", "outcome", "sentence",
         "violations", "questions", "component_count", "evaluated_at"),
        ((keys[n - 1], moment, products[(n - 1) // 10 % len(products)], f"{n}.0", "development", False, n,
          OUTCOMES[n % 3], "", n % 7, n % 5, components, moment - timedelta(minutes=n))
         for n in range(1, releases + 1)),
    )  # fmt: skip

    def usages() -> Iterable[tuple[Any, ...]]:
        for inventory in range(1, releases + 1):
            # The cube of an even chance: the first packages are nearly everywhere, the last nearly nowhere.
            chosen: set[int] = set()
            while len(chosen) < components:
                chosen.add(int(packages * chance.random() ** 3) + 1)
            for number in chosen:
                yield inventory, number * VERSIONS + chance.randrange(VERSIONS), True, ["runtime"], "MIT"

    copy("components_usage", ("inventory_id", "component_id", "direct", "scopes", "license"), usages())
    copy(
        "scans_evaluation",
        ("id", "created_at", "release_id", "inventory_id", "policy_sha256", "before", "outcome", "sentence", "reasons",
         "causes", "data", "tool_version"),
        ((new_id(), moment - timedelta(weeks=14 - 2 * week), key, n, "", OUTCOMES[(n + week) % 3 if week else n % 3],
          OUTCOMES[(n + week + n % 2) % 3], "", "[]", "[]", "[]", "")
         for n, key in enumerate(keys, 1) for week in range(7)),
    )  # fmt: skip
    head = create_person(actor=by, email=HEAD, name="Head", unit=root, now=moment)
    grant_role(actor=by, person=head, role=Role.OFFICE_HEAD, unit=root, now=moment)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def page(rows: Any) -> object:
    """The first of the rows."""
    return list(rows.all()[:PAGE])


def questions(packages: int) -> dict[str, Callable[[random.Random], object]]:
    """What pages ask, by name; each asks for another thing every time."""
    from paddock.hub.accounts.models import Unit  # needs Django to be set up
    from paddock.hub.accounts.types import Permission
    from paddock.hub.components.models import Package
    from paddock.hub.components.queries import components_in, packages_matching
    from paddock.hub.core.actor import Actor, ActorKind, Right, system
    from paddock.hub.products.models import Release
    from paddock.hub.products.queries import products_for, releases_for, releases_with

    everything = system("benchmark")
    paths = list(Unit.objects.filter(name__startswith="Unit").values_list("path", flat=True)[:3])
    some = Actor(
        ActorKind.PERSON, None, "a person of three units",
        tuple(Right(path, frozenset({Permission.SEE_PRODUCTS})) for path in paths),
    )  # fmt: skip

    def any_package(chance: random.Random) -> Package:
        return Package.objects.get(pk=int(packages * chance.random() ** 3) + 1)

    def common(chance: random.Random) -> Package:
        return Package.objects.get(pk=chance.randrange(1, 100))

    def shipping(actor: Actor, package: Package, versions: str = "") -> object:
        found = releases_with(actor, package, versions=versions)
        return found.count(), list(found.order_by("product__name", "name", "pk")[:PAGE])

    def words(chance: random.Random) -> str:
        return f"{chance.choice(WORDS)[:3]} {chance.choice(WORDS)[:2]}"

    def contents(chance: random.Random) -> object:
        release = Release.objects.order_by("pk")[chance.randrange(500)]
        return page(components_in(release.inventory_id or 0).order_by("component__purl"))

    all_releases, our_releases, all_products = releases_for(everything), releases_for(some), products_for(everything)
    refused = our_releases.filter(outcome="not compliant")
    return {
        "who ships a package": lambda c: shipping(everything, any_package(c)),
        "who ships one of the 100 commonest": lambda c: shipping(everything, common(c)),
        "the same, for a person of three units": lambda c: shipping(some, common(c)),
        "who ships it in versions < 2": lambda c: shipping(everything, common(c), "<2"),
        "search: one word": lambda c: page(packages_matching(c.choice(WORDS))),
        "search: two beginnings of words": lambda c: page(packages_matching(words(c))),
        "search: a number": lambda c: page(packages_matching(str(c.randrange(packages)))),
        "search: one letter": lambda c: page(packages_matching(c.choice("acjlps"))),
        "releases, the newest verdicts first": lambda _: page(all_releases.order_by("-evaluated_at")),
        "releases not compliant": lambda _: page(refused.order_by("-evaluated_at")),
        "releases, by product, with count": lambda _: (
            our_releases.count(), page(our_releases.order_by("product__name", "name"))),
        "products, by name, with count": lambda _: (all_products.count(), page(all_products.order_by("name"))),
        "what a release contains": contents,
    }  # fmt: skip


def pages(packages: int) -> dict[str, Callable[[random.Random], object]]:
    """Whole pages by name, as the head of the office gets them."""
    from django.test import Client  # needs Django to be set up

    from paddock.hub.accounts.models import Person
    from paddock.hub.components.models import Package
    from paddock.hub.products.models import Product, Release

    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(email=HEAD), backend="allauth.account.auth_backends.AuthenticationBackend")

    def get(address: str) -> object:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} was answered {answer.status_code}")
        return answer

    def package(chance: random.Random) -> str:
        purl = Package.objects.values_list("purl", flat=True).get(pk=int(packages * chance.random() ** 3) + 1)
        return f"/packages/package?purl={quote(purl, safe='')}"

    releases = [str(key) for key in Release.objects.values_list("pk", flat=True)[:500]]
    products = [str(key) for key in Product.objects.values_list("pk", flat=True)[:200]]
    return {
        "page: home": lambda _: get("/"),
        "page: products": lambda _: get("/products/"),
        "page: products not compliant, by verdict": lambda _: get("/products/?verdict=not+compliant&sort=-evaluated"),
        "page: a product": lambda c: get(f"/products/{c.choice(products)}/"),
        "page: packages": lambda c: get(f"/packages/?page={c.randrange(1, 50)}"),
        "page: packages called": lambda c: get(f"/packages/?q={c.choice(WORDS)}"),
        "page: licences": lambda _: get("/licenses/"),
        "page: a package, who ships it": lambda c: get(package(c)),
        "page: search": lambda c: get(f"/search?q={c.choice(WORDS)[:4]}"),
        "page: components of a release": lambda c: get(f"/releases/{c.choice(releases)}/components"),
        "page: components, by licence": lambda c: get(f"/releases/{c.choice(releases)}/components?sort=-license"),
    }


def main() -> int:
    """Print the table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=2_000)
    parser.add_argument("--components", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    usages = options.releases * options.components
    bar = 100 if usages <= 1_000_000 else 300
    missed = 0
    with hub_database(options.folder):
        from paddock.hub.components.models import Usage  # needs Django to be set up

        if not Usage.objects.exists():
            started = time.perf_counter()
            fill(options.releases, options.components)
            print(f"{usages:,} usages written in {time.perf_counter() - started:.0f} s")
        print(f"Machine: {machine()}\n{'question':42} median ms   p95 ms   (bar {bar} ms)")
        for name, ask in {**questions(usages // 20), **pages(usages // 20)}.items():
            chance = random.Random(7)  # noqa: S311 # questions of a benchmark
            ask(chance)
            times = [milliseconds(lambda: ask(chance)) for _ in range(RUNS)]  # noqa: B023 # called at once
            missed += sorted(times)[95] > bar
            print(f"{name:42} {summary(times)}{'   over the bar' if sorted(times)[95] > bar else ''}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
