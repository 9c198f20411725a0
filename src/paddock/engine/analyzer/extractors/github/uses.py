# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a `uses:` of a workflow or an action refers to.

Format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
"""

import re
from collections.abc import Iterator

import msgspec
import yaml

from paddock.engine.analyzer.documents import parse_yaml
from paddock.engine.analyzer.draft import Draft, ProjectDraft
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl

_ACTION = re.compile(r"([\w.-]+)/([\w.-]+)((?:/[^@\s]*)?)@(\S+)$")
_COMMIT = re.compile(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?$")
_COMMENT = re.compile(r"\s#\s*(?:tag=|ratchet:\S*@)?(v?\d\S*)")
_IMAGE = re.compile(
    r"(?:([\w.-]+\.[\w.-]+(?::\d+)?|localhost(?::\d+)?)/)?([\w./-]+?)(?::([\w.-]+))?(?:@(sha256:[0-9a-f]{64}))?$"
)


class Use(msgspec.Struct, frozen=True):
    """One reference: its text, its line, and what follows on that line (people note the version of a commit there)."""

    text: str
    line: int
    rest: str = ""


def compose(file: SourceFile) -> yaml.MappingNode:
    """The mapping at the top of a YAML file, as nodes that know their lines. Raises Unreadable."""
    text = file.text()
    parse_yaml(text)  # the shared reader's bounds and errors
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise Unreadable(f"not valid YAML: {error}") from error
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable("the file is not a mapping")
    return node


def child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value under a key of a mapping node; None where there is none."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if isinstance(name, yaml.ScalarNode) and name.value == key:
                return value  # type: ignore[no-any-return]  # nodes carry no types
    return None


def children(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """The items of a sequence node or the values of a mapping node."""
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        yield from (value for _, value in node.value)


def use_at(node: yaml.Node | None, lines: list[str]) -> Use | None:
    """The reference that a scalar node is; None for anything else."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    number, text = node.start_mark.line, node.value.strip()
    line = lines[number][node.start_mark.column :] if number < len(lines) else ""
    return Use(text, number + 1, line.partition(text)[2] if text else "")


def note_uses(file: SourceFile, draft: Draft, project: ProjectDraft, uses: list[Use], top: str) -> None:
    """Note what the references stand for. `top`: path of the repository's root relative to the file's folder."""
    odd = []
    for use in uses:
        ref = _ref(file, draft, use, top)
        if ref is None:
            odd.append(use)
        elif ref != project.id:
            project.use(ref, Scope.BUILD, direct=True)
    for use in odd:
        reason = "is not in the tree" if use.text.startswith(("./", "../")) else "names no action with a version"
        draft.issue(f"`uses: {use.text[:120]}` {reason}", line=use.line)


def _ref(file: SourceFile, draft: Draft, use: Use, top: str) -> str | None:
    if use.text.startswith(("./", "../")):
        return _local(file, draft, use.text, top)
    if use.text.startswith("docker://"):
        purl = _image(use.text.removeprefix("docker://"))
        return None if purl is None else draft.add(purl, line=use.line)
    found = _ACTION.match(use.text)
    if found is None:
        return None
    owner, repository, path, revision = found.groups()
    try:
        purl = make_purl(
            "github", repository.lower(), revision, namespace=owner.lower(), subpath=path.strip("/") or None
        )
    except InvalidPurl:
        return None
    note = _COMMENT.search(use.rest) if _COMMIT.match(revision) else None
    properties = (("github:version-comment", note[1]),) if note else ()
    return draft.add(purl, line=use.line, properties=properties)


def _local(file: SourceFile, draft: Draft, text: str, top: str) -> str | None:
    """The id of the action or workflow in this repository; None where it is not in the tree."""
    if "\0" in text or len(text) > 4_096:
        return None
    names = [""] if text.endswith((".yml", ".yaml")) else ["/action.yml", "/action.yaml"]
    for name in names:
        found = file.neighbour(f"{top}{text}{name}")
        if found is not None:
            return draft.project(found.path, origin=Origin.DECLARED).id
    return None


def _image(text: str) -> PackageURL | None:
    """A container image: `docker` with the registry's host as qualifier; a digest is the version where there is one."""
    found = _IMAGE.match(text) if len(text) < 1_024 else None
    if found is None:
        return None
    host, path, tag, digest = found.groups()
    namespace, _, name = path.rpartition("/")
    qualifiers = {"repository_url": host} if host else {}
    if tag and digest:
        qualifiers["tag"] = tag
    try:
        return make_purl("docker", name, digest or tag or "", namespace=namespace, qualifiers=qualifiers)
    except InvalidPurl:
        return None
