# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads the rule data out of the archive that it is published in. Only data files are read; nothing is executed."""

import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from paddock.engine.model.errors import Unreadable
from paddock.engine.scanner.licenses.rules import LicenseName, Rule, read_license, read_rule

_FOLDER = "licensedcode/data/"
_RULES, _LICENSES = f"{_FOLDER}rules/", f"{_FOLDER}licenses/"
_MAX_MEMBER = 4 * 1024 * 1024
_MAX_MEMBERS = 200_000
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a damaged archive raises; the last two for features that nobody uses, and for encryption."""

Progress = Callable[[int, int], None]


class RuleData(msgspec.Struct, frozen=True):
    """All rules and licences of one version of the data."""

    rules: Sequence[Rule]
    licenses: Sequence[LicenseName]


def read_rule_data(archive: Path, progress: Progress = lambda *_: None) -> RuleData:
    """The rules and licences in a wheel (a zip file). progress is called with (files read, all files).

    Raises Unreadable when the archive is none, holds no rules, or one of them breaks the format.
    """
    rules: list[Rule] = []
    licenses: list[LicenseName] = []
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [info for info in opened.infolist() if info.filename.startswith((_RULES, _LICENSES))]
            if not members or len(members) > _MAX_MEMBERS:
                raise Unreadable(f"{archive} holds no licence rules")
            for done, info in enumerate(members):
                _read_member(opened, info, rules, licenses)
                if done % 200 == 0:
                    progress(done, len(members))
    except (OSError, *_DAMAGE) as error:
        raise Unreadable(f"{archive} cannot be read: {error}") from error
    return RuleData(rules, licenses)


def _read_member(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, rules: list[Rule], licenses: list[LicenseName]
) -> None:
    name = info.filename.rpartition("/")[2]
    if info.file_size > _MAX_MEMBER:
        raise Unreadable(f"{name} has {info.file_size:,} bytes; that is no rule")
    if name.endswith(".RULE"):
        if (rule := read_rule(name, opened.read(info))) is not None:
            rules.append(rule)
    elif name.endswith(".LICENSE"):
        license, rule = read_license(name, opened.read(info))
        licenses.append(license)
        if rule is not None:
            rules.append(rule)
