# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this interface, under /api/."""

from django.urls import path

from paddock.hub.dependency_track import views

urlpatterns = [
    path("version", views.version),
    path("v1/bom", views.upload_bom),
    path("v1/bom/token/<uuid:token>", views.poll),
    path("v1/event/token/<uuid:token>", views.poll),
    path("v1/bom/cyclonedx/project/<uuid:project_id>", views.export_bom),
    path("v1/vex", views.upload_vex),
    path("v1/project", views.projects),
    path("v1/project/lookup", views.lookup),
    path("v1/project/latest/<str:name>", views.latest),
    path("v1/project/<uuid:project_id>", views.one_project),
    path("v1/finding/project/<uuid:project_id>", views.findings),
    path("v1/finding/project/<uuid:project_id>/export", views.export_findings),
    path("v1/violation/project/<uuid:project_id>", views.violations),
    path("v1/metrics/project/<uuid:project_id>/current", views.current_metrics),
    path("v1/metrics/project/<uuid:project_id>/refresh", views.refresh_metrics),
    path("v1/team/self", views.own_team),
]
