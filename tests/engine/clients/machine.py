# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A made-up machine: a user's folder, a project, variables; nothing of the machine that the tests run on."""

import os
from collections.abc import Mapping
from pathlib import Path

from paddock.engine.clients.surroundings import Surroundings


def machine(
    folder: Path,
    home: Mapping[str, str | bytes] = {},
    project: Mapping[str, str | bytes] = {},
    system: Mapping[str, str | bytes] = {},
    *,
    trust: bool = False,
    **environment: str,
) -> Surroundings:
    """Files by path below the user's folder, the project and the system's root; variables as keywords."""
    for part, files in (("home", home), ("project", project), ("system", system)):
        (folder / part).mkdir(exist_ok=True)
        for path, content in files.items():
            target = folder / part / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
    return Surroundings(
        environment=environment,
        home=os.fspath(folder / "home"),
        project=os.fspath(folder / "project"),
        trust_project=trust,
        root=os.fspath(folder / "system"),
    )
