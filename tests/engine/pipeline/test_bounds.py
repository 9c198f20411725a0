# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""One tree of everything that could eat memory or time, scanned by a process that may have only so much of both.

The limits are generous (a scan of this tree needs less than half of them), so that only an explosion hits them.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.pipeline.test_bad_input import ALIASES, NONSENSE
from tests.engine.pipeline.test_hostile_archives import POM, POM_PATH, bomb, zipped
from tests.engine.pipeline.trees import SOUND, SOUND_REF, claimed_paths, plant

MEMORY = 400 * 1024 * 1024
"""Bytes of address space, shared libraries included."""
CPU_SECONDS = 120
SPARSE = 1_000_000_000

_ARCHIVES = (".war", ".ear", ".par", ".kar", ".hpi", ".jpi", ".aar")
"""Read like jars: one of the family is enough, since a digest of each is computed."""

LONG = 200_000
TEXTS: dict[str, str | bytes] = {
    "cabal.project.freeze": f"constraints: any.a ==1,\n  a {'-0' * LONG}!\n  b {'e-' * LONG}\n",
    "requirements.txt": f"a @ http://x{' ' * LONG}x\n{'#' * LONG}\n{'a' * LONG}\nb @ x{'#' * LONG}\n",
    "environment.yml": f"dependencies: ['a[{'a_' * LONG}]']\n",
    "CMakeLists.txt": f"FetchContent_Declare(a {'O_' * LONG}! GIT_TAG x)\n",
    "Gemfile": f"gem 'a'{' ' * LONG}!\ngem %w{' ' * LONG}\n",
    "x.spdx": f"SPDXVersion: SPDX-2.3\nPackageName: a\nPackageChecksum: {':' * LONG} x\n",
    "package.json": f'{{"name": "a", "version": "1", "license": "{" " * LONG}x or {"/" * LONG}"}}',
    "pom.xml": f"<project><version>{'${' * LONG}</version></project>",
    "poetry.lock": ".".join(["a"] * LONG) + " = 1\n",
    "stack.yaml": f"{ALIASES}extra-deps: [{{x: *a24}}]\n",
    # REUSE-IgnoreStart
    "a.c": f"// SPDX-License-Identifier: MIT{' ' * LONG}x\n" + "/* SPDX-License-Identifier:" * 10_000,
    "REUSE.toml": f'version = 1\n[[annotations]]\npath = "{"*a" * 200}b"\nSPDX-License-Identifier = "MIT"\n',
    # REUSE-IgnoreEnd
}
"""Texts on which a careless regular expression takes the square of the length, or never ends."""

SCAN = """
import json, sys
from pathlib import Path
from tests.engine.pipeline.trees import look_at
result = look_at(Path(sys.argv[1]))
print(json.dumps({
    "outcome": result.verdict.outcome.value,
    "refs": [component.ref for component in result.inventory.components],
    "issues": [[issue.path, issue.message] for issue in result.all_issues()],
}))
"""


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def _scan(root: Path) -> dict[str, list[str]]:
    """What a limited process finds; paths of issues by message."""
    finished = subprocess.run(
        [sys.executable, "-c", SCAN, root],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=_limit,  # the child does nothing else before it becomes another program
        capture_output=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr.decode()[-2_000:]
    found = json.loads(finished.stdout)
    assert found["outcome"] == "undecided"
    assert SOUND_REF in found["refs"]
    issues: dict[str, list[str]] = {}
    for path, message in found["issues"]:
        issues.setdefault(path, []).append(message)
    return issues


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit the address space of a process")
def test_files_of_a_gigabyte(tmp_path: Path) -> None:
    paths = sorted({path for names in claimed_paths().values() for path in names if not path.endswith(_ARCHIVES)})
    plant(tmp_path, SOUND)
    for number, path in enumerate(paths):
        target = tmp_path / str(number) / path
        target.parent.mkdir(parents=True)
        with open(target, "wb") as stream:
            stream.truncate(SPARSE)
    issues = _scan(tmp_path)
    assert not any("MemoryError" in message for messages in issues.values() for message in messages)
    told = {path.partition("/")[2] for path in issues}
    assert {"package-lock.json", "pom.xml", "poetry.lock", "Cargo.lock", "x.cdx.json", "requirementsx.txt"} <= told


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit the address space of a process")
def test_what_explodes(tmp_path: Path) -> None:
    plant(tmp_path, SOUND)
    archive = zipped({POM_PATH: POM, "fill": bomb(4_000_000)})
    many = zipped({f"{number}.jar": archive for number in range(100)})
    plant(tmp_path / "archives", {"many.jar": many, "more.war": zipped({f"{n}.jar": many for n in range(20)})})
    deep = {kind: content for kind, content in NONSENSE.items() if "100,000" in kind or "YAML" in kind}
    for number, content in enumerate(deep.values()):
        for path in {path for names in claimed_paths().values() for path in names}:
            plant(tmp_path / "deep" / str(number), {path: content})
    merges = ALIASES + "".join(f"b{n}: {{<<: [{', '.join(['*a24'] * 90)}]}}\n" for n in range(20))
    plant(tmp_path / "merges", {"pnpm-lock.yaml": merges, "conda-lock.yml": merges, "pubspec.lock": merges})
    plant(tmp_path / "texts", TEXTS)
    _scan(tmp_path)
