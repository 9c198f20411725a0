# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""mix.lock: what mix fetched for a project, from Hex or from git, with checksums and edges.

Format: https://hexdocs.pm/mix/Mix.Tasks.Deps.html and, for the entries of Hex packages, Hex's own writer
(https://github.com/hexpm/hex/blob/main/lib/hex/scm.ex): `{:hex, name, version, inner checksum, managers, dependencies,
repository, outer checksum}`, the later elements missing in older files.
"""

import re

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.elixir.literal import Atom, Term, read_map
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.issue import Severity
from paddock.engine.model.purl import make_purl

NAME = "elixir/mix_lock"
PUBLIC_REPOSITORY = "hexpm"
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_SCP = re.compile(r"(?:([\w.-]+)@)?([\w.-]+):(?!//)(.+)")
_USER = re.compile(r"^(https?://)[^/@]*@")


def extract(file: SourceFile) -> Extraction:
    """Every entry of the lock file, used by the project whose mix.exs lies beside it."""
    draft = Draft(file, NAME)
    manifest = file.neighbour("mix.exs")
    project = draft.project(manifest.path if manifest else None, origin=Origin.LOCKED)
    refs: dict[str, str] = {}
    needs: list[tuple[str, list[str]]] = []
    try:
        for key, value, line in read_map(file.text()):
            ref = _add(draft, key, value, line)
            if ref is not None:
                project.use(ref)
                refs[key] = ref
                needs.append((ref, _needs(value)))
    except Unreadable as error:
        if not refs:
            raise
        draft.issue(f"{error.reason}; what follows was not read", Severity.ERROR, line=error.line)
    for ref, names in needs:
        for name in names:
            if name in refs:  # optional needs are in the lock file only if something asks for them
                draft.depend(ref, refs[name])
    return draft.finish()


def _add(draft: Draft, key: str, value: Term, line: int) -> str | None:
    kind, *rest = value if isinstance(value, tuple) and value else ("",)
    source = kind.name if isinstance(kind, Atom) else ""
    texts = [item.name if isinstance(item, Atom) else item if isinstance(item, str) else "" for item in rest]
    texts += [""] * (8 - len(texts))
    if source == "hex" and texts[0] and texts[1]:
        return _add_hex(draft, texts, line)
    if source == "git" and key and texts[0]:
        url = vcs_url(texts[0], texts[1])
        return draft.add(make_purl("otp", key, qualifiers={"vcs_url": url}), line=line, vcs_url=url)
    if source == "package" and key and texts[0]:
        return draft.add(make_purl("hex", key, texts[0]), line=line)
    draft.issue(f"the entry {key!r} is not one of a Hex package or a git repository, and was left out", line=line)
    return None


def _add_hex(draft: Draft, texts: list[str], line: int) -> str:
    repository, _, organisation = texts[5].partition(":")
    outer = texts[6]
    # The inner checksum covers only the contents; the outer one is that of the file that is downloaded.
    hashes = (Hash("sha256", outer.lower()),) if _SHA256.fullmatch(outer) else ()
    inner = texts[2].lower()
    properties = {("hex-inner-checksum", inner)} if _SHA256.fullmatch(inner) else set()
    foreign = repository not in {"", PUBLIC_REPOSITORY}
    if foreign:
        properties.add(("hex-repository", texts[5]))
    return draft.add(
        make_purl("hex", texts[0], texts[1], namespace="" if foreign else organisation),
        line=line,
        hashes=hashes,
        properties=tuple(sorted(properties)),
    )


def _needs(value: Term) -> list[str]:
    """The applications that a Hex entry names as its own dependencies."""
    if not isinstance(value, tuple) or len(value) < 6 or not isinstance(value[5], list):
        return []
    firsts = (item[0] for item in value[5] if isinstance(item, tuple) and item)
    return [first.name for first in firsts if isinstance(first, Atom)]


def vcs_url(url: str, revision: str) -> str:
    """A git address as `git+…@revision`; names and passwords for HTTP are left out."""
    scp = _SCP.fullmatch(url)
    if "://" not in url and scp:
        url = f"ssh://{scp.group(1) or 'git'}@{scp.group(2)}/{scp.group(3).lstrip('/')}"
    plain = _USER.sub(r"\1", url)
    return f"git+{plain}@{revision}" if revision else f"git+{plain}"


EXTRACTOR = Extractor(
    name=NAME,
    title="mix.lock",
    claims=Claims(names=("mix.lock",)),
    tells=frozenset({Fact.VERSIONS, Fact.EDGES, Fact.HASHES, Fact.LINES}),
    cannot_tell=(
        "Which dependencies are direct, and for which environment: mix.exs is a program.",
        "Versions of git dependencies; their revision is told.",
        "Entries that the project no longer needs: mix keeps them until `mix deps.unlock --unused`.",
    ),
    extract=extract,
)
