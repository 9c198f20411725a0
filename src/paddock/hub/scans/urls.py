# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room."""

from django.urls import path

from paddock.hub.scans import views

urlpatterns = [path("releases/<uuid:release_id>/", views.release, name="release")]
