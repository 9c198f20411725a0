# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Releases of distributions, brought from the many ways of writing them to one: `bookworm`, `debian-12.4`, `12`.

Advisories name them after the ecosystem's colon (`Debian:12`, `Ubuntu:Pro:18.04:LTS`, `Red Hat:rhel_eus:8.6::baseos`),
package URLs in the qualifier `distro`.
"""

import re

__all__ = ["release_in_version", "release_of", "same_release"]

_CODENAMES = {
    "squeeze": "6", "wheezy": "7", "jessie": "8", "stretch": "9", "buster": "10", "bullseye": "11", "bookworm": "12",
    "trixie": "13", "forky": "14", "duke": "15",
    "precise": "12.04", "trusty": "14.04", "xenial": "16.04", "bionic": "18.04", "focal": "20.04", "jammy": "22.04",
    "lunar": "23.04", "mantic": "23.10", "noble": "24.04", "oracular": "24.10", "plucky": "25.04", "questing": "25.10",
    "resolute": "26.04",
}  # fmt: skip
"""Code names of Debian and Ubuntu."""

_NUMBER = re.compile(r"(?<![0-9.])[0-9]{1,4}(?:\.[0-9]{1,4})*(?![0-9])")
_SERVICE_PACK = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)(?:[ .-]?LTS)?[ .-]?SP ?([0-9]{1,3})", re.IGNORECASE)
_RED_HAT_TAG = re.compile(r"[._+]el([0-9]{1,2})(?![0-9])")
_IN_VERSIONS = {
    "AlmaLinux": _RED_HAT_TAG,
    "Azure Linux": re.compile(r"\.(?:azl|cm)([0-9]{1,2})(?![0-9])"),
    "Mageia": re.compile(r"\.mga([0-9]{1,2})(?![0-9])"),
    "Photon OS": re.compile(r"\.ph([0-9]{1,2})(?![0-9])"),
    "Red Hat": _RED_HAT_TAG,
    "Rocky Linux": _RED_HAT_TAG,
}
"""How releases of packages show for which release of the distribution they were built."""

_PARTS = {"Ubuntu": 2, "Alpine": 2, "Alpaquita": 2, "openSUSE": 2, "SUSE": 2, "openEuler": 3}
"""How many numbers name a release, where it is not one."""


def release_of(ecosystem: str, text: str) -> str:
    """The release that a text names, in one spelling ("12", "22.04", "15.5", "tumbleweed"); "" where it names none.

    Rolling releases (Debian's sid, Alpine's edge) have no number, and advisories do not name them.
    """
    words = re.split("[^a-z0-9.]+", text.lower())
    if "tumbleweed" in words:
        return "tumbleweed"
    for word in words:
        if word in _CODENAMES:
            return _CODENAMES[word]
    pack = _SERVICE_PACK.search(text)
    found = f"{pack[1]}.{pack[2]}" if pack else next(iter(_NUMBER.findall(text)), "")
    return ".".join(found.split(".")[: _PARTS.get(ecosystem, 1)])


def release_in_version(ecosystem: str, version: str) -> str:
    """The release that the version of a package shows (`.el9`, `.ph4`); "" where it shows none."""
    pattern = _IN_VERSIONS.get(ecosystem)
    found = pattern.search(version) if pattern else None
    return found[1] if found else ""


def same_release(ecosystem: str, suffix: str, release: str) -> bool | None:
    """Whether an advisory for `ecosystem:suffix` is about a release; None where that cannot be told.

    Extended streams of a release (Red Hat's EUS, AUS, …; Ubuntu Pro) are such a case: whether a machine gets its
    packages from there is not in the package. So are service packs that only one of the two names.
    """
    if not suffix:
        return True
    theirs = release_of(ecosystem, suffix.partition("::")[0])
    if not theirs or not release:
        return None
    if theirs != release:
        return None if theirs.startswith(f"{release}.") or release.startswith(f"{theirs}.") else False
    if ecosystem == "Red Hat":
        return True if suffix.startswith("enterprise_linux:") else None
    return None if suffix.startswith("Pro:") else True
