# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What to bring in, from where, and what came of it."""

from collections.abc import Callable

import msgspec

from paddock.engine.advisor.feed import Report

OSV = "https://osv-vulnerabilities.storage.googleapis.com"
"""Where OSV publishes its dumps; see the page above."""
KEV_ADDRESS = "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"
EPSS_ADDRESS = "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz"
KEV_FILE, EPSS_FILE = "known_exploited_vulnerabilities.json", "epss_scores-current.csv.gz"
"""Their names at a server that is no other's."""
ECOSYSTEMS = (
    "CRAN", "ConanCenter", "GitHub Actions", "Go", "Hackage", "Hex", "Julia", "Maven", "NuGet", "Packagist", "Pub",
    "PyPI", "RubyGems", "SwiftURL", "crates.io", "npm", "opam",
)  # fmt: skip
"""What is fetched when nothing else is asked for: the ecosystems that programming languages have. Distributions are
named by whoever wants them; theirs is by far the larger part."""
Progress = Callable[[str, int, int], None]
"""Called with what is done ("PyPI"), how far, and of how much (0: not known)."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to bring in. base: address of the server. ecosystems: by name; empty: those that the database has from a
    server, or else ECOSYSTEMS. kev, epss: addresses; "": the usual place. whole: fetch everything anew.
    """

    base: str = OSV
    ecosystems: tuple[str, ...] = ()
    kev: str = ""
    epss: str = ""
    whole: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """reports: of each source that was read. failures: sources that could not be fetched or read, each with the reason;
    what the database had of them is still there.
    """

    reports: tuple[Report, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()
