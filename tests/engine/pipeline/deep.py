# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A deep scan of made-up components on a made-up machine."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from paddock.engine.bootstrap import EXTRACTORS, TOOL
from paddock.engine.clients.http import HttpClient, Limits
from paddock.engine.clients.registry import Registries
from paddock.engine.clients.surroundings import Surroundings
from paddock.engine.downloader.cache import Cache, DiskCache
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.result import Result, Subject
from paddock.engine.pipeline.deepen import DeepSettings, deepen
from paddock.engine.pipeline.obtain import Sources
from paddock.engine.policy.configuration import Configuration
from paddock.engine.scanner.scan import scan
from tests.engine.clients.machine import machine
from tests.engine.clients.registry.published import Published

QUICK = Limits(connect=5, read=5, tries=3, pause=0.01, longest_pause=0.05)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def machine_of(folder: Path, published: Iterable[Published]) -> Surroundings:
    """A machine whose clients are set up for all of them."""
    parts: list[dict[str, str]] = [{}, {}, {}]
    for one in published:
        for part, files in zip(parts, (one.home, one.system, one.environment), strict=True):
            part.update(files)
    home, system, environment = parts
    return machine(folder, home, {}, system, **environment)


@contextmanager
def settings(
    folder: Path, surroundings: Surroundings, *, cache: Cache | None = None, limits: Limits = QUICK, jobs: int = 2
) -> Iterator[DeepSettings]:
    """Everything a deep scan needs; the cache lies in `folder` unless one is given."""
    kept = cache or DiskCache(os.fspath(folder / "cache"))
    http = HttpClient(limits, user_agent="paddock/test")
    yield DeepSettings(
        sources=Sources(Registries(surroundings, http), kept),
        cache=kept,
        http=http,
        extractors=EXTRACTORS,
        configuration=Configuration(),
        identity="test",
        jobs=jobs,
    )
    http.close()


def result_of(components: Sequence[Component]) -> Result:
    """A result up to the scan slot, as the stages before the deep scan leave it."""
    inventory = Inventory(components=tuple(sorted(components, key=lambda one: one.ref)))
    subject = Subject(kind="document", name="test")
    return Result(tool=TOOL, created=NOW, subject=subject, inventory=inventory, scan=scan((), inventory))


def look_deep(folder: Path, published: Sequence[Published], **more: object) -> Result:
    """One deep scan of published components, from settings to result."""
    with settings(folder, machine_of(folder, published), **more) as deep:  # type: ignore[arg-type]
        return deepen(result_of([one.component for one in published]), deep)


def with_component(published: Published, **changes: object) -> Published:
    """The same with some facts of the component changed."""
    published.component = msgspec.structs.replace(published.component, **changes)
    return published
