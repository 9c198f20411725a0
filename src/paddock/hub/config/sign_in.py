# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The company's own sign-in: OIDC and SAML providers, from one JSON file."""

import json
from pathlib import Path
from typing import Any


class UnusableSignIn(ValueError):
    """The file of providers cannot be used; the message says where it is wrong, and never repeats a secret."""


def social_providers(file: Path | None) -> dict[str, Any]:
    """allauth's settings for the providers that the file names; {} without a file. Raises UnusableSignIn.

    The file holds {"openid_connect": [APP, …], "saml": [APP, …]}, an APP as allauth's documentation describes it:
    provider_id, name, client_id, secret and settings.
    """
    if file is None:
        return {}
    try:
        content = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise UnusableSignIn(f"{file}: {error}") from error
    if not isinstance(content, dict) or set(content) - {"openid_connect", "saml"}:
        raise UnusableSignIn(f'{file}: must be {{"openid_connect": [...], "saml": [...]}}')
    for name, apps in content.items():
        if not isinstance(apps, list) or not all(isinstance(app, dict) and app.get("provider_id") for app in apps):
            raise UnusableSignIn(f"{file}: {name} must be a list of objects, each with a provider_id")
    return {name: {"APPS": apps} for name, apps in content.items()}
