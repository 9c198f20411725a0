# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room."""

from django.urls import path

from paddock.hub.dry_runs.views import reading, releasing, trying

urlpatterns = [
    path("policies/<uuid:policy_id>/releases", reading.releases, name="policy-releases"),
    path("policies/<uuid:policy_id>/draft/", reading.draft, name="policy-draft"),
    path("policies/<uuid:policy_id>/draft/try", trying.start, name="try-draft"),
    path("policies/<uuid:policy_id>/draft/release", releasing.release, name="release-draft"),
    path("policies/<uuid:policy_id>/end", releasing.retire, name="retire-policy"),
    path("dry-runs/<uuid:dry_run_id>/", reading.dry_run, name="dry-run"),
    path("dry-runs/<uuid:dry_run_id>/progress", reading.progress, name="dry-run-progress"),
    path("dry-runs/<uuid:dry_run_id>/stop", trying.stop, name="stop-dry-run"),
]
