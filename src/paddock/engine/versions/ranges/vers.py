# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Package-URL version ranges: `vers:npm/>=1.2|<2|!=1.5` (https://github.com/package-url/vers-spec)."""

import re
from urllib.parse import unquote

from paddock.engine.versions.intervals import EVERYTHING, Bound, Interval, InvalidRange, intersection, of_bound, union
from paddock.engine.versions.keys import HIGHEST, LOWEST, successor
from paddock.engine.versions.order import Order
from paddock.engine.versions.ranges.clause import Clause

SCHEMES = {
    "alpine": "Alpine", "alpm": "Arch Linux", "apk": "Alpine", "arch": "Arch Linux", "archlinux": "Arch Linux",
    "bitnami": "Bitnami", "cargo": "crates.io", "composer": "Packagist", "conan": "ConanCenter", "cran": "CRAN",
    "deb": "Debian", "debian": "Debian", "freebsd": "FreeBSD", "gem": "RubyGems", "github": "GitHub Actions",
    "go": "Go", "golang": "Go", "hackage": "Hackage", "hex": "Hex", "intdot": "SemVer", "julia": "Julia",
    "maven": "Maven", "nginx": "SemVer", "npm": "npm", "nuget": "NuGet", "opam": "opam", "openssl": "OpenSSL",
    "pub": "Pub", "pypi": "PyPI", "rpm": "Red Hat", "semver": "SemVer", "swift": "SwiftURL",
}  # fmt: skip
"""Versioning scheme to the ecosystem whose order it has."""

_CONSTRAINT = re.compile(r"(>=|<=|!=|<|>|=|)(.+)", re.DOTALL)


def split(text: str) -> tuple[str, str]:
    """The scheme, in lower case, and the constraints. Raises InvalidRange where the text is no `vers:`."""
    found = re.fullmatch(r"\s*vers:([a-zA-Z0-9.+-]+)/(.*)", text, re.DOTALL)
    if found is None:
        raise InvalidRange(f"{text!r} is no version range; write it like 'vers:npm/>=1.2|<2'")
    return found[1].lower(), found[2]


def parse(constraints: str, order: Order) -> list[Clause]:
    """The constraints after the slash, as one clause. Raises InvalidRange."""
    bounds = sorted(_read(constraints), key=lambda bound: order.key(bound.version))
    if not bounds:
        return [Clause((), EVERYTHING)]
    keys = [order.key(bound.version) for bound in bounds]
    for bound in bounds:
        if not order.admits(bound.version):
            raise InvalidRange(f"{bound.version!r} is no version that a range could name")
    paired = [(bound, key) for bound, key in zip(bounds, keys, strict=True)]
    equal = [of_bound(bound, key) for bound, key in paired if bound.operator == "="]
    unequal = [of_bound(bound, key) for bound, key in paired if bound.operator == "!="]
    spans = _spans([pair for pair in paired if pair[0].operator not in {"=", "!="}])
    if not spans and not equal:
        spans = list(EVERYTHING)
    return [Clause(tuple(bounds), intersection([union([*equal, spans]), *unequal]))]


def written(scheme: str, bounds: tuple[Bound, ...]) -> str:
    """The text of a range of these bounds, in the order given; no bounds are `*`."""
    return f"vers:{scheme}/{'|'.join(dict.fromkeys(map(str, bounds))) or '*'}"


def _read(constraints: str) -> list[Bound]:
    compact = re.sub(r"\s+", "", constraints).strip("|")
    if compact == "*":
        return []
    if not compact:
        raise InvalidRange("the range names no version; '*' stands for every version")
    bounds = []
    for part in compact.split("|"):
        found = _CONSTRAINT.fullmatch(part)
        if found is None or "*" in part:
            raise InvalidRange(f"{part!r} is no constraint; write it like '>=1.2'")
        bounds.append(Bound(found[1] or "=", unquote(found[2])))
    return list(dict.fromkeys(bounds))


def _spans(ordered: list[tuple[Bound, bytes]]) -> list[Interval]:
    """Intervals from ordered comparisons: of lower ends in a row the first counts, of upper ends the last."""
    spans: list[Interval] = []
    low, since = LOWEST, None
    is_open = bool(ordered) and ordered[0][0].operator.startswith("<")
    for position, (bound, key) in enumerate(ordered):
        if bound.operator.startswith(">"):
            if not is_open:
                is_open, since = True, bound
                low = key if bound.operator == ">=" else successor(key)
            continue
        following = ordered[position + 1][0].operator if position + 1 < len(ordered) else ""
        if is_open and not following.startswith("<"):
            spans.append(Interval(low, key if bound.operator == "<" else successor(key), since, bound))
            is_open = False
    if is_open:
        spans.append(Interval(low, HIGHEST, since, None))
    return [span for span in spans if span.low < span.high]
