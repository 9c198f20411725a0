# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""renv.lock: the packages of an R project; DESCRIPTION beside it, where there is one, says what is direct.

Formats: https://rstudio.github.io/renv/reference/lockfiles.html and
https://rstudio.github.io/r-manuals/r-exts/Creating-R-packages.html#the-description-file
"""

import re
from typing import Any

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.documents import mapping, read_json, require_mapping, sequence, text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import EngineError, Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import PackageURL, make_purl

NAME = "r/renv_lock"

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.]*", re.ASCII)
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9@_/-]*):[ \t]*(.*)")
_NEEDS = ("Depends", "Imports", "LinkingTo")
_DECLARED = {"Suggests": Scope.OPTIONAL, "LinkingTo": Scope.BUILD, "Imports": Scope.RUNTIME, "Depends": Scope.RUNTIME}
_HOSTED = {"github", "gitlab", "bitbucket", "git2r", "git", "xgit"}


def extract(file: SourceFile) -> Extraction:
    """One project. What R itself ships (base packages) is never in the lock file."""
    document = require_mapping(read_json(file), "the lock file")
    draft = Draft(file, NAME)
    manifest = file.neighbour("DESCRIPTION")
    fields = read_description(manifest) if manifest else None
    # DESCRIPTION defines a package; where it cannot be read or is absent, the lock file stands for itself.
    project = draft.project(
        manifest.path if manifest and fields else None,
        origin=Origin.LOCKED,
        name=(fields or {}).get("Package", ""),
        version=(fields or {}).get("Version", ""),
        licenses=tuple(text for text in [(fields or {}).get("License", "")] if text),
    )
    if manifest and fields:
        project.files.add(manifest.path)
    declared = _declared(fields) if fields else None
    refs: dict[str, str] = {}
    packages = {key: mapping(value) for key, value in mapping(document.get("Packages")).items()}
    for key, package in packages.items():
        purl = _purl(text_of(package.get("Package")) or key, package)
        if purl is None:
            draft.issue(f"{key!r} in version {text_of(package.get('Version'))!r} is no R package and was left out")
            continue
        refs[key] = _add(draft, purl, package)
        scope, requirement = (declared or {}).get(key, (Scope.UNKNOWN, ""))
        project.use(refs[key], scope, direct=True if declared and key in declared else None, requirement=requirement)
    for key, ref in refs.items():
        for name in _needs(packages[key]):
            if name in refs:
                draft.depend(ref, refs[name])
    return draft.finish()


def _purl(name: str, package: dict[str, Any]) -> PackageURL | None:
    version, vcs_url = text_of(package.get("Version")), _vcs_url(package)
    if not _NAME.fullmatch(name) or not f"{version}{vcs_url}".isprintable():
        return None
    try:
        return make_purl("cran", name, version, qualifiers={"vcs_url": vcs_url} if vcs_url else None)
    except EngineError:
        return None


def _add(draft: Draft, purl: PackageURL, package: dict[str, Any]) -> str:
    """The `Hash` of renv is over the DESCRIPTION file, not over what is distributed, and is no digest of a package."""
    stated = text_of(package.get("License"))
    source = text_of(package.get("Source"))
    return draft.add(
        purl,
        licenses=(stated,) if stated else (),
        description=text_of(package.get("Title")),
        vcs_url=_vcs_url(package),
        properties=(("renv:source", source),) if source else (),
    )


def _vcs_url(package: dict[str, Any]) -> str:
    """For packages that come from a repository of sources: where that is, and the commit."""
    kind = (text_of(package.get("RemoteType")) or text_of(package.get("Source"))).lower()
    if kind not in _HOSTED:
        return ""
    commit = text_of(package.get("RemoteSha")) or text_of(package.get("RemoteRef"))
    url = text_of(package.get("RemoteUrl"))
    host = text_of(package.get("RemoteHost")).removeprefix("api.").partition("/")[0]
    owner = text_of(package.get("RemoteUsername"))
    repository = text_of(package.get("RemoteRepo"))
    if not url and host and owner and repository:
        url = f"https://{host}/{owner}/{repository}"
    return f"git+{url}@{commit}".rstrip("@") if url else ""


def _needs(package: dict[str, Any]) -> list[str]:
    """Names only; newer versions of renv keep the fields of DESCRIPTION with their version requirements."""
    listed = sequence(package.get("Requirements")) or [
        entry for field in _NEEDS for entry in sequence(package.get(field))
    ]
    return [text_of(entry).partition("(")[0].strip() for entry in listed]


def read_description(file: SourceFile) -> dict[str, str]:
    """The fields of a DESCRIPTION file (Debian control format); empty when it cannot be read."""
    fields: dict[str, list[str]] = {}
    parts: list[str] = []
    try:
        lines = file.text(strict=False).splitlines()
    except Unreadable:
        return {}
    for line in lines:
        match = _FIELD.match(line)
        if match:
            parts = fields.setdefault(match.group(1), [])
            parts.append(match.group(2).strip())
        elif line.startswith((" ", "\t")):
            parts.append(line.strip())
    return {name: " ".join(values).strip() for name, values in fields.items()}


def _declared(fields: dict[str, str]) -> dict[str, tuple[Scope, str]]:
    """Name: (scope, version requirement) of what DESCRIPTION asks for; the weightier field wins."""
    found: dict[str, tuple[Scope, str]] = {}
    for field, scope in _DECLARED.items():
        for entry in fields.get(field, "").split(","):
            name, _, requirement = entry.partition("(")
            if name.strip() and name.strip() != "R":
                found[name.strip()] = (scope, requirement.rstrip(") \t"))
    return found


EXTRACTOR = Extractor(
    name=NAME,
    title="renv.lock",
    claims=Claims(names=("renv.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.SCOPES, Fact.DIRECT, Fact.EDGES, Fact.LICENSES}),
    cannot_tell=(
        "Direct or transitive of packages that DESCRIPTION does not name: renv also records what scripts use.",
        "Digests of packages: the hashes in the file are over their DESCRIPTION files.",
        "Base packages, which come with R itself.",
        "Bioconductor packages by purl: they have no type of their own; the property renv:source tells them apart.",
    ),
    extract=extract,
)
