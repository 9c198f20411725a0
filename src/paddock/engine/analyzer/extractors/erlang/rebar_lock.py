# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""rebar.lock: what rebar3 fetched for a project, from Hex or from repositories, with checksums and depth.

Format: https://rebar3.org/docs/configuration/dependencies/#lock-files; versions "1.1.0" and "1.2.0" and the older bare
list.
"""

import re

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.erlang.term import Term, Tuple, items_in, read_terms, text_in
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.purl import make_purl

NAME = "erlang/rebar_lock"
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_SCP = re.compile(r"(?:([\w.-]+)@)?([\w.-]+):(?!//)(.+)")
_USER = re.compile(r"^(https?://)[^/@]*@")
_REPOSITORIES = {"git": "git", "git_subdir": "git", "hg": "hg"}


def extract(file: SourceFile) -> Extraction:
    """Every locked application; level 0 is what rebar.config names itself."""
    terms = read_terms(file.text())
    draft = Draft(file, NAME)
    manifest = file.neighbour("rebar.config")
    project = draft.project(manifest.path if manifest else None, origin=Origin.LOCKED)
    hashes = _hashes(terms)
    for entry in _entries(terms):
        ref = _add(draft, entry, hashes)
        if ref is not None:
            level = text_in(entry.items[2]) if len(entry.items) > 2 else ""
            project.use(ref, direct=level == "0" if level.isdecimal() else None)
    return draft.finish()


def _entries(terms: list[Term]) -> list[Tuple]:
    if not terms:
        return []
    first = terms[0]
    if isinstance(first, Tuple) and len(first.items) == 2 and isinstance(first.items[1], list):
        first = first.items[1]
    if not isinstance(first, list):
        raise Unreadable("not a rebar lock file: it does not start with a list of applications", 1)
    return [entry for entry in first if isinstance(entry, Tuple)]


def _hashes(terms: list[Term]) -> dict[str, Hash]:
    """The digests of the downloaded files by application; `pkg_hash` is one of the contents only."""
    found: dict[str, Hash] = {}
    for attribute in items_in(terms[1]) if len(terms) > 1 else []:
        if isinstance(attribute, Tuple) and attribute.is_a("pkg_hash_ext", 2):
            for pair in items_in(attribute.items[1]):
                if isinstance(pair, Tuple) and len(pair.items) == 2 and _SHA256.fullmatch(text_in(pair.items[1])):
                    found[text_in(pair.items[0])] = Hash("sha256", text_in(pair.items[1]).lower())
    return found


def _add(draft: Draft, entry: Tuple, hashes: dict[str, Hash]) -> str | None:
    name = text_in(entry.items[0]) if entry.items else ""
    source = entry.items[1] if len(entry.items) > 1 else None
    parts = source.items if isinstance(source, Tuple) else ()
    kind = text_in(parts[0]) if parts else ""
    if kind == "pkg" and len(parts) >= 3 and text_in(parts[1]) and text_in(parts[2]):
        digest = hashes.get(name)
        purl = make_purl("hex", text_in(parts[1]), text_in(parts[2]))
        return draft.add(purl, line=entry.line, hashes=(digest,) if digest else ())
    if kind in _REPOSITORIES and name and len(parts) >= 3 and text_in(parts[1]):
        reference = parts[2]
        revision = text_in(reference.items[-1]) if isinstance(reference, Tuple) and reference.items else ""
        url = _vcs_url(_REPOSITORIES[kind], text_in(parts[1]), revision)
        subpath = text_in(parts[3]) if kind == "git_subdir" and len(parts) > 3 else ""
        purl = make_purl("otp", name, qualifiers={"vcs_url": url}, subpath=subpath)
        return draft.add(purl, line=entry.line, vcs_url=url)
    draft.issue(f"the source of {name!r} is neither a Hex package nor a repository, and was left out", line=entry.line)
    return None


def _vcs_url(tool: str, url: str, revision: str) -> str:
    """A repository's address as `git+…@revision`; names and passwords for HTTP are left out."""
    scp = _SCP.fullmatch(url)
    if "://" not in url and scp:
        url = f"ssh://{scp.group(1) or 'git'}@{scp.group(2)}/{scp.group(3).lstrip('/')}"
    plain = _USER.sub(r"\1", url)
    return f"{tool}+{plain}@{revision}" if revision else f"{tool}+{plain}"


EXTRACTOR = Extractor(
    name=NAME,
    title="rebar.lock",
    claims=Claims(names=("rebar.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.HASHES, Fact.LINES}),
    cannot_tell=(
        "Scopes: applications of other profiles than the default one are not in the lock file.",
        "What depends on what.",
        "Versions of applications from repositories; their revision is told.",
    ),
    extract=extract,
)
