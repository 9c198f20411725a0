# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Maven coordinates: their package URLs, and which version texts name exactly one version.

Version requirements: https://maven.apache.org/pom.html#Dependency_Version_Requirement_Specification and, for Gradle,
https://docs.gradle.org/current/userguide/dependency_versions.html.
"""

import re

from paddock.engine.model.component import Hash
from paddock.engine.model.inventory import Scope
from paddock.engine.model.purl import PackageURL, make_purl

_EXACT_RANGE = re.compile(r"\[([^\[\](),\s]+)\]")
_OPEN = re.compile(r"\$\{|[\[(,\s]")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")
_ALGORITHMS = {"md5", "sha1", "sha256", "sha384", "sha512"}
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*")

MAVEN_SCOPES: dict[str, Scope] = {
    "": Scope.RUNTIME,
    "compile": Scope.RUNTIME,
    "runtime": Scope.RUNTIME,
    "compile+runtime": Scope.RUNTIME,
    "test": Scope.TEST,
    "provided": Scope.BUILD,
    "system": Scope.BUILD,
}
"""Maven's scopes in our words; https://maven.apache.org/guides/introduction/introduction-to-dependency-mechanism.html
says of `system` that it is "similar to provided". A missing scope is `compile`."""


def is_name(text: str) -> bool:
    """Whether a text can be a group or artifact id: letters, digits, `.`, `_`, `-`, nothing left to interpolate."""
    return _NAME.fullmatch(text) is not None


def maven_purl(group: str, artifact: str, version: str = "", *, type: str = "", classifier: str = "") -> PackageURL:
    """The package URL of an artefact; `type` is left out where it is Maven's default, `jar`.

    Raises InvalidPurl when the artefact id is empty.
    """
    qualifiers = {}
    if type and type != "jar":
        qualifiers["type"] = type
    if classifier:
        qualifiers["classifier"] = classifier
    return make_purl("maven", _clean(artifact), _clean(version), namespace=_clean(group), qualifiers=qualifiers)


def digest(algorithm: str, value: str) -> Hash | None:
    """A digest from its two texts ("SHA-1" or "sha1", hexadecimal), or None where they are none."""
    name, text = algorithm.lower().replace("-", ""), value.strip()
    return Hash(name, text.lower()) if name in _ALGORITHMS and _HEX.fullmatch(text) else None


def _clean(text: str) -> str:
    # JSON may carry half a surrogate pair, which has no UTF-8 form.
    return text.encode("utf-8", "replace").decode()


def maven_pin(requirement: str) -> str:
    """The one version a Maven requirement stands for, or "": ranges, LATEST, RELEASE and open `${…}` stand for none."""
    exact = _EXACT_RANGE.fullmatch(requirement)
    if exact:
        return exact.group(1)
    if requirement in {"LATEST", "RELEASE"} or _OPEN.search(requirement):
        return ""
    return requirement


def gradle_pin(requirement: str) -> str:
    """The one version a Gradle requirement stands for, or "" for prefixes (`1.+`), `latest.*` and ranges."""
    version = requirement.removesuffix("!!")
    if version.endswith("+") or version.startswith(("latest.", "]", "[", "(")) or "," in version or " " in version:
        exact = _EXACT_RANGE.fullmatch(version)
        return exact.group(1) if exact else ""
    return version


def counted(number: int, noun: str) -> str:
    """A number with its noun for a message: "1 module", "2 dependencies"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def some(names: list[str], limit: int = 8) -> str:
    """Names for a message, sorted; after `limit` of them only how many more there are."""
    shown = sorted(set(names))
    more = len(shown) - limit
    return ", ".join(shown[:limit]) + (f" and {more} more" if more > 0 else "")
