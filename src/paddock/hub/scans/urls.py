# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room."""

from django.urls import path

from paddock.hub.scans.views import contents, dependencies, exposure, handing_in, history, obligations, reading

urlpatterns = [
    path("releases/<uuid:release_id>/", reading.release, name="release"),
    path("releases/<uuid:release_id>/components", contents.components, name="release-components"),
    path("releases/<uuid:release_id>/why", dependencies.why, name="release-why"),
    path("releases/<uuid:release_id>/graph", dependencies.graph, name="release-graph"),
    path("releases/<uuid:release_id>/licenses", contents.licenses, name="release-licenses"),
    path("releases/<uuid:release_id>/vulnerabilities", exposure.vulnerabilities, name="release-vulnerabilities"),
    path("releases/<uuid:release_id>/obligations", obligations.obligations, name="release-obligations"),
    path("releases/<uuid:release_id>/changes", contents.changes, name="release-changes"),
    path("releases/<uuid:release_id>/history", history.history, name="release-history"),
    path("releases/<uuid:release_id>/activity", reading.activity, name="release-activity"),
    path("releases/<uuid:release_id>/hand-in", handing_in.hand_in, name="hand-in"),
    path("releases/<uuid:release_id>/scan-repository", handing_in.scan_repository, name="scan-repository"),
    path("releases/<uuid:release_id>/uploads", handing_in.intakes, name="release-intakes"),
    path("uploads/<uuid:intake_id>/", handing_in.intake, name="intake"),
    path("uploads/<uuid:intake_id>/cancel", handing_in.cancel, name="cancel-intake"),
]
