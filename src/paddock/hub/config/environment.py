# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What an installation decides, read from environment variables; everything has a default that works on a laptop."""

import os
import secrets
from functools import cache
from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MEBIBYTE = 1024 * 1024
KEY_FILE = "secret.key"


class Environment(BaseSettings):
    """One attribute for each variable; `PADDOCK_HUB_…` unless another name stands there.

    database_url: postgresql://…; empty: an embedded server with its data in `folder`. secret_key: signs sessions;
    empty: made once and kept in `folder`. secret_key_fallbacks: earlier keys, by which sessions and sealed secrets can
    still be read. company: the name on pages; empty: that of the topmost unit. base_url: what people type, for links in
    messages and for the OIDC and SAML addresses. max_upload: bytes of one document. allowed_git_hosts: names of the
    hosts that repositories may be fetched from; empty: none. private_git_hosts: those of them that may stand in a
    private network.
    api_rate: requests a minute of one caller of the API, for each process of the web server.
    webhooks_allow_private: whether messages may go to addresses inside the company's network, and over plain HTTP.
    advisories: the database that `paddock advisories sync` writes; empty: vulnerabilities are not looked up.
    sign_in: a JSON file with the OIDC and SAML providers (docs/hub/sign-in.md). four_eyes: whether every policy is
    released by somebody who did not write in it; else only those of units that have units below them.
    """

    model_config = SettingsConfigDict(env_prefix="PADDOCK_HUB_", extra="ignore", frozen=True)

    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    folder: Path = Field(default_factory=lambda: user_data_path("paddock") / "hub")
    secret_key: str = ""
    secret_key_fallbacks: Annotated[tuple[str, ...], NoDecode] = ()
    base_url: str = "http://127.0.0.1:8000"
    listen: str = "127.0.0.1:8000"
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    web_processes: int = Field(default=2, ge=1, le=64)
    web_threads: int = Field(default=4, ge=1, le=64)
    worker_tasks: int = Field(default=2, ge=1, le=64)
    time_zone: str = "UTC"
    company: str = ""
    max_upload: int = Field(default=64 * MEBIBYTE, ge=MEBIBYTE)
    allowed_git_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    private_git_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    api_rate: int = Field(default=3_000, ge=10)
    webhooks_allow_private: bool = False
    advisories: Path | None = None
    email_url: str = ""
    email_sender: str = "paddock@localhost"
    sign_in: Path | None = None
    four_eyes: bool = False
    debug: bool = False

    @field_validator("secret_key_fallbacks", "allowed_hosts", "allowed_git_hosts", "private_git_hosts", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @property
    def secure(self) -> bool:
        """Whether people come over TLS: cookies are then sent over TLS only, and browsers told to insist on it."""
        return self.base_url.startswith("https://")


@cache
def environment() -> Environment:
    """The environment of this process, read once."""
    return Environment()


def secret_key(settings: Environment) -> str:
    """The configured key, or one of 64 characters that is made on first use and kept for this user's eyes only."""
    if settings.secret_key:
        return settings.secret_key
    file = settings.folder / KEY_FILE
    if not file.exists():
        settings.folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_text()
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(48))
    return file.read_text()
