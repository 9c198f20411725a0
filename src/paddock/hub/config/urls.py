# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every address of the hub."""

from django.urls import URLPattern, URLResolver, include, path

from paddock.hub.api.documentation import documentation
from paddock.hub.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("paddock.hub.portal.urls")),
    path("", include("paddock.hub.observability.urls")),
    path("api/", include("paddock.hub.dependency_track.urls")),
    path("api/v1/docs", documentation, {"api": api}, name="api-documentation"),
    path("api/v1/", api.urls),
    path("accounts/", include("allauth.urls")),
]
