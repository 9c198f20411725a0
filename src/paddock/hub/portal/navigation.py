# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands in the rail, as data. An entry is shown when its page exists and the person may use it."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Page:
    """name: of the address. permission: needed in any unit; "" for everybody who is signed in. also: how addresses
    begin that belong to the page and do not lie below it."""

    name: str
    label: Promise
    icon: str
    permission: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together; the first group has no label."""

    label: Promise | str
    pages: tuple[Page, ...]


GROUPS = (
    Group(
        "",
        (
            Page("home", _("Home"), "home"),
            Page("products", _("Products"), "products", Permission.SEE_PRODUCTS, ("/releases/", "/uploads/")),
            Page("packages", _("Packages"), "packages", Permission.SEE_PRODUCTS),
            Page("licenses", _("Licences"), "licenses", Permission.SEE_PRODUCTS),
            Page("vulnerabilities", _("Vulnerabilities"), "vulnerabilities", Permission.SEE_PRODUCTS),
            Page("policies", _("Policies"), "policies", Permission.SEE_PRODUCTS, ("/dry-runs/",)),
            Page("reports", _("Reports"), "reports", Permission.SEE_REPORTS),
        ),
    ),
    Group(
        _("Administration"),
        (
            Page("people", _("People"), "people", Permission.MANAGE_PEOPLE),
            Page("units", _("Organisation"), "units", Permission.MANAGE_PEOPLE),
            Page("webhooks", _("Webhooks"), "webhooks", Permission.MANAGE_PRODUCTS),
            Page("audit", _("Audit"), "audit", Permission.SEE_AUDIT),
        ),
    ),
)
OWN_PAGES = (
    Page("own-settings", _("My settings"), "settings"),
    Page("own-security", _("Password and second factor"), "account"),
    Page("saved-views", _("My views"), "reports"),
    Page("own-tokens", _("API tokens"), "tokens", Permission.MANAGE_TOKENS),
    Page("api-documentation", _("API documentation"), "api"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as the template shows it."""

    label: Promise
    icon: str
    url: str
    current: bool


def entries(actor: Actor, pages: tuple[Page, ...], path: str) -> list[Entry]:
    """The pages that exist and that the actor may use; `path` is where one stands."""
    found = []
    for page in pages:
        if page.permission and not actor.may_somewhere(page.permission):
            continue
        try:
            url = reverse(page.name)
        except NoReverseMatch:
            continue
        here = path == url if url == "/" else path.startswith((url, *page.also))
        found.append(Entry(page.label, page.icon, url, here))
    return found
