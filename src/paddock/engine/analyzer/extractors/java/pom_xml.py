# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""pom.xml: a Maven project and the modules it aggregates, with what parents and BOMs inside the tree add.

Format: https://maven.apache.org/pom.html. An aggregator is read with all its modules at once, so that a module that
needs another one names the project and not a component. What a parent or BOM outside the tree says is not guessed: the
component has no version then, and an issue says why.
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.java.coordinates import is_name, maven_pin, maven_purl
from paddock.engine.analyzer.extractors.java.pom_model import Pom, parse_pom
from paddock.engine.analyzer.extractors.java.pom_projects import PomProjects
from paddock.engine.analyzer.extractors.java.reactor import read_reactor
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin

NAME = "java/pom_xml"
_IN_ARCHIVE = "META-INF/maven/"


def extract(file: SourceFile) -> Extraction:
    """One project for the POM and one for each module below it; a POM of an unpacked archive is a component instead."""
    draft = Draft(file, NAME)
    if f"/{_IN_ARCHIVE}" in f"/{file.path}":
        _installed(draft, parse_pom(file.read()))
        return draft.finish()
    PomProjects(draft, read_reactor(file)).describe()
    return draft.finish()


def _installed(draft: Draft, pom: Pom) -> None:
    """The POM that lies in an unpacked jar says what the jar is; what that needs is not ours to resolve."""
    group, artifact = pom.key
    if not (is_name(group) and is_name(artifact)):
        draft.issue("the POM of an unpacked archive does not say what the archive is")
        return
    version = maven_pin(pom.stated_version)
    ref = draft.add(
        maven_purl(group, artifact, version), licenses=pom.licenses, description=pom.description, homepage=pom.url
    )
    draft.project(origin=Origin.INSTALLED).use(ref)
    if not version:
        draft.issue(f"the version of {group}:{artifact} cannot be told from its POM alone")


EXTRACTOR = Extractor(
    name=NAME,
    title="Maven pom.xml",
    claims=Claims(names=("pom.xml",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.LICENSES, Fact.LINES}),
    cannot_tell=(
        "What the direct dependencies bring in themselves.",
        "What parents and BOMs outside the tree declare: versions they manage are missing, with an issue.",
        "Which profiles are switched on by the machine that builds; all but the default ones count as optional.",
        "Versions of plug-ins that Maven takes from its own defaults.",
    ),
    extract=extract,
)
