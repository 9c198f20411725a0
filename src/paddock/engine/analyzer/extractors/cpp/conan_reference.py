# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Conan references: `name/version@user/channel#recipe-revision:package-id#package-revision%timestamp`.

Format: https://docs.conan.io/2/reference/conanfile/attributes.html and
https://docs.conan.io/1/cheatsheet.html#package-terminology. purl type: user and channel are qualifiers
(https://github.com/package-url/purl-spec/blob/main/types/conan-definition.json).
"""

import re
from typing import NamedTuple

from paddock.engine.model.inventory import Scope
from paddock.engine.model.purl import PackageURL, make_purl

# A tool of the same version as a library: https://docs.conan.io/2/reference/conanfile/methods/build_requirements.html
_HOST_VERSION = re.compile(r"<host_version(?::([^<>]+))?>")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_+.-]*")


class Reference(NamedTuple):
    """A reference in its parts; `version` may be a range in brackets; absent parts are empty."""

    name: str
    version: str
    user: str = ""
    channel: str = ""
    rrev: str = ""
    package_id: str = ""
    prev: str = ""

    @property
    def is_range(self) -> bool:
        """Whether it is a range ("[>=1.2 <2]"), an alias ("(latest)") or a placeholder instead of one version."""
        return self.version.startswith(("[", "(", "<"))

    @property
    def host(self) -> str:
        """The package whose version is meant by `<host_version>` or `<host_version:package>`; else empty."""
        found = _HOST_VERSION.fullmatch(self.version)
        return (found.group(1) or self.name) if found else ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same between a manifest and its lock file: name, user, channel."""
        return self.name, self.user, self.channel

    def purl(self) -> PackageURL:
        """The package URL; without version where only a range is known."""
        qualifiers = {"user": self.user, "channel": self.channel}
        version = "" if self.is_range else self.version
        return make_purl(
            "conan", self.name, version, qualifiers={key: text for key, text in qualifiers.items() if text}
        )

    def properties(self) -> tuple[tuple[str, str], ...]:
        """Revisions and package id as properties of a component, sorted."""
        facts = {"conan:package_id": self.package_id, "conan:prev": self.prev, "conan:rrev": self.rrev}
        # Conan writes "0" as the revision when revisions are switched off.
        return tuple((key, text) for key, text in sorted(facts.items()) if text not in ("", "0"))


class Need(NamedTuple):
    """A requirement that a conanfile states: what, what for, and on which line (from 1)."""

    reference: Reference
    scope: Scope
    line: int


def is_name(text: str) -> bool:
    """Whether the text can be the name of a Conan package."""
    return _NAME.fullmatch(text) is not None


def parse_reference(text: str) -> Reference | None:
    """A reference from its text, or None where it has no name or no version."""
    head, _, tail = text.strip().partition("#")
    revision = package = ""
    if tail:
        revision, _, package = tail.partition(":")
    elif "<" not in head:  # a placeholder's colon is its own
        head, _, package = head.partition(":")
    name, _, rest = head.partition("/")
    version, _, owner = rest.partition("@")
    user, _, channel = owner.partition("/")
    package_id, _, prev = package.partition("#")
    # A time stamp may follow the last part, whichever that is.
    version, user, channel, revision, package_id, prev = (
        part.partition("%")[0].strip() for part in (version, user, channel, revision, package_id, prev)
    )
    if not is_name(name) or not version:
        return None
    # `_/_` is how Conan 1 writes "no user, no channel".
    return Reference(
        name, version, user.strip("_") and user, channel.strip("_") and channel, revision, package_id, prev
    )
