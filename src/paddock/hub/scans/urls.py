# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room."""

from django.urls import path

from paddock.hub.scans.views import reading

urlpatterns = [
    path("releases/<uuid:release_id>/", reading.release, name="release"),
    path("releases/<uuid:release_id>/components", reading.components, name="release-components"),
    path("releases/<uuid:release_id>/licenses", reading.licenses, name="release-licenses"),
    path("releases/<uuid:release_id>/changes", reading.changes, name="release-changes"),
    path("releases/<uuid:release_id>/activity", reading.activity, name="release-activity"),
]
