# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""netrc files, in which pip, Go, apt and others look for credentials by host.

Format: https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html, without macros. In apt's
auth.conf (https://manpages.debian.org/apt_auth.conf) a machine may be followed by a path.
"""

import re
from collections.abc import Iterator

from paddock.engine.clients.credentials import Credential, basic
from paddock.engine.clients.surroundings import Surroundings, existing

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_HOST = re.compile(r"(?:https?://)?([A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(/\S*)?")
_PORTS = (80, 443)


def user_netrc(surroundings: Surroundings) -> tuple[Credential, ...]:
    """The credentials in the user's netrc: the file that NETRC names, else ~/.netrc or ~/_netrc."""
    named = surroundings.variable("NETRC")
    paths = [named] if named else [surroundings.below_home(".netrc"), surroundings.below_home("_netrc")]
    return tuple(one for path, text in existing(paths) for one in read_netrc(text, path))


def read_netrc(text: str, path: str) -> Iterator[Credential]:
    """The credential of each machine; `default`, which would go to every host, is left out. Passes over nonsense."""
    machine = login = ""
    for word, value in _pairs(_tokens(text)):
        if word in ("machine", "default"):
            machine, login = value if word == "machine" else "", ""
        elif word == "login":
            login = value
        elif word == "password" and (found := _HOST.fullmatch(machine)):
            # no port named: any scheme at its own port
            yield Credential(
                prefix=f"//{found[1]}{found[2] or ''}{found[3] or ''}", value=basic(login, value), told_by=path
            )


def _tokens(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return [
        re.sub(r"\\(.)", r"\1", match[1]) if match[1] is not None else match[2]
        for match in _TOKEN.finditer("\n".join(lines))
    ]


def _pairs(tokens: list[str]) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(tokens):
        word = tokens[place]
        if word == "default":
            yield word, ""
            place += 1
        elif word in ("machine", "login", "password", "account") and place + 1 < len(tokens):
            yield word, tokens[place + 1]
            place += 2
        else:
            place += 1
