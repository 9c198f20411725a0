# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From the address of a mail server to Django's settings."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}


class UnusableMail(ValueError):
    """The address of the mail server is none; the message never repeats the password."""


@dataclass(frozen=True)
class Mail:
    """How mail is sent. backend: the dotted name of Django's class; starttls, tls: how the connection is kept safe."""

    backend: str = "django.core.mail.backends.dummy.EmailBackend"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail(url: str) -> Mail:
    """smtp://user:password@host:port with STARTTLS, smtps://… with TLS from the start; "" sends nothing.

    Raises UnusableMail.
    """
    if not url:
        return Mail()
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise UnusableMail("PADDOCK_HUB_EMAIL_URL must be smtp://USER:PASSWORD@HOST:PORT or smtps://…")
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp",
        tls=parts.scheme == "smtps",
    )
