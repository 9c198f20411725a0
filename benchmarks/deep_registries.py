# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Deep scans of small projects against the registries that this machine's package clients are set to.

Each project's lock file is made by the ecosystem's own client, with the user's settings; a client that is not here, or
whose registry does not answer, is told. Then `paddock scan --deep` runs twice in a home folder that has the user's
settings and none of the clients' caches, so that everything is fetched by Paddock itself: first with an empty cache,
then with the one that the first run has filled. What could not be fetched is listed with its reason.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import run_once
from paddock.engine.formats.result import read_result
from paddock.engine.model.licensing import PackageSource
from paddock.engine.model.result import Result
from paddock.engine.pipeline.examine import SOURCE
from paddock.engine.scanner.licenses.default_index import PLACE, index_path

PADDOCK = (sys.executable, "-m", "paddock")
SETTINGS = (
    ".npmrc", ".netrc", "_netrc", ".m2/settings.xml", ".cargo/config", ".cargo/config.toml",
    ".cargo/credentials", ".cargo/credentials.toml", ".config/pip", ".pip", ".config/go",
)  # fmt: skip
CACHES = ("CARGO_HOME", "GOMODCACHE", "GOPATH", "npm_config_cache", "NPM_CONFIG_CACHE", "PADDOCK_CACHE")
"""Variables that lead to a client's cache, and are not passed on."""
_CLIENT_TIMEOUT = 300

NPM = {"express": "4.21.2", "commander": "12.1.0", "chalk": "4.1.2", "@types/node": "20.17.0"}
CARGO = 'clap = { version = "4", features = ["derive"] }\nserde_json = "1"\nregex = "1"\nanyhow = "1"\nrand = "0.8"\n'
GO = (
    "github.com/spf13/cobra", "github.com/stretchr/testify/assert", "go.uber.org/zap", "github.com/google/uuid",
    "github.com/gorilla/mux", "golang.org/x/text/language", "github.com/sirupsen/logrus",
    "github.com/prometheus/client_golang/prometheus",
)  # fmt: skip
MAVEN = (
    "com.fasterxml.jackson.core:jackson-databind:2.22.2", "com.google.guava:guava:33.7.0-jre",
    "commons-io:commons-io:2.16.1",
    "org.apache.commons:commons-lang3:3.14.0", "ch.qos.logback:logback-classic:1.5.36", "junit:junit:4.13.2",
    "org.apache.httpcomponents:httpclient:4.5.14", "com.squareup.okhttp3:okhttp:5.3.2",
)  # fmt: skip
PYTHON = "flask\nrequests\nrich\nclick\nhttpx\njinja2\nsqlalchemy\nattrs\n"


@dataclass(frozen=True)
class Project:
    """An ecosystem: its client, what it is called with, and what writes the project's files before and after that."""

    client: str
    arguments: tuple[str, ...]
    write: Callable[[Path], None]
    finish: Callable[[Path], None] = lambda _: None


def _npm(tree: Path) -> None:
    manifest = {"name": "made-up", "version": "1.0.0", "private": True, "dependencies": NPM}
    (tree / "package.json").write_text(json.dumps(manifest))


def _cargo(tree: Path) -> None:
    (tree / "src").mkdir()
    (tree / "src" / "main.rs").write_text("fn main() {}\n")
    package = '[package]\nname = "made-up"\nversion = "1.0.0"\nedition = "2021"\n'
    (tree / "Cargo.toml").write_text(f"{package}[dependencies]\n{CARGO}")


def _go(tree: Path) -> None:
    (tree / "go.mod").write_text("module example.com/made-up\n\ngo 1.21\n")
    imports = "\n".join(f'\t_ "{one}"' for one in GO)
    (tree / "main.go").write_text(f"package main\n\nimport (\n{imports}\n)\n\nfunc main() {{}}\n")


def _maven(tree: Path) -> None:
    wanted = ""
    for one in MAVEN:
        parts = zip(("groupId", "artifactId", "version"), one.split(":"), strict=True)
        wanted += f"<dependency>{''.join(f'<{name}>{text}</{name}>' for name, text in parts)}</dependency>\n"
    own = "<groupId>com.example</groupId><artifactId>made-up</artifactId><version>1.0.0</version>"
    (tree / "pom.xml").write_text(
        f"<project><modelVersion>4.0.0</modelVersion>{own}\n<dependencies>\n{wanted}</dependencies></project>\n"
    )


def _python(tree: Path) -> None:
    (tree / "wanted.in").write_text(PYTHON)


def _pins(tree: Path) -> None:
    """pip's report about what it would install, as pinned requirements."""
    installed = json.loads((tree / "report.json").read_text())["install"]
    pins = sorted(f"{one['metadata']['name']}=={one['metadata']['version']}\n" for one in installed)
    (tree / "requirements.txt").write_text("".join(pins))
    (tree / "report.json").unlink()


PROJECTS = {
    "npm": Project("npm", ("install", "--package-lock-only", "--ignore-scripts"), _npm),
    "maven": Project(
        "mvn",
        ("-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:tree", "-DoutputFile=dependency-tree.txt"),
        _maven,
    ),
    "golang": Project("go", ("mod", "tidy"), _go),
    "cargo": Project("cargo", ("generate-lockfile",), _cargo),
    "pypi": Project(
        "pip",
        (
            *("install", "--quiet", "--dry-run", "--ignore-installed", "--only-binary", ":all:"),
            *("--report", "report.json", "-r", "wanted.in"),
        ),
        _python,
        _pins,
    ),
}
"""By purl type."""


def scan_against_registries(only: str = "") -> int:
    """Measure and print one row an ecosystem (`only`: those, separated by commas); 1 when something could not be
    fetched or the second run found something else.
    """
    print(
        f"{'ecosystem':<10}{'packages':>9}{'fetched':>9}{'could not':>10}{'MB':>7}{'verified':>9}"
        f"{'first s':>9}{'second s':>9}"
    )
    with tempfile.TemporaryDirectory() as scratch:
        chosen = [name for name in PROJECTS if not only or name in only.split(",")]
        outcomes = [_row(Path(scratch) / name, name) for name in chosen]
    return 0 if all(outcomes) else 1


def _row(folder: Path, name: str) -> bool:
    tree = folder / "tree"
    tree.mkdir(parents=True)
    if trouble := _lock(PROJECTS[name], tree):
        print(f"{name:<10}{trouble}", flush=True)
        return True
    surroundings = _surroundings(folder)
    results, seconds = [], []
    for number in ("first", "second"):
        target = folder / f"{number}.paddock.json"
        command = [*PADDOCK, "scan", tree, "--deep", "--quiet", "--exit-zero", "-o", target]
        environment = surroundings if number == "first" else {**surroundings, **_NOWHERE}
        seconds.append(run_once(command, environment=environment).wall)
        results.append(read_result(target.read_bytes()))
    first, second = results
    wanted = [one for one in first.inventory.components if one.purl.type == name and one.version]
    missing = _missing(first)
    origins = [origin for package in _packages(first) for origin in package.origins]
    print(
        f"{name:<10}{len(wanted):>9}{len(_packages(first)):>9}{sum(missing.values()):>10}"
        f"{sum(one.size for one in origins) / 1e6:>7.1f}{sum(bool(one.verified) for one in origins):>9}"
        f"{seconds[0]:>9.1f}{seconds[1]:>9.1f}",
        flush=True,
    )
    for reason, count in sorted(missing.items()):
        print(f"{'':<10}could not: {count} {reason}")
    if _packages(first) != _packages(second):
        print(f"{'':<10}the second run, without network, found something else")
    return not missing and _packages(first) == _packages(second)


_NOWHERE = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9")
"""The second run has no way out: what it finds is in the cache."""


def _lock(project: Project, tree: Path) -> str:
    """Write the project and let its client lock it; what is in the way, else ""."""
    own = (sys.executable, "-m", "pip") if project.client == "pip" else (shutil.which(project.client),)
    if own[0] is None:
        return f"{project.client} is not on this machine"
    project.write(tree)
    try:
        done = subprocess.run(
            [str(part) for part in (*own, *project.arguments)],
            cwd=tree, capture_output=True, text=True, timeout=_CLIENT_TIMEOUT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"{project.client} made no lock file in {_CLIENT_TIMEOUT} s"
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-1:]
        return f"{project.client} makes no lock file here: {''.join(said)[:160]}"
    project.finish(tree)
    return ""


def _surroundings(folder: Path) -> dict[str, str]:
    """A home with the user's settings only, and an empty cache."""
    home = folder / "home"
    user = Path.home()
    for name in SETTINGS:
        source = user / name
        if name.startswith(".cargo/") and os.environ.get("CARGO_HOME"):
            source = Path(os.environ["CARGO_HOME"]) / name.partition("/")[2]
        if source.exists():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).symlink_to(source)
    home.mkdir(exist_ok=True)
    nothing = dict.fromkeys((name for name in CACHES if name in os.environ), "")
    own = {
        "HOME": str(home),
        "PADDOCK_CACHE": str(folder / "cache"),
        PLACE: str(index_path()),
        "SOURCE_DATE_EPOCH": "0",
    }
    return {**nothing, **own}


def _packages(result: Result) -> tuple[PackageSource, ...]:
    return result.scan.packages if result.scan else ()


def _missing(result: Result) -> Counter[str]:
    """The packages that were not fetched, by reason; what comes with a toolchain has none to fetch."""
    issues = result.scan.issues if result.scan else ()
    fetched = {one.ref for one in result.scan.packages} if result.scan else set()
    told = {one.path: one.message for one in issues if one.source == SOURCE}
    hints = {one.path for one in issues if one.severity == "hint"}
    return Counter(
        told.get(one.ref, "no reason was told")
        for one in result.inventory.components
        if one.ref not in fetched and one.ref not in hints
    )
