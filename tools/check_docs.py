# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Keeps the documentation true: links lead somewhere, every page is reachable, generated parts are up to date.

    python tools/check_docs.py [--write]

`--write` makes the generated files anew: docs/formats.md (from the extractors), docs/command-line.md (from the
commands' help) and docs/schema/result-1.schema.json (from the types).
"""

import importlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from paddock.cli.main import COMMANDS
from paddock.engine.analyzer.extractor import Extractor, Fact
from paddock.engine.bootstrap import EXTRACTORS
from paddock.engine.formats.result import result_schema
from paddock.engine.formats.write import WRITABLE
from paddock.engine.reporter.reports import REPORTS

SUBCOMMANDS = (["policy", "check"], ["policy", "show"], ["cache", "info"], ["cache", "clear"])
ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"^(?:\$ )?(?:\./dev )?paddock ([a-z]+)", re.MULTILINE)


def pages() -> list[Path]:
    """Every Markdown file of the repository, except test data."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split() if "/data/" not in name and (ROOT / name).is_file()]


def broken_links() -> Iterator[str]:
    """Relative links that lead to no file."""
    for page in pages():
        for target in LINK.findall(page.read_text()):
            path = target.partition("#")[0]
            if path and "://" not in path and not (page.parent / path).exists():
                yield f"{page.relative_to(ROOT)}: the link to {target} leads nowhere"


def unreachable_pages() -> Iterator[str]:
    """Pages below docs/ that no page reachable from the README links to (decision records: their folder is linked)."""
    reached: set[Path] = set()
    pending = [ROOT / "README.md"]
    while pending:
        page = pending.pop()
        if page in reached or not page.is_file():
            continue
        reached.add(page)
        for target in LINK.findall(page.read_text()):
            path = target.partition("#")[0]
            if path and "://" not in path:
                pending.append((page.parent / path).resolve())
    for page in pages():
        if page.is_relative_to(ROOT / "docs") and page.parent.name != "adr" and page not in reached:
            yield f"{page.relative_to(ROOT)}: no page links here"


def unknown_commands() -> Iterator[str]:
    """Commands in the documentation that do not exist."""
    for page in pages():
        for name in COMMAND.findall(page.read_text()):
            if name not in COMMANDS:
                yield f"{page.relative_to(ROOT)}: there is no command paddock {name}"


def formats_page() -> bytes:
    """docs/formats.md: what is read and written, from the plug-ins themselves."""
    lines = [
        "# What Paddock reads and writes",
        "",
        "Made by `python tools/check_docs.py --write` from what the extractors declare about themselves.",
        "",
        "## Manifests, lock files and installed packages",
        "",
        "Read statically: nothing is executed, nothing is fetched. ● the format carries the fact and Paddock reads it.",
        "",
    ]
    for group, extractors in groupby(EXTRACTORS, key=lambda one: one.name.partition("/")[0]):
        lines += [f"### {_title(group)}", "", _header(), _rule()]
        members = list(extractors)
        lines += [_row(extractor) for extractor in members]
        limited = [extractor for extractor in members if extractor.cannot_tell]
        if limited:
            lines += ["", "What cannot be told:", ""]
            lines += [f"- **{extractor.title}**: {' '.join(extractor.cannot_tell)}" for extractor in limited]
        lines.append("")
    lines += ["## Bills of materials", "", "Read: CycloneDX 1.2 to 1.7 (JSON, XML), SPDX 2.2 and 2.3 (JSON, YAML,"]
    lines += ["tag-value, RDF), SPDX 3.0.1 (JSON-LD); packed with gzip or not. Written:", ""]
    lines += [f"- {kind}" for kind in WRITABLE]
    lines += ["", "## Reports", "", "| `--format` | what it is | usual end of the name |", "|---|---|---|"]
    lines += [f"| `{report.name}` | {report.title} | `{report.suffix}` |" for report in REPORTS.values()]
    return ("\n".join(lines) + "\n").encode()


def _title(group: str) -> str:
    """What the group's own docstring says it is."""
    module = importlib.import_module(f"paddock.engine.analyzer.extractors.{group}")
    return (module.__doc__ or group).strip().splitlines()[0].rstrip(".")


def _header() -> str:
    return f"| format | files | {' | '.join(Fact)} |"


def _rule() -> str:
    return f"|---|---|{'|'.join(':-:' for _ in Fact)}|"


def _row(extractor: Extractor) -> str:
    claims = extractor.claims
    names = [*claims.names, *(f"*{suffix}" for suffix in claims.suffixes), *claims.patterns]
    names += ["executables"] * claims.executables
    cells = ["●" if fact in extractor.tells else "" for fact in Fact]
    files = ", ".join(f"`{name}`" for name in names)
    return f"| {extractor.title} | {files} | {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def command_page() -> bytes:
    """docs/command-line.md: every command's help."""
    lines = [
        "# The command line",
        "",
        "Made by `python tools/check_docs.py --write` from the help texts.",
        "",
        "Exit codes: 0 compliant (or done), 1 not compliant (or not valid, or different), 2 undecided, 3 wrong usage,",
        "130 interrupted, 141 when the reader of the output went away.",
        "",
        "Environment: `NO_COLOR` switches colours off; `SOURCE_DATE_EPOCH` sets the time in documents, so that two",
        "runs give the same bytes; `PADDOCK_CACHE` and `PADDOCK_CACHE_SIZE` say where the cache of fetched packages is",
        "and how large it may become; what the package clients read from the environment counts for `--deep` as well.",
        "",
        'Completion: `eval "$(_PADDOCK_COMPLETE=bash_source paddock)"` in `~/.bashrc`; `zsh_source` and `fish_source`',
        "for the other shells.",
    ]
    for arguments in ([], *([name] for name in COMMANDS), *SUBCOMMANDS):
        title = " ".join(["paddock", *arguments])
        lines += ["", f"## {title}", "", "```text", _help(arguments).rstrip(), "```"]
    return ("\n".join(lines) + "\n").encode()


def _help(arguments: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "paddock", *arguments, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "100", "PATH": "", "LC_ALL": "C.UTF-8"},
    )
    return done.stdout


GENERATED: dict[str, Callable[[], bytes]] = {
    "docs/formats.md": formats_page,
    "docs/command-line.md": command_page,
    "docs/schema/result-1.schema.json": result_schema,
}


def outdated_pages() -> Iterator[str]:
    """Generated files that differ from what would be made now."""
    for name, make in GENERATED.items():
        path = ROOT / name
        if not path.is_file() or path.read_bytes() != make():
            yield f"{name}: out of date; run python tools/check_docs.py --write"


def main() -> int:
    """Write if asked to, then check."""
    if "--write" in sys.argv:
        for name, make in GENERATED.items():
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_bytes(make())
    faults = [
        fault for check in (broken_links, unreachable_pages, unknown_commands, outdated_pages) for fault in check()
    ]
    print("\n".join(faults) or f"{len(pages())} pages are in order.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
