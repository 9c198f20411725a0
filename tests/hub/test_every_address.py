# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every address of the hub, asked for by everybody: whoever adds a page adds a row that says who may see it.

Columns: what each person of `tests.hub.company` is answered. 200: the page; 302: sent on; "in": sent to sign in;
403: it is there, but not for them; 404: as if it were not there; 405: needs another method. "=": like the one before.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from paddock.hub.accounts.services import create_token, map_group
from paddock.hub.accounts.types import Permission, Role
from paddock.hub.core.actor import system
from paddock.hub.core.clock import now
from paddock.hub.dry_runs.models import DryRun
from paddock.hub.dry_runs.services import request_dry_run
from paddock.hub.policies.services import create_policy, draft_version, release_version
from paddock.hub.portal.saved_views import save_view
from paddock.hub.products.services import add_repository, create_product, create_release
from paddock.hub.scans.services import hand_in_document
from paddock.hub.webhooks.services import create_subscription, send_test
from tests.hub.company import Company

VIEWERS = ("admin", "owner", "colleague", "coordinator", "stranger", "auditor", "nobody", "anonymous")
OPEN = "200 = = = = = = ="
SIGNED_IN = "200 = = = = = = in"
HAS_A_ROLE = "200 = = = = = 403 in"
OF_COCKPIT = "200 200 200 200 404 200 404 in"
MANAGES_COCKPIT = "200 403 403 200 404 403 404 in"
MANAGES_PRODUCT = "200 200 403 200 404 403 404 in"
MANAGES_WEBHOOK = "200 200 404 200 404 404 404 in"
RELEASES_IN_COCKPIT = "200 403 403 403 404 403 404 in"
MANAGES_HUB = "200 404 404 404 404 403 404 in"
MANAGES_SOMEBODY = "200 403 403 200 403 403 403 in"
NOT_MADE_FOR_THIS = "405 = = = = = = ="
SENT_ON = "302 = = = = = = ="
FOR_GUESTS = "302 = = = = = = 200"
PROVES_AGAIN = "403 = = = = = = in"
"""allauth wants a proof before it changes how somebody signs in; these people have no password to give."""
HAS_NONE = "404 = = = = = = in"
MOVED = "301 = = = = = = ="
NO_PROVIDER = "404 = = = = = = ="
"""No directory of this name is configured."""

TABLE = {
    "home": SIGNED_IN,
    "healthz": OPEN,
    "readyz": OPEN,
    "metrics": OPEN,  # for this machine; tests/hub/observability asks from elsewhere
    "search": SIGNED_IN,
    "about": OPEN,
    "preferences": NOT_MADE_FOR_THIS,
    "saved-views": SIGNED_IN,
    "save-view": "405 = = = = = = in",
    "remove-view": "405 = = = = = = in",
    "choose-unit": "405 = = = = = = 405",
    "units": SIGNED_IN,
    "unit-offers": SIGNED_IN,
    "unit": OF_COCKPIT,
    "unit-branch": OF_COCKPIT,
    "unit-roles": OF_COCKPIT,
    "unit-below": OF_COCKPIT,
    "unit-activity": OF_COCKPIT,
    "unit-new": MANAGES_COCKPIT,
    "unit-change": MANAGES_COCKPIT,
    "unit-move": MANAGES_COCKPIT,
    "unit-give": MANAGES_COCKPIT,
    "entities": SIGNED_IN,
    "entity-new": MANAGES_HUB,
    "entity-change": MANAGES_HUB,
    "groups": MANAGES_HUB,
    "group-new": MANAGES_HUB,
    "group-end": "200 404 404 404 404 404 404 in",
    "people": SIGNED_IN,
    "invite": MANAGES_SOMEBODY,
    "person-offers": SIGNED_IN,
    "person": OF_COCKPIT,
    "person-activity": "200 403 200 403 404 200 404 in",
    "person-change": MANAGES_COCKPIT,
    "person-join": MANAGES_COCKPIT,
    "person-give": MANAGES_COCKPIT,
    "person-link": MANAGES_COCKPIT,
    "person-lock": MANAGES_COCKPIT,
    "person-unlock": MANAGES_COCKPIT,
    "membership-end": MANAGES_COCKPIT,
    "role-end": MANAGES_COCKPIT,
    "role-deputy": MANAGES_COCKPIT,
    "own-settings": SIGNED_IN,
    "own-security": SIGNED_IN,
    "own-tokens": SIGNED_IN,
    "token-new": "200 200 403 200 403 403 403 in",
    "token-revoke": "404 200 404 404 404 404 404 in",
    "audit": "200 403 403 403 403 200 403 in",
    "products": SIGNED_IN,
    "new-product": "200 200 403 200 403 403 403 in",
    "product": OF_COCKPIT,
    "product-activity": OF_COCKPIT,
    "edit-product": MANAGES_PRODUCT,
    "archive-product": "405 = = = = = = in",
    "new-release": MANAGES_PRODUCT,
    "move-product": MANAGES_PRODUCT,
    "new-repository": MANAGES_PRODUCT,
    "remove-repository": "405 = = = = = = in",
    "release": OF_COCKPIT,
    "release-components": OF_COCKPIT,
    "release-licenses": OF_COCKPIT,
    "release-vulnerabilities": OF_COCKPIT,
    "release-obligations": OF_COCKPIT,
    "release-why": "404 = = = = = = in",  # nothing was handed in; tests/hub/scans has more
    "release-graph": "404 = = = = = = in",
    "release-changes": OF_COCKPIT,
    "release-history": OF_COCKPIT,
    "release-documents": OF_COCKPIT,
    "release-intakes": OF_COCKPIT,
    "hand-in": "200 200 200 200 404 403 404 in",
    "scan-repository": "200 200 200 200 404 403 404 in",
    "intake": OF_COCKPIT,
    "cancel-intake": "405 = = = = = = in",
    "release-document": "404 = = = = = = in",  # nothing was handed in; tests/hub/documents has more
    "release-activity": OF_COCKPIT,
    "move-release": "405 = = = = = = in",
    "policies": SIGNED_IN,
    "new-policy": "200 403 403 200 403 403 403 in",
    "shipped-policy": SIGNED_IN,
    "policy": OF_COCKPIT,
    "policy-text": OF_COCKPIT,
    "policy-changes": OF_COCKPIT,
    "policy-activity": OF_COCKPIT,
    "policy-version": OF_COCKPIT,
    "policy-releases": OF_COCKPIT,
    "policy-draft": OF_COCKPIT,
    "new-draft": "405 = = = = = = in",
    "edit-draft": MANAGES_COCKPIT,
    "withdraw-draft": MANAGES_COCKPIT,
    "try-draft": "405 = = = = = = in",
    "release-draft": RELEASES_IN_COCKPIT,
    "retire-policy": RELEASES_IN_COCKPIT,
    "dry-run": OF_COCKPIT,
    "dry-run-progress": OF_COCKPIT,
    "stop-dry-run": "405 = = = = = = in",
    "packages": HAS_A_ROLE,
    "package": "422 = = = = = = in",  # without a package in the query
    "licenses": HAS_A_ROLE,
    "webhooks": "200 200 403 200 403 403 403 in",
    "new-webhook": "200 200 403 200 403 403 403 in",
    "webhook": MANAGES_WEBHOOK,
    "webhook-activity": MANAGES_WEBHOOK,
    "webhook-message": MANAGES_WEBHOOK,
    "edit-webhook": MANAGES_WEBHOOK,
    "webhook-secret": MANAGES_WEBHOOK,
    "delete-webhook": MANAGES_WEBHOOK,
    "switch-webhook": "405 = = = = = = in",
    "test-webhook": "405 = = = = = = in",
    "send-again": "405 = = = = = = in",
    "account_email": SENT_ON,
    "socialaccount_connections": SENT_ON,
    "mfa_index": SENT_ON,
    "account_login": FOR_GUESTS,
    "account_signup": FOR_GUESTS,
    "account_logout": "200 = = = = = = 302",
    "account_inactive": OPEN,
    "account_reauthenticate": PROVES_AGAIN,
    "account_request_reauthentication_code": PROVES_AGAIN,
    "account_confirm_reauthentication_code": "302 = = = = = = in",
    "account_email_verification_sent": OPEN,
    "account_confirm_email": OPEN,
    "account_change_password": "302 = = = = = = in",
    "account_set_password": SIGNED_IN,
    "account_reset_password": OPEN,
    "account_reset_password_done": OPEN,
    "account_reset_password_from_key": OPEN,
    "account_reset_password_from_key_done": OPEN,
    "account_confirm_login_code": SENT_ON,
    "mfa_authenticate": SENT_ON,
    "mfa_reauthenticate": PROVES_AGAIN,
    "mfa_activate_totp": PROVES_AGAIN,
    "mfa_deactivate_totp": HAS_NONE,
    "mfa_view_recovery_codes": HAS_NONE,
    "mfa_download_recovery_codes": HAS_NONE,
    "mfa_generate_recovery_codes": PROVES_AGAIN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": PROVES_AGAIN,
    "mfa_reauthenticate_webauthn": PROVES_AGAIN,
    "mfa_remove_webauthn": PROVES_AGAIN,
    "mfa_edit_webauthn": PROVES_AGAIN,
    "mfa_login_webauthn": SENT_ON,
    "socialaccount_login_cancelled": OPEN,
    "socialaccount_login_error": "401 = = = = = = =",
    "socialaccount_signup": SENT_ON,
    "accounts/social/login/cancelled/": MOVED,
    "accounts/social/login/error/": MOVED,
    "accounts/social/signup/": MOVED,
    "accounts/social/connections/": MOVED,
    "saml_acs": SENT_ON,
    "saml_finish_acs": NO_PROVIDER,
    "saml_sls": NO_PROVIDER,
    "saml_metadata": NO_PROVIDER,
    "saml_login": NO_PROVIDER,
    "openid_connect_login": NO_PROVIDER,
    "openid_connect_callback": NO_PROVIDER,
}
"""Name of the address -> what each viewer is answered when asking for it."""
ELSEWHERE = ("api/",)
"""Addresses below these are walked, operation by operation, by the tests of the API."""


def patterns(resolver: URLResolver, above: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        path = above + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, path)
        else:
            yield path, one


WALKED = {path: one for path, one in patterns(get_resolver()) if not path.startswith(ELSEWHERE)}


def key_of(path: str, one: URLPattern) -> str:
    return one.name or path


def expected(row: str) -> dict[str, str]:
    answers: list[str] = []
    for word in row.split():
        answers.append(answers[-1] if word == "=" else word)
    return dict(zip(VIEWERS, answers, strict=True))


@pytest.mark.parametrize("path", WALKED)
def test_every_address_has_a_row(path: str) -> None:
    assert key_of(path, WALKED[path]) in TABLE, f"/{path} is in no row: say in TABLE who may see it"


def test_every_row_has_an_address() -> None:
    assert set(TABLE) <= {key_of(path, one) for path, one in WALKED.items()}


@pytest.fixture
def keys(company: Company) -> dict[str, Any]:
    """What stands for the variable parts of addresses: things in Cockpit, and the colleague who works there."""
    moment = now()
    token, _ = create_token(
        actor=company.actor(company.owner, moment), person=company.owner, name="CI", unit=company.cockpit,
        permissions=[Permission.UPLOAD], expires_at=moment + timedelta(days=30), now=moment,
    )  # fmt: skip
    mapping = map_group(
        actor=system("tests"), provider="company", group="devs", role=Role.DEVELOPER, unit=company.cockpit, now=moment
    )
    manager = company.actor(company.owner, moment)
    product = create_product(actor=manager, name="Cockpit UI", unit=company.cockpit, now=moment)
    release = create_release(actor=manager, product=product, name="4.2", now=moment)
    intake = hand_in_document(
        actor=manager, release=release, filename="bom.json", now=moment,
        content=b'{"bomFormat": "CycloneDX", "specVersion": "1.6"}',
    )  # fmt: skip
    repository = add_repository(actor=manager, product=product, url="https://git.example/cockpit.git", now=moment)
    view = save_view(actor=manager, name="Mine", address="/products/", now=moment)
    webhook, _ = create_subscription(
        actor=manager, unit=company.cockpit, url="https://ci.example.com/", topics=["release.created"], now=moment
    )
    dry_run = tried_draft(company, moment)
    return {
        "webhook_id": webhook.pk,
        "message_id": send_test(actor=manager, subscription=webhook, now=moment).pk,
        "policy_id": dry_run.version.policy_id,
        "number": 1,
        "dry_run_id": dry_run.pk,
        "product_id": product.pk,
        "release_id": release.pk,
        "slug": "notice",
        "intake_id": intake.pk,
        "unit_id": company.cockpit.pk,
        "person_id": company.colleague.pk,
        "entity_id": company.root.legal_entity_id,
        "mapping_id": mapping.pk,
        "membership_id": company.colleague.memberships.get().pk,
        "grant_id": company.colleague.grants.get().pk,
        "token_id": token.pk,
        "view_id": view.pk,
        "repository_id": repository.pk,
        "provider_id": "company",
        "organization_slug": "company",
        "uidb36": "1",
        "key": "no-such-key",
        "pk": 1,
    }


def tried_draft(company: Company, moment: datetime) -> DryRun:
    """Cockpit has rules in force, and a draft that was tried."""
    coordinator, admin = (company.actor(one, moment) for one in (company.coordinator, company.admin))
    policy = create_policy(actor=coordinator, unit=company.cockpit, name="Cockpit rules", now=moment)
    release_version(actor=admin, version=policy.versions.get(), revision=1, now=moment)
    draft = draft_version(actor=coordinator, policy=policy, now=moment)
    return request_dry_run(actor=coordinator, version=draft, now=moment)


def told(client: Client, method: str, address: str) -> str:
    response = getattr(client, method)(address)
    if response.status_code == 302 and response["Location"].startswith(f"{reverse('account_login')}?next="):
        return "in"
    return str(response.status_code)


@pytest.mark.parametrize("name", TABLE)
def test_who_is_answered_what(
    name: str, company: Company, keys: dict[str, Any], signed_in: Callable[..., Client]
) -> None:
    path, pattern = next((path, one) for path, one in WALKED.items() if key_of(path, one) == name)
    wanted = {variable: value for variable, value in keys.items() if re.search(rf"[<:]{variable}>", path)}
    address = reverse(name, kwargs=wanted) if pattern.name else f"/{path}"
    row = expected(TABLE[name])
    clients = {one: Client() if one == "anonymous" else signed_in(getattr(company, one)) for one in VIEWERS}
    assert {one: told(client, "get", address) for one, client in clients.items()} == row
    refused = {one: answer for one, answer in row.items() if answer in ("403", "404", "in")}
    changed = {one: told(clients[one], "post", address) for one in refused}
    assert changed in (refused, dict.fromkeys(refused, "405") | {one: "in" for one in refused if refused[one] == "in"})
