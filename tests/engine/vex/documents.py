# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Statements, documents and subjects for tests of VEX, and arbitrary ones."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from paddock.engine.model.component import Hash
from paddock.engine.model.purl import parse_purl
from paddock.engine.vex.apply import NamedDocument, Subject
from paddock.engine.vex.create import identify
from paddock.engine.vex.statement import (
    Identity,
    Justification,
    Product,
    Response,
    Statement,
    Status,
    VexDocument,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CVE = "CVE-2025-0001"
LOG = "pkg:maven/org.example/log@1.2.0"
SHOP = "pkg:oci/shop@sha256:aa"


def product(whole: str, *parts: str) -> Product:
    """A product by name, with components by name."""
    return Product(identity=identify(whole), components=tuple(map(identify, parts)))


def statement(*products: Product, status: Status = Status.NOT_AFFECTED, days: int = 0, **more) -> Statement:
    """A complete statement about CVE, made `days` after NOW."""
    facts: dict = {"vulnerability": CVE, "timestamp": NOW + timedelta(days=days), "place": "statements[0]"}
    if status is Status.NOT_AFFECTED:
        facts["justification"] = Justification.VULNERABLE_CODE_NOT_PRESENT
    if status is Status.AFFECTED:
        facts["action_statement"] = "Update."
    return Statement(products=products, status=status, **{**facts, **more})


def document(*statements: Statement, name: str = "a.json", **more) -> NamedDocument:
    """A document with a name."""
    return NamedDocument(name, VexDocument(statements=statements, author="Example Ltd", **more))


def subject(component: str = LOG, *products: str, ids: tuple[str, ...] = (CVE,), **more) -> Subject:
    """A finding."""
    return Subject(ids=ids, component=parse_purl(component), products=tuple(map(parse_purl, products)), **more)


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12).filter(str.strip)
_TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda time: time.replace(microsecond=0)
)
_PURLS = st.sampled_from(
    [
        "pkg:npm/left@1.0.0",
        "pkg:npm/%40scope/right",
        "pkg:maven/org.example/log@1.2.0?classifier=sources",
        "pkg:deb/debian/libc6@2.36-9?arch=amd64",
        "pkg:oci/shop@sha256:aa?repository_url=index.example",
        "pkg:pypi/django@4.2",
    ]
).map(parse_purl)
_CPES = st.sampled_from(["cpe:2.3:a:example:log:1.2:*:*:*:*:*:*:*", "cpe:/a:example:shop:2"])
_HASHES = st.sampled_from([Hash("sha256", "ab" * 32), Hash("md5", "cd" * 16)])


@st.composite
def identities(draw: st.DrawFn) -> Identity:
    """A package URL, a CPE name or a mere name; with digests or not."""
    purls = draw(st.lists(_PURLS, max_size=1))
    cpes = draw(st.lists(_CPES, max_size=1))
    named = not purls and not cpes
    return Identity(
        id=purls[0].to_string() if purls else cpes[0] if cpes else "",
        name=draw(st.sampled_from(["Shop 2", "log", "Ä ö/#%"])) if named else "",
        purls=tuple(purls),
        cpes=tuple(cpes),
        hashes=tuple(draw(st.lists(_HASHES, max_size=1))) if purls else (),
    )


@st.composite
def statements(draw: st.DrawFn, name: str = CVE) -> Statement:
    """A complete statement about a vulnerability."""
    status = draw(st.sampled_from(Status))
    wholes = draw(st.lists(identities(), min_size=1, max_size=2, unique=True))
    parts = draw(st.lists(identities(), max_size=2, unique=True))
    not_affected, affected = status is Status.NOT_AFFECTED, status is Status.AFFECTED
    justification = draw(st.none() | st.sampled_from(Justification)) if not_affected else None
    impact = draw(_TEXTS) if not_affected and (justification is None or draw(st.booleans())) else ""
    return Statement(
        vulnerability=name,
        aliases=tuple(draw(st.lists(st.sampled_from(["GHSA-aaaa-bbbb-cccc", "OSV-1"]), max_size=2, unique=True))),
        description=draw(st.just("") | _TEXTS),
        products=tuple(Product(identity=whole, components=tuple(parts)) for whole in wholes),
        status=status,
        justification=justification,
        impact_statement=impact,
        action_statement=draw(_TEXTS) if affected else "",
        responses=tuple(draw(st.lists(st.sampled_from(Response), max_size=2, unique=True))) if affected else (),
        status_notes=draw(st.just("") | _TEXTS),
        supplier=draw(st.just("") | _TEXTS),
        timestamp=draw(_TIMES),
    )


@st.composite
def documents(draw: st.DrawFn) -> VexDocument:
    """A document whose statements are about different vulnerabilities."""
    names = draw(st.lists(st.sampled_from([CVE, "CVE-2024-12345", "GHSA-1", "X 1"]), min_size=1, unique=True))
    return VexDocument(
        statements=tuple(draw(statements(name)) for name in names),
        id="https://example.com/vex/1",
        author="Example Ltd",
        namespace="https://example.com",
        version=str(draw(st.integers(1, 5))),
        timestamp=draw(_TIMES),
    )
