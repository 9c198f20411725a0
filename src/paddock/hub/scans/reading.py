# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What was handed in, looked at: is it something that can be read, and what does the engine make of it?"""

import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath

import msgspec
from django.utils.translation import gettext as _

from paddock.engine.analyzer.extractors import sbom
from paddock.engine.bootstrap import EXTRACTORS, TOOL, data_versions
from paddock.engine.downloader.unpack import unpack
from paddock.engine.formats.cyclonedx.validator import HARMLESS
from paddock.engine.formats.document import Fault, InvalidDocument
from paddock.engine.formats.result import looks_like_result, read_result
from paddock.engine.formats.validate import validate
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.result import Result, Subject
from paddock.engine.pipeline.intake import Intake as Opened
from paddock.engine.pipeline.intake import UnknownInput
from paddock.engine.pipeline.run import (
    Progress,
    Settings,
    decide,
    look_up_vulnerabilities,
    run,
    scan_licenses,
    settle_findings,
    take_inventory,
)
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.types import Distribution, Policy
from paddock.engine.scanner.detect import Detector, default_detectors
from paddock.engine.spdx.licenses import list_version
from paddock.hub.core.errors import Invalid
from paddock.hub.scans.archives import BOUNDS, is_archive
from paddock.hub.scans.types import IntakeKind

MANIFESTS = tuple(extractor for extractor in EXTRACTORS if extractor not in sbom.EXTRACTORS)
SHOWN = 20
"""How many places of a document that is not valid are named."""


def file_name(given: str) -> str:
    """The last part of a name that somebody sent, without anything that could lead elsewhere; "document" for none."""
    name = PurePosixPath(given.replace("\\", "/")).name
    plain = "".join(character for character in name if character.isprintable())[:200]
    return plain if plain.strip(". ") else "document"


def check_document(content: bytes, name: str) -> tuple[IntakeKind, str]:
    """What the bytes are, and in which format. Raises Invalid, naming the places, for what cannot be read.

    Taken are valid CycloneDX and SPDX documents, results of Paddock, the manifests and lock files that it reads, and
    source archives, which are looked into by the worker.
    """
    if not content.strip():
        raise Invalid(_("The file is empty."), errors=("document: " + _("empty"),))
    if is_archive(content):
        return IntakeKind.ARCHIVE, "source archive"
    if looks_like_result(content):
        try:
            read_result(content)
        except InvalidDocument as error:
            raise _invalid(_("result"), error.faults) from error
        return IntakeKind.RESULT, "Paddock result"
    kind, faults = validate(content)
    # What is wrong without harm becomes a hint of the inventory: cdxgen's documents name cdxgen itself several times.
    if kind is not None and all(fault.rule in HARMLESS for fault in faults):
        return IntakeKind.DOCUMENT, str(kind)
    if kind is None and any(extractor.claims.match(name) for extractor in MANIFESTS):
        return IntakeKind.DOCUMENT, name
    raise _invalid(str(kind) if kind else _("document"), faults)


def _invalid(what: str, faults: tuple[Fault, ...]) -> Invalid:
    places = tuple(f"{fault.place}: {fault.message} [{fault.rule}]" for fault in faults[:SHOWN])
    told = {"what": what, "place": places[0], "more": len(faults) - SHOWN}
    if len(faults) > SHOWN:
        return Invalid(_("This is no valid %(what)s: %(place)s (%(more)s more)") % told, errors=places)
    return Invalid(_("This is no valid %(what)s: %(place)s") % told, errors=places)


def settings_for(policy: Policy, distribution: str, advisories: Path | None) -> Settings:
    """How the engine looks at something that belongs to a product distributed in this way."""
    return Settings(
        tool=TOOL,
        extractors=EXTRACTORS,
        policy=policy,
        configuration=Configuration(distribution=Distribution(distribution)),
        advisories=advisories,
        data=(list_version(),),
    )


def read_document(
    content: bytes, name: str, settings: Settings, *, now: datetime, progress: Progress = lambda *_: None
) -> Result:
    """The engine's result for one file, verdict included. Raises EngineError."""
    with tempfile.TemporaryDirectory(prefix="paddock-intake-") as folder:
        path = Path(folder) / file_name(name)
        path.write_bytes(content)
        return run(path, settings, now=now, progress=progress)


def read_tree(folder: Path, settings: Settings, *, now: datetime, progress: Progress = lambda *_: None) -> Result:
    """The engine's result for a folder with sources, verdict included. Its own configuration is not followed: what
    counts is what the office has decided, not what comes along with the code. Raises EngineError."""
    return run(folder, recognising_texts(settings), now=now, progress=progress)


def read_archive(
    content: bytes, name: str, settings: Settings, *, now: datetime, progress: Progress = lambda *_: None
) -> Result:
    """The engine's result for a source archive, which is unpacked in memory, within bounds. Raises EngineError."""
    settings = recognising_texts(settings)
    with tempfile.NamedTemporaryFile(prefix="paddock-archive-") as file:
        file.write(content)
        file.flush()
        try:
            with unpack(file.name, bounds=BOUNDS) as unpacked:
                files = tuple(unpacked.tree.without_outer_folder().files())
                opened = Opened(subject=Subject(kind="tree", name=file_name(name)), files=files)
                result = take_inventory(opened, settings, now=now, progress=progress)
                result = scan_licenses(opened, result, settings, progress=progress)
                issues = (*result.inventory.issues, *unpacked.issues(file_name(name)))
        except Unreadable as error:
            raise UnknownInput(f"{file_name(name)} is not read: {error.reason}") from error
    if not files:
        raise UnknownInput(f"{file_name(name)} holds no file that can be read: {'; '.join(i.message for i in issues)}")
    result = msgspec.structs.replace(result, inventory=msgspec.structs.replace(result.inventory, issues=issues))
    result = settle_findings(look_up_vulnerabilities(result, settings), settings, now=now)
    return decide(result, settings, now=now)


def recognising_texts(settings: Settings) -> Settings:
    """The settings for sources: with the licence texts that this machine knows."""
    detectors = _detectors()
    data = (*settings.data, *data_versions(detectors))
    return msgspec.structs.replace(settings, detectors=detectors, data=data)


@cache
def _detectors() -> tuple[Detector, ...]:
    return default_detectors()
