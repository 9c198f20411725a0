# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One box for everything: products, releases, packages, licences and people, as far as the actor may see them."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paddock.engine.model.purl import InvalidPurl, parse_purl
from paddock.hub.accounts.queries import people_called, people_seen_by
from paddock.hub.accounts.types import Permission
from paddock.hub.components.queries import licenses_matching, packages_matching
from paddock.hub.core.actor import Actor
from paddock.hub.products.queries import products_for, releases_for

SHORTEST = 2
"""Characters; less would find everything."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is called, where it is, and one word that tells it from its namesakes."""

    name: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind. all_url: the list of all of them with the same text, "" where there is none."""

    label: str | Promise
    hits: list[Hit]
    all_url: str = ""


def straight_to(actor: Actor, text: str) -> str:
    """The page that a purl names; "" when the text is none or nothing contains it."""
    if not text.startswith("pkg:") or not actor.may_somewhere(Permission.SEE_PRODUCTS):
        return ""
    try:
        purl = parse_purl(text)
    except InvalidPurl:
        return ""
    return f"{reverse('package')}?purl={quote(purl.to_string(), safe='')}"


def search_everything(actor: Actor, text: str, *, most: int) -> list[Hits]:
    """At most so many of each kind; kinds of which nothing was found are left out. One query a kind."""
    if len(text) < SHORTEST or not actor.may_somewhere(Permission.SEE_PRODUCTS):
        return []
    kinds: tuple[Callable[[Actor, str, int], Hits], ...] = (products, releases, packages, licenses, people)
    return [found for kind in kinds if (found := kind(actor, text, most)).hits]


def products(actor: Actor, text: str, most: int) -> Hits:
    """Products by the beginning of any word of their names."""
    rows = products_for(actor).filter(Q(name__icontains=text), archived_at=None).order_by("name")[:most]
    hits = [Hit(row.name, reverse("product", args=[row.pk]), row.unit.name) for row in rows]
    return Hits(gettext_lazy("Products"), hits, f"{reverse('products')}?name={quote(text)}")


def releases(actor: Actor, text: str, most: int) -> Hits:
    """Releases by "product release": every word must be in one of the two names."""
    condition = Q(product__archived_at=None)
    for word in text.split()[:6]:
        condition &= Q(name__icontains=word) | Q(product__name__icontains=word)
    if len(text.split()) == 1:
        condition &= Q(name__icontains=text)
    rows = releases_for(actor).filter(condition).order_by("product__name", "-created_at")[:most]
    hits = [
        Hit(f"{row.product.name} {row.name}", reverse("release", args=[row.pk]), row.get_outcome_display())
        for row in rows
    ]
    return Hits(gettext_lazy("Releases"), hits)


def packages(_actor: Actor, text: str, most: int) -> Hits:
    """Packages of any inventory; that they exist is no secret, who contains them is."""
    rows = packages_matching(text.removeprefix("pkg:"))[:most]
    hits = [Hit(_full_name(row.namespace, row.name), package_url(row.purl), row.type) for row in rows]
    return Hits(gettext_lazy("Packages"), hits, f"{reverse('packages')}?q={quote(text)}")


def licenses(_actor: Actor, text: str, most: int) -> Hits:
    """Licence expressions that components stand under."""
    hits = [
        Hit(expression, f"{reverse('packages')}?license={quote(expression)}", _("licence"))
        for expression in licenses_matching(text, most=most)
    ]
    return Hits(gettext_lazy("Licences"), hits, f"{reverse('licenses')}?license={quote(text)}")


def people(actor: Actor, text: str, most: int) -> Hits:
    """Colleagues by their names, as far as the actor may see them."""
    rows = people_called(people_seen_by(actor), text).filter(is_active=True).order_by("name")[:most]
    return Hits(gettext_lazy("People"), [Hit(row.name, reverse("person", args=[row.pk]), row.email) for row in rows])


def package_url(purl: str) -> str:
    """The page of a package."""
    return f"{reverse('package')}?purl={quote(purl, safe='')}"


def _full_name(namespace: str, name: str) -> str:
    return f"{namespace}/{name}" if namespace else name
