# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room."""

from django.urls import path

from paddock.hub.documents import views

urlpatterns = [
    path("releases/<uuid:release_id>/documents", views.documents, name="release-documents"),
    path("releases/<uuid:release_id>/documents/<str:slug>", views.document, name="release-document"),
]
