# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A hub's database for benchmarks: an embedded server in a folder of its own, with all tables, and Django set up."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def hub_database(folder: Path | None) -> Iterator[None]:
    """Django with a database in `folder`, which is kept; None: in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="paddock-bench-") as temporary:
        place = folder or Path(temporary)
        from paddock.hub.operation.embedded import start_embedded  # after the folder is known

        os.environ["DATABASE_URL"] = start_embedded(place / "postgresql")
        os.environ["PADDOCK_HUB_FOLDER"] = str(place)
        os.environ["DJANGO_SETTINGS_MODULE"] = "paddock.hub.config.settings"
        import django  # settings are read when it is loaded
        from django.core.management import call_command  # see above

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        yield


def milliseconds(run: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values stays below (0.95: the 95th percentile)."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def machine() -> str:
    """How busy the machine is: figures of a busy one are no better than that."""
    one, five, _ = os.getloadavg()
    return f"{os.cpu_count()} cores, load {one:.1f} (1 min) and {five:.1f} (5 min)"


def summary(values: Sequence[float]) -> str:
    """Median and 95th percentile for a table."""
    return f"{statistics.median(values):8.1f} {percentile(values, 0.95):8.1f}"
