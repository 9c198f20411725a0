# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What operations are built from; no tables."""

    name = "paddock.hub.api"
    label = "api"
