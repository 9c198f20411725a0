# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every address of the hub."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("paddock.hub.portal.urls")),
    path("", include("paddock.hub.products.urls")),
    path("", include("paddock.hub.components.urls")),
    path("", include("paddock.hub.scans.urls")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "paddock.hub.portal.views.bad_request"
handler403 = "paddock.hub.portal.views.forbidden"
handler404 = "paddock.hub.portal.views.not_found"
handler500 = "paddock.hub.portal.views.server_error"
