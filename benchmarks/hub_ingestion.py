# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How fast bills of materials become verdicts in a hub.

    python -m benchmarks.hub_ingestion [--documents 100] [--workers 2] [--folder PLACE]

A database of its own, real worker processes, the service that pages and the API call. Three tables: one document of
1,000 components (answered, verdict stored), a stream of distinct documents of 500 components, and growth. Every
document shares a tenth of its components with all others, half with some, and has the rest for itself, as products of
one company do. The bars: answered <= 100 ms, verdict <= 2 s, >= 10 documents a second. Where other work keeps the
machine busy, compare the processor time.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from benchmarks.hub_database import hub_database, machine, milliseconds, summary

LICENSES = ("MIT", "Apache-2.0", "BSD-3-Clause", "ISC", "MPL-2.0", "LGPL-2.1-only", "GPL-3.0-only")
SIZES = (500, 1_000, 2_000, 4_000, 8_000)


def document(components: int, seed: int) -> bytes:
    """A CycloneDX 1.6 document; `seed` says which."""
    chance = random.Random(seed)  # noqa: S311 # data of a benchmark
    names = [f"common-{number}" for number in range(components // 10)]
    names += [f"shared-{number}" for number in chance.sample(range(components * 20), components // 2)]
    names += [f"own-{seed}-{number}" for number in range(components - len(names))]
    parts: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        version = f"{number % 7}.{number % 11}.{seed % 5}"
        parts.append({
            "type": "library", "bom-ref": f"{name}@{version}", "name": name, "version": version,
            "purl": f"pkg:npm/{name}@{version}", "description": f"What {name} is for, in a sentence or two of text.",
            "licenses": [{"license": {"id": chance.choice(LICENSES)}}],
            "hashes": [{"alg": "SHA-256", "content": f"{chance.getrandbits(256):064x}"}],
        })  # fmt: skip
    refs = [part["bom-ref"] for part in parts]
    edges = [{"ref": ref, "dependsOn": sorted({*chance.sample(refs, 3)} - {ref})} for ref in refs]
    root = {"type": "application", "bom-ref": "app", "name": "app"}
    return json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": root}, "components": parts,
        "dependencies": [{"ref": "app", "dependsOn": refs[:40]}, *edges],
    }).encode()  # fmt: skip


@contextmanager
def workers(count: int) -> Iterator[list[psutil.Process]]:
    """So many worker processes, each with one prompt task at a time."""
    command = [sys.executable, "-m", "paddock", "hub", "worker", "--tasks=1", "--queue=intake", "--queue=events"]
    log = subprocess.DEVNULL
    started = [subprocess.Popen(command, env=dict(os.environ), stdout=log, stderr=log) for _ in range(count)]
    try:
        yield [psutil.Process(one.pid) for one in started]
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait(30)


class Hub:
    """What the benchmark asks of the hub."""

    def __init__(self) -> None:
        from paddock.hub.accounts.models import LegalEntity, Unit  # needs Django to be set up
        from paddock.hub.core.actor import system
        from paddock.hub.products.services import create_product

        self.by = system("benchmark")
        moment = datetime.now(UTC)
        unit = Unit.objects.first()
        if unit is None:
            from paddock.hub.accounts.services import create_unit

            entity = LegalEntity.objects.create(created_at=moment, name="Benchmark", country="DE")
            unit = create_unit(actor=self.by, name="Benchmark", legal_entity=entity, now=moment)
        self.product = create_product(actor=self.by, name=f"Product {time.time_ns()}", unit=unit, now=moment)

    def releases(self, names: list[str]) -> list[Any]:
        """New releases."""
        from paddock.hub.products.services import create_release  # needs Django to be set up

        moment = datetime.now(UTC)
        return [create_release(actor=self.by, product=self.product, name=name, now=moment) for name in names]

    def hand_in(self, release: Any, content: bytes) -> Any:
        """As pages and the API do."""
        from paddock.hub.scans.services import hand_in_document  # needs Django to be set up

        return hand_in_document(
            actor=self.by, release=release, content=content, filename="bom.cdx.json", now=datetime.now(UTC)
        )

    def wait(self, ids: list[Any]) -> None:
        """Until all of them are done. Ends the program when one fails."""
        from paddock.hub.scans.models import Intake  # needs Django to be set up

        while True:
            states = set(Intake.objects.filter(pk__in=ids).values_list("state", flat=True))
            if "failed" in states:
                sys.exit("An intake failed.")
            if states == {"done"}:
                return
            time.sleep(0.01)


def cpu(processes: list[psutil.Process]) -> float:
    """Processor seconds that processes have used so far."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def one_document(hub: Hub, components: int, runs: int, mark: str) -> tuple[list[float], list[float]]:
    """Milliseconds until answered and until the verdict is stored, for distinct documents."""
    answered, decided = [], []
    releases = hub.releases([f"{mark}.{run}" for run in range(runs)])
    for run, release in enumerate(releases):
        content = document(components, 1_000_000 + components + run)
        started = time.perf_counter()
        intake: list[Any] = []
        answered.append(milliseconds(lambda: intake.append(hub.hand_in(release, content))))  # noqa: B023 # runs at once
        hub.wait([intake[0].pk])
        decided.append((time.perf_counter() - started) * 1000)
    return answered, decided


def stream(hub: Hub, running: list[psutil.Process], count: int) -> None:
    """Distinct documents of 500 components, handed in as fast as they are taken, until the last verdict."""
    documents = [document(500, seed) for seed in range(count)]
    releases = hub.releases([f"stream {number}" for number in range(count)])
    before, own = cpu(running), time.process_time()
    started = time.perf_counter()
    ids = [hub.hand_in(release, content).pk for release, content in zip(releases, documents, strict=True)]
    handed_in = time.perf_counter() - started
    hub.wait(ids)
    wall = time.perf_counter() - started
    print(f"\n{count} documents of 500 components, {len(running)} workers")
    print(
        f"  all answered after {handed_in:.1f} s, all decided after {wall:.1f} s: {count / wall:.1f} a second (bar 10)"
    )
    each, taking = (cpu(running) - before) / count * 1000, (time.process_time() - own) / count * 1000
    print(f"  processor: {each:.0f} ms a document in workers, {taking:.0f} ms where they are handed in")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with hub_database(options.folder), workers(options.workers) as running:
        hub = Hub()
        print(f"Machine: {machine()}")
        one_document(hub, 500, 3, "warm")
        print("\ncomponents   answered ms (median, p95)   verdict ms (median, p95)   bars at 1,000: 100 and 2,000")
        for size in SIZES:
            answered, decided = one_document(hub, size, 5 if size <= 1_000 else 3, f"size {size}")
            print(f"{size:10,}   {summary(answered):>25}   {summary(decided):>24}")
        stream(hub, running, options.documents)
        print(f"\nMachine: {machine()}")


if __name__ == "__main__":
    main()
