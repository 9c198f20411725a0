# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""stack.yaml.lock: the packages that a stack project takes from outside its snapshot, each completed by stack.

Format: https://docs.haskellstack.org/en/stable/topics/lock_files/
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_yaml, require_mapping, sequence, shown, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.haskell.cabal_package import read_packages, use_all
from paddock.engine.analyzer.extractors.haskell.stack_source import add_hackage, add_location
from paddock.engine.analyzer.extractors.haskell.stack_yaml import package_folders, report_snapshots
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Scope

NAME = "haskell/stack_lock"


def extract(file: SourceFile) -> Extraction:
    """Each locked package as a component, and a word on the snapshot, whose packages the file does not list."""
    document = require_mapping(read_yaml(file), "the lock file")
    draft = Draft(file, NAME)
    locked: dict[str, tuple[str, Scope]] = {}
    for entry in map(mapping, sequence(document.get("packages"))):
        completed = mapping(entry.get("completed"))
        hackage = text_of(completed.get("hackage"))
        added = add_hackage(draft, hackage) if hackage else add_location(draft, completed)
        if added is None:
            draft.issue(f"a package was left out: {shown(completed or entry)} is no location that stack writes")
        else:
            locked[added[0]] = (added[1], Scope.UNKNOWN)
    packages = read_packages(file, package_folders(file.neighbour("stack.yaml")))
    use_all(draft, packages, locked)
    settings = file.neighbour("stack.yaml")
    if settings is not None:
        draft.cover(settings.path)
    report_snapshots(
        draft, [mapping(entry).get("original") or mapping(entry) for entry in sequence(document.get("snapshots"))]
    )
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="stack.yaml.lock",
    claims=Claims(names=("stack.yaml.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.HASHES}),
    cannot_tell=(
        "What the project takes from the snapshot (Stackage): the file names the snapshot, not its packages.",
        "Which package brought in which, and what is direct where no `*.cabal` lies in the tree.",
        "Licences; they stand in the packages.",
    ),
    extract=extract,
)
