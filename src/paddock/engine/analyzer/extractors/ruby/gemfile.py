# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Gemfile (gems.rb) without a lock file: the gems it asks for.

Format: https://bundler.io/man/gemfile.5.html; see `gemfile_source.py` for how it is read.
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.ruby.gem import add_gem, pinned_version
from paddock.engine.analyzer.extractors.ruby.gemfile_source import read_gemfile
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin

NAME = "ruby/gemfile"


def extract(file: SourceFile) -> Extraction:
    """One project with requirements; versions only where a requirement names exactly one."""
    draft = Draft(file, NAME)
    found = read_gemfile(file)
    project = draft.project(origin=Origin.DECLARED)
    unpinned = 0
    for gem in found.gems.values():
        version = "" if gem.elsewhere else pinned_version(gem.requirements)
        ref = add_gem(draft, gem.name, version, line=gem.line)
        if ref:
            unpinned += not version
            project.use(ref, gem.scope, direct=True, requirement=", ".join(gem.requirements))
    for text, line in found.unread:
        draft.issue(f"`{text}` is Ruby code, which is not run; gems that it adds are not known", line=line)
    if unpinned:
        draft.issue(f"{unpinned} gems have no exact version; run `bundle lock` and keep the Gemfile.lock")
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="Gemfile (gems.rb) without lock file",
    claims=Claims(names=("Gemfile", "gems.rb")),
    tells=frozenset({Fact.SCOPES, Fact.DIRECT, Fact.LINES}),
    cannot_tell=(
        "Exact versions and transitive gems: a Gemfile.lock has them.",
        "Gems that Ruby code adds, and which branch of a condition holds.",
    ),
    extract=extract,
)
