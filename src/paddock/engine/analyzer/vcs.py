# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Repository addresses in the one form that components keep: `git+https://host/repo@revision`.

The form is that of SPDX download locations: https://spdx.github.io/spdx-spec/v2.3/package-information/ (7.7).
"""

import re

_SHORT_SSH = re.compile(r"(?:([\w.-]+)@)?([\w.-]+):(?!/)(.+)")


def vcs_url(address: str, revision: str = "", *, tool: str = "git") -> str:
    """A repository address and revision in SPDX form; the ssh short form `user@host:path` is written out.

    Empty when the address is. `tool` is left out where the address already names one (`git+ssh://…`).
    """
    address = address.strip()
    if not address:
        return ""
    short = _SHORT_SSH.fullmatch(address)
    if short and "://" not in address:
        user = f"{short.group(1)}@" if short.group(1) else ""
        address = f"ssh://{user}{short.group(2)}/{short.group(3)}"
    if not re.match(r"[a-z]+\+", address) and not address.startswith(f"{tool}://"):
        address = f"{tool}+{address}"
    return f"{address}@{revision}" if revision else address
