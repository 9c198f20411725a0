# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What every page's template knows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from paddock.hub.accounts.models import Unit
from paddock.hub.accounts.queries import root_name, units_within
from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.portal.navigation import GROUPS, OWN_PAGES, entries

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
MOST_UNITS = 300
"""In the switcher; whoever sees more uses the filter of a list."""
NAME, NAME_KEPT = "portal.company", 30
"""Where the company's name is kept between requests, and for how many seconds."""
STEP = 9
"""Characters of one step of a unit's path, its slash among them."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A unit in the switcher. depth: below the topmost unit that is shown."""

    id: object
    name: str
    path: str
    depth: int


def frame(request: HttpRequest) -> dict[str, Any]:
    """The company's name, who acts, where they may go, and how they want to see it."""
    actor: Actor | None = getattr(request, "actor", None)
    known: dict[str, Any] = {"company": company_name(), "actor": actor, "theme": theme_of(request)}
    if actor is None or not request.user.is_authenticated:
        return known
    units: Any = SimpleLazyObject(lambda: switches(actor))
    path = getattr(request, "unit_path", "")
    groups = [(group, entries(actor, group.pages, request.path)) for group in GROUPS]
    return {
        **known,
        "navigation": [{"label": group.label, "entries": found} for group, found in groups if found],
        "own_pages": entries(actor, OWN_PAGES, request.path),
        "units": units,
        "unit": next((unit for unit in units if unit.path == path), None) if path else None,
    }


def company_name() -> str:
    """What the installation is called, else the topmost unit. That one is asked for once in a while by each process."""
    if settings.COMPANY:
        return str(settings.COMPANY)
    known: str | None = caches["process"].get(NAME)
    if known is None:
        known = root_name()
        # Before there is a company, somebody may just be founding it.
        caches["process"].set(NAME, known, NAME_KEPT if known else 1)
    return known or gettext("My company")


def switches(actor: Actor) -> list[Switch]:
    """The units that somebody may look at, parents before children."""
    units: list[Unit] = list(units_within(actor, Permission.SEE_PRODUCTS).order_by("path")[:MOST_UNITS])
    top = min((len(unit.path) for unit in units), default=0)
    return [Switch(unit.id, unit.name, unit.path, min((len(unit.path) - top) // STEP, 5)) for unit in units]


def theme_of(request: HttpRequest) -> str:
    """What the person has in their settings; for somebody who is not signed in, what was chosen on this device."""
    chosen = getattr(getattr(request, "user", None), "theme", None) or request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"
