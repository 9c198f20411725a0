# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From a database address to Django's settings."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


class UnusableAddress(ValueError):
    """The address of the database is none; the message says what it should look like, and never repeats the
    password."""


def database(url: str) -> dict[str, Any]:
    """Django's settings for postgresql://user:password@host:port/name?host=/socket/folder (libpq's URI form).

    "" gives settings that connect nowhere: enough for checks that need no database. Raises UnusableAddress.
    """
    parts = urlsplit(url)
    if url and (parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2):
        raise UnusableAddress(
            "DATABASE_URL must be postgresql://USER:PASSWORD@HOST:PORT/NAME; only PostgreSQL is supported."
        )
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "paddock",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 600,
        "OPTIONS": options,
    }
