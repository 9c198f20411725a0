# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room."""

from django.urls import path

from paddock.hub.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
    path("about", views.about, name="about"),
    path("preferences", views.preferences, name="preferences"),
    path("unit", views.choose_unit, name="choose-unit"),
    path("views/", views.saved_views, name="saved-views"),
    path("views/save", views.save, name="save-view"),
    path("views/<uuid:view_id>/remove", views.remove, name="remove-view"),
    path("healthz", views.healthz, name="healthz"),
]
