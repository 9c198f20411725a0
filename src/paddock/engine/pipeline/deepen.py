# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The deep scan: every component's published source is fetched, unpacked and scanned, and nothing of it twice.

Threads fetch, as many as there are jobs; what has arrived is scanned one after another. Whatever has been fetched and
scanned is in the cache at once, so that an interrupted scan goes on where it stopped.
"""

import queue
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.clients.failure import Stopped
from paddock.engine.clients.http import HttpClient
from paddock.engine.clients.registry import REGISTRIES
from paddock.engine.downloader.cache import Cache, CacheError, key_of
from paddock.engine.model.component import Component
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.result import Result
from paddock.engine.pipeline.examine import SOURCE, examine
from paddock.engine.pipeline.obtain import NotObtained, Obtained, Sources
from paddock.engine.pipeline.roll_up import Scanned, roll_up
from paddock.engine.pipeline.run import Progress, ScanInterrupted
from paddock.engine.policy.configuration import Configuration
from paddock.engine.scanner.artifact import ArtifactFindings, scanner_identity
from paddock.engine.scanner.detect import DETECTORS, Detector

STAGE = "Fetching and scanning packages"
LOOKING_STAGE = "Looking into the cache"
DEFAULT_JOBS = 6
_FINDINGS = "findings"
_AHEAD = 4
"""How many fetched packages for each job may wait to be scanned."""
_BREATH = 0.2

_Arrived = tuple[Component, Obtained | NotObtained | CacheError]


class DeepSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What one deep scan works with; the client is closed at its end.

    identity: what findings depend on beside the package: Paddock's version and data. jobs: threads that fetch.
    """

    sources: Sources
    cache: Cache
    http: HttpClient
    extractors: tuple[Extractor, ...]
    configuration: Configuration
    identity: str
    detectors: tuple[Detector, ...] = DETECTORS
    jobs: int = DEFAULT_JOBS


def deepen(result: Result, deep: DeepSettings, *, progress: Progress = lambda *_: None) -> Result:
    """The result with what the published sources of its components say; its scan slot must be filled.

    What cannot be fetched is an issue. Raises ScanInterrupted, and CacheError when the cache cannot be used.
    """
    wanted, issues = choose(result.inventory.components)
    scanned: dict[str, Scanned] = {}
    pending: list[Component] = []
    for number, component in enumerate(wanted, start=1):
        if (known := _remembered(component, deep)) is not None:
            scanned[component.ref] = known
        else:
            pending.append(component)
        progress(LOOKING_STAGE, number, len(wanted))
    kept = len(scanned)
    try:
        with _fetching(pending, deep) as arrivals:
            for number, (component, outcome) in enumerate(arrivals, start=1):
                if isinstance(outcome, CacheError):
                    raise outcome
                if isinstance(outcome, NotObtained):
                    issues.append(Issue(outcome.severity, SOURCE, str(outcome), component.ref))
                else:
                    scanned[component.ref] = _scan(component, outcome, deep)
                progress(STAGE, number, len(pending))
    except KeyboardInterrupt as interrupt:
        raise ScanInterrupted(len(scanned), len(pending) + kept - len(scanned)) from interrupt
    return roll_up(result, scanned, issues, deep.configuration)


def choose(components: Sequence[Component]) -> tuple[list[Component], list[Issue]]:
    """The components whose published source can be asked for, and one issue for each kind of those that cannot."""
    wanted: list[Component] = []
    left_out: Counter[str] = Counter()
    for component in components:
        purl = component.purl
        if purl.type not in REGISTRIES:
            left_out[f"no registry for packages of type {purl.type} is known how to be asked"] += 1
        elif not purl.version:
            left_out["no version is known, so nobody can tell which source to fetch"] += 1
        elif "vcs_url" in purl.qualifiers:
            left_out["they come from version control, which is not fetched"] += 1
        else:
            wanted.append(component)
    issues = [
        Issue(Severity.WARNING, SOURCE, f"{count:,} package{'s' * (count != 1)} not looked into: {reason}")
        for reason, count in sorted(left_out.items())
    ]
    return wanted, issues


def _remembered(component: Component, deep: DeepSettings) -> Scanned | None:
    """What the cache knows; None where the package has to be fetched or scanned."""
    obtained = deep.sources.remembered(component)
    if obtained is None:
        return None
    data = deep.cache.record(_FINDINGS, _findings_key(component, obtained, deep))
    try:
        return Scanned(obtained, msgspec.json.decode(data, type=ArtifactFindings)) if data is not None else None
    except msgspec.DecodeError:
        return None


def _scan(component: Component, obtained: Obtained, deep: DeepSettings) -> Scanned:
    """Scan what was obtained, unless the same files have been scanned before, maybe on behalf of another registry."""
    key = _findings_key(component, obtained, deep)
    data = deep.cache.record(_FINDINGS, key)
    if data is not None:
        return Scanned(obtained, msgspec.json.decode(data, type=ArtifactFindings))
    paths = deep.sources.files(obtained)
    if paths is None:
        problem = (
            "not looked into: the cache is too small to keep it until it is scanned; PADDOCK_CACHE_SIZE makes room"
        )
        return Scanned(obtained, ArtifactFindings(issues=(Issue(Severity.WARNING, SOURCE, problem),)))
    found = examine(obtained.parts, paths, component.purl, deep.extractors, deep.detectors)
    deep.cache.keep_record(_FINDINGS, key, msgspec.json.encode(found))
    return Scanned(obtained, found)


def _findings_key(component: Component, obtained: Obtained, deep: DeepSettings) -> str:
    parts = [f"{part.origin.sha256} {part.origin.kind} {part.name}" for part in obtained.parts]
    return key_of(_FINDINGS, deep.identity, scanner_identity(deep.detectors), str(component.package), *parts)


@contextmanager
def _fetching(pending: Sequence[Component], deep: DeepSettings) -> Iterator[Iterator[_Arrived]]:
    """What has been fetched, as it arrives. However the block ends, no thread writes anything after it."""
    todo: queue.SimpleQueue[Component] = queue.SimpleQueue()
    for component in pending:
        todo.put(component)
    count = min(deep.jobs, len(pending))
    arrived: queue.Queue[_Arrived] = queue.Queue(maxsize=max(1, count * _AHEAD))
    threads = [threading.Thread(target=_fetch, args=(todo, arrived, deep), daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield (_next(arrived, threads) for _ in pending)
    finally:
        deep.http.stop.set()
        for thread in threads:
            thread.join(timeout=2.0)
        deep.http.close()


def _fetch(todo: "queue.SimpleQueue[Component]", arrived: "queue.Queue[_Arrived]", deep: DeepSettings) -> None:
    """One thread: fetch until nothing is left or somebody says stop."""
    while not deep.http.stop.is_set():
        try:
            component = todo.get_nowait()
        except queue.Empty:
            return
        try:
            outcome: Obtained | NotObtained | CacheError = deep.sources.obtain(component)
        except Stopped:
            return
        except (NotObtained, CacheError) as error:
            outcome = error
        except Exception as error:  # noqa: BLE001  # the border of a thread: one package must not end the scan
            outcome = NotObtained(f"not understood ({type(error).__name__})")
        while not deep.http.stop.is_set():
            try:
                arrived.put((component, outcome), timeout=_BREATH)
                break
            except queue.Full:
                continue


def _next(arrived: "queue.Queue[_Arrived]", threads: Sequence[threading.Thread]) -> _Arrived:
    """The next arrival; waits in small steps, so that Ctrl-C is heard on every system."""
    while True:
        try:
            return arrived.get(timeout=_BREATH)
        except queue.Empty:
            if not any(thread.is_alive() for thread in threads) and arrived.empty():
                raise CacheError("the deep scan has lost a package; please report it") from None
