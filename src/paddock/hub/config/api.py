# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The API: the operations of every room under one address."""

from paddock import __version__
from paddock.hub.accounts.api import router as accounts
from paddock.hub.accounts.authentication import BearerToken, KeyHeader, Session
from paddock.hub.api.hub_api import HubApi
from paddock.hub.api.throttle import CallerThrottle
from paddock.hub.audit.api import router as audit
from paddock.hub.components.api import router as components
from paddock.hub.policies.api import router as policies
from paddock.hub.products.api import router as products
from paddock.hub.scans.api import router as scans
from paddock.hub.webhooks.api import router as webhooks

DESCRIPTION = """\
What the hub knows, for programs. Sign in with a token: `Authorization: Bearer pdk_…` or `X-Api-Key: pdk_…`.

Lists come in pages: give `next` of one answer as `cursor` of the next request. Whatever did not work is told as
application/problem+json. Answers to GET have an ETag; ask again with If-None-Match, change with If-Match.\
"""

api = HubApi(
    title="Paddock",
    version=__version__,
    description=DESCRIPTION,
    auth=[BearerToken(), KeyHeader(), Session()],
    throttle=[CallerThrottle()],
    urls_namespace="api-v1",
    openapi_url="openapi.json",
)
for router in (products, scans, components, policies, accounts, audit, webhooks):
    api.add_router("", router)
