# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a repository says about itself, as values: excludes, curations, licence choices, waivers, and facts of use.

Read from `.paddock.yml` (see `read_configuration`) and from ORT's files (see `ort`). Whoever applies an entry names
its `place`, "file:line" or the file's name.
"""

from datetime import date

import msgspec

from paddock.engine.model.issue import Issue
from paddock.engine.policy.globs import compile_glob
from paddock.engine.policy.pattern import PurlPattern
from paddock.engine.policy.types import Distribution, Linkage


class PathExclude(msgspec.Struct, frozen=True, kw_only=True):
    """Files and projects that are no part of the product; pattern as in `globs`."""

    pattern: str
    reason: str
    comment: str = ""
    place: str = ""

    def matches(self, path: str) -> bool:
        """Whether a path (relative to the root) is left out."""
        return compile_glob(self.pattern).match(path) is not None


class ScopeExclude(msgspec.Struct, frozen=True, kw_only=True):
    """A scope whose components do not count ("dev", "test"); `scopes` are values of Scope."""

    pattern: str
    scopes: tuple[str, ...]
    reason: str
    comment: str = ""
    place: str = ""


class Curation(msgspec.Struct, frozen=True, kw_only=True):
    """Corrected facts about packages.

    concluded_license: an SPDX expression, "" for none. declared_license_mapping: statements as they stand -> SPDX
    expressions. modified: True when the package was changed.
    """

    pattern: PurlPattern
    concluded_license: str = ""
    declared_license_mapping: dict[str, str] = {}
    modified: bool | None = None
    comment: str = ""
    place: str = ""


class FindingCuration(msgspec.Struct, frozen=True, kw_only=True):
    """Corrects what was detected in files: `detected_license` ("" for anything) there is `concluded_license`.

    concluded_license "" (or NONE) means that the finding is wrong and no licence stands there. start_lines: only
    findings that begin there; empty for any line.
    """

    path: str
    detected_license: str = ""
    concluded_license: str = ""
    start_lines: tuple[int, ...] = ()
    reason: str = ""
    comment: str = ""
    place: str = ""


class ChoiceRule(msgspec.Struct, frozen=True, kw_only=True):
    """Of the alternatives `given` ("" for any), `choice` is taken; pattern None: for every component."""

    given: str
    choice: str
    pattern: PurlPattern | None = None
    place: str = ""


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """An approved exception. Every part that is given must match; `rule` and `license` are shell patterns.

    message: a regular expression (RE2 syntax) that the reason's whole message matches; ORT's resolutions work so.
    until: the last day on which it holds, None when no end is stated.
    """

    rule: str = "*"
    pattern: PurlPattern | None = None
    license: str = "*"
    project: str = "**"
    message: str = ""
    reason: str
    comment: str = ""
    approved_by: str = ""
    until: date | None = None
    place: str = ""


class VulnerabilityResolution(msgspec.Struct, frozen=True, kw_only=True):
    """Settles a known vulnerability for some components: it no longer counts, and the reports say why.

    vulnerability: any of its names; a regular expression over them where `is_regex` (ORT's resolutions work so).
    pattern: which components, None for all. until: the last day on which it holds, None when no end is stated.
    """

    vulnerability: str
    is_regex: bool = False
    pattern: PurlPattern | None = None
    reason: str
    comment: str = ""
    approved_by: str = ""
    until: date | None = None
    place: str = ""


class ComponentUse(msgspec.Struct, frozen=True, kw_only=True):
    """How components are used: linkage and whether they were changed; None: nothing said."""

    pattern: PurlPattern
    linkage: Linkage | None = None
    modified: bool | None = None
    comment: str = ""
    place: str = ""


class ProjectUse(msgspec.Struct, frozen=True, kw_only=True):
    """How projects are distributed; pattern over the path of their definition file."""

    pattern: str
    distribution: Distribution

    def matches(self, project: str) -> bool:
        """Whether a project (its id) is meant."""
        return compile_glob(self.pattern).match(project) is not None


class Configuration(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a repository says about itself; of entries that contradict, the first counts.

    policy: path of the policy file relative to the root, "" for the one given otherwise. files: what it was read from.
    """

    policy: str = ""
    distribution: Distribution | None = None
    projects: tuple[ProjectUse, ...] = ()
    path_excludes: tuple[PathExclude, ...] = ()
    scope_excludes: tuple[ScopeExclude, ...] = ()
    curations: tuple[Curation, ...] = ()
    finding_curations: tuple[FindingCuration, ...] = ()
    choices: tuple[ChoiceRule, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    uses: tuple[ComponentUse, ...] = ()
    resolutions: tuple[VulnerabilityResolution, ...] = ()
    files: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()

    def exclude_of(self, path: str) -> PathExclude | None:
        """The first exclude that leaves a path out, or None."""
        return next((exclude for exclude in self.path_excludes if exclude.matches(path)), None)

    def distribution_of(self, project: str) -> Distribution | None:
        """How a project is distributed: its own entry, else the repository's, else None."""
        own = next((use.distribution for use in self.projects if use.matches(project)), None)
        return own or self.distribution


def combine(first: Configuration, second: Configuration) -> Configuration:
    """Two configurations as one; where single facts differ, the first counts, and its entries come first."""
    changes: dict[str, object] = {
        field: (*getattr(first, field), *getattr(second, field))
        for field in Configuration.__struct_fields__
        if isinstance(getattr(first, field), tuple)
    }
    changes["policy"] = first.policy or second.policy
    changes["distribution"] = first.distribution or second.distribution
    return msgspec.structs.replace(first, **changes)
