# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class DependencyTrackConfig(AppConfig):
    """An interface; no tables."""

    name = "paddock.hub.dependency_track"
    label = "dependency_track"
