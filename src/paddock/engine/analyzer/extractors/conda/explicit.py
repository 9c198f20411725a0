# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Explicit environment files: a list of package URLs below the line `@EXPLICIT`, as conda and conda-lock write it.

Format: https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
"""

import re

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.conda.package import conda_purl, parse_url
from paddock.engine.analyzer.extractors.python.requirement import (
    digests,
    parse_requirement,
    pypi_purl,
    without_credentials,
)
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin

NAME = "conda/explicit"

_PIP = re.compile(r"#\s*pip\s+(.*)")


def extract(file: SourceFile) -> Extraction:
    """A text without `@EXPLICIT` is something else: refused where the name promises a lock file, else passed over."""
    lines = file.text().splitlines()
    draft = Draft(file, NAME)
    marker = next((number for number, line in enumerate(lines, 1) if line.strip() == "@EXPLICIT"), 0)
    if not marker:
        if file.name.endswith(".lock"):
            raise Unreadable("no line `@EXPLICIT`: not an explicit conda environment")
        return draft.finish()
    project = draft.project(origin=Origin.LOCKED)
    for number, line in enumerate(lines, 1):
        line = line.strip()
        pip = _PIP.fullmatch(line)
        if pip:
            ref = _add_pip(draft, pip.group(1), number)
        elif number <= marker or not line or line.startswith("#"):
            continue
        else:
            ref = _add_url(draft, line, number)
        if ref is None:
            draft.issue(f"{without_credentials(line)[:120]!r} names no package and was left out", line=number)
        else:
            project.use(ref)
    return draft.finish()


def _add_url(draft: Draft, line: str, number: int) -> str | None:
    """`URL#md5` or `URL#sha256:…`."""
    url, _, digest = line.partition("#")
    package = parse_url(url)
    purl = conda_purl(package) if package else None
    if purl is None:
        return None
    hashes = digests([digest if ":" in digest else f"{'md5' if len(digest) == 32 else 'sha256'}:{digest}"])
    return draft.add(purl, line=number, hashes=hashes, download_url=without_credentials(url))


def _add_pip(draft: Draft, text: str, number: int) -> str | None:
    """conda-lock notes pip packages as `# pip name @ URL --hash=…`, which conda takes for comments."""
    parts = text.split(" --hash=")
    requirement = parse_requirement(parts[0])
    if requirement is None:
        return None
    url = requirement.url.partition("#")
    hashes: tuple[Hash, ...] = digests([*parts[1:], url[2]])
    purl = pypi_purl(requirement.name, requirement.pinned, download_url=url[0])
    return None if purl is None else draft.add(purl, line=number, hashes=hashes, download_url=url[0])


EXTRACTOR = Extractor(
    name=NAME,
    title="explicit conda environments (@EXPLICIT)",
    claims=Claims(
        patterns=("conda-*.lock", "conda.lock", "*.conda.lock", "*explicit*.txt", "spec-file.txt", "spec-list.txt")
    ),
    tells=frozenset({Fact.VERSIONS, Fact.HASHES, Fact.LINES}),
    cannot_tell=(
        "Direct or transitive, scopes, edges and licences: the file is a flat list of URLs.",
        "Explicit files under a name of the user's own choice.",
    ),
    extract=extract,
)
