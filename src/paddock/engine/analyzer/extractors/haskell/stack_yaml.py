# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""stack.yaml: the packages that a stack project names on top of its snapshot (`extra-deps`).

Format: https://docs.haskellstack.org/en/stable/configure/yaml/project/
"""

from collections.abc import Iterable

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_yaml, require_mapping, sequence, shown, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.haskell.cabal_package import read_packages, use_all
from paddock.engine.analyzer.extractors.haskell.stack_source import add_hackage, add_location
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope

NAME = "haskell/stack_yaml"


def extract(file: SourceFile) -> Extraction:
    """Extra dependencies as components; folders of the project's own are none."""
    document = require_mapping(read_yaml(file), "stack.yaml")
    draft = Draft(file, NAME)
    locked: dict[str, tuple[str, Scope]] = {}
    for entry in sequence(document.get("extra-deps")):
        text = text_of(entry)
        if text.startswith(".") or ("/" in text and "://" not in text and "@" not in text):
            continue  # a folder of the tree
        added = add_hackage(draft, text) if text else add_location(draft, mapping(entry))
        if added is None:
            draft.issue(f"{shown(entry)}: which package this is, only stack.yaml.lock tells; commit it")
        else:
            locked[added[0]] = (added[1], Scope.UNKNOWN)
    use_all(draft, read_packages(file, package_folders(file)), locked)
    report_snapshots(draft, [document.get("snapshot") or document.get("resolver")])
    return draft.finish()


def package_folders(settings: SourceFile | None) -> list[str]:
    """The folders of the project's own packages, as stack.yaml names them; its own folder where it names none."""
    try:
        named = sequence(mapping(read_yaml(settings)).get("packages")) if settings else []
    except Unreadable:
        named = []
    return [text for text in map(text_of, named) if text] or ["."]


def report_snapshots(draft: Draft, snapshots: Iterable[object]) -> None:
    """Say that a snapshot supplies packages that are not listed, naming each snapshot."""
    names = [text_of(mapping(item).get("url")) if isinstance(item, dict) else text_of(item) for item in snapshots]
    known = [name for name in dict.fromkeys(names) if name]
    if known:
        draft.issue(
            f"what the snapshot {', '.join(known)[:200]} supplies is not listed here; `cabal freeze` or "
            "`stack ls dependencies` tells all packages"
        )


EXTRACTOR = Extractor(
    name=NAME,
    title="stack.yaml (extra-deps)",
    claims=Claims(names=("stack.yaml",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT}),
    cannot_tell=(
        "What the project takes from the snapshot (Stackage).",
        "Names of packages that are given by an address only.",
    ),
    extract=extract,
)
