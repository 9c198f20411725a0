# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""conda-meta/*.json: the packages installed in a conda environment, one file each.

Format: https://docs.conda.io/projects/conda/en/stable/dev-guide/api/conda/models/records/index.html (PrefixRecord)
"""

import posixpath
from functools import lru_cache
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import parse_json, read_json, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.conda.package import Package, channel_name, conda_purl, parse_spec, parse_url
from paddock.engine.analyzer.extractors.python.requirement import digests, without_credentials
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.purl import PackageURL

NAME = "conda/conda_meta"


def extract(file: SourceFile) -> Extraction:
    """The environment (its conda-meta folder) is the project; what somebody asked for by name is direct."""
    record = require_mapping(read_json(file), "the record")
    purl = _purl(record)
    if purl is None:
        raise Unreadable("not a record of an installed package: no name or no version")
    draft = Draft(file, NAME)
    stated = text_of(record.get("license"))
    ref = draft.add(
        purl,
        hashes=digests([f"{kind}:{text_of(record.get(kind))}" for kind in ("sha256", "md5")]),
        licenses=(stated,) if stated else (),
        download_url=without_credentials(text_of(record.get("url"))),
    )
    project = draft.project(file.directory or ".", origin=Origin.INSTALLED)
    project.use(ref, direct=_direct(record))
    neighbours = _installed(SourceFile(file.tree, file.directory, 0)) if record.get("depends") else {}
    for text in sequence(record.get("depends")):
        spec = parse_spec(text) if isinstance(text, str) else None
        target = neighbours.get(spec.name) if spec else None
        if target is not None and target[1].to_string() != ref:
            draft.depend(ref, draft.add(target[1], path=target[0]))
    return draft.finish()


def _purl(record: dict[str, Any]) -> PackageURL | None:
    name, version = text_of(record.get("name")), text_of(record.get("version"))
    if not name or not version:
        return None
    build = text_of(record.get("build")) or text_of(record.get("build_string"))
    channel = channel_name(text_of(record.get("channel")))
    told = parse_url(text_of(record.get("url")))
    subdir = text_of(record.get("subdir")) or (told.subdir if told else "")
    return conda_purl(Package(name, version, build, subdir, channel, told.type if told else ""))


def _direct(record: dict[str, Any]) -> bool | None:
    """conda keeps the specification that somebody gave; only newer versions tell its absence, as an empty list."""
    specs = record.get("requested_specs")
    if isinstance(specs, list):
        return bool(specs)
    return True if text_of(record.get("requested_spec")) not in {"", "None"} else None


@lru_cache(maxsize=4)
def _installed(folder: SourceFile) -> dict[str, tuple[str, PackageURL]]:
    """Name: (path, purl) of every record in a folder (`folder` is the folder).

    Kept for the last few folders: each record asks again, and reading them each time would be quadratic.
    """
    found: dict[str, tuple[str, PackageURL]] = {}
    for name in folder.tree.names(folder.path):
        path = posixpath.join(folder.path, name)
        size = folder.tree.size(path) if name.endswith(".json") else None
        if size is None:
            continue
        try:
            record = parse_json(SourceFile(folder.tree, path, size).read())
        except Unreadable:
            continue  # offered by itself as well, and reported then
        purl = _purl(record) if isinstance(record, dict) else None
        if purl is not None:
            found.setdefault(text_of(record.get("name")), (path, purl))
    return found


EXTRACTOR = Extractor(
    name=NAME,
    title="installed conda packages (conda-meta)",
    claims=Claims(patterns=("conda-meta/*.json",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.EDGES, Fact.HASHES, Fact.LICENSES}),
    cannot_tell=(
        "Transitive, in environments that older versions of conda made.",
        "Scopes: an environment does not say what its packages are for.",
    ),
    delivered=True,
    extract=extract,
)
