# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""`paddock init`: a first `.paddock.yml`, with what the tree already tells."""

from pathlib import Path

import click

from paddock.cli.output import write_bytes
from paddock.engine.bootstrap import find_configuration
from paddock.engine.model.errors import EngineError
from paddock.engine.policy.read_configuration import FILE_NAME

_EXCLUDES = {
    "docs": "DOCUMENTATION_OF",
    "doc": "DOCUMENTATION_OF",
    "examples": "EXAMPLE_OF",
    "example": "EXAMPLE_OF",
    "test": "TEST_OF",
    "tests": "TEST_OF",
    "spec": "TEST_OF",
}
_TEMPLATE = """\
# What Paddock should know about this project. Every entry is optional.
# `paddock policy check` says whether this file can be used.

# How people get the product: internal, hosted (as a service), app (a copy), embedded (in a device).
distribution: {distribution}

excludes:
  # Files that are no part of the product. The reason is shown in every report.
  paths:{paths}
  # Scopes whose packages do not count: dev, test, build, optional.
  #   - scope: dev
  #     reason: DEV_DEPENDENCY_OF
  scopes: []

# Corrected facts about packages, for instance a licence that the metadata does not state.
#   - purl: pkg:npm/left-pad
#     concluded_license: MIT
#     comment: See the LICENSE file of the repository.
curations: []

# Which alternative is taken where a package offers several.
#   - given: MIT OR GPL-2.0-only
#     choice: MIT
license_choices: []

# Approved exceptions; each has an end.
#   - rule: weak-copyleft-*
#     purl: pkg:maven/org.example/library
#     reason: LICENSE_ACQUIRED_EXCEPTION
#     approved_by: legal counsel
#     until: 2027-12-31
waivers: []

# Known vulnerabilities that are settled; each has an end.
#   - vulnerability: CVE-2025-0001
#     purl: pkg:npm/example
#     reason: INEFFECTIVE_VULNERABILITY
#     comment: The function is never called.
#     until: 2027-12-31
resolutions: []
"""


class AlreadyThere(EngineError):
    """The configuration exists, and nobody said that it may be replaced."""


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@click.option(
    "--distribution",
    type=click.Choice(["internal", "hosted", "app", "embedded"]),
    default="app",
    show_default=True,
    help="How people get the product.",
)
@click.option("--force", is_flag=True, help="Replace an existing file.")
def command(path: Path, distribution: str, force: bool) -> int:
    """Write a first .paddock.yml in PATH (default: the current folder), with comments and what the tree tells."""
    target = path / FILE_NAME
    if target.exists() and not force:
        raise AlreadyThere(f"{target} exists already; --force replaces it")
    write_bytes(draft(path, distribution).encode(), target)
    find_configuration(path)  # what we write must be readable; a fault here is ours
    click.echo(f"Wrote {target}. Next: read it, then run paddock scan {path}.")
    return 0


def draft(path: Path, distribution: str) -> str:
    """The text of a first configuration for a folder."""
    found = [(name, reason) for name, reason in _EXCLUDES.items() if (path / name).is_dir()]
    entries = "".join(f'\n    - pattern: "{name}/**"\n      reason: {reason}' for name, reason in found)
    return _TEMPLATE.format(distribution=distribution, paths=entries or " []")
