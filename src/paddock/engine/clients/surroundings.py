# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What the machine says to its package clients: variables and files, read within bounds; and what they are called."""

import os
import re
import stat
from collections.abc import Iterable, Mapping

import msgspec

MAX_FILE_BYTES = 1024 * 1024
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?-)([^}]*))?\}")


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """The place that settings are read from.

    environment: the variables. home: the user's folder. project: the scanned folder, "" when there is none; it is not
    trusted: its files may name registries, but their text is not filled with the machine's variables unless
    `trust_project` says so. windows: whether the machine's folders are named as there. root: stands before every
    absolute path of the system's own settings (tests).
    """

    environment: Mapping[str, str]
    home: str
    project: str = ""
    trust_project: bool = False
    windows: bool = False
    root: str = ""

    def variable(self, *names: str) -> str:
        """The first of these variables that is set and not empty."""
        return next((text for name in names if (text := self.environment.get(name, ""))), "")

    def below_home(self, *parts: str) -> str:
        """A path in the user's folder."""
        return os.path.join(self.home, *parts)

    def system(self, path: str) -> str:
        """A path of the system's own settings."""
        return self.root + path

    def config_home(self, *parts: str) -> str:
        """A path in the user's folder for settings (XDG base directories; %APPDATA%)."""
        base = self.variable("APPDATA") if self.windows else self.variable("XDG_CONFIG_HOME")
        return os.path.join(base or self.below_home(".config"), *parts)

    def fill(self, text: str) -> str | None:
        """`${NAME}` and `${NAME:-other}` replaced by variables; None where one is not set."""
        missing = False

        def value(match: re.Match[str]) -> str:
            nonlocal missing
            found = self.environment.get(match[1])
            if found is None and match[2] is None:
                missing = True
            return found or match[3] or ""

        filled = _VARIABLE.sub(value, text)
        return None if missing else filled

    def program(self, name: str) -> str:
        """Where a program lies, links resolved; "" when it is not on the path. It is never started."""
        for folder in self.variable("PATH").split(os.pathsep):
            found = os.path.join(folder, name)
            if folder and os.path.isfile(found) and os.access(found, os.X_OK):
                return os.path.realpath(found)
        return ""


def read_text(path: str) -> str | None:
    """The text of a settings file; None where there is none that can be read, or it is larger than any such file is."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError):
        return None
    return None if len(data) > MAX_FILE_BYTES else data.decode("utf-8-sig", "replace")


def existing(paths: Iterable[str]) -> list[tuple[str, str]]:
    """(path, text) of those files that can be read, in order, each once."""
    found: dict[str, str] = {}
    for path in paths:
        text = read_text(path) if path and path not in found else None
        if text is not None:
            found[path] = text
    return list(found.items())


def web_address(text: str) -> str:
    """The address without spaces around it when it is http or https and has a host, else ""."""
    text = text.strip()
    return text if re.match(r"https?://[^/\s?#]+", text, re.IGNORECASE) and not re.search(r"\s", text) else ""
