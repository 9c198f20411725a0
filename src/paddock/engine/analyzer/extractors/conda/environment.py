# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""environment.yml: what a conda environment is asked to hold, with its `pip:` section.

Format: https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
"""

from typing import Any

import msgspec

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_yaml, sequence, text_of
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.conda.package import Package, Spec, conda_purl, parse_spec
from paddock.engine.analyzer.extractors.python.declaration import add_needed, use_local
from paddock.engine.analyzer.extractors.python.requirement_files import read_entries
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin, Scope

NAME = "conda/environment"


def extract(file: SourceFile) -> Extraction:
    """A YAML file of that name without a list of dependencies belongs to another tool and tells nothing."""
    draft = Draft(file, NAME)
    document = mapping(read_yaml(file))
    if not isinstance(document.get("dependencies"), list):
        return draft.finish()
    project = draft.project(origin=Origin.DECLARED, name=text_of(document.get("name")))
    total = unpinned = 0
    for entry in sequence(document.get("dependencies")):
        if isinstance(entry, dict):
            counts = _use_section(draft, file, project, entry)
        else:
            counts = _use_spec(draft, project, text_of(entry))
        total, unpinned = total + counts[0], unpinned + counts[1]
    if unpinned:
        draft.issue(
            f"{unpinned} of {total} requirements do not pin a version and build, so neither the versions used nor what "
            "they bring in can be told; lock them with `conda-lock` or `conda list --explicit` and scan the lock file"
        )
    return draft.finish()


def read_specs(document: dict[str, Any]) -> dict[str, Spec]:
    """The conda packages that an environment asks for, by name; for lock files made from it."""
    specs = (parse_spec(entry) for entry in sequence(document.get("dependencies")) if isinstance(entry, str))
    return {spec.name.lower(): spec for spec in specs if spec is not None}


def _use_spec(draft: Draft, project: ProjectDraft, text: str) -> tuple[int, int]:
    spec = parse_spec(text)
    purl = conda_purl(Package(spec.name, spec.version, spec.build, spec.subdir, spec.channel)) if spec else None
    if spec is None or purl is None:
        draft.issue(f"{text[:120]!r} is not a package specification and was left out")
        return 0, 0
    project.use(draft.add(purl), Scope.RUNTIME, direct=True, requirement=spec.requirement)
    return 1, int(not spec.version)


def _use_section(draft: Draft, file: SourceFile, project: ProjectDraft, entry: dict[Any, Any]) -> tuple[int, int]:
    total = unpinned = 0
    for installer, texts in entry.items():
        if installer == "pip":
            total, unpinned = _use_pip(draft, file, project, sequence(texts))
        else:
            draft.issue(f"the section {str(installer)[:60]!r} is not known; what it lists was left out")
    return total, unpinned


def _use_pip(draft: Draft, file: SourceFile, project: ProjectDraft, texts: list[Any]) -> tuple[int, int]:
    """The lines of the `pip:` section are those of a requirements file."""
    total = unpinned = 0
    found = read_entries(file, "\n".join(text for text in texts if isinstance(text, str)), Scope.RUNTIME)
    for problem in found.problems:
        draft.issue(f"pip: {problem.sentence}", path=problem.path)
    for entry in found.entries:
        need = msgspec.structs.replace(entry.need, line=None)
        if need.path:
            use_local(draft, file, project, need)
            continue
        ref = add_needed(draft, need, found.constraints.get(need.requirement.key, ""))
        if ref is not None:
            project.use(ref, need.scope, direct=True, requirement=need.text)
            total += 1
            unpinned += not (need.requirement.pinned or need.requirement.url)
    return total, unpinned


EXTRACTOR = Extractor(
    name=NAME,
    title="conda environment.yml",
    claims=Claims(
        names=("conda.yml", "conda.yaml", "conda-env.yml", "conda-env.yaml"),
        patterns=("environment*.yml", "environment*.yaml", "*environment.yml", "*environment.yaml"),
    ),
    tells=frozenset({Fact.DIRECT}),
    cannot_tell=(
        "Versions, unless version and build (or `==`) are given: a single `=` matches every version that begins so.",
        "What the requirements bring in. Scopes: everything counts as needed at run time.",
    ),
    extract=extract,
)
