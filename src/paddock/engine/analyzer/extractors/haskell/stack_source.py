# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Package locations as stack writes them in stack.yaml and its lock file: Hackage, git repositories, archives.

Format: https://docs.haskellstack.org/en/stable/topics/package_location/
"""

import re
from typing import Any

from paddock.engine.analyzer.documents import text_of
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractors.haskell.cabal_package import NAME
from paddock.engine.model.component import Hash
from paddock.engine.model.purl import make_purl

_HACKAGE = re.compile(rf"({NAME})-(\d+(?:\.\d+)*)(?:@(?:sha256:([0-9a-fA-F]{{64}})(?:,\d+)?|rev:(\d+)))?")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def add_hackage(draft: Draft, text: str) -> tuple[str, str] | None:
    """Note `name-version@sha256:…,size`; (name, ref), or None where the text is not that.

    The digest is that of the package's description, not of the package: a property, not a hash.
    """
    found = _HACKAGE.fullmatch(text.strip())
    if not found:
        return None
    name, version, digest, revision = found.groups()
    facts = {"hackage:cabal-file-sha256": (digest or "").lower(), "hackage:revision": revision or ""}
    properties = tuple((key, value) for key, value in sorted(facts.items()) if value)
    return name, draft.add(make_purl("hackage", name, version), properties=properties)


def add_location(draft: Draft, location: dict[str, Any]) -> tuple[str, str] | None:
    """Note a package from a repository or an archive; (name, ref), or None where it has no name of its own.

    A name is found where stack completed the location; stack.yaml itself gives only the address.
    """
    name, version = text_of(location.get("name")), text_of(location.get("version"))
    repository = text_of(location.get("git")) or text_of(location.get("hg"))
    archive = text_of(location.get("url")) or text_of(location.get("archive"))
    name = name or _last_part(repository)
    if not re.fullmatch(NAME, name):
        return None
    if repository:
        kind = "git" if location.get("git") else "hg"
        commit = text_of(location.get("commit"))
        vcs_url = f"{kind}+{repository}@{commit}" if commit else f"{kind}+{repository}"
        purl = make_purl("hackage", name, version, qualifiers={"vcs_url": vcs_url})
        return name, draft.add(purl, vcs_url=vcs_url)
    digest = text_of(location.get("sha256"))
    hashes = (Hash("sha256", digest.lower()),) if _SHA256.fullmatch(digest) else ()
    qualifiers = {"download_url": archive} if archive else None
    return name, draft.add(
        make_purl("hackage", name, version, qualifiers=qualifiers), hashes=hashes, download_url=archive
    )


def _last_part(repository: str) -> str:
    return repository.rstrip("/").replace(":", "/").rpartition("/")[2].removesuffix(".git")
