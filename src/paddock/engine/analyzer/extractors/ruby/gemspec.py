# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""*.gemspec: in a `specifications` folder an installed gem, elsewhere the manifest of a gem in the tree.

Format: https://docs.ruby-lang.org/en/master/Gem/Specification.html; see `specification.py` for how it is read.
"""

import posixpath

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.ruby.gem import add_gem, pinned_version
from paddock.engine.analyzer.extractors.ruby.specification import Specification, read_specification
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl

NAME = "ruby/gemspec"


def extract(file: SourceFile) -> Extraction:
    """An installed gem is a component of the folder it is installed in; a manifest is a project with requirements."""
    draft = Draft(file, NAME)
    found = read_specification(file)
    for field, line in found.computed:
        draft.issue(f"the {field} is computed by Ruby code, which is not run", Severity.HINT, line=line)
    folders = file.directory.split("/")
    installed = "specifications" in folders[-2:]
    if installed:
        _installed(draft, file, found)
    else:
        _manifest(draft, found)
    return draft.finish()


def _installed(draft: Draft, file: SourceFile, found: Specification) -> None:
    # <gem home>/specifications/[default/]name-version.gemspec: what is installed side by side is one project.
    home = file.directory.removesuffix("/default").removesuffix("specifications").rstrip("/")
    project = draft.project(posixpath.join(home, "specifications"), origin=Origin.INSTALLED, name="installed gems")
    name, version = found.name, found.version
    if not name or not version:
        draft.issue("the name or version of an installed gem cannot be told")
    ref = add_gem(
        draft,
        name or file.name.removesuffix(".gemspec"),
        version,
        platform=found.platform,
        licenses=tuple(found.licenses),
        authors=tuple(found.authors),
        homepage=found.homepage,
        description=found.summary,
    )
    if ref:
        project.use(ref)
        draft.own(posixpath.join(home, "gems", file.name.removesuffix(".gemspec")))


def _manifest(draft: Draft, found: Specification) -> None:
    project = draft.project(
        origin=Origin.DECLARED,
        name=found.name,
        version=found.version,
        purl=gem_purl(found.name, found.version),
        licenses=tuple(found.licenses),
    )
    unpinned = 0
    for dependency in found.dependencies.values():
        version = pinned_version(dependency.requirements)
        ref = add_gem(draft, dependency.name, version, line=dependency.line)
        if ref:
            unpinned += not version
            scope = Scope.DEV if dependency.development else Scope.RUNTIME
            project.use(ref, scope, direct=True, requirement=", ".join(dependency.requirements))
    if unpinned:
        draft.issue(f"{unpinned} gems have no exact version; a Gemfile.lock pins them: run `bundle lock` and keep it")


def gem_purl(name: str, version: str) -> PackageURL | None:
    """The purl of a gem in the tree, or None where the name is not known."""
    try:
        return make_purl("gem", name, version)
    except InvalidPurl:
        return None


EXTRACTOR = Extractor(
    name=NAME,
    title="*.gemspec (installed gems and manifests)",
    claims=Claims(suffixes=(".gemspec",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.LICENSES, Fact.LINES}),
    cannot_tell=(
        "What Ruby code computes: names, versions and dependencies that are not literal.",
        "Exact versions of what a manifest requires: a Gemfile.lock has them.",
        "For installed gems: who needs which.",
    ),
    extract=extract,
)
