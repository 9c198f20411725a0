# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""GitHub workflows: the actions, reusable workflows and images that jobs use.

Format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

import yaml

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.github.uses import child, children, compose, note_uses, use_at
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin

NAME = "github/workflow"


def extract(file: SourceFile) -> Extraction:
    """One project a workflow; everything it uses is needed to build, not delivered."""
    draft = Draft(file, NAME)
    top = compose(file)
    jobs = child(top, "jobs")
    if jobs is not None and not isinstance(jobs, yaml.MappingNode):
        raise Unreadable("`jobs` is not a mapping", jobs.start_mark.line + 1)
    lines = file.text().split("\n")
    uses = []
    for job in children(jobs):
        steps = child(job, "steps")
        found = [child(job, "uses"), *(child(step, "uses") for step in children(steps))]
        uses += [use for use in (use_at(node, lines) for node in found) if use is not None]
    name = child(top, "name")
    project = draft.project(origin=Origin.DECLARED, name=name.value if isinstance(name, yaml.ScalarNode) else "")
    note_uses(file, draft, project, uses, "../../" if file.directory.endswith(".github/workflows") else "")
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="GitHub workflows (.github/workflows/*.yml)",
    claims=Claims(patterns=(".github/workflows/*.yml", ".github/workflows/*.yaml")),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.LINES}),
    cannot_tell=(
        "What an action of another repository uses in turn.",
        "Which commit a branch or tag stands for today: the version is what is written.",
    ),
    extract=extract,
)
