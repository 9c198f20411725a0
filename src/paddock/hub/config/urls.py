# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every address of the hub."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from paddock.hub.api.documentation import documentation
from paddock.hub.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("paddock.hub.portal.urls")),
    path("", include("paddock.hub.products.urls")),
    path("", include("paddock.hub.components.urls")),
    path("", include("paddock.hub.scans.urls")),
    path("", include("paddock.hub.documents.urls")),
    path("", include("paddock.hub.webhooks.urls")),
    path("", include("paddock.hub.policies.urls")),
    path("", include("paddock.hub.dry_runs.urls")),
    path("", include("paddock.hub.observability.urls")),
    path("api/", include("paddock.hub.dependency_track.urls")),
    path("api/v1/docs", documentation, {"api": api}, name="api-documentation"),
    path("api/v1/", api.urls),
    path("", include("paddock.hub.audit.urls")),
    path("", include("paddock.hub.accounts.urls")),
    path(
        "accounts/email/", RedirectView.as_view(pattern_name="own-settings")
    ),  # addresses are changed by administrators
    path("accounts/3rdparty/", RedirectView.as_view(pattern_name="own-security")),
    path("accounts/2fa/", RedirectView.as_view(pattern_name="own-security")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "paddock.hub.portal.views.bad_request"
handler403 = "paddock.hub.portal.views.forbidden"
handler404 = "paddock.hub.portal.views.not_found"
handler500 = "paddock.hub.portal.views.server_error"
