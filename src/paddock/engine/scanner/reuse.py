# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""REUSE: licensing information beside files, in `REUSE.toml`, `.reuse/dep5` and `<file>.license`.

Specification: https://reuse.software/spec-3.3/. REUSE.toml may stand in any folder; of each, the annotation that
matches last counts, by its precedence: `closest` (gives what the file itself lacks; of several only the nearest),
`aggregate` (counts beside everything else), `override` (neither the file nor any REUSE.toml below it counts).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from paddock.engine.downloader.tree import SourceFile, decode
from paddock.engine.formats.stanzas import parse_stanzas
from paddock.engine.formats.toml_text import parse_toml
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import CopyrightStatement, LicenseFindings
from paddock.engine.policy.globs import Token, Wildcard, compile_tokens
from paddock.engine.scanner.tags import holders_of, match_of

SOURCE = "scanner/reuse"
TOML_NAME = "REUSE.toml"
DEP5_PATH = ".reuse/dep5"
_PRECEDENCES = ("closest", "aggregate", "override")


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """What a REUSE.toml or dep5 says about the files that its pattern matches; paths relative to `folder`."""

    folder: str
    pattern: re.Pattern[str]
    precedence: str
    licenses: tuple[str, ...]
    copyrights: tuple[str, ...]
    rule: str

    def matches(self, path: str) -> bool:
        """Whether the annotation is about a path (relative to the scanned root)."""
        inside = path.removeprefix(f"{self.folder}/") if self.folder else path
        return (not self.folder or inside != path) and self.pattern.fullmatch(inside) is not None


class ReuseInformation:
    """All annotations of a tree, looked up by path; in one file the last match counts."""

    def __init__(self, files: Iterable[SourceFile]) -> None:
        self.issues: list[Issue] = []
        self._by_folder: dict[str, list[Annotation]] = {}
        self._dep5: dict[str, list[Annotation]] = {}
        for file in files:
            try:
                if file.name == TOML_NAME:
                    self._by_folder[file.directory] = list(read_toml(file))
                elif file.path == DEP5_PATH or file.path.endswith(f"/{DEP5_PATH}"):
                    folder = file.path[: -len(DEP5_PATH)].rstrip("/")
                    self._dep5[folder] = list(read_dep5(file, folder))
            except Unreadable as error:
                self.issues.append(Issue(Severity.WARNING, SOURCE, error.reason, file.path, error.line))

    def __bool__(self) -> bool:
        return bool(self._by_folder or self._dep5)

    def annotations(self, path: str) -> list[Annotation]:
        """The annotations about a path, one of each file that has some, from the root downwards."""
        found: list[Annotation] = []
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            for table in (self._by_folder, self._dep5):
                last = next((one for one in reversed(table.get(folder, ())) if one.matches(path)), None)
                if last is not None:
                    found.append(last)
        return found[::-1]


def combine(own: LicenseFindings, annotations: Sequence[Annotation]) -> LicenseFindings:
    """A file's own findings with what annotations say (from the root downwards), by their precedence."""
    above: list[LicenseFindings] = []
    nearest: LicenseFindings | None = None
    for annotation in annotations:
        if annotation.precedence == "override":
            return _united([*above, _findings(annotation)])
        if annotation.precedence == "aggregate":
            above.append(_findings(annotation))
        else:
            nearest = _findings(annotation)
    found = _united([*above, own])
    if nearest is None:
        return found
    return LicenseFindings(
        licenses=found.licenses if own.licenses else (*found.licenses, *nearest.licenses),
        copyrights=found.copyrights if own.copyrights else (*found.copyrights, *nearest.copyrights),
        clues=found.clues,
    )


def _findings(annotation: Annotation) -> LicenseFindings:
    return LicenseFindings(
        licenses=tuple(match_of(text, 1, annotation.rule) for text in annotation.licenses),
        copyrights=tuple(
            CopyrightStatement(start_line=1, end_line=1, statement=text, holders=holders_of(text))
            for text in annotation.copyrights
        ),
    )


def _united(parts: list[LicenseFindings]) -> LicenseFindings:
    return LicenseFindings(
        licenses=tuple(dict.fromkeys(one for part in parts for one in part.licenses)),
        copyrights=tuple(dict.fromkeys(one for part in parts for one in part.copyrights)),
        clues=tuple(dict.fromkeys(one for part in parts for one in part.clues)),
    )


def read_toml(file: SourceFile) -> Iterable[Annotation]:
    """The annotations of one REUSE.toml, in order. Raises Unreadable, naming the key, when it breaks the format."""
    document = parse_toml(file.text())
    if document.get("version") != 1:
        raise Unreadable(f"REUSE.toml version {document.get('version')!r} is not known; 1 is")
    tables = document.get("annotations", [])
    if not isinstance(tables, list):
        raise Unreadable("annotations is not a list of tables")
    for table in tables:
        if not isinstance(table, dict) or not _texts(table.get("path")):
            raise Unreadable("an annotation has no path")
        precedence = table.get("precedence", "closest")
        if precedence not in _PRECEDENCES:
            raise Unreadable(f"precedence {precedence!r} is none of {', '.join(_PRECEDENCES)}")
        for glob in _texts(table.get("path")):
            yield _annotation(file.directory, _toml_pattern(glob), precedence, table)


def _annotation(folder: str, pattern: re.Pattern[str], precedence: str, table: Mapping[str, object]) -> Annotation:
    return Annotation(
        folder=folder,
        pattern=pattern,
        precedence=precedence,
        licenses=_texts(table.get("SPDX-License-Identifier")),
        copyrights=_texts(table.get("SPDX-FileCopyrightText")),
        rule="reuse-toml",
    )


def read_dep5(file: SourceFile, folder: str) -> Iterable[Annotation]:
    """The `Files` paragraphs of a dep5 file, in order; REUSE reads them as "aggregate"."""
    for stanza in parse_stanzas(decode(file.read())):
        patterns = stanza.fields.get("files", "").split()
        license = stanza.fields.get("license", "").partition("\n")[0].strip()
        copyrights = tuple(line.strip() for line in stanza.fields.get("copyright", "").splitlines() if line.strip())
        for glob in patterns:
            yield Annotation(
                folder=folder,
                pattern=_dep5_pattern(glob),
                precedence="aggregate",
                licenses=(license,) if license else (),
                copyrights=copyrights,
                rule="reuse-dep5",
            )


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()


@lru_cache(maxsize=4_096)
def _toml_pattern(glob: str) -> re.Pattern[str]:
    """`**` stands for anything, `*` for anything within a folder's name, a backslash takes the next sign as it is."""
    tokens: list[Token] = []
    for part in re.findall(r"\\.|\*+|[^*\\]|\\", glob, re.DOTALL):
        if part.startswith("*"):
            tokens.append(Wildcard.WITHIN if part == "*" else Wildcard.ANYTHING)
        else:
            tokens.append(re.escape(part[1:] if len(part) > 1 else part))
    return compile_tokens(tokens)


@lru_cache(maxsize=4_096)
def _dep5_pattern(glob: str) -> re.Pattern[str]:
    wildcards: dict[str, Token] = {"*": Wildcard.ANYTHING, "?": "."}
    return compile_tokens(wildcards.get(sign, re.escape(sign)) for sign in glob)
