# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A small advisory database for tests of the command."""

import os
from pathlib import Path

from tests.engine.advisor.records import CRITICAL, affected, before, put, record
from tests.engine.advisor.test_advise import CVE, EPSS, KEV

SEVERE = {"severity": [{"type": "CVSS_V3", "score": CRITICAL}]}


def install(*records: dict) -> Path:
    """Make the database where the command looks for it, by default with one critical vulnerability of `right`."""
    path = Path(os.environ["PADDOCK_ADVISORIES"])
    put(path, *(records or (right(),)))
    return path


def right(fixed: str = "2.1.0", **more) -> dict:
    """A vulnerability of `right`, which `left` brings in."""
    facts = {"aliases": [CVE], "summary": "Remote code", **SEVERE, **more}
    return {**record("GHSA-1", before("npm", "right", fixed)), **facts}


def malware(name: str) -> dict:
    """A package that is malicious in every version."""
    return record("MAL-2026-1", affected("npm", name, ("introduced", "0")))


def exploited() -> tuple[dict, bytes]:
    """The catalogue and the scores that know it."""
    return KEV, EPSS
