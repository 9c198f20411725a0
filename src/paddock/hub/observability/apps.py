# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class ObservabilityConfig(AppConfig):
    """Figures and checks; no tables."""

    name = "paddock.hub.observability"
    label = "observability"
