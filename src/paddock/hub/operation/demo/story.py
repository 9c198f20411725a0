# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The demonstration's data files as values; every time is a number of days before the day of the demonstration."""

import atexit
import shutil
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

EXAMPLES = Path(__file__).resolve().parents[5] / "examples"
PACKED = Path(__file__).parent / "demonstration.zip"
"""Where the data lie: in the repository, or packed by tools/pack_demonstration.py beside this module."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all parts: an unknown key is a fault."""


class Entity(Part, frozen=True):
    """A legal entity."""

    name: str
    country: str


class UnitPlan(Part, frozen=True):
    """A unit; parent and legal_entity: "" for the company and its parent's."""

    key: str
    name: str
    parent: str = ""
    legal_entity: str = ""


class RolePlan(Part, frozen=True, rename={"place": "in", "begins": "from"}):
    """A role of a person. place: key of a unit. begins, until: None for since the beginning, for no end."""

    role: str
    place: str
    begins: int | None = None
    until: int | None = None
    deputy_of: str = ""


class PersonPlan(Part, frozen=True):
    """Somebody with an account."""

    key: str
    name: str
    email: str
    unit: str
    kind: str = "employee"
    roles: tuple[RolePlan, ...] = ()


class Organisation(Part, frozen=True):
    """Who works where. founded: before everything else."""

    name: str
    founded: int
    legal_entities: tuple[Entity, ...]
    units: tuple[UnitPlan, ...]
    people: tuple[PersonPlan, ...]


class HandedIn(Part, frozen=True):
    """A file or folder, relative to the data files, and when it came. A folder is scanned, unless it is packed.

    advisories: a folder of known vulnerabilities for the scan. packed: the name of a source archive that the folder
    becomes. cut: how many bytes arrived, None for all.
    """

    file: str
    days: int
    advisories: str = ""
    packed: str = ""
    cut: int | None = None


class ReleasePlan(Part, frozen=True):
    """A release of a product."""

    name: str
    created: int
    state: str = "development"
    latest: bool = False
    handed_in: tuple[HandedIn, ...] = ()


class ProductPlan(Part, frozen=True):
    """A product; owner: key of a person. support_ends: usually ahead, so negative. repository: "" where nobody says."""

    name: str
    unit: str
    owner: str
    distribution: str
    criticality: str
    description: str
    support_ends: int | None = None
    tags: tuple[str, ...] = ()
    repository: str = ""
    releases: tuple[ReleasePlan, ...] = ()


class VersionPlan(Part, frozen=True):
    """A version of a policy; by and released are missing for a draft. dry_run: when somebody tried it."""

    file: str
    note: str
    author: str
    drafted: int
    by: str = ""
    released: int | None = None
    dry_run: int | None = None


class PolicyPlan(Part, frozen=True):
    """A policy of a unit with its versions, the oldest first."""

    name: str
    unit: str
    versions: tuple[VersionPlan, ...]


class TokenPlan(Part, frozen=True):
    """An API token; its secret is thrown away. ends: usually ahead, so negative."""

    name: str
    person: str
    unit: str
    may: tuple[str, ...]
    made: int
    ends: int


class WebhookPlan(Part, frozen=True):
    """A webhook that is switched off by the time of the demonstration: nothing is ever sent anywhere."""

    url: str
    unit: str
    by: str
    topics: tuple[str, ...]
    made: int
    switched_off: int


class Portfolio(Part, frozen=True):
    """What the company makes, by which rules, and which programs of it talk with the hub."""

    products: tuple[ProductPlan, ...]
    policies: tuple[PolicyPlan, ...]
    tokens: tuple[TokenPlan, ...] = ()
    webhooks: tuple[WebhookPlan, ...] = ()


_Whole = TypeVar("_Whole", Organisation, Portfolio)


@cache
def folder() -> Path:
    """Where the data files lie; those of an installed package are unpacked for as long as this process runs.

    Raises FileNotFoundError when this installation came without them.
    """
    if (EXAMPLES / "company" / "company.yml").is_file():
        return EXAMPLES / "company"
    if not PACKED.is_file():
        raise FileNotFoundError(2, "the demonstration's data are not part of this installation", str(PACKED))
    unpacked = tempfile.mkdtemp(prefix="paddock-demo-")
    atexit.register(shutil.rmtree, unpacked, ignore_errors=True)
    with zipfile.ZipFile(PACKED) as archive:
        archive.extractall(unpacked)  # written by ourselves
    return Path(unpacked) / "company"


def organisation() -> Organisation:
    """Who works where."""
    return _read("company.yml", Organisation)


def portfolio() -> Portfolio:
    """What the company makes, and by which rules."""
    return _read("portfolio.yml", Portfolio)


def _read(name: str, kind: type[_Whole]) -> _Whole:
    return msgspec.convert(yaml.safe_load((folder() / name).read_text("utf-8")), kind)
