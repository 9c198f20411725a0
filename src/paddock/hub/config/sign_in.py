# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The company's own sign-in: OIDC and SAML providers, from one JSON file."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


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
        if any(app["provider_id"] == "hub" for app in apps):
            raise UnusableSignIn(f'{file}: "hub" cannot be a provider_id; it means what people gave by hand')
    for app in content.get("openid_connect", []):
        app.setdefault("settings", {}).setdefault("oauth_pkce_enabled", True)
    return {name: {"APPS": apps} for name, apps in content.items()}


def sign_in_origins(providers: dict[str, Any]) -> list[str]:
    """The origins to which signing in leads, which the content security policy has to let forms lead to.

    OIDC: of server_url; SAML: of idp.sso_url. A provider whose sign-in page stands elsewhere names that in
    settings.origins.
    """
    found: set[str] = set()
    for app in (app for kind in providers.values() for app in kind["APPS"]):
        settings = app.get("settings", {})
        addresses = [settings.get("server_url", ""), settings.get("idp", {}).get("sso_url", "")]
        for address in [*addresses, *settings.get("origins", [])]:
            parts = urlsplit(str(address))
            if parts.scheme in ("http", "https") and parts.netloc:
                found.add(f"{parts.scheme}://{parts.netloc}")
    return sorted(found)
