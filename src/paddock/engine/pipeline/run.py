# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The stages in order, each filling its slot of the result."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from paddock.engine.advisor.advise import NO_DATABASE, advise
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.advisor.resolve import resolve
from paddock.engine.analyzer.analyze import analyze
from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.evaluator.evaluate import evaluate
from paddock.engine.formats.document import InvalidDocument
from paddock.engine.model.inventory import Inventory
from paddock.engine.model.issue import Severity
from paddock.engine.model.result import PolicyIdentity, Result, Tool
from paddock.engine.pipeline.assess import Exploitability, assess, keep_assessments
from paddock.engine.pipeline.intake import Intake, take_in
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.types import Policy
from paddock.engine.scanner.detect import DETECTORS, Detector, only_tags
from paddock.engine.scanner.look import LookAll, look_one_by_one
from paddock.engine.scanner.scan import scan

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); total 0 means that it is not known."""
Step = Callable[[Result, Progress], Result]
"""A stage between scanning and deciding that is asked for; see `deepen.py`, which is loaded only then."""


class ScanInterrupted(KeyboardInterrupt):
    """Ctrl-C during a stage that keeps what it has done. done: how many packages are finished; left: how many not."""

    def __init__(self, done: int, left: int) -> None:
        super().__init__(f"{done} packages done, {left} left")
        self.done = done
        self.left = left


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the composition root puts together once: who we are, which formats we read, what applies.

    advisories: the advisory database; None: vulnerabilities are not looked up. exploitability: VEX documents to apply.
    """

    tool: Tool
    extractors: tuple[Extractor, ...]
    policy: Policy
    configuration: Configuration
    advisories: Path | None = None
    exploitability: Exploitability | None = None
    data: tuple[tuple[str, str], ...] = ()
    detectors: tuple[Detector, ...] = DETECTORS
    look_all: LookAll = look_one_by_one


def run(
    path: Path,
    settings: Settings,
    *,
    now: datetime,
    progress: Progress = lambda *_: None,
    deepen: Step | None = None,
) -> Result:
    """The whole story: a tree, a bill of materials or an earlier result becomes a result with a verdict.

    deepen: fetches and scans the published source of every component as well. Raises UnknownInput when the path is none
    of these, InvalidDocument when a document breaks its format.
    """
    intake = take_in(path, settings.configuration)
    result = take_inventory(intake, settings, now=now, progress=progress)
    result = scan_licenses(intake, result, settings, progress=progress)
    if deepen is not None:
        result = deepen(result, progress)
    result = look_up_vulnerabilities(result, settings)
    result = settle_findings(result, settings, now=now)
    return decide(result, settings, now=now)


def take_inventory(
    intake: Intake, settings: Settings, *, now: datetime, progress: Progress = lambda *_: None
) -> Result:
    """The result with its inventory; an earlier result is taken as it is.

    Raises InvalidDocument for a single file that is no manifest and that resembles a document.
    """
    if intake.result is not None:
        return intake.result
    inventory = intake.inventory
    if inventory is None:
        read = _Counter("Reading manifests", 0, progress)
        inventory = analyze(
            intake.files, settings.extractors, name=intake.subject.name, issues=intake.issues, progress=read
        )
        if intake.near_miss is not None and _tells_nothing(inventory):
            raise InvalidDocument(None, (intake.near_miss,))
    return Result(
        tool=settings.tool,
        created=now,
        subject=intake.subject,
        inventory=inventory,
        exclusions=intake.exclusions,
        data=settings.data,
    )


def _tells_nothing(inventory: Inventory) -> bool:
    """Whether no extractor found anything, be it a fault."""
    faults = any(issue.severity is not Severity.HINT for issue in inventory.issues)
    return not (inventory.projects or inventory.components or faults)


def scan_licenses(
    intake: Intake, result: Result, settings: Settings, *, progress: Progress = lambda *_: None
) -> Result:
    """The result with what the files say about licences. Without files, findings of an earlier scan are kept, and only
    what components declare is weighed anew.
    """
    if not intake.files and result.scan is not None:
        return result
    found = scan(
        intake.files,
        result.inventory,
        configuration=settings.configuration,
        detectors=settings.detectors,
        progress=_Counter("Looking for licences", len(intake.files), progress),
        look_all=settings.look_all,
    )
    if intake.files:
        found = msgspec.structs.replace(found, issues=(*found.issues, *only_tags(settings.detectors)))
    return msgspec.structs.replace(result, scan=found)


def look_up_vulnerabilities(result: Result, settings: Settings) -> Result:
    """The result with the known vulnerabilities of its components.

    Where there is no database, what an earlier look-up found is kept; a result without one gets a hint. What VEX said
    about a finding holds for the same one in a newer look-up. Raises DamagedDatabase, OutdatedDatabase.
    """
    if settings.advisories is None:
        return result
    if not settings.advisories.exists():
        return msgspec.structs.replace(result, advice=result.advice or NO_DATABASE)
    with AdvisoryDatabase(settings.advisories) as database:
        newer = advise(result.inventory, database)
        return msgspec.structs.replace(result, advice=keep_assessments(result.advice, newer))


def settle_findings(result: Result, settings: Settings, *, now: datetime) -> Result:
    """The result with what was decided about its findings: by VEX, and by resolutions of the configuration."""
    if result.advice is None:
        return result
    advice = assess(result.advice, result.inventory, settings.exploitability)
    advice = resolve(advice, settings.configuration, result.inventory, now.date())
    return msgspec.structs.replace(result, advice=advice)


def decide(result: Result, settings: Settings, *, now: datetime) -> Result:
    """The result with its verdict by the policy in force; an earlier verdict is replaced."""
    policy, configuration = settings.policy, settings.configuration
    verdict = evaluate(result.inventory, result.scan, policy, configuration, now, advice=result.advice)
    return msgspec.structs.replace(
        result, verdict=verdict, policy=PolicyIdentity(name=policy.name, sha256=policy.sha256)
    )


class _Counter:
    """Turns "this path is next" into (stage, done, total)."""

    def __init__(self, stage: str, total: int, progress: Progress) -> None:
        self._stage, self._total, self._progress = stage, total, progress
        self._done = 0

    def __call__(self, _path: str) -> None:
        self._done += 1
        self._progress(self._stage, self._done, self._total)
