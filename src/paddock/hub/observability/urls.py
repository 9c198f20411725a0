# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room."""

from django.urls import path

from paddock.hub.observability import views

urlpatterns = [path("readyz", views.readyz, name="readyz"), path("metrics", views.metrics, name="metrics")]
