# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""build.sbt.lock: what sbt resolved, with checksums and configurations.

Format: https://github.com/stringbean/sbt-dependency-lock (lock file version 1, JSON).
"""

from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.java.configurations import is_runtime, scope_of
from paddock.engine.analyzer.extractors.java.coordinates import digest, is_name, maven_purl
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin

NAME = "java/sbt_lock"


def extract(file: SourceFile) -> Extraction:
    """Every module of the lock file, used by the project whose build.sbt lies beside it."""
    document = require_mapping(read_json(file), "the lock file")
    if not isinstance(document.get("dependencies"), list):
        raise Unreadable("not an sbt lock file: it has no list of dependencies")
    draft = Draft(file, NAME)
    if text_of(document.get("lockVersion")) != "1":
        draft.issue(f"lock file version {document.get('lockVersion')!r} is not known; read as version 1")
    build = file.neighbour("build.sbt")
    project = draft.project(build.path if build else None, origin=Origin.LOCKED)
    runtime_known = any(is_runtime(text_of(name)) for name in sequence(document.get("configurations")))
    for entry in sequence(document["dependencies"]):
        module = mapping(entry)
        group, name, version = (text_of(module.get(key)) for key in ("org", "name", "version"))
        if not (is_name(group) and is_name(name) and version):
            draft.issue("a dependency without organisation, name or version was left out")
            continue
        configurations = [text_of(found) for found in sequence(module.get("configurations"))]
        ref = draft.add(maven_purl(group, name, version), hashes=_hashes(module, name))
        project.use(ref, scope_of(configurations, runtime_known=runtime_known))
    return draft.finish()


def _hashes(module: dict[str, Any], name: str) -> tuple[Hash, ...]:
    """The checksum of the module's own jar: the artefact of that name, or the only one."""
    artifacts = [mapping(artifact) for artifact in sequence(module.get("artifacts"))]
    own = [artifact for artifact in artifacts if text_of(artifact.get("name")) == f"{name}.jar"] or artifacts
    if len(own) != 1:
        return ()
    algorithm, _, value = text_of(own[0].get("hash")).partition(":")
    found = digest(algorithm, value)
    return (found,) if found else ()


EXTRACTOR = Extractor(
    name=NAME,
    title="sbt lock file (build.sbt.lock)",
    claims=Claims(names=("build.sbt.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.HASHES}),
    cannot_tell=("Which modules are direct, and what depends on what.",),
    extract=extract,
)
