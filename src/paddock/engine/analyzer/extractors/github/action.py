# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""GitHub actions of this repository (action.yml): what composite actions use, and the image of container actions.

Format: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
"""

import yaml

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.github.uses import child, children, compose, note_uses, use_at
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.inventory import Origin

NAME = "github/action"


def extract(file: SourceFile) -> Extraction:
    """The action as a project. A YAML file without `runs` is another system's action.yml and gives nothing."""
    draft = Draft(file, NAME)
    top = compose(file)
    runs = child(top, "runs")
    if not isinstance(runs, yaml.MappingNode):
        return draft.finish()
    lines = file.text().split("\n")
    found = [use_at(child(step, "uses"), lines) for step in children(child(runs, "steps"))]
    image = use_at(child(runs, "image"), lines)
    if image is not None and image.text.startswith("docker://"):
        found.append(image)
    name = child(top, "name")
    project = draft.project(origin=Origin.DECLARED, name=name.value if isinstance(name, yaml.ScalarNode) else "")
    # local references start at the repository's root, which for an action is that of the tree
    depth = file.path.partition(".github/")[2].count("/") + 1 if ".github/" in file.path else file.path.count("/")
    note_uses(file, draft, project, [use for use in found if use is not None], "../" * depth)
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="GitHub actions (action.yml)",
    claims=Claims(names=("action.yml", "action.yaml")),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.LINES}),
    cannot_tell=("What JavaScript and Dockerfile actions consist of: their own manifests tell.",),
    extract=extract,
)
