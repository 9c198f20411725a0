# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Git submodules: .gitmodules for name, path and URL, the repository's index for the commit that is recorded.

Formats: https://git-scm.com/docs/gitmodules and https://git-scm.com/docs/gitrepository-layout. Without an index the
checked-out commit in `.git/modules/<name>/HEAD` is taken; a tree without `.git` does not tell the commit.
"""

import posixpath
import re
from urllib.parse import urlsplit, urlunsplit

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.cpp.git_config import Section, parse_git_config
from paddock.engine.analyzer.extractors.cpp.git_index import read_gitlinks
from paddock.engine.analyzer.extractors.cpp.repository import clean_url, git_source, repository_name
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.purl import InvalidPurl

NAME = "cpp/git_submodules"

MAX_SMALL = 1024 * 1024
"""HEAD, .git and config are a few lines long."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def extract(file: SourceFile) -> Extraction:
    """Each submodule as a component: commit as version where the tree holds the repository's own data."""
    draft = Draft(file, NAME)
    sections, strange = parse_git_config(file.text())
    for line in strange:
        draft.issue("not a line of git's configuration syntax", line=line)
    modules = [section for section in sections if section.name == "submodule"]
    if not modules:
        return draft.finish()
    repository = _Repository(draft, file)
    project = draft.project(origin=Origin.LOCKED)
    unknown = 0
    for module in modules:
        path = module.values.get("path", "").strip("/")
        commit = repository.commit(module.subsection, path)
        url = _absolute(module.values.get("url", ""), repository.origin)
        try:
            source = git_source(url, commit, repository_name(url) or posixpath.basename(path) or module.subsection)
        except InvalidPurl as error:
            draft.issue(f"a submodule was left out: {error}", line=module.line)
            continue
        if not url:
            draft.issue(
                f"submodule {module.subsection!r}: where {module.values.get('url', '')!r} leads is not known",
                line=module.line,
            )
        unknown += not commit
        ref = draft.add(
            source.purl, line=module.line, vcs_url=source.vcs_url, properties=(("git:path", path),) if path else ()
        )
        project.use(ref, direct=True, requirement=module.values.get("branch", ""))
    if unknown:
        draft.issue(
            f"{unknown} submodule{'s' if unknown > 1 else ''} without a commit: it stands in the repository's index, "
            "which is not in the tree; scan a clone instead of an export"
        )
    return draft.finish()


class _Repository:
    """The git directory that belongs to a .gitmodules file, when the tree has it."""

    def __init__(self, draft: Draft, file: SourceFile) -> None:
        self._file = file
        self._git = _git_directory(file)
        config = self._small("config")
        sections = parse_git_config(config)[0] if config else []
        self.origin = _origin(sections)
        self._links: dict[str, str] = {}
        index = file.neighbour(f"{self._git}/index")
        if index is not None:
            sha256 = any(section.values.get("objectformat", "").lower() == "sha256" for section in sections)
            try:
                self._links = read_gitlinks(index.read(), 32 if sha256 else 20)
            except Unreadable as error:
                draft.issue(f"commits of submodules: {error.reason}", path=index.path)

    def commit(self, name: str, path: str) -> str:
        """The recorded commit of a submodule, else the checked-out one, else ""."""
        if path in self._links:
            return self._links[path]
        head = self._small(f"modules/{name}/HEAD").strip()
        return head if _COMMIT.fullmatch(head) else ""

    def _small(self, relative: str) -> str:
        found = self._file.neighbour(f"{self._git}/{relative}")
        try:
            return found.text(strict=False, limit=MAX_SMALL) if found else ""
        except Unreadable:
            return ""


def _git_directory(file: SourceFile) -> str:
    """`.git` relative to the file's folder; a submodule's own `.git` is a file that says where it is."""
    pointer = file.neighbour(".git")
    try:
        text = pointer.text(strict=False, limit=MAX_SMALL) if pointer else ""
    except Unreadable:
        return ".git"
    return text.removeprefix("gitdir:").strip() if text.startswith("gitdir:") else ".git"


def _origin(sections: list[Section]) -> str:
    remotes = {section.subsection: section.values.get("url", "") for section in sections if section.name == "remote"}
    return clean_url(remotes.get("origin", "") or next(iter(remotes.values()), ""))


def _absolute(url: str, origin: str) -> str:
    """A submodule's URL; `./` and `../` are relative to where the repository itself was cloned from."""
    if not url.startswith(("./", "../")):
        return clean_url(url)
    parts = urlsplit(origin)
    if not parts.netloc:
        return ""
    return urlunsplit(parts._replace(path=posixpath.normpath(posixpath.join("/", parts.path.lstrip("/"), url))))


EXTRACTOR = Extractor(
    name=NAME,
    title="git submodules (.gitmodules with the git index, versions 2 to 4)",
    claims=Claims(names=(".gitmodules",)),
    tells=frozenset({Fact.VERSIONS, Fact.DIRECT, Fact.LINES}),
    cannot_tell=(
        "The commit, where the tree is an export without `.git`.",
        "What a submodule is needed for, and its licence; what lies in its folder is scanned like everything else.",
    ),
    extract=extract,
)
