# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room."""

from django.urls import path

from paddock.hub.components import views

urlpatterns = [
    path("packages/", views.packages, name="packages"),
    path("licenses/", views.licenses, name="licenses"),
]
