# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What Composer is set to: repositories and credentials.

https://getcomposer.org/doc/06-config.md and
https://getcomposer.org/doc/articles/authentication-for-private-packages.md: the user's config.json and auth.json, the
project's composer.json and auth.json, COMPOSER_AUTH.
"""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from paddock.engine.clients.configuration.public import public_host
from paddock.engine.clients.credentials import Credential, Secret, basic, bearer, split_credentials
from paddock.engine.clients.documents import json_value, table, text
from paddock.engine.clients.http import Access
from paddock.engine.clients.surroundings import Surroundings, existing, web_address

SETTINGS = "repositories in composer.json or Composer's config.json"


class ComposerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """repositories: of type "composer", in order. without_public: whether the public one is switched off."""

    repositories: tuple[str, ...]
    without_public: bool
    access: Access


def read_composer(surroundings: Surroundings) -> ComposerSettings:
    """The settings in force."""
    homes = [
        surroundings.variable("COMPOSER_HOME"),
        surroundings.config_home("composer"),
        surroundings.below_home(".composer"),
    ]
    homes = [home for home in homes if home]
    project = surroundings.project
    files = [os.path.join(project, "composer.json")] if project else []
    files += [os.path.join(home, "config.json") for home in homes]
    repositories: dict[str, None] = {}
    credentials: list[Credential] = []
    public_names = (urlsplit(public_host("composer")).netloc, "packagist")
    without_public = False
    for path, content in existing(files):
        document = json_value(content)
        for name, entry in _repositories(document):
            if entry is False and name in public_names:
                without_public = True
            elif isinstance(entry, dict) and text(entry, "type") == "composer":
                without_public = without_public or name in public_names
                url, found = split_credentials(web_address(text(entry, "url")), path)
                credentials += found
                repositories.update({url: None} if url else {})
            elif isinstance(entry, dict) and any(entry.get(name) is False for name in public_names):
                without_public = True
        credentials += _credentials(table(document, "config"), path)
    auth_files = [os.path.join(home, "auth.json") for home in homes]
    auth_files += [os.path.join(project, "auth.json")] if project else []
    for path, content in existing(auth_files):
        credentials += _credentials(json_value(content), path)
    credentials += _credentials(json_value(surroundings.variable("COMPOSER_AUTH")), "COMPOSER_AUTH")
    return ComposerSettings(
        repositories=tuple(repositories),
        without_public=without_public,
        access=Access(credentials=tuple(credentials), credentials_go_into="http-basic in Composer's auth.json"),
    )


def _repositories(document: Any) -> Iterator[tuple[str, Any]]:
    """(name, entry) of a list or mapping of repositories; "" for entries without name."""
    found = document.get("repositories") if isinstance(document, dict) else None
    if isinstance(found, list):
        yield from ((text(entry, "name"), entry) for entry in found)
    elif isinstance(found, dict):
        yield from found.items()


def _credentials(document: Any, told_by: str) -> Iterator[Credential]:
    for host, entry in table(document, "http-basic").items():
        user, password = text(entry, "username"), text(entry, "password")
        if user or password:
            yield Credential(prefix=f"//{host}", value=basic(user, password), told_by=told_by)
    for host, token in table(document, "bearer").items():
        if isinstance(token, str):
            yield Credential(prefix=f"//{host}", value=bearer(token), told_by=told_by)
    for host, token in table(document, "gitlab-token").items():
        if isinstance(token, str):
            yield Credential(prefix=f"//{host}", value=Secret(token), told_by=told_by, header="PRIVATE-TOKEN")
    for host, token in table(document, "github-oauth").items():
        if isinstance(token, str):
            yield Credential(prefix=f"//{host}", value=Secret(f"token {token}"), told_by=told_by)
