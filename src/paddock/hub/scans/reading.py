# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What was handed in, looked at: is it something that can be read, and what does the engine make of it?"""

import tempfile
from datetime import datetime
from pathlib import Path, PurePosixPath

from paddock.engine.analyzer.extractors import sbom
from paddock.engine.bootstrap import EXTRACTORS, TOOL
from paddock.engine.formats.document import Fault, InvalidDocument
from paddock.engine.formats.result import looks_like_result, read_result
from paddock.engine.formats.validate import validate
from paddock.engine.model.result import Result
from paddock.engine.pipeline.run import Progress, Settings, run
from paddock.engine.policy.configuration import Configuration
from paddock.engine.policy.types import Distribution, Policy
from paddock.engine.spdx.licenses import list_version
from paddock.hub.core.errors import Invalid
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

    Taken are valid CycloneDX and SPDX documents, results of Paddock, and the manifests and lock files that it reads.
    """
    if not content.strip():
        raise Invalid("The file is empty.", errors=("document: empty",))
    if looks_like_result(content):
        try:
            read_result(content)
        except InvalidDocument as error:
            raise _invalid("result", error.faults) from error
        return IntakeKind.RESULT, "Paddock result"
    kind, faults = validate(content)
    if kind is not None and not faults:
        return IntakeKind.DOCUMENT, str(kind)
    if kind is None and any(extractor.claims.match(name) for extractor in MANIFESTS):
        return IntakeKind.DOCUMENT, name
    raise _invalid(str(kind) if kind else "document", faults)


def _invalid(what: str, faults: tuple[Fault, ...]) -> Invalid:
    places = tuple(f"{fault.place}: {fault.message} [{fault.rule}]" for fault in faults[:SHOWN])
    more = f" ({len(faults) - SHOWN} more)" if len(faults) > SHOWN else ""
    return Invalid(f"This is no valid {what}: {places[0]}{more}", errors=places)


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
