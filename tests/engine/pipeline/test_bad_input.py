# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Files that are not what their names promise: every claimed name with every kind of nonsense in it.

The same must hold for all: nothing is raised, no message is endless, the rest of the tree is read, nothing passes in
silence. That it also ends soon and within memory is measured in `test_bounds.py`.
"""

from pathlib import Path

import pytest

from paddock.engine.analyzer.analyze import analyze
from paddock.engine.bootstrap import EXTRACTORS
from paddock.engine.downloader.tree import MemoryTree
from paddock.engine.formats.result import read_result, write_result
from paddock.engine.model.issue import Severity
from paddock.engine.model.verdict import Outcome
from tests.engine.pipeline.trees import (
    SOUND,
    SOUND_REF,
    claimed_paths,
    dangling,
    errors_at,
    look_at,
    plant,
    refs,
    state_of,
)

DEEP = 100_000
ALIASES = "a0: &a0 [x, y]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 25))
KEYS = (
    "packages", "package", "dependencies", "devDependencies", "importers", "snapshots", "extra-deps", "jobs", "runs",
    "PODS", "SPEC CHECKSUMS", "manifest", "metadata", "version", "name", "channels", "lockfileVersion", "content",
)  # fmt: skip
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + '<!ENTITY secret SYSTEM "file:///etc/passwd">]><project><artifactId>&j;&secret;</artifactId></project>'
)

NONSENSE: dict[str, bytes] = {
    "nothing": b"",
    "NUL bytes": b"\0" * 3_000,
    "not UTF-8": b'{"name": "\xff\xfe\xfa"}\n[package]\nname = "\xe4"\n',
    "UTF-16": '{"name": "x", "version": "1"}'.encode("utf-16"),
    "UTF-16 cut off": b"\xff\xfe{",
    "JSON: null": b"null",
    "JSON: a list": b"[1, [2], {}]",
    "JSON: an object": b'{"": {"": []}}',
    "JSON, 100,000 levels": b"[" * DEEP,
    "JSON, 100,000 objects": b'{"dependencies":' * DEEP + b"1" + b"}" * DEEP,
    "XML, 100,000 levels": b"<a>" * DEEP,
    "XML with entities": ENTITIES.encode(),
    "TOML, 100,000 levels": b"a = " + b"[" * DEEP,
    "TOML, a key of 100,000 parts": b".".join([b"a"] * DEEP) + b" = 1\n",
    "YAML, 100,000 levels": b"- " * DEEP,
    "YAML aliases": (ALIASES + "".join(f'"{key}": *a24\n' for key in KEYS)).encode(),
    "YAML aliases in lists": (ALIASES + "".join(f'"{key}": [{{x: *a24}}]\n' for key in KEYS)).encode(),
    "YAML aliases in mappings": (ALIASES + "".join(f'"{key}": {{x@1: *a24}}\n' for key in KEYS)).encode(),
    "YAML, an endless tag": b"!" * DEEP,
    "brackets": b"(" * DEEP,
    "quotes": b'"' * DEEP,
    "an open string": b'"' + b"\\a" * DEEP,
    "one line of 500,000 letters": b"a" * 500_000,
    "blanks": b" " * DEEP,
    "line ends": b"\r\n" * DEEP,
    "hashes": b"#" * DEEP,
    "equals signs": b"=" * DEEP,
    "100,000 dots": b"a." * DEEP,
    "digits": b'{"version": ' + b"9" * DEEP + b"}",
    "an error page": b"<!DOCTYPE html><html><body>404 not found</body></html>",
    "a merge conflict": b'<<<<<<< ours\n{"a": 1}\n=======\n{"a": 2}\n>>>>>>> theirs\n',
}

MAY_BE_EMPTY_WORDS = {
    "conda/explicit", "cpp/cmake", "go/go_binary", "java/gradle_build", "python/installed", "ruby/gemfile",
    "rust/rust_binary", "rust/vendored",
}  # fmt: skip
"""Formats in which any text is allowed, so that nonsense is no fault, and names that others use too."""


@pytest.mark.parametrize("kind", NONSENSE)
def test_every_claimed_name_survives(kind: str) -> None:
    content = NONSENSE[kind]
    paths = {path for names in claimed_paths().values() for path in names}
    tree = MemoryTree({**{f"bad/{path}": content for path in paths}, **_bytes(SOUND)})
    found = analyze(tree.files(), EXTRACTORS)
    assert SOUND_REF in {component.ref for component in found.components}
    assert dangling(found) == []
    assert [issue for issue in found.issues if "not understood (" in issue.message] == []
    assert max((len(issue.message) for issue in found.issues), default=0) < 1_000


@pytest.mark.parametrize("kind", ["NUL bytes", "JSON, 100,000 levels", "an error page", "a merge conflict"])
def test_nonsense_is_told_with_its_path(kind: str) -> None:
    silent = set()
    for extractor in EXTRACTORS:
        for path in claimed_paths()[extractor.name]:
            found = analyze(MemoryTree({path: NONSENSE[kind]}).files(), (extractor,))
            if {issue.path for issue in found.issues} != {path} and not found.components:
                silent.add(extractor.name)
    assert silent <= MAY_BE_EMPTY_WORDS | ({"conda/environment"} if kind == "an error page" else set())


def test_the_whole_walk_over_nonsense(tmp_path: Path) -> None:
    paths = sorted({path for names in claimed_paths().values() for path in names})
    files = {f"{number}/{path}": b"\0{[<" for number, path in enumerate(paths)}
    plant(tmp_path, {**files, **SOUND})
    before = state_of(tmp_path)
    result = look_at(tmp_path)
    assert SOUND_REF in refs(result)
    assert result.verdict is not None
    assert result.verdict.outcome is Outcome.UNDECIDED
    assert len(errors_at(result)) > len(paths) // 2
    assert read_result(write_result(result)) == result
    assert state_of(tmp_path) == before


@pytest.mark.parametrize(
    "name", ["package-lock.json", "Cargo.lock", "pom.xml", "pnpm-lock.yaml", "app.jar", "x.cdx.json"]
)
def test_what_was_not_read_is_never_compliant(tmp_path: Path, name: str) -> None:
    """The same tree is compliant without the broken file."""
    plant(tmp_path, {"package.json": '{"name": "x", "version": "1.0.0", "license": "MIT"}'})
    sound = look_at(tmp_path)
    assert sound.verdict is not None
    assert sound.verdict.outcome is Outcome.COMPLIANT
    plant(tmp_path, {f"part/{name}": b'{"cut": '})
    result = look_at(tmp_path)
    assert result.verdict is not None
    assert result.verdict.outcome is Outcome.UNDECIDED
    assert list(errors_at(result)) == [f"part/{name}"]
    assert any(f"part/{name}" in reason.message for reason in result.verdict.open_reasons)


def test_a_huge_file_is_an_issue_and_is_not_read(tmp_path: Path) -> None:
    plant(tmp_path, SOUND)
    for name in ("package-lock.json", "pom.xml", "requirements.txt", "x.cdx.json"):
        with open(tmp_path / name, "wb") as stream:
            stream.truncate(1_000_000_000)
    result = look_at(tmp_path)
    assert SOUND_REF in refs(result)
    for name in ("package-lock.json", "pom.xml", "requirements.txt", "x.cdx.json"):
        assert "1,000,000,000 bytes" in errors_at(result)[name][0]


def test_a_broken_configuration_does_not_pass_for_none(tmp_path: Path) -> None:
    plant(tmp_path, {**SOUND, "REUSE.toml": "version = 1\n[[annotations]]\npath = " + "[" * DEEP})
    result = look_at(tmp_path)
    assert result.scan is not None
    assert [(issue.path, issue.severity) for issue in result.scan.issues] == [("REUSE.toml", Severity.WARNING)]


def _bytes(files: dict[str, str | bytes]) -> dict[str, bytes]:
    return {path: content.encode() if isinstance(content, str) else content for path, content in files.items()}
