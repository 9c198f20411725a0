# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Releases of distributions, brought from the many ways of writing them to one: `bookworm`, `debian-12.4`, `12`.

Advisories name them after the ecosystem's colon (`Debian:12`, `Ubuntu:Pro:18.04:LTS`, `Red Hat:rhel_eus:8.6::baseos`),
package URLs in the qualifier `distro`.
"""

import re

_CODENAMES = {
    "squeeze": "6", "wheezy": "7", "jessie": "8", "stretch": "9", "buster": "10", "bullseye": "11", "bookworm": "12",
    "trixie": "13", "forky": "14", "duke": "15",
    "precise": "12.04", "trusty": "14.04", "xenial": "16.04", "bionic": "18.04", "focal": "20.04", "jammy": "22.04",
    "lunar": "23.04", "mantic": "23.10", "noble": "24.04", "oracular": "24.10", "plucky": "25.04", "questing": "25.10",
    "resolute": "26.04",
}  # fmt: skip
"""Code names of Debian and Ubuntu."""

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_SERVICE_PACK = re.compile(r"([0-9]+)[ .-]*SP ?([0-9]+)", re.IGNORECASE)
_DIST_TAG = re.compile(r"\.(?:el|module\+el|module_el)([0-9]+)")
_PARTS = {"Ubuntu": 2, "Alpine": 2, "Alpaquita": 2, "openSUSE": 2, "SUSE": 2, "openEuler": 2, "Photon OS": 2}
"""How many numbers name a release, where it is not one."""

_ROLLING = {"tumbleweed", "edge", "stream", "sid", "unstable", "testing"}


def release_of(ecosystem: str, text: str) -> str:
    """The release that a text names, in one spelling ("12", "22.04", "15.5"); "" where it names none."""
    lowered = text.lower()
    for name, release in _CODENAMES.items():
        if name in lowered:
            return release
    pack = _SERVICE_PACK.search(text)
    found = f"{pack[1]}.{pack[2]}" if pack else next(iter(_NUMBER.findall(text)), "")
    if not found:
        return next((name for name in _ROLLING if name in lowered), "")
    return ".".join(found.split(".")[: _PARTS.get(ecosystem, 1)])


def release_in_version(version: str) -> str:
    """The major release that the version of an RPM package of the Red Hat family shows (`.el9`); "" where none."""
    found = _DIST_TAG.search(version)
    return found[1] if found else ""


def same_release(ecosystem: str, suffix: str, release: str) -> bool | None:
    """Whether an advisory for `ecosystem:suffix` is about a release; None where that cannot be told.

    Extended streams of a release (Red Hat's EUS, AUS, …; Ubuntu Pro) are such a case: whether a machine gets its
    packages from there is not in the package.
    """
    if not suffix:
        return True
    theirs = release_of(ecosystem, suffix.partition("::")[0] if ecosystem == "Red Hat" else suffix)
    if not theirs or not release:
        return None
    if theirs != release:
        return False
    if ecosystem == "Red Hat":
        return True if suffix.startswith("enterprise_linux:") else None
    return None if suffix.startswith("Pro:") else True
